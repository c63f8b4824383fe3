"""`TorchModel`, a network with weights as a `LatentModel`."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.models.card import ModelCard
from latent_core.models.inversion import BATCH_INVERSION, invert
from latent_core.models.network_thread import network_thread
from latent_core.models.protocols import LatentModel
from latent_core.notebook import N_IMAGES, grid_picture, to_html
from latent_core.types import Floats, Posterior, as_codes, as_images

__all__ = ["BACKBONE_BATCH_SIZE", "BATCH_SIZE", "LatentModel", "TorchModel"]

BATCH_SIZE = 256
"""Images per forward pass; on two cores throughput does not grow beyond this."""
BACKBONE_BATCH_SIZE = 32
"""Images per forward pass of torchvision networks, whose inputs are fifty times as large."""

_RANGE_TOLERANCE = 1e-3
"""How far decoded pixels may lie outside [0, 1] by rounding."""

T = TypeVar("T")


def _no_model() -> None:
    """No other model."""


class TorchModel:
    """A network with weights, as a `LatentModel`.

    Parameters
    ----------
    card
        Its card.
    net
        The network, in evaluation mode; None for precomputed codes.
    batch_size
        Images or codes per forward pass; the result does not depend on it beyond rounding.
    load_perceptual_model
        Loads the classifier whose features an inversion compares; called when it is needed.
    load_init_model
        Loads the VAE that predicts the initial codes of an inversion; called when it is needed.

    Attributes
    ----------
    output_notice
        That decoded pixels were outside [0, 1], as a sentence to show; else None.
    """

    def __init__(
        self,
        card: ModelCard,
        net: Any,
        batch_size: int = BATCH_SIZE,
        *,
        load_perceptual_model: Callable[[], TorchModel | None] = _no_model,
        load_init_model: Callable[[], TorchModel | None] = _no_model,
    ) -> None:
        self.card = card
        self.net = net
        self.output_notice: str | None = None
        self._batch_size = batch_size
        self._load_perceptual_model = load_perceptual_model
        self._load_init_model = load_init_model

    def __repr__(self) -> str:
        card = self.card
        return (
            f"{type(self).__name__}({card.id!r}, family={card.family!r}, "
            f"image_shape={card.image_shape}, latent_dim={card.latent_dim})"
        )

    def _repr_html_(self) -> str:
        card = self.card
        samples = [grid_picture(self.sample(N_IMAGES))] if card.has_gaussian_prior else []
        names = "Samples from the prior. " if samples else ""
        return to_html(repr(self), *samples, caption=names + card.description)

    @property
    def perceptual_model(self) -> TorchModel | None:
        """The classifier whose features an inversion compares, if there is one."""
        return self._load_perceptual_model()

    def initial_codes(self, images: Floats) -> Floats | None:
        """Initial codes for an inversion, from the VAE whose decoder a generator started from.

        Parameters
        ----------
        images
            ``(N, C, H, W)`` float32 in [0, 1], of the card's shape.

        Returns
        -------
        ndarray or None
            ``(N, D)``; None without such a VAE.
        """
        vae = self._load_init_model()
        if vae is None:
            return None
        means = vae.encode(images).mean
        codes: Floats = self.run_on_network_thread(
            lambda net: net.whiten(_tensor(means)).detach().numpy()
        )
        return codes

    def encode(self, images: Floats) -> Posterior:
        """The posteriors of images; a generator, which has no encoder, uses `invert`.

        Parameters
        ----------
        images
            ``(N, C, H, W)`` float32 in [0, 1], of the card's shape.

        Returns
        -------
        Posterior
            Means ``(N, D)`` and, for a VAE, log-variances ``(N, D)``.

        Raises
        ------
        InvalidInputError
            Images have another shape, are outside [0, 1] or not finite; the model has precomputed
            codes.
        """
        if self.card.is_precomputed:
            raise InvalidInputError(
                f"{self.card.id!r} has precomputed codes and no encoder; choose a model with one."
            )
        checked = as_images(images, self.card.image_shape)
        if not self.card.encodes:
            return Posterior(mean=invert(self, checked, BATCH_INVERSION).codes)
        batches = self._run_in_batches(self._encode_batch, checked)
        means = [mean for mean, _ in batches]
        log_vars = [log_var for _, log_var in batches if log_var is not None]
        dim = self.card.latent_dim
        return Posterior(
            mean=_join(means, (dim,)), log_var=_join(log_vars, (dim,)) if log_vars else None
        )

    def decode(self, codes: Floats) -> Floats:
        """The images of codes.

        Parameters
        ----------
        codes
            ``(N, D)``, finite.

        Returns
        -------
        ndarray
            ``(N, C, H, W)`` float32 in [0, 1]; values that the network puts outside are clipped,
            and `output_notice` says so.

        Raises
        ------
        InvalidInputError
            Codes have another shape or are not finite; the model has no decoder, or one that
            gives NaN for these codes.
        """
        if not self.card.decodes:
            has = "precomputed codes" if self.card.is_precomputed else "an encoder"
            raise InvalidInputError(
                f"{self.card.id!r} has {has} and no decoder; choose a model with one."
            )
        checked = as_codes(codes, self.card.latent_dim)
        images = _join(self._run_in_batches(self._decode_batch, checked), self.card.image_shape)
        return self._in_range(images)

    def _in_range(self, images: Floats) -> Floats:
        """Decoded images clipped to [0, 1]; notes the range of a network that leaves it."""
        low, high = (float(images.min()), float(images.max())) if images.size else (0.0, 1.0)
        if low >= 0 and high <= 1:
            return images
        if not (math.isfinite(low) and math.isfinite(high)):
            raise InvalidInputError(
                f"The decoder of {self.card.id!r} gives NaN or infinity for these codes; choose "
                "codes nearer to the data, or train it again."
            )
        if low < -_RANGE_TOLERANCE or high > 1 + _RANGE_TOLERANCE:
            self.output_notice = (
                f"The decoder of {self.card.id!r} gives pixels from {low:.3g} to {high:.3g}, which "
                "are clipped to [0, 1]; end it with a sigmoid, or scale its output."
            )
        clipped: Floats = np.clip(images, 0, 1)
        return clipped

    def sample(self, n: int, *, random_state: int = 0) -> Floats:
        """Samples from the prior: the decoded images of `n` codes drawn from N(0, I).

        Parameters
        ----------
        n
            How many, N.
        random_state
            Seed of the codes.

        Returns
        -------
        ndarray
            ``(N, C, H, W)`` float32 in [0, 1].

        Raises
        ------
        InvalidInputError
            The model was not trained with a Gaussian prior.
        """
        if not self.card.has_gaussian_prior:
            raise InvalidInputError(
                f"{self.card.id!r} ({self.card.family}) was not trained with the prior N(0, I), so "
                "random codes have no meaning for it; choose a VAE or a GAN."
            )
        shape = n, self.card.latent_dim
        codes = np.random.default_rng(random_state).standard_normal(shape, np.float32)
        return self.decode(codes)

    def classify(self, images: Floats) -> NDArray[np.int64]:
        """The predicted class ``(N,)`` of each image ``(N, C, H, W)``.

        Raises
        ------
        InvalidInputError
            The model is not a classifier; images have another shape or are outside [0, 1].
        """
        classes: NDArray[np.int64] = self._scores(images).argmax(axis=1)
        return classes

    def predict_attributes(self, images: Floats) -> NDArray[np.bool_]:
        """The predicted binary attributes of each image ``(N, C, H, W)``.

        Returns
        -------
        ndarray
            ``(N, Q)`` bool, in the order of the card's ``attribute_thresholds``.

        Raises
        ------
        InvalidInputError
            As in `classify`.
        """
        attributes: NDArray[np.bool_] = self._scores(images) > 0
        return attributes

    def _scores(self, images: Floats) -> Floats:
        if not self.card.is_classifier:
            raise InvalidInputError(f"{self.card.id!r} is not a classifier; choose one.")
        checked = as_images(images, self.card.image_shape)
        n_classes = int(self.card.architecture["classes"])
        return _join(self._run_in_batches(self._score_batch, checked), (n_classes,))

    def _score_batch(self, images: Floats) -> Floats:
        import torch

        with torch.inference_mode():
            scores: Floats = self.net.scores(_tensor(images)).numpy()
        return scores

    def run_on_network_thread(self, work: Callable[[Any], T]) -> T:
        """The result of `work`, called with the network on the network thread."""
        return network_thread().submit(work, self.net).result()

    def _run_in_batches(self, forward: Callable[[Floats], T], array: Floats) -> list[T]:
        starts = range(0, len(array), self._batch_size)
        parts = (array[i : i + self._batch_size] for i in starts)
        return [network_thread().submit(forward, part).result() for part in parts]

    def _encode_batch(self, images: Floats) -> tuple[Floats, Floats | None]:
        import torch

        with torch.inference_mode():
            mean, log_var = self.net.encode(_tensor(images))
        return mean.numpy(), None if log_var is None else log_var.numpy()

    def _decode_batch(self, codes: Floats) -> Floats:
        import torch

        with torch.inference_mode():
            decoded: Floats = self.net.decode(_tensor(codes)).numpy()
        return decoded


def _tensor(array: Floats) -> Any:
    """A tensor that shares memory with `array`, or with a copy where that is read-only."""
    import torch

    return torch.from_numpy(array if array.flags.writeable else array.copy())


def _join(parts: list[Floats], shape: tuple[int, ...]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros((0, *shape), np.float32)
