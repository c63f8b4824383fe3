"""The spectral layout that UMAP starts from: eigenvectors of the graph's normalized Laplacian."""

from __future__ import annotations

import numpy as np

from latent_core.neighbors import SparseMatrix
from latent_core.progress import ProgressCallback
from latent_core.types import Array, Floats

_DENSE_UP_TO = 300  # nodes whose eigenvectors are computed densely
_TOLERANCE = 1e-6  # of the eigenvalues, which are all nearly 1
_RESTARTS = 1000  # of the Lanczos iteration, before it counts as not converged


def spectral_layout(
    graph: SparseMatrix,
    codes: Floats,
    n_components: int,
    rng: np.random.Generator,
    progress: ProgressCallback,
) -> Array | None:
    """Points ``(N, n_components)`` float64 by the first nonconstant eigenvectors of the graph.

    Each connected component is laid out by itself and placed by the mean of its codes, as in
    umap-learn: along the axes for at most ``2 · n_components`` components, beyond that by a
    spectral embedding of the means.  The sign of an eigenvector makes its largest entry positive.

    Parameters
    ----------
    graph
        Symmetric weights, sparse ``(N, N)``.
    codes
        ``(N, D)``, from which the graph was made.
    rng
        For the start of the iterations and for components that are too small.
    progress
        Called in each iteration; raises `CancelledError` to stop.

    Returns
    -------
    None if the iterations do not converge.

    References
    ----------
    Belkin & Niyogi 2003, doi:10.1162/089976603321780317.
    McInnes, Healy & Melville 2018, arXiv:1802.03426, algorithm 4.
    """
    from scipy.sparse.csgraph import connected_components

    count, component = connected_components(graph, directed=False)
    if count == 1:
        return _eigenvectors(graph, n_components, rng, progress)
    members = [np.flatnonzero(component == i) for i in range(count)]
    centers = _place_components(codes, members, n_components)
    points = np.empty((len(codes), n_components))
    for center, index in zip(centers, members, strict=True):
        others = np.linalg.norm(centers - center, axis=1)
        radius = others[others > 0].min() / 2 if (others > 0).any() else 1.0
        layout = None
        if len(index) > n_components + 1:
            layout = _eigenvectors(graph[index][:, index], n_components, rng, progress)
        if layout is None:
            layout = rng.uniform(-1, 1, (len(index), n_components))
        points[index] = center + layout * (radius / max(np.abs(layout).max(), 1e-12))
    return points


def _place_components(codes: Floats, members: list[Array], n_components: int) -> Array:
    """The centers ``(C, n_components)`` of the connected components, at most about 1 from 0."""
    count = len(members)
    if count <= 2 * n_components:
        half = np.eye(n_components)[: (count + 1) // 2]
        return np.concatenate([half, -half])[:count]
    from scipy.spatial.distance import pdist, squareform

    means = np.stack([codes[index].mean(axis=0, dtype=np.float64) for index in members])
    distance = squareform(pdist(means))
    affinity = np.exp(-((distance / (np.median(distance[distance > 0]) or 1.0)) ** 2))
    centers = _dense_eigenvectors(_normalized(affinity), n_components)
    result: Array = centers / np.abs(centers).max()
    return result


def _normalized(weights: Array) -> Array:
    scale = 1 / np.sqrt(weights.sum(axis=1))
    result: Array = scale[:, None] * weights * scale
    return result


def _dense_eigenvectors(matrix: Array, n_components: int) -> Array:
    count = len(matrix)
    vectors: Array = np.linalg.eigh(matrix)[1][:, ::-1][:, 1 : n_components + 1]
    return _with_fixed_signs(vectors * np.sqrt(count))


def _eigenvectors(
    graph: SparseMatrix, n_components: int, rng: np.random.Generator, progress: ProgressCallback
) -> Array | None:
    """The eigenvectors of a connected graph after the first, ``(N, n_components)``, std about 1.

    Those of the smallest eigenvalues of the Laplacian I − D^−½ W D^−½ are those of the largest of
    D^−½ W D^−½, which the Lanczos iteration finds first.
    """
    from scipy.sparse import diags
    from scipy.sparse.linalg import ArpackNoConvergence, LinearOperator, eigsh

    count = graph.shape[0]
    if count <= _DENSE_UP_TO:
        return _dense_eigenvectors(_normalized(graph.toarray()), n_components)
    scale = diags(1 / np.sqrt(np.asarray(graph.sum(axis=1)).ravel()))
    matrix = (scale @ graph @ scale).tocsr()

    def multiply(vector: Array) -> Array:
        progress(0.0, "Computing the spectral layout")
        product: Array = matrix @ vector
        return product

    try:
        vectors = eigsh(
            LinearOperator(matrix.shape, matvec=multiply, dtype=np.float64),
            k=n_components + 1,
            which="LA",
            v0=rng.uniform(0, 1, count),
            ncv=max(20, 4 * n_components),
            tol=_TOLERANCE,
            maxiter=_RESTARTS,
        )[1]
    except ArpackNoConvergence:
        return None
    return _with_fixed_signs(vectors[:, ::-1][:, 1:] * np.sqrt(count))


def _with_fixed_signs(vectors: Array) -> Array:
    largest = np.take_along_axis(vectors, np.abs(vectors).argmax(axis=0)[None], axis=0)
    result: Array = vectors * np.sign(largest)
    return result
