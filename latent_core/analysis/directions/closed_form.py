"""Directions from a decoder's weights: those that its first layer enlarges most.

References
----------
Shen & Zhou 2021, "Closed-form factorization of latent semantics in GANs", CVPR, arXiv:2007.06600,
equation 5: the directions n of length 1 that maximize ‖A n‖², with A the weight of the first layer,
are the eigenvectors of AᵀA.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.analysis.directions.latent_directions import (
    SLIDER_QUANTILES,
    LatentDirections,
    with_fixed_signs,
)
from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.types import Floats, as_codes

N_DIRECTIONS = 24


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClosedFormDirections(LatentDirections):
    """Right singular vectors of a decoder's first layer, by descending singular value.

    The value of a code is its distance from the mean code along the direction.

    Parameters
    ----------
    gains
        ``(F,)``: how much longer the layer makes a step along each direction, ‖A n‖ / ‖n‖.
    """

    gains: Floats

    __repr__ = compact_repr


def closed_form_directions(
    weight: Floats, codes: Any, n_directions: int = N_DIRECTIONS
) -> ClosedFormDirections:
    """The directions that the first layer of a decoder enlarges most (SeFa).

    Neither images nor labels are used; the codes give only the mean and the range of each slider.

    Parameters
    ----------
    weight
        ``(H, D)``, of a dense layer whose input is the code.
    codes
        `Encodings`, or an array ``(N, D)``.
    n_directions
        At most this many; at most min(H, D).

    Raises
    ------
    InvalidInputError
        The weight has another number of columns than the codes, or values that are not finite.
    """
    checked = as_codes(codes)
    if weight.ndim != 2 or weight.shape[1] != checked.shape[1] or not np.isfinite(weight).all():
        raise InvalidInputError(
            f"A weight of shape (H, {checked.shape[1]}) with finite values is needed, not one of "
            f"shape {weight.shape}."
        )
    _, gains, rows = np.linalg.svd(weight.astype(np.float64), full_matrices=False)
    directions, gains = with_fixed_signs(rows[:n_directions]), gains[:n_directions]
    mean = checked.mean(axis=0, dtype=np.float64).astype(np.float32)
    low, high = np.quantile((checked - mean) @ directions.T, SLIDER_QUANTILES, axis=0)
    return ClosedFormDirections(
        names=tuple(f"S{k + 1}" for k in range(len(directions))),
        weights=directions,
        offsets=-(directions @ mean),
        directions=directions,
        low=low.astype(np.float32),
        high=high.astype(np.float32),
        gains=gains.astype(np.float32),
    )
