"""How much of an image its point on a map determines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from latent_core.projection.inverse import LinearInverse, ShepardInverse, fit_inverse
from latent_core.projection.projection import Projection
from latent_core.types import Array, Floats

MAX_TEST_CODES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedVariance:
    """The variance of images that the points of a map explain.

    Parameters
    ----------
    fraction
        1 − the squared error of images decoded at the points ÷ that of the mean image, over all
        pixels; at most 1, negative where the mean image is nearer.
    n_points
        Held-out points that it is measured on.
    """

    fraction: float
    n_points: int


def explained_image_variance(
    projection: Projection,
    decode: Callable[[Floats], Floats],
    inverse: LinearInverse | ShepardInverse | None = None,
    seed: int = 0,
) -> ExplainedVariance:
    """How much of the decoded images' variance the points of a projection explain.

    The codes of up to 200 points are interpolated from the others, decoded, and compared with the
    decoded codes of the points themselves.  The projection itself was fitted with all points.

    Parameters
    ----------
    decode
        From codes ``(N, D)`` to images.
    inverse
        The inverse of the projection; by default that of `fit_inverse`.
    seed
        Of the random choice of points.
    """
    inverse = fit_inverse(projection) if inverse is None else inverse
    order = np.random.default_rng(seed).permutation(len(projection))
    test, rest = np.split(order, [min(MAX_TEST_CODES, max(1, len(order) // 5))])
    if isinstance(inverse, ShepardInverse):
        inverse = ShepardInverse(
            points=projection.points[rest],
            codes=projection.codes[rest],
            n_neighbors=min(inverse.n_neighbors, len(rest) - 1),
        )
    images = decode(projection.codes[test])
    residual = decode(inverse.inverse_transform(projection.points[test])) - images
    total = _sum_of_squares(images - images.mean(axis=0))
    return ExplainedVariance(
        fraction=1 - _sum_of_squares(residual) / max(total, float(np.finfo(np.float32).tiny)),
        n_points=len(test),
    )


def _sum_of_squares(values: Array) -> float:
    return float(np.square(values, dtype=np.float64).sum())
