"""UMAP: uniform manifold approximation and projection.

The algorithm of the paper in numpy: umap-learn compiles for 15 s or more in every new process
before its first iteration, gives no intermediate points, and cannot be canceled.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from latent_core.neighbors import NeighborLists, SparseMatrix, neighbor_lists
from latent_core.progress import ProgressCallback, subprogress
from latent_core.projection.base import (
    IterationCallback,
    check_codes,
    check_n_neighbors,
    metric_param,
    n_components_param,
    n_neighbors_param,
    names_in_keys,
    param,
    pca_init,
    random_state_param,
)
from latent_core.projection.estimator import ProjectionEstimator, projection_method
from latent_core.projection.out_of_sample import membership, place_by_neighbors
from latent_core.projection.umap_spectral import spectral_layout
from latent_core.types import Array, Floats

_NEGATIVE_SAMPLE_RATE = 5  # random points that repel a point for each attraction
_CLIP = np.float32(4.0)  # of each component of a force
_INIT_NOISE = 1e-5  # of the initial points, relative to their extent; it separates equal ones
_CALLBACK_EVERY = 10  # epochs
_EPOCHS, _EPOCHS_LARGE, _LARGE = 500, 200, 10_000  # as in umap-learn; fewer for over 10,000 codes


@projection_method
class UMAP(ProjectionEstimator):
    """Points whose fuzzy neighbor graph resembles that of the codes.

    References
    ----------
    McInnes, Healy & Melville 2018, arXiv:1802.03426, sections 3 and 4.
    """

    id: ClassVar[str] = "umap"
    name: ClassVar[str] = "UMAP"
    note: ClassVar[str] = (
        "Near neighbors are preserved, and clusters appear more separated than they are; "
        "distances between clusters are only approximate."
    )
    version: ClassVar[int] = 2
    cache_name: ClassVar[str] = "UMAP"
    cache_fields: ClassVar[dict[str, str]] = names_in_keys(
        "n_components", "n_neighbors", "min_dist", "metric", "random_state"
    )

    n_components: int = n_components_param()
    n_neighbors: int = n_neighbors_param(
        15,
        "Points in a neighborhood, itself included: low for detail, high for overall structure.",
    )
    min_dist: float = param(
        0.1,
        "Minimum distance",
        "How close together points may be: small for dense clusters, large for an even layout.",
        min=0.0,
        max=0.99,
        step=0.01,
    )
    metric: str = metric_param()
    random_state: int = random_state_param()

    def fit_arrays(
        self, codes: Floats, *, progress: ProgressCallback, callback: IterationCallback
    ) -> dict[str, Array]:
        """``points``; `transform_arrays` needs nothing else."""
        codes = check_codes(codes)
        check_n_neighbors(self.n_neighbors, codes)
        others, seed = self.n_neighbors - 1, self.random_state  # a point is its own first neighbor
        searching = subprogress(progress, 0.0, 0.1)
        neighbors = neighbor_lists(codes, others, self.metric, seed, searching)
        n_epochs = _EPOCHS if len(codes) <= _LARGE else _EPOCHS_LARGE
        graph = _fuzzy_graph(neighbors, n_epochs)
        points = self._initial_points(graph, codes, subprogress(progress, 0.1, 0.2))
        callback(points)
        layout = _Layout(graph, *_fit_similarity_curve(self.min_dist))
        optimizing = subprogress(progress, 0.2, 1.0)
        points = layout.run(points, n_epochs, seed, optimizing, callback)
        progress(1.0, "Done")
        return {"points": points, **neighbors.recall_array()}

    def _initial_points(
        self, graph: SparseMatrix, codes: Floats, progress: ProgressCallback
    ) -> Floats:
        """The spectral layout, or PCA where it does not converge: in [0, 10] along each axis."""
        rng = np.random.default_rng(self.random_state)
        points = spectral_layout(graph, codes, self.n_components, rng, progress)
        if points is None:
            points = pca_init(codes, self.n_components, self.random_state)
        points += rng.normal(0, _INIT_NOISE * np.abs(points).max(), points.shape)
        low, high = points.min(axis=0), points.max(axis=0)
        scaled: Floats = (10 * (points - low) / (high - low)).astype(np.float32)
        return scaled

    def transform_arrays(
        self, codes_ref: Floats, arrays: dict[str, Array], codes: Floats
    ) -> Floats:
        """Place new codes by their neighbors' points, ``(M, n_components)``."""
        return place_by_neighbors(codes_ref, arrays["points"], codes, self.metric)


def _fuzzy_graph(neighbors: NeighborLists, n_epochs: int) -> SparseMatrix:
    """The fuzzy union a + b − ab of all neighborhoods, symmetric CSR ``(N, N)``.

    Edges too weak to be used once in `n_epochs` epochs are left out.
    """
    from scipy.sparse import csr_matrix

    index, strength = neighbors.index, membership(neighbors.distance)
    count, k = index.shape
    indptr = np.arange(0, count * k + 1, k)
    directed = csr_matrix((strength.ravel(), index.ravel(), indptr), shape=(count, count))
    union = (directed + directed.T - directed.multiply(directed.T)).tocsr()
    union.data[union.data < union.data.max() / n_epochs] = 0
    union.eliminate_zeros()
    return union


def _fit_similarity_curve(min_dist: float) -> tuple[float, float]:
    """The a and b such that 1 / (1 + a d²ᵇ) is about 1 up to `min_dist`, then decays."""
    from scipy.optimize import curve_fit

    def similarity(distance: Array, a: float, b: float) -> Array:
        result: Array = 1 / (1 + a * distance ** (2 * b))
        return result

    distance = np.linspace(0, 3, 300)
    target = np.where(distance < min_dist, 1.0, np.exp(min_dist - distance))
    (a, b), _ = curve_fit(similarity, distance, target)
    return float(a), float(b)


class _Layout:
    """Stochastic gradient descent with negative sampling.

    Each pair of the graph is used in proportion to its weight; each use attracts its two points
    and repels each of them from randomly chosen points.  The forces of a batch, in which a point
    occurs about once, are summed before the points move.
    """

    def __init__(self, graph: SparseMatrix, a: float, b: float) -> None:
        from scipy.sparse import triu

        pairs = triu(graph, 1).tocoo()
        self.head, self.tail = pairs.row.astype(np.intp), pairs.col.astype(np.intp)
        self.rate = pairs.data / pairs.data.max()
        self.a, self.b = np.float32(a), np.float32(b)

    def run(
        self,
        points: Floats,
        n_epochs: int,
        seed: int,
        progress: ProgressCallback,
        callback: IterationCallback,
    ) -> Floats:
        """Points ``(N, n_components)`` after all epochs, with a linearly decreasing step size."""
        rng = np.random.default_rng(seed)
        axes = np.ascontiguousarray(points.T)
        batch = max(1, len(points) // 2)
        for epoch in range(n_epochs):
            step_size = np.float32(1 - epoch / n_epochs)
            due = np.floor((epoch + 1) * self.rate) > np.floor(epoch * self.rate)
            pairs = rng.permutation(np.flatnonzero(due))
            for start in range(0, len(pairs), batch):
                progress(epoch / n_epochs, "Optimizing the layout")
                axes += self._forces(axes, pairs[start : start + batch], rng) * step_size
            if epoch % _CALLBACK_EVERY == 0:
                callback(axes.T.copy())
        return np.ascontiguousarray(axes.T)

    def _forces(self, axes: Floats, pairs: Array, rng: np.random.Generator) -> Floats:
        """The summed forces of `pairs` and their negative samples, ``(n_components, N)``."""
        count = axes.shape[1]
        ends = np.concatenate([self.head[pairs], self.tail[pairs]])
        position = axes[:, ends]
        attraction = self._attraction(np.subtract(*np.split(position, 2, axis=1)))
        force = np.concatenate([attraction, -attraction], axis=1)
        for _ in range(_NEGATIVE_SAMPLE_RATE):
            negatives = rng.integers(0, count, len(ends))
            force += self._repulsion(position - axes[:, negatives])
        return np.stack([np.bincount(ends, f, count) for f in force]).astype(np.float32)

    def _attraction(self, difference: Floats) -> Floats:
        """Of the first point of each pair, ``(n_components, M)``; twice, as each pair counts."""
        squared, power = self._squared_and_power(difference)
        factor = 2 * self.a * self.b * power / (squared * (1 + self.a * power))
        clipped: Floats = np.clip(factor * difference, -_CLIP, _CLIP)
        return -2 * clipped

    def _repulsion(self, difference: Floats) -> Floats:
        squared, power = self._squared_and_power(difference)
        factor = 2 * self.b / ((np.float32(0.001) + squared) * (1 + self.a * power))
        clipped: Floats = np.clip(factor * difference, -_CLIP, _CLIP)
        return clipped

    def _squared_and_power(self, difference: Floats) -> tuple[Floats, Floats]:
        """‖difference‖² and its power b, ``(M,)``."""
        squared = np.einsum("dm,dm->m", difference, difference)
        np.maximum(squared, np.float32(1e-8), out=squared)
        return squared, np.exp(self.b * np.log(squared))


METHOD = UMAP
