"""`Model`, what every implementation of a `LatentModel` has in common."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TypeVar

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.models.card import ModelCard
from latent_core.models.protocols import LatentModel
from latent_core.notebook import N_IMAGES, grid_picture, to_html
from latent_core.types import Floats, Posterior, as_codes, as_images

__all__ = ["BATCH_SIZE", "LatentModel", "Model"]

BATCH_SIZE = 256
"""Images per forward pass; on two cores throughput does not grow beyond this."""

_RANGE_TOLERANCE = 1e-3
"""How far decoded pixels may lie outside [0, 1] by rounding."""

T = TypeVar("T")


class Model(ABC):
    """A `LatentModel` that checks what it is given and what it gives, and works in batches.

    Parameters
    ----------
    card
        Its card.
    batch_size
        Images or codes per forward pass.

    Attributes
    ----------
    output_notice
        That decoded pixels were outside [0, 1], as a sentence to show; else None.
    """

    def __init__(self, card: ModelCard, batch_size: int = BATCH_SIZE) -> None:
        self.card = card
        self.output_notice: str | None = None
        self._batch_size = batch_size

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
            return Posterior(mean=self._invert(checked))
        batches = self._run_in_batches(self._encode_batch, checked)
        means = [mean for mean, _ in batches]
        log_vars = [log_var for _, log_var in batches if log_var is not None]
        dim = self.card.latent_dim
        return Posterior(
            mean=join(means, (dim,)), log_var=join(log_vars, (dim,)) if log_vars else None
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
        return self._in_range(self.decode_unclipped(codes))

    def decode_unclipped(self, codes: Floats) -> Floats:
        """As `decode`, with pixels as the network gives them, which may be outside [0, 1]."""
        if not self.card.decodes:
            has = "precomputed codes" if self.card.is_precomputed else "an encoder"
            raise InvalidInputError(
                f"{self.card.id!r} has {has} and no decoder; choose a model with one."
            )
        checked = as_codes(codes, self.card.latent_dim)
        return join(self._run_in_batches(self._decode_batch, checked), self.card.image_shape)

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

    def _run_in_batches(self, forward: Callable[[Floats], T], array: Floats) -> list[T]:
        starts = range(0, len(array), self._batch_size)
        parts = (array[i : i + self._batch_size] for i in starts)
        return [self._run(forward, part) for part in parts]

    def _run(self, forward: Callable[[Floats], T], part: Floats) -> T:
        """``forward(part)``, in the thread where that is allowed."""
        return forward(part)

    @abstractmethod
    def _invert(self, images: Floats) -> Floats:
        """Codes ``(N, D)`` of images, for a model without an encoder."""

    @abstractmethod
    def _encode_batch(self, images: Floats) -> tuple[Floats, Floats | None]:
        """Mean and log-variance of a batch."""

    @abstractmethod
    def _decode_batch(self, codes: Floats) -> Floats:
        """The images of a batch."""


def join(parts: list[Floats], shape: tuple[int, ...]) -> Floats:
    """The batches as one array, each row of `shape`."""
    return np.concatenate(parts) if parts else np.zeros((0, *shape), np.float32)
