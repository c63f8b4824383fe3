"""Isomap: classical multidimensional scaling of geodesic distances."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from latent_core.neighbors import SparseMatrix, connected_graph, nearest, neighbor_lists
from latent_core.progress import ProgressCallback, subprogress
from latent_core.projection.base import (
    IterationCallback,
    check_codes,
    check_n_neighbors,
    n_components_param,
    n_neighbors_param,
    names_in_keys,
    random_state_param,
)
from latent_core.projection.estimator import ProjectionEstimator, projection_method
from latent_core.types import Array, Floats

_MAX_LANDMARKS = 400
_LANDMARK_BATCH = 16  # between two calls of `progress`


@projection_method
class Isomap(ProjectionEstimator):
    """Points whose distances approximate the shortest paths in the neighbor graph of the codes.

    Up to 400 codes this is Isomap (Tenenbaum et al.).  Beyond, 400 random codes are landmarks;
    the others, and new codes, are placed by their geodesic distances to the landmarks
    (landmark multidimensional scaling, de Silva & Tenenbaum).

    References
    ----------
    Tenenbaum, de Silva & Langford 2000, doi:10.1126/science.290.5500.2319.
    de Silva & Tenenbaum 2004, "Sparse multidimensional scaling using landmark points".
    """

    id: ClassVar[str] = "isomap"
    name: ClassVar[str] = "Isomap"
    note: ClassVar[str] = (
        "Geodesic distances are preserved; a single edge between two distant parts of the data "
        "distorts the whole projection, and clusters overlap."
    )
    version: ClassVar[int] = 1
    cache_name: ClassVar[str] = "Isomap"
    cache_fields: ClassVar[dict[str, str]] = names_in_keys(
        "n_components", "n_neighbors", "random_state"
    )

    n_components: int = n_components_param()
    n_neighbors: int = n_neighbors_param(
        12, "How many neighbors each code is connected to in the graph."
    )
    random_state: int = random_state_param()

    def fit_arrays(
        self, codes: Floats, *, progress: ProgressCallback, callback: IterationCallback
    ) -> dict[str, Array]:
        """``points`` and what `transform_arrays` needs.

        With L landmarks: ``geodesics`` ``(L, N)``, ``mean_sq`` ``(L,)`` and
        ``pseudo_inverse`` ``(n_components, L)``.
        """
        codes = check_codes(codes)
        check_n_neighbors(self.n_neighbors, codes)
        landmarks = _choose_landmarks(len(codes), self.random_state)

        neighbors = neighbor_lists(
            codes,
            self.n_neighbors,
            random_state=self.random_state,
            progress=subprogress(progress, 0.0, 0.1),
        )
        graph = connected_graph(codes, neighbors, subprogress(progress, 0.1, 0.1))
        geodesics = _geodesic_distances(graph, landmarks, progress)
        squared = geodesics[:, landmarks].astype(np.float64) ** 2
        mean_sq, pseudo_inverse = _classical_mds(squared, self.n_components)
        points = _triangulate(geodesics, mean_sq, pseudo_inverse)
        callback(points)
        progress(1.0, "Done")
        return {
            "points": points,
            "geodesics": geodesics,
            "mean_sq": mean_sq,
            "pseudo_inverse": pseudo_inverse,
            **neighbors.recall_array(),
        }

    def transform_arrays(
        self, codes_ref: Floats, arrays: dict[str, Array], codes: Floats
    ) -> Floats:
        """Triangulate new codes by their geodesic distances, over their nearest neighbors."""
        index, distance = nearest(codes_ref, codes, self.n_neighbors)
        geodesics = arrays["geodesics"]
        via = [
            geodesics[:, i] + d for i, d in zip(index.T, distance.T.astype(np.float64), strict=True)
        ]
        return _triangulate(np.min(via, axis=0), arrays["mean_sq"], arrays["pseudo_inverse"])


def _choose_landmarks(count: int, seed: int) -> Array:
    if count <= _MAX_LANDMARKS:
        return np.arange(count)
    return np.sort(np.random.default_rng(seed).choice(count, _MAX_LANDMARKS, replace=False))


def _geodesic_distances(
    graph: SparseMatrix, landmarks: Array, progress: ProgressCallback
) -> Floats:
    """The length of the shortest path from each landmark to each code, ``(L, N)``."""
    from scipy.sparse.csgraph import dijkstra

    geodesics = np.empty((len(landmarks), graph.shape[0]), np.float32)
    for start in range(0, len(landmarks), _LANDMARK_BATCH):
        progress(0.1 + 0.8 * start / len(landmarks), "Computing geodesic distances")
        batch = slice(start, start + _LANDMARK_BATCH)
        geodesics[batch] = dijkstra(graph, directed=False, indices=landmarks[batch])
    return geodesics


def _classical_mds(squared: Array, n_components: int) -> tuple[Array, Array]:
    """Classical scaling of squared distances ``(L, L)``: `mean_sq` and `pseudo_inverse`."""
    from scipy.linalg import eigh

    mean_sq = squared.mean(axis=0)
    last = len(squared) - 1
    gram = -(squared - mean_sq - mean_sq[:, None] + mean_sq.mean()) / 2
    values, vectors = eigh((gram + gram.T) / 2, subset_by_index=[last - n_components + 1, last])
    values, vectors = values[::-1], vectors[:, ::-1].T
    largest = np.take_along_axis(vectors, np.abs(vectors).argmax(axis=1)[:, None], axis=1)
    lengths = np.sqrt(np.maximum(values, values[0] * 1e-6))[:, None]
    pseudo_inverse: Array = vectors * np.sign(largest) / lengths
    return mean_sq, pseudo_inverse


def _triangulate(geodesics: Floats, mean_sq: Array, pseudo_inverse: Array) -> Floats:
    """Points ``(M, n_components)`` from geodesic distances ``(L, M)`` to the landmarks."""
    squared = geodesics.astype(np.float64) ** 2
    points: Array = (-0.5 * pseudo_inverse @ (squared - mean_sq[:, None])).T
    return np.ascontiguousarray(points, dtype=np.float32)


METHOD = Isomap
