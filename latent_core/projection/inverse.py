"""The inverse of a projection: from points to codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.analysis.support import Support, fit_support
from latent_core.notebook import compact_repr
from latent_core.projection.latent_axes import LatentAxes
from latent_core.projection.out_of_sample import EPSILON
from latent_core.projection.pca import PCA
from latent_core.projection.projection import Projection
from latent_core.types import Array, Floats, as_codes

N_NEIGHBORS = (8, 30, 100, 300)
"""The candidates for the number of neighbors."""
SOFTENING = 0.1
"""Relative to the neighborhood's radius: limits the weight of points closer than this."""
_MAX_TEST_CODES = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearInverse:
    """The exact inverse of a linear projection: PCA or latent axes.

    Parameters
    ----------
    mean
        ``(D,)``.
    axes
        ``(n_components, D)``, orthonormal.
    """

    mean: Array
    axes: Array

    __repr__ = compact_repr

    def inverse_transform(self, points: Floats) -> Floats:
        """Codes ``(M, D)`` of `points` ``(M, n_components)``: ``mean + points @ axes``."""
        codes: Floats = (self.mean + as_codes(points) @ self.axes).astype(np.float32)
        return codes

    @property
    def note(self) -> str:
        """How the codes are computed, in one sentence shown to users."""
        if np.array_equal(self.axes, np.eye(*self.axes.shape)):
            return self._note_on_latent_axes()
        if self.axes.shape[0] == self.axes.shape[1]:
            return "Exact: this projection is a rotation of the latent space itself."
        n_discarded = self.axes.shape[1] - self.axes.shape[0]
        return (
            "Exact in the plane of the principal components; the other "
            f"{n_discarded} components are at their mean."
        )

    def _note_on_latent_axes(self) -> str:
        shown, latent_dim = self.axes.shape
        hidden = f" z1 to z{shown}; the others are at their mean" if shown < latent_dim else ""
        return f"Exact: the axes of this map are the latent dimensions{hidden}."


@dataclass(frozen=True, slots=True, kw_only=True)
class ShepardInverse:
    """Modified Shepard interpolation of the codes of the nearest projected points.

    The weights of Franke & Nielson, softened, are zero at the first point that is not used, so
    the code is a continuous function of the point.

    Parameters
    ----------
    points
        ``(N, n_components)``, the points of the projection.
    codes
        ``(N, D)``, their codes.
    n_neighbors
        How many of the nearest points are used.

    References
    ----------
    Franke & Nielson 1980, doi:10.1002/nme.1620151110.
    """

    points: Floats
    codes: Floats
    n_neighbors: int

    __repr__ = compact_repr

    def inverse_transform(self, points: Floats) -> Floats:
        """Codes ``(M, D)`` of `points` ``(M, n_components)``: means weighted by distance."""
        from sklearn.neighbors import NearestNeighbors

        search = NearestNeighbors(n_neighbors=self.n_neighbors + 1).fit(self.points)
        distance, index = search.kneighbors(as_codes(points, self.points.shape[1]))
        weights = _shepard_weights(distance)
        codes: Floats = np.einsum("mk,mkd->md", weights, self.codes[index[:, :-1]]).astype(
            np.float32
        )
        return codes

    @property
    def note(self) -> str:
        """How the codes are computed, in one sentence shown to users."""
        return (
            f"Interpolated: the mean of the codes of the {self.n_neighbors} nearest points, "
            "weighted by distance."
        )


def _shepard_weights(distance: Array) -> Array:
    """From ascending distances ``(M, K + 1)`` to weights ``(M, K)`` that sum to 1."""
    radius = np.maximum(distance[:, -1:], EPSILON)
    relative = np.minimum(distance[:, :-1] / radius, 1)
    weights = ((1 - relative**2) ** 2 + EPSILON) / (relative**2 + SOFTENING**2)
    normalized: Array = weights / weights.sum(axis=1, keepdims=True)
    return normalized


Inverse = LinearInverse | ShepardInverse
"""From points ``(M, n_components)`` to codes ``(M, D)``, with a note for users."""


def fit_inverse(projection: Projection, random_state: int = 0) -> Inverse:
    """The inverse of a projection: exact for PCA and latent axes, otherwise `ShepardInverse`.

    The number of neighbors is the candidate of `N_NEIGHBORS` with the smallest mean distance
    between a code and the code interpolated at its point, over up to 500 held-out codes.
    """
    if isinstance(projection.method, PCA | LatentAxes):
        return LinearInverse(mean=projection.arrays["mean"], axes=projection.arrays["axes"])
    half = len(projection) // 2
    candidates = [k for k in N_NEIGHBORS if k < half] or [max(1, half - 1)]
    errors = [
        held_out_error(projection.points, projection.codes, k, random_state) for k in candidates
    ]
    return ShepardInverse(
        points=projection.points,
        codes=projection.codes,
        n_neighbors=candidates[int(np.argmin(errors))],
    )


def held_out_split(count: int, seed: int = 0) -> tuple[Array, Array]:
    """Indices of a test set (at most 500, at most a fifth of `count`) and of the rest."""
    order = np.random.default_rng(seed).permutation(count)
    n_test = min(_MAX_TEST_CODES, max(1, count // 5))
    return order[:n_test], order[n_test:]


def held_out_error(points: Floats, codes: Floats, n_neighbors: int, seed: int = 0) -> float:
    """The mean Euclidean distance between held-out codes and their interpolations."""
    test, rest = held_out_split(len(points), seed)
    inverse = ShepardInverse(
        points=points[rest], codes=codes[rest], n_neighbors=min(n_neighbors, len(rest) - 1)
    )
    residual = inverse.inverse_transform(points[test]) - codes[test]
    return float(np.linalg.norm(residual, axis=1).mean())


def map_support(projection: Projection) -> Support:
    """The support of points ``(M, n_components)`` in a projection: how near its points are."""
    return fit_support(projection.points)
