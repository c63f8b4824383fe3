"""`TorchModel`, a network with weights as a `LatentModel`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.models.card import ModelCard
from latent_core.models.inversion import BATCH_INVERSION, invert
from latent_core.models.model import BATCH_SIZE, Model, join
from latent_core.models.network_thread import network_thread
from latent_core.types import Floats, as_images

BACKBONE_BATCH_SIZE = 32
"""Images per forward pass of torchvision networks, whose inputs are fifty times as large."""

T = TypeVar("T")


def _no_model() -> None:
    """No other model."""


class TorchModel(Model):
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
        super().__init__(card, batch_size)
        self.net = net
        self._load_perceptual_model = load_perceptual_model
        self._load_init_model = load_init_model

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
        return join(self._run_in_batches(self._score_batch, checked), (n_classes,))

    def _score_batch(self, images: Floats) -> Floats:
        import torch

        with torch.inference_mode():
            scores: Floats = self.net.scores(_tensor(images)).numpy()
        return scores

    def run_on_network_thread(self, work: Callable[[Any], T]) -> T:
        """The result of `work`, called with the network on the network thread."""
        return network_thread().submit(work, self.net).result()

    def _run(self, forward: Callable[[Floats], T], part: Floats) -> T:
        return network_thread().submit(forward, part).result()

    def _invert(self, images: Floats) -> Floats:
        return invert(self, images, BATCH_INVERSION).codes

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
