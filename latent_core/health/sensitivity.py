"""Sensitivity: how much the decoded image changes with each latent dimension."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Floats

STEP = 0.1
"""Half of the difference, in standard deviations of the dimension."""
MAX_DECODED = 4096
MAX_CODES = 64


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Sensitivity:
    """Norm of the decoder's Jacobian for each latent dimension, by central differences.

    Parameters
    ----------
    norm
        ``(D,)``: root mean square change of a pixel per standard deviation of the dimension, mean
        over codes.
    standard_error
        ``(D,)`` over codes.
    random_direction
        Root mean square of `norm` over dimensions: the change along a random direction.
    n_codes
        Codes where the Jacobian was measured.
    step
        Half of the difference, in standard deviations.
    """

    norm: Floats
    standard_error: Floats
    random_direction: float
    n_codes: int
    step: float

    __repr__ = compact_repr


def dimension_sensitivity(
    decode: Callable[[Floats], Floats],
    codes: Floats,
    std: Array,
    *,
    progress: ProgressCallback = null_progress,
) -> Sensitivity:
    """The sensitivity of decoded images to each dimension.

    Parameters
    ----------
    decode
        From codes ``(N, D)`` to images ``(N, C, H, W)``.
    codes
        ``(N, D)``; the first up to 64 are used, fewer where D is large.
    std
        ``(D,)`` standard deviation of each dimension over the data or the prior.
    progress
        Called after each code; may raise `CancelledError`.

    References
    ----------
    E‖J u‖² = ‖J‖² / D for a random unit direction u, where ‖J‖ is the Frobenius norm.
    """
    latent_dim = codes.shape[1]
    chosen = codes[: int(np.clip(MAX_DECODED // (2 * latent_dim), 4, MAX_CODES))]
    offsets = STEP * np.diag(np.asarray(std, np.float64)).astype(np.float32)
    norms = np.empty((len(chosen), latent_dim))
    for number, code in enumerate(chosen):
        images = decode(np.concatenate([code + offsets, code - offsets]))
        difference = (images[:latent_dim] - images[latent_dim:]) / (2 * STEP)
        norms[number] = np.sqrt(np.square(difference).reshape(latent_dim, -1).mean(axis=1))
        progress((number + 1) / len(chosen), "measuring the sensitivity of each dimension")
    return Sensitivity(
        norm=norms.mean(axis=0).astype(np.float32),
        standard_error=(norms.std(axis=0) / np.sqrt(len(chosen))).astype(np.float32),
        random_direction=float(np.sqrt(np.square(norms).mean())),
        n_codes=len(chosen),
        step=STEP,
    )
