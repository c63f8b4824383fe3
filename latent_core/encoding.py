"""From pictures to codes, batch by batch, in parts that outlive an interruption."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from latent_core.errors import InvalidCardError, InvalidInputError
from latent_core.metrics import per_image_mse
from latent_core.models.card import ModelCard
from latent_core.models.model import BATCH_SIZE, LatentModel
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Dataset, Floats, Posterior, as_codes

CHUNK_SIZE = 16 * BATCH_SIZE
"""Images per part: what is lost at most when an encoding is interrupted."""

ChunkProvider = Callable[[int, Callable[[], Posterior]], Posterior]
"""Gives part `i`, from somewhere or by computing it."""


def compute_chunk(index: int, compute: Callable[[], Posterior]) -> Posterior:
    """Compute every part anew."""
    return compute()


def is_compatible(card: ModelCard, data: Dataset) -> bool:
    """Whether a model can give codes to a data set."""
    return data.id == card.dataset if card.is_precomputed else data.image_shape == card.image_shape


def check_compatible(model: LatentModel, data: Dataset) -> None:
    """Refuse data of another shape than the model takes.

    Raises
    ------
    BadInput
        The shapes differ.
    BadCard
        The model's codes should come with the data, and there are none.
    """
    card = model.card
    if card.is_precomputed and not is_compatible(card, data):
        raise InvalidInputError(
            f"{card.id!r} has codes for {card.dataset!r} alone, not for {data.id!r}."
        )
    if card.is_precomputed and data.precomputed is None:
        raise InvalidCardError(
            f"{card.id!r} takes its codes from {data.id!r}, which has none; correct one."
        )
    if not is_compatible(card, data):
        raise InvalidInputError(
            f"{data.title} has pictures of {data.image_shape}, {card.id!r} takes "
            f"{card.image_shape}; choose data of that shape."
        )


def encode_images(
    model: LatentModel,
    data: Dataset,
    *,
    get_chunk: ChunkProvider = compute_chunk,
    progress: ProgressCallback = null_progress,
) -> Posterior:
    """The codes of all pictures of a data set, ``(N, D)``.

    Parameters
    ----------
    model, data
        Of the same image shape.
    part
        Where finished parts are kept and found again.
    progress
        Told after each batch; may raise `Cancelled`.

    Raises
    ------
    BadInput
        The shapes differ.
    """
    check_compatible(model, data)
    if data.precomputed is not None:
        return Posterior(mean=as_codes(data.precomputed.read(), model.card.latent_dim))

    def encode_range(first: int) -> Posterior:
        stop = min(first + CHUNK_SIZE, len(data))
        batches = []
        for start in range(first, stop, BATCH_SIZE):
            done = min(start + BATCH_SIZE, stop)
            step = subprogress(progress, start / len(data), done / len(data))
            batches.append(model.encode(data.images(slice(start, done)), progress=step))
            progress(done / len(data), f"{done:,} of {len(data):,} pictures encoded")
        return _join(batches)

    starts = range(0, len(data), CHUNK_SIZE)
    return _join([get_chunk(i, lambda i=i: encode_range(i)) for i in starts])  # type: ignore[misc]


def reconstruction_errors(
    model: LatentModel, data: Dataset, codes: Floats, *, progress: ProgressCallback = null_progress
) -> Floats:
    """Mean squared error per pixel between each picture and its decoded code, ``(N,)``."""
    check_compatible(model, data)
    errors = []
    for start in range(0, len(data), BATCH_SIZE):
        chosen = slice(start, start + BATCH_SIZE)
        errors.append(per_image_mse(data.images(chosen), model.decode(codes[chosen])))
        progress(min(start + BATCH_SIZE, len(data)) / len(data), "measuring the reconstructions")
    return np.concatenate(errors) if errors else np.zeros(0, np.float32)


def _join(parts: list[Posterior]) -> Posterior:
    if not parts:
        raise InvalidInputError("There are no pictures to encode; give at least one.")
    log_vars = [p.log_var for p in parts if p.log_var is not None]
    return Posterior(
        mean=np.concatenate([p.mean for p in parts]),
        log_var=np.concatenate(log_vars) if log_vars else None,
    )


def round_trip_distance(model: LatentModel, codes: Floats) -> Floats:
    """How far encode(decode(z)) lands from each z of ``(M, D)``, Euclidean, ``(M,)``.

    Raises
    ------
    BadInput
        As `LatentModel.decode`.
    """
    back = model.encode(model.decode(codes)).mean
    distance: Floats = np.linalg.norm(back - codes, axis=1).astype(np.float32)
    return distance
