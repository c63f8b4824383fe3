"""The way back: from a place on a map to a code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.analysis.support import Support, fit_support
from latent_core.projection.pca import PCA
from latent_core.projection.projection import Projection
from latent_core.types import Array, Floats, as_codes

N_NEIGHBORS = (8, 30, 100, 300)
"""The numbers of neighbours that are tried."""
SOFTENING = 0.1
"""In units of the neighbourhood's radius: a place this near a point is as good as on it."""
_HELD_OUT = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearInverse:
    """The exact inverse of a PCA map: the code in the map's plane that lies at the place.

    Parameters
    ----------
    mean, axes
        ``(D,)`` and ``(dims, D)``, orthonormal.
    """

    mean: Array
    axes: Array

    def inverse_transform(self, places: Floats) -> Floats:
        """``mean + places · axes``."""
        codes: Floats = (self.mean + as_codes(places) @ self.axes).astype(np.float32)
        return codes

    @property
    def note(self) -> str:
        """For people."""
        if self.axes.shape[0] == self.axes.shape[1]:
            return "Exact: this map is the latent space itself, only turned."
        hidden = self.axes.shape[1] - self.axes.shape[0]
        return (
            f"Exact in the map's plane; the {hidden} directions it doesn't show are at their mean."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShepardInverse:
    """The codes of the nearest points on the map, weighted by nearness.

    The weights of Franke & Nielson's modified Shepard interpolation, softened, fall to zero at
    the first point that is left out, so the code never jumps as the place moves.

    Parameters
    ----------
    points, reference
        ``(N, dims)`` and ``(N, D)``: the map's points and their codes.
    k
        How many points count.

    References
    ----------
    Franke & Nielson 1980, doi:10.1002/nme.1620151110.
    """

    points: Floats
    codes: Floats
    n_neighbors: int

    def inverse_transform(self, places: Floats) -> Floats:
        """The weighted mean of the `k` nearest points' codes."""
        from sklearn.neighbors import NearestNeighbors

        found = NearestNeighbors(n_neighbors=self.n_neighbors + 1).fit(self.points)
        distance, index = found.kneighbors(as_codes(places, self.points.shape[1]))
        weights = _weights(distance)
        mixed = np.einsum("mk,mkd->md", weights, self.codes[index[:, :-1]])
        codes: Floats = mixed.astype(np.float32)
        return codes

    @property
    def note(self) -> str:
        """For people."""
        return f"Computed from the codes of the {self.n_neighbors} nearest points, the nearer the more."


def _weights(distance: Array) -> Array:
    """From ascending distances ``(M, K + 1)`` to weights ``(M, K)`` that sum to 1."""
    radius = np.maximum(distance[:, -1:], 1e-12)
    near = np.minimum(distance[:, :-1] / radius, 1)
    weights = ((1 - near**2) ** 2 + 1e-12) / (near**2 + SOFTENING**2)
    shares: Array = weights / weights.sum(axis=1, keepdims=True)
    return shares


Inverse = LinearInverse | ShepardInverse
"""From places ``(M, dims)`` on a map to codes ``(M, D)``, with a note for people on how."""


def fit_inverse(projection: Projection, random_state: int = 0) -> Inverse:
    """The inverse of a map: exact for PCA, else from as many neighbours as serve it best.

    The number of neighbours is the one of `NEIGHBOURS` with the smallest mean distance between
    a code and the code found at its point, over 500 points held out.
    """
    if isinstance(projection.method, PCA):
        return LinearInverse(mean=projection.arrays["mean"], axes=projection.arrays["axes"])
    usable = [k for k in N_NEIGHBORS if k < len(projection) // 2] or [
        max(1, len(projection) // 2 - 1)
    ]
    errors = [held_out_error(projection.points, projection.codes, k, random_state) for k in usable]
    best = usable[int(np.argmin(errors))]
    return ShepardInverse(points=projection.points, codes=projection.codes, n_neighbors=best)


def held_out_split(count: int, seed: int = 0) -> tuple[Array, Array]:
    """Indices to test on (at most 500, at most a fifth) and the rest."""
    order = np.random.default_rng(seed).permutation(count)
    tested = min(_HELD_OUT, max(1, count // 5))
    return order[:tested], order[tested:]


def held_out_error(points: Floats, codes: Floats, n_neighbors: int, seed: int = 0) -> float:
    """The mean distance from held-out codes ``(D,)`` to what `k` neighbours give in their place."""
    tested, rest = held_out_split(len(points), seed)
    found = ShepardInverse(
        points=points[rest], codes=codes[rest], n_neighbors=min(n_neighbors, len(rest) - 1)
    )
    gap = found.inverse_transform(points[tested]) - codes[tested]
    return float(np.linalg.norm(gap, axis=1).mean())


def map_support(projection: Projection) -> Support:
    """Whether points lie near a place of the map, compared with what is usual on it."""
    return fit_support(projection.points)
