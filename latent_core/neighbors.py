"""Nearest neighbours in the latent space, exact and in batches, and the graph they make."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Floats, as_codes

SparseMatrix = Any
"""A scipy.sparse matrix."""

METRICS = ("euclidean", "cosine", "manhattan")
_FEW = 8  # so few queries are quicker without threads
_SHORTEST = 1e-12  # a stored 0 would be no step
_BATCH = 2048  # queries between two looks at `progress`: about 0.3 s at 70,000 codes


def nearest(
    reference: Floats,
    queries: Floats | None,
    k: int,
    metric: str = "euclidean",
    progress: ProgressCallback = null_progress,
) -> tuple[NDArray[np.int32], Floats]:
    """The `k` nearest of `reference` ``(N, D)`` to each query, nearest first.

    Cosine distances come from Euclidean ones between unit vectors, which are quicker to find.

    Parameters
    ----------
    queries
        ``(M, D)``; ``(D,)`` for one query; or None for the reference itself, where no code is its
        own neighbour.
    k
        How many; for one query fewer are given when there are fewer.

    Returns
    -------
    index
        ``(M, K)`` int32 into `reference`; ``(K,)`` for one query, ties by index.
    distance
        As `index`, float32.
    """
    from sklearn.neighbors import NearestNeighbors

    if queries is not None and np.ndim(queries) == 1:
        one = as_codes(np.asarray(queries)[None], reference.shape[1])
        index, distance = nearest(reference, one, min(k, len(reference)), metric)
        return index[0], distance[0]
    alone = queries is None
    space = _unit(reference) if metric == "cosine" else reference
    places = space if queries is None else _unit(queries) if metric == "cosine" else queries
    kind = "manhattan" if metric == "manhattan" else "euclidean"
    if not alone and len(places) <= _FEW:
        index, distance = _few(space, places, k, kind)
        return index, _cosine(distance) if metric == "cosine" else distance
    search = NearestNeighbors(n_neighbors=k + alone, algorithm="brute", metric=kind).fit(space)
    index = np.empty((len(places), k), np.int32)
    distance = np.empty((len(places), k), np.float32)
    for start in range(0, len(places), _BATCH):
        progress(start / len(places), "Finding neighbours")
        part = slice(start, start + _BATCH)
        far, near = search.kneighbors(places[part])
        if alone:
            far, near = _without_self(far, near, start)
        index[part], distance[part] = near, far
    return index, _cosine(distance) if metric == "cosine" else distance


def _few(space: Floats, places: Floats, k: int, kind: str) -> tuple[NDArray[np.int32], Floats]:
    """For a handful of queries, without waking other threads."""
    from scipy.spatial.distance import cdist

    distance = cdist(places, space, {"manhattan": "cityblock"}.get(kind, kind))
    near = np.sort(np.argpartition(distance, k - 1, axis=1)[:, :k], axis=1)  # ties by index
    far = np.take_along_axis(distance, near, axis=1)
    order = far.argsort(axis=1, kind="stable")
    near, far = np.take_along_axis(near, order, axis=1), np.take_along_axis(far, order, axis=1)
    return near.astype(np.int32), far.astype(np.float32)


def _without_self(far: Array, near: Array, start: int) -> tuple[Array, Array]:
    own = near == np.arange(start, start + len(near))[:, None]
    own[~own.any(axis=1), -1] = True  # crowded out by copies of itself: drop the last instead
    shape = len(near), near.shape[1] - 1
    return far[~own].reshape(shape), near[~own].reshape(shape)


def _unit(codes: Floats) -> Floats:
    norms = np.linalg.norm(codes, axis=1, keepdims=True)
    unit: Floats = np.divide(codes, norms, out=np.zeros_like(codes), where=norms > 0)
    return unit


def _cosine(chord: Floats) -> Floats:
    """1 − cos of the angle between unit vectors that lie `chord` apart."""
    return chord * chord / np.float32(2)


def neighbor_graph(
    codes: Floats, n_neighbors: int, progress: ProgressCallback = null_progress
) -> SparseMatrix:
    """Steps from each code to its nearest ones, by their Euclidean length, all in one piece.

    Where the neighbours fall into pieces, the smallest piece is joined to the code nearest to
    any of its own, until one is left.

    Parameters
    ----------
    codes
        ``(N, D)``.
    neighbours
        K, below N.

    Returns
    -------
    Sparse float64 ``(N, N)``; not symmetric: a neighbour of mine needn't have me as its own.
    """
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import connected_components

    count = len(codes)
    index, distance = nearest(codes, None, n_neighbors, progress=progress)
    start = np.arange(0, count * n_neighbors + 1, n_neighbors)
    steps = np.maximum(distance.astype(np.float64), _SHORTEST)
    graph = csr_matrix((steps.ravel(), index.ravel(), start), shape=(count, count))
    pieces, piece = connected_components(graph, directed=False)
    if pieces == 1:
        return graph
    ends, lengths = _bridges(codes, piece, progress)
    return graph + csr_matrix((lengths, ends), shape=(count, count))


def _bridges(codes: Floats, piece: Array, progress: ProgressCallback) -> tuple[Array, Array]:
    """Steps that join all pieces: where from and where to ``(2, B)``, and their lengths."""
    piece, pieces = piece.copy(), int(piece.max()) + 1
    bridges = []
    for done in range(pieces - 1):
        progress(done / pieces, "Joining what lies apart")
        start, end, length = _bridge(codes, piece)
        bridges.append((start, end, length))
        low, high = sorted((piece[start], piece[end]))
        piece[piece == high] = low
    starts, ends, lengths = zip(*bridges, strict=True)
    return np.array([starts, ends]), np.array(lengths)


def _bridge(codes: Floats, piece: Array) -> tuple[int, int, float]:
    """The shortest step from the smallest piece to another: from where, to where, how long."""
    names, sizes = np.unique(piece, return_counts=True)
    own = piece == names[sizes.argmin()]
    inside, outside = np.flatnonzero(own), np.flatnonzero(~own)
    index, distance = nearest(codes[outside], codes[inside], 1)
    best = int(distance[:, 0].argmin())
    length = max(float(distance[best, 0]), _SHORTEST)
    return int(inside[best]), int(outside[index[best, 0]]), length
