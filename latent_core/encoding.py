"""Encode the images of a data set in batches, in chunks that survive an interruption."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from latent_core.errors import InvalidCardError, InvalidInputError
from latent_core.image_arrays import to_images
from latent_core.metrics import per_image_mse
from latent_core.models.card import ModelCard
from latent_core.models.inversion import BATCH_INVERSION, invert
from latent_core.models.model import BATCH_SIZE, LatentModel
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Dataset, Floats, Posterior, as_codes

CHUNK_SIZE = 16 * BATCH_SIZE
"""Images per chunk: the most that is lost when an encoding is interrupted."""

ChunkProvider = Callable[[int, Callable[[], Posterior]], Posterior]
"""Returns the chunk that begins at image `first`, stored or computed by the given function."""


def compute_chunk(first: int, compute: Callable[[], Posterior]) -> Posterior:
    """Compute every chunk; none is stored."""
    return compute()


def is_compatible(card: ModelCard, data: Dataset) -> bool:
    """Whether the model can encode the data set."""
    return data.id == card.dataset if card.is_precomputed else data.image_shape == card.image_shape


def check_compatible(model: LatentModel, data: Dataset) -> None:
    """Raise unless `model` can encode `data`.

    Raises
    ------
    InvalidInputError
        The image shapes differ, or precomputed codes belong to another data set.
    InvalidCardError
        The codes should be precomputed, but the data set has none.
    """
    card = model.card
    if card.is_precomputed and not is_compatible(card, data):
        raise InvalidInputError(
            f"{card.id!r} has precomputed codes for {card.dataset!r} only, not for {data.id!r}; "
            f"choose {card.dataset!r}."
        )
    if card.is_precomputed and data.precomputed is None:
        raise InvalidCardError(
            f"{card.id!r} takes its codes from {data.id!r}, which has none; correct one of the "
            "two cards."
        )
    if not is_compatible(card, data):
        raise InvalidInputError(
            f"{data.title} has images of shape {data.image_shape}, {card.id!r} takes "
            f"{card.image_shape}; choose data of that shape."
        )


def encode_array(
    model: LatentModel, images: Any, *, progress: ProgressCallback = null_progress
) -> Posterior:
    """The posterior of each of `images`, an array that `to_images` accepts.

    Parameters
    ----------
    model, images
        Of the same image shape.
    progress
        Called after each batch; raises `CancelledError` to stop.

    Raises
    ------
    InvalidInputError
        The images have another shape, are outside [0, 1], or there are none.
    """
    checked = to_images(images, model.card.image_shape)
    batches = []
    for start in range(0, len(checked), BATCH_SIZE):
        end = min(start + BATCH_SIZE, len(checked))
        step = subprogress(progress, start / len(checked), end / len(checked))
        batches.append(_encode_batch(model, checked[start:end], step))
        progress(end / len(checked), f"{end:,} of {len(checked):,} images encoded")
    return _concatenate(batches)


def encode_images(
    model: LatentModel,
    data: Dataset,
    *,
    get_chunk: ChunkProvider = compute_chunk,
    progress: ProgressCallback = null_progress,
) -> Posterior:
    """The posterior of every image of a data set: means and log-variances ``(N, D)``.

    Parameters
    ----------
    model, data
        Of the same image shape.
    get_chunk
        Stores completed chunks, and returns them when the encoding is repeated.
    progress
        Called after each batch; raises `CancelledError` to stop.

    Raises
    ------
    InvalidInputError
        The shapes differ, or there are no images.
    """
    check_compatible(model, data)
    if data.precomputed is not None:
        return Posterior(mean=as_codes(data.precomputed.read(), model.card.latent_dim))

    def encode_chunk(first: int) -> Posterior:
        stop = min(first + CHUNK_SIZE, len(data))
        batches = []
        for start in range(first, stop, BATCH_SIZE):
            end = min(start + BATCH_SIZE, stop)
            step = subprogress(progress, start / len(data), end / len(data))
            batches.append(_encode_batch(model, data.images(slice(start, end)), step))
            progress(end / len(data), f"{end:,} of {len(data):,} images encoded")
        return _concatenate(batches)

    starts = range(0, len(data), CHUNK_SIZE)
    return _concatenate([get_chunk(i, lambda i=i: encode_chunk(i)) for i in starts])  # type: ignore[misc]


def _encode_batch(model: LatentModel, images: Floats, progress: ProgressCallback) -> Posterior:
    """``model.encode(images)``; an inversion, which takes long, reports its progress."""
    if not (model.card.needs_inversion and hasattr(model, "run_on_network_thread")):
        return model.encode(images)
    found = invert(model, images, BATCH_INVERSION, progress=progress)
    return Posterior(mean=found.codes)


def reconstruction_errors(
    model: LatentModel, data: Dataset, codes: Floats, *, progress: ProgressCallback = null_progress
) -> Floats:
    """The reconstruction error (MSE) per pixel of each image, ``(N,)`` float32.

    Parameters
    ----------
    codes
        ``(N, D)``, the codes of the images of `data`.
    progress
        Called after each batch; raises `CancelledError` to stop.

    Raises
    ------
    InvalidInputError
        Model and data have different image shapes.
    """
    check_compatible(model, data)
    errors = []
    for start in range(0, len(data), BATCH_SIZE):
        batch = slice(start, start + BATCH_SIZE)
        errors.append(per_image_mse(data.images(batch), model.decode(codes[batch])))
        progress(min(start + BATCH_SIZE, len(data)) / len(data), "Measuring reconstruction errors")
    return np.concatenate(errors) if errors else np.zeros(0, np.float32)


def _concatenate(posteriors: list[Posterior]) -> Posterior:
    if not posteriors:
        raise InvalidInputError("There are no images to encode; give at least one.")
    log_vars = [p.log_var for p in posteriors if p.log_var is not None]
    return Posterior(
        mean=np.concatenate([p.mean for p in posteriors]),
        log_var=np.concatenate(log_vars) if log_vars else None,
    )


def round_trip_distance(model: LatentModel, codes: Floats) -> Floats:
    """The Euclidean distance between z and encode(decode(z)), ``(M,)`` float32.

    Parameters
    ----------
    codes
        ``(M, D)``.

    Raises
    ------
    InvalidInputError
        As for `LatentModel.decode`.
    """
    reencoded = model.encode(model.decode(codes)).mean
    distance: Floats = np.linalg.norm(reencoded - codes, axis=1).astype(np.float32)
    return distance
