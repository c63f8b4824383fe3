"""Nearest neighbors in the latent space, exact or approximate, and the neighbor graph."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.neighbor_cells import approximate_neighbors
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Floats, as_codes

SparseMatrix = Any
"""A scipy.sparse matrix."""

METRICS = ("euclidean", "cosine", "manhattan")
EXACT_UP_TO = 20_000
"""For more codes, `neighbor_lists` are approximate."""
_SINGLE_THREADED_UP_TO = 8  # queries; starting threads takes longer than so few
_MIN_LENGTH = 1e-12  # of an edge; a stored 0 would be no edge
_BATCH = 2048  # queries between two calls of `progress`: about 0.3 s at 70,000 codes


def nearest(
    reference: Floats,
    queries: Floats | None,
    k: int,
    metric: str = "euclidean",
    progress: ProgressCallback = null_progress,
) -> tuple[NDArray[np.int32], Floats]:
    """The `k` nearest neighbors of each query, nearest first.

    Cosine distances are computed from Euclidean distances of unit vectors, which is faster.

    Parameters
    ----------
    reference
        ``(N, D)``, the codes to search.
    queries
        ``(M, D)``; ``(D,)`` for one query; or None for the reference itself, where no code is its
        own neighbor.
    k
        At most N; for one query, at most N neighbors are returned.
    metric
        One of `METRICS`.
    progress
        Called before each batch; raises `CancelledError` to stop.

    Returns
    -------
    index
        ``(M, K)`` int32 into `reference`; ``(K,)`` for one query, ties by index.
    distance
        Of the same shape, float32.
    """
    if queries is not None and np.ndim(queries) == 1:
        query = as_codes(np.asarray(queries)[None], reference.shape[1])
        index, distance = nearest(reference, query, min(k, len(reference)), metric)
        return index[0], distance[0]
    is_cosine = metric == "cosine"
    space = _unit_vectors(reference) if is_cosine else reference
    points = space if queries is None else _unit_vectors(queries) if is_cosine else queries
    search_metric = "manhattan" if metric == "manhattan" else "euclidean"
    if queries is not None and len(points) <= _SINGLE_THREADED_UP_TO:
        index, distance = _search_few(space, points, k, search_metric)
    else:
        index, distance = _search(space, points, k, search_metric, queries is None, progress)
    return index, _cosine_from_chord(distance) if is_cosine else distance


def _search(  # the steps of `nearest`
    space: Floats,
    points: Floats,
    k: int,
    metric: str,
    exclude_self: bool,  # internal
    progress: ProgressCallback,
) -> tuple[NDArray[np.int32], Floats]:
    from sklearn.neighbors import NearestNeighbors

    n_neighbors = k + exclude_self
    search = NearestNeighbors(n_neighbors=n_neighbors, algorithm="brute", metric=metric).fit(space)
    index = np.empty((len(points), k), np.int32)
    distance = np.empty((len(points), k), np.float32)
    for start in range(0, len(points), _BATCH):
        progress(start / len(points), "Finding neighbors")
        batch = slice(start, start + _BATCH)
        batch_distance, batch_index = search.kneighbors(points[batch])
        if exclude_self:
            batch_distance, batch_index = _without_self(batch_distance, batch_index, start)
        index[batch], distance[batch] = batch_index, batch_distance
    return index, distance


def _search_few(
    space: Floats, points: Floats, k: int, metric: str
) -> tuple[NDArray[np.int32], Floats]:
    """The same for a few queries, in this thread."""
    from scipy.spatial.distance import cdist

    distances = cdist(points, space, {"manhattan": "cityblock"}.get(metric, metric))
    index = np.array([_smallest(row, k) for row in distances], np.int32).reshape(-1, k)
    return index, np.take_along_axis(distances, index, axis=1).astype(np.float32)


def _smallest(values: Array, k: int) -> Array:
    """The indices of the `k` smallest values, smallest first, ties by index."""
    candidates = np.flatnonzero(values <= np.partition(values, k - 1)[k - 1])
    chosen: Array = candidates[values[candidates].argsort(kind="stable")[:k]]
    return chosen


def _without_self(distance: Array, index: Array, start: int) -> tuple[Array, Array]:
    is_self = index == np.arange(start, start + len(index))[:, None]
    is_self[~is_self.any(axis=1), -1] = True  # duplicates displaced it: drop the last instead
    shape = len(index), index.shape[1] - 1
    return distance[~is_self].reshape(shape), index[~is_self].reshape(shape)


def _unit_vectors(codes: Floats) -> Floats:
    norms = np.linalg.norm(codes, axis=1, keepdims=True)
    unit: Floats = np.divide(codes, norms, out=np.zeros_like(codes), where=norms > 0)
    return unit


def _cosine_from_chord(chord: Floats) -> Floats:
    """The cosine distance of unit vectors at Euclidean distance `chord`: 1 − cos of their angle."""
    return chord * chord / np.float32(2)


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighborLists:
    """The nearest neighbors of each of N codes, itself excluded.

    Parameters
    ----------
    index
        ``(N, K)`` int32, nearest first.
    distance
        ``(N, K)`` float32.
    recall
        The share of the exact neighbors that was searched; 1 if they are exact, else measured on
        a sample of 256 codes.
    """

    index: NDArray[np.int32]
    distance: Floats
    recall: float = 1.0

    __repr__ = compact_repr

    def recall_array(self) -> dict[str, Array]:
        """``neighbor_recall`` by name, to be stored with a result; empty if they are exact."""
        return {} if self.recall == 1 else {"neighbor_recall": np.array([self.recall])}


def neighbor_lists(
    codes: Floats,
    k: int,
    metric: str = "euclidean",
    random_state: int = 0,
    progress: ProgressCallback = null_progress,
) -> NeighborLists:
    """The `k` nearest neighbors of each code: exact up to `EXACT_UP_TO` codes, else approximate.

    Parameters
    ----------
    codes
        ``(N, D)``.
    k
        Below N.
    metric
        One of `METRICS`.
    random_state
        Seed of the approximate search; the same seed gives the same neighbors.
    progress
        Called before each batch; raises `CancelledError` to stop.
    """
    if len(codes) <= EXACT_UP_TO:
        index, distance = nearest(codes, None, k, metric, progress)
        return NeighborLists(index=index, distance=distance)
    is_cosine = metric == "cosine"
    space = _unit_vectors(codes) if is_cosine else codes
    search_metric = "manhattan" if metric == "manhattan" else "euclidean"
    index, distance, recall = approximate_neighbors(space, k, search_metric, random_state, progress)
    distance = _cosine_from_chord(distance) if is_cosine else distance
    return NeighborLists(index=index, distance=distance, recall=recall)


def neighbor_graph(
    codes: Floats, n_neighbors: int, progress: ProgressCallback = null_progress
) -> SparseMatrix:
    """The connected graph of each code's nearest neighbors, with Euclidean edge lengths.

    While the graph has several connected components, the smallest is joined by the shortest
    edge between one of its codes and a code outside it.

    Parameters
    ----------
    codes
        ``(N, D)``.
    n_neighbors
        K, below N.
    progress
        Called before each batch; raises `CancelledError` to stop.

    Returns
    -------
    Sparse float64 ``(N, N)``, not symmetric: being a nearest neighbor is not mutual.
    """
    return connected_graph(codes, neighbor_lists(codes, n_neighbors, progress=progress), progress)


def connected_graph(
    codes: Floats, neighbors: NeighborLists, progress: ProgressCallback = null_progress
) -> SparseMatrix:
    """The same as `neighbor_graph`, of the `neighbors` of the `codes`."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    count, n_neighbors = neighbors.index.shape
    indptr = np.arange(0, count * n_neighbors + 1, n_neighbors)
    lengths = np.maximum(neighbors.distance.astype(np.float64), _MIN_LENGTH)
    graph = csr_matrix((lengths.ravel(), neighbors.index.ravel(), indptr), shape=(count, count))
    n_components, component = connected_components(graph, directed=False)
    if n_components == 1:
        return graph
    edges, edge_lengths = _connecting_edges(codes, component, progress)
    return graph + csr_matrix((edge_lengths, edges), shape=(count, count))


def _connecting_edges(
    codes: Floats, component: Array, progress: ProgressCallback
) -> tuple[Array, Array]:
    """Edges ``(2, B)`` that join all components, and their lengths ``(B,)``."""
    component, n_components = component.copy(), int(component.max()) + 1
    edges = []
    for i in range(n_components - 1):
        progress(i / n_components, "Joining connected components")
        start, end, length = _shortest_edge_out(codes, component)
        edges.append((start, end, length))
        low, high = sorted((component[start], component[end]))
        component[component == high] = low
    starts, ends, lengths = zip(*edges, strict=True)
    return np.array([starts, ends]), np.array(lengths)


def _shortest_edge_out(codes: Floats, component: Array) -> tuple[int, int, float]:
    """Start, end and length of the shortest edge out of the smallest component."""
    labels, sizes = np.unique(component, return_counts=True)
    is_inside = component == labels[sizes.argmin()]
    inside, outside = np.flatnonzero(is_inside), np.flatnonzero(~is_inside)
    index, distance = nearest(codes[outside], codes[inside], 1)
    best = int(distance[:, 0].argmin())
    length = max(float(distance[best, 0]), _MIN_LENGTH)
    return int(inside[best]), int(outside[index[best, 0]]), length
