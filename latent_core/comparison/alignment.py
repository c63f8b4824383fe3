"""Orthogonal Procrustes alignment of two maps of the same samples."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.types import Array, Floats, as_codes


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Alignment:
    """Points that were rotated, mirrored, scaled and shifted onto others.

    Parameters
    ----------
    points
        ``(N, d)`` float32, the aligned points.
    disparity
        The part of the variance of the points that remains as distance between the two maps, in
        [0, 1]; 0 for maps of the same shape.
    disparity_permuted
        The same for permuted rows, the baseline of unrelated maps; near 1.
    """

    points: Floats
    disparity: float
    disparity_permuted: float

    __repr__ = compact_repr


def align_points(points: Floats, reference: Floats, *, seed: int = 0) -> Alignment:
    """Move the `points` of one map as near to those of another as they get without a distortion.

    Parameters
    ----------
    points, reference
        ``(N, d)`` each, row by row the same samples.
    seed
        Of the permutation of the baseline.

    Raises
    ------
    InvalidInputError
        The shapes differ, or all points of a map are equal.

    References
    ----------
    Gower 1975, doi:10.1007/BF02291478; the disparity is that of `scipy.spatial.procrustes`.
    """
    points, reference = as_codes(points), as_codes(reference)
    if points.shape != reference.shape:
        raise InvalidInputError(
            f"Maps of shapes {points.shape} and {reference.shape} cannot be aligned; give both the "
            "same samples and the same number of dimensions."
        )
    standard, (center, size) = _standardized(points), _center_and_size(reference)
    target = (reference.astype(np.float64) - center) / size
    rotation, scale = _rotation(standard, target)
    order = np.random.default_rng(seed).permutation(len(target))
    return Alignment(
        points=(scale * size * standard @ rotation + center).astype(np.float32),
        disparity=max(0.0, 1 - scale**2),
        disparity_permuted=max(0.0, 1 - _rotation(standard, target[order])[1] ** 2),
    )


def _rotation(points: Array, target: Array) -> tuple[Array, float]:
    """The orthogonal matrix and the factor that align points with their targets."""
    left, singular_values, right = np.linalg.svd(points.T @ target)
    rotation: Array = left @ right
    return rotation, float(singular_values.sum())


def _standardized(points: Array) -> Array:
    center, size = _center_and_size(points)
    standard: Array = (points.astype(np.float64) - center) / size
    return standard


def _center_and_size(points: Array) -> tuple[Array, float]:
    center = points.mean(axis=0, dtype=np.float64)
    size = float(np.linalg.norm(points - center))
    if not size:
        raise InvalidInputError(
            "All points of a map are equal, so it has no shape to be aligned; choose another map."
        )
    return center, size
