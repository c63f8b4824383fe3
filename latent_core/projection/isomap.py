"""Isomap: distances measured along the data, laid out flat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from latent_core.neighbors import SparseMatrix, nearest, neighbor_graph
from latent_core.progress import ProgressCallback, subprogress
from latent_core.projection.base import (
    IterationCallback,
    ValidatedParams,
    check_codes,
    check_n_neighbors,
    n_components_param,
    n_neighbors_param,
    random_state_param,
)
from latent_core.types import Array, Floats

_LANDMARKS = 400
_AT_ONCE = 16  # landmarks between two looks at `progress`


@dataclass(frozen=True, slots=True, kw_only=True)
class Isomap(ValidatedParams):
    """Points as far apart as the codes are when one walks from neighbour to neighbour.

    Up to 400 codes this is the Isomap of Tenenbaum, de Silva & Langford (2000,
    doi:10.1126/science.290.5500.2319); beyond, 400 of them are landmarks and the others are
    placed by their walking distances to these (de Silva & Tenenbaum 2004, “Sparse
    multidimensional scaling using landmark points”), as new codes are too.
    """

    id: ClassVar[str] = "isomap"
    name: ClassVar[str] = "Isomap"
    note: ClassVar[str] = (
        "Long ways through the data are kept as distances; "
        "one short cut between two parts bends the whole map, and clusters blur into each other."
    )
    version: ClassVar[int] = 1
    cache_name: ClassVar[str] = "Isomap"
    cache_fields: ClassVar[dict[str, str]] = {
        "n_components": "dims",
        "n_neighbors": "neighbours",
        "random_state": "seed",
    }

    n_components: int = n_components_param()
    n_neighbors: int = n_neighbors_param(12, "How many neighbours one can step to from a code.")
    random_state: int = random_state_param()

    def fit(
        self, codes: Floats, *, progress: ProgressCallback, callback: IterationCallback
    ) -> dict[str, Array]:
        """Points; to place by: ``geodesics`` ``(L, N)``, ``mean_sq`` ``(L,)``, ``pseudo_inverse`` ``(dims, L)``."""
        codes = check_codes(codes)
        check_n_neighbors(self.n_neighbors, codes)
        landmarks = _landmarks(len(codes), self.random_state)

        graph = neighbor_graph(codes, self.n_neighbors, subprogress(progress, 0.0, 0.1))
        walks = _geodesic_distances(graph, landmarks, progress)
        usual, back = _scale(walks[:, landmarks].astype(np.float64) ** 2, self.n_components)
        points = _triangulate(walks, usual, back)
        callback(points)
        progress(1.0, "Done")
        return {"points": points, "geodesics": walks, "mean_sq": usual, "pseudo_inverse": back}

    def transform(self, codes_ref: Floats, arrays: dict[str, Array], codes: Floats) -> Floats:
        """By walking distances to the landmarks, the first step being to a neighbour."""
        index, distance = nearest(codes_ref, codes, self.n_neighbors)
        walks = arrays["geodesics"]
        far = np.stack([walks[:, i] + d for i, d in zip(index.T, distance.T, strict=True)])
        return _triangulate(far.min(axis=0), arrays["mean_sq"], arrays["pseudo_inverse"])


def _landmarks(count: int, seed: int) -> Array:
    if count <= _LANDMARKS:
        return np.arange(count)
    return np.sort(np.random.default_rng(seed).choice(count, _LANDMARKS, replace=False))


def _geodesic_distances(
    graph: SparseMatrix, landmarks: Array, progress: ProgressCallback
) -> Floats:
    """The shortest way from each landmark to each code: ``(L, N)``."""
    from scipy.sparse.csgraph import dijkstra

    walks = np.empty((len(landmarks), graph.shape[0]), np.float32)
    for start in range(0, len(landmarks), _AT_ONCE):
        progress(0.1 + 0.8 * start / len(landmarks), "Walking through the data")
        part = slice(start, start + _AT_ONCE)
        walks[part] = dijkstra(graph, directed=False, indices=landmarks[part])
    return walks


def _scale(squared: Array, dims: int) -> tuple[Array, Array]:
    """Classical scaling of the landmarks: mean squared distances and the way back to points."""
    from scipy.linalg import eigh

    usual = squared.mean(axis=0)
    last = len(squared) - 1
    inner = -(squared - usual - usual[:, None] + usual.mean()) / 2
    values, vectors = eigh((inner + inner.T) / 2, subset_by_index=[last - dims + 1, last])
    values, vectors = values[::-1], vectors[:, ::-1].T
    largest = np.take_along_axis(vectors, np.abs(vectors).argmax(axis=1)[:, None], axis=1)
    lengths = np.sqrt(np.maximum(values, values[0] * 1e-6))[:, None]
    back: Array = vectors * np.sign(largest) / lengths
    return usual, back


def _triangulate(geodesics: Floats, mean_sq: Array, pseudo_inverse: Array) -> Floats:
    """Points ``(M, dims)`` from walking distances ``(L, M)`` to the landmarks."""
    points: Array = (
        -0.5 * pseudo_inverse @ (geodesics.astype(np.float64) ** 2 - mean_sq[:, None])
    ).T
    return np.ascontiguousarray(points, dtype=np.float32)


METHOD = Isomap
