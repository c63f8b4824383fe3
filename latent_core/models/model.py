"""Models: a card and weights that encode images and decode codes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from pickle import UnpicklingError
from typing import Any, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidCardError, InvalidInputError
from latent_core.models.card import ModelCard
from latent_core.models.inversion import BATCH_INVERSION, invert
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Floats, Posterior, as_codes, as_images

BATCH_SIZE = 256
"""Images per forward pass: on two cores the throughput is flat from here on."""
BACKBONE_BATCH_SIZE = 32
"""The same for torchvision's networks, whose pictures are fifty times as large."""

T = TypeVar("T")


class LatentModel(Protocol):
    """What every model offers; its card says what it is."""

    @property
    def card(self) -> ModelCard:
        """Shape, family, preparation, provenance and metrics."""

    @property
    def perceptual_model(self) -> TorchModel | None:
        """Who looks on when its codes are searched for."""

    def initial_codes(self, images: Floats) -> Floats | None:
        """Codes ``(N, D)`` that a search may begin from."""

    def encode(self, images: Floats, *, progress: ProgressCallback = null_progress) -> Posterior:
        """The codes of images ``(N, C, H, W)`` in [0, 1]."""

    def decode(self, codes: Floats) -> Floats:
        """The images ``(N, C, H, W)`` in [0, 1] of codes ``(N, D)``."""

    def run_on_network_thread(self, work: Callable[[Any], T]) -> T:
        """What `work` makes of the network, on the thread that networks run on."""


@cache
def _network_thread() -> ThreadPoolExecutor:
    """The one thread that runs networks: torch is ten times slower in a fresh one.

    A large encoding hands over batch after batch, so a click gets its turn in between.
    """
    return ThreadPoolExecutor(1, thread_name_prefix="network")


def _no_model() -> None:
    """There is no other model."""


class TorchModel:
    """A network with weights, as a `LatentModel`.

    Parameters
    ----------
    card
        Its card.
    net
        The network, in evaluation mode; None where codes are given.
    batch_size
        Images or codes per forward pass; the result does not depend on it beyond rounding.
    load_eye
        Loads the classifier whose features an inversion compares; called when it is needed.
    load_start
        Loads the autoencoder whose codes an inversion begins from; called when it is needed.
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
        self._batch_size = batch_size
        self._load_perceptual_model = load_perceptual_model
        self._load_init_model = load_init_model

    @property
    def perceptual_model(self) -> TorchModel | None:
        """The classifier whose features an inversion compares, if the model was given one."""
        return self._load_perceptual_model()

    def initial_codes(self, images: Floats) -> Floats | None:
        """What the VAE that a generator is anchored to takes for the codes of images.

        Parameters
        ----------
        images
            As in `encode`.

        Returns
        -------
        ndarray or None
            ``(N, D)``; None where there is none.
        """
        start = self._load_init_model()
        if start is None:
            return None
        known = start.encode(images).mean
        codes: Floats = self.run_on_network_thread(
            lambda net: net.place(_tensor(known)).detach().numpy()
        )
        return codes

    def encode(self, images: Floats, *, progress: ProgressCallback = null_progress) -> Posterior:
        """The codes of images; of a generator, which has no encoder, searched for by `invert`.

        Parameters
        ----------
        images
            ``(N, C, H, W)`` float32 in [0, 1], of the card's shape.
        progress
            Told during a search, which takes a while; may raise `Cancelled`.

        Returns
        -------
        Posterior
            ``(N, D)`` means, and log-variances for a VAE.

        Raises
        ------
        BadInput
            Wrong shape, range or type, or not finite.
        """
        if self.card.is_precomputed:
            raise InvalidInputError(
                f"The codes of {self.card.id!r} are given, not computed: it takes no pictures; "
                "choose a model that does."
            )
        checked = as_images(images, self.card.image_shape)
        if not self.card.encodes:
            return Posterior(mean=invert(self, checked, BATCH_INVERSION, progress=progress).codes)
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
            ``(N, C, H, W)`` float32 in [0, 1].

        Raises
        ------
        BadInput
            Wrong shape or type, or not finite.
        """
        if not self.card.decodes:
            what = "has given codes" if self.card.is_precomputed else "is a classifier"
            raise InvalidInputError(
                f"{self.card.id!r} {what}: nothing leads from them back to a picture; choose a "
                "model that decodes."
            )
        checked = as_codes(codes, self.card.latent_dim)
        return _join(self._run_in_batches(self._decode_batch, checked), self.card.image_shape)

    def classify(self, images: Floats) -> NDArray[np.int64]:
        """The class ``(N,)`` that a classifier takes each image for.

        Raises
        ------
        BadInput
            It is no classifier; wrong shape, range or type.
        """
        found: NDArray[np.int64] = self._scores(images).argmax(axis=1)
        return found

    def predict_attributes(self, images: Floats) -> NDArray[np.bool_]:
        """What a classifier says ``(N, Q)`` to each of its card's questions about each image.

        Raises
        ------
        BadInput
            As in `classify`.
        """
        said: NDArray[np.bool_] = self._scores(images) > 0
        return said

    def _scores(self, images: Floats) -> Floats:
        if not self.card.is_classifier:
            raise InvalidInputError(f"{self.card.id!r} is no classifier; choose one that is.")
        checked = as_images(images, self.card.image_shape)
        classes = int(self.card.architecture["classes"])
        return _join(self._run_in_batches(self._score_batch, checked), (classes,))

    def _score_batch(self, images: Floats) -> Floats:
        import torch

        with torch.inference_mode():
            scores: Floats = self.net.scores(_tensor(images)).numpy()
        return scores

    def run_on_network_thread(self, work: Callable[[Any], T]) -> T:
        """What `work` makes of the network, on the thread that networks run on."""
        return _network_thread().submit(work, self.net).result()

    def _run_in_batches(self, forward: Callable[[Floats], T], array: Floats) -> list[T]:
        starts = range(0, len(array), self._batch_size)
        submit = _network_thread().submit
        return [submit(forward, array[i : i + self._batch_size]).result() for i in starts]

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
    """A tensor over `array` itself where torch may have it, else over a copy."""
    import torch

    return torch.from_numpy(array if array.flags.writeable else array.copy())


def _join(parts: list[Floats], shape: tuple[int, ...]) -> Floats:
    return np.concatenate(parts) if parts else np.zeros((0, *shape), np.float32)


def _read_weights(path: Path) -> dict[str, Any]:
    """The tensors of a file; of one that torchvision fetched, nothing but tensors is read."""
    import torch
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        if path.suffix == ".safetensors":
            return load_file(path)
        loaded: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
        return loaded
    except (SafetensorError, UnpicklingError, EOFError) as error:
        raise InvalidCardError(
            f"{path.name} is damaged or holds more than weights; fetch it again."
        ) from error
