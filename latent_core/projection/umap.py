"""UMAP: uniform manifold approximation and projection.

The algorithm of the paper in numpy: umap-learn compiles for 15 s or more in every new process
before its first iteration, gives no intermediate points, and cannot be canceled.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from latent_core.neighbors import nearest
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
from latent_core.projection.out_of_sample import binary_search_bandwidth, place_by_neighbors
from latent_core.types import Array, Floats

_NEGATIVE_SAMPLE_RATE = 5  # random points that repel a point for each attraction
_CLIP = 4.0  # of each component of a force
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
    version: ClassVar[int] = 1
    cache_name: ClassVar[str] = "UMAP"
    cache_fields: ClassVar[dict[str, str]] = names_in_keys(
        "n_components", "n_neighbors", "min_dist", "metric", "random_state"
    )

    n_components: int = n_components_param()
    n_neighbors: int = n_neighbors_param(
        15, "The size of a neighborhood: low for detail, high for overall structure."
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
        init = pca_init(codes, self.n_components, self.random_state)
        callback(init.astype(np.float32))

        index, distance = nearest(
            codes, None, self.n_neighbors, self.metric, subprogress(progress, 0.0, 0.1)
        )
        head, tail, weight = _fuzzy_graph(index, _membership(distance))
        layout = _Layout(head, tail, weight, *_fit_similarity_curve(self.min_dist))
        low, high = init.min(axis=0), init.max(axis=0)
        points = (10 * (init - low) / (high - low)).astype(np.float32)
        points = layout.run(points, self.random_state, progress, callback)
        progress(1.0, "Done")
        return {"points": points}

    def transform_arrays(
        self, codes_ref: Floats, arrays: dict[str, Array], codes: Floats
    ) -> Floats:
        """Place new codes by their neighbors' points, ``(M, n_components)``."""
        return place_by_neighbors(codes_ref, arrays["points"], codes, self.metric, _membership)


def _membership(distance: Floats) -> Array:
    """Membership strengths ``(N, K)``: 1 for the nearest, log₂(K + 1) in sum (algorithm 3)."""
    excess = distance.astype(np.float64) - distance.min(axis=1, keepdims=True)
    inverse_bandwidth = binary_search_bandwidth(
        excess, lambda weights: weights.sum(axis=1), np.log2(distance.shape[1] + 1)
    )
    strengths: Array = np.exp(-excess * inverse_bandwidth)
    return strengths


def _fuzzy_graph(index: Array, strength: Array) -> tuple[Array, Array, Array]:
    """The fuzzy union a + b − ab of all neighborhoods: edges' heads, tails, weights ``(E,)``."""
    from scipy.sparse import csr_matrix

    count, k = index.shape
    indptr = np.arange(0, count * k + 1, k)
    directed = csr_matrix((strength.ravel(), index.ravel(), indptr), shape=(count, count))
    union = (directed + directed.T - directed.multiply(directed.T)).tocoo()
    return union.row, union.col, union.data


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

    Each edge is used in proportion to its weight; each use attracts its two points and repels
    the first from randomly chosen points.
    """

    def __init__(self, head: Array, tail: Array, weight: Array, a: float, b: float) -> None:
        self.head, self.tail, self.rate = head, tail, weight / weight.max()
        self.a, self.b = a, b

    def run(
        self, points: Floats, seed: int, progress: ProgressCallback, callback: IterationCallback
    ) -> Floats:
        """Points ``(N, n_components)`` after all epochs, with a linearly decreasing step size."""
        rng = np.random.default_rng(seed)
        n_epochs = _EPOCHS if len(points) <= _LARGE else _EPOCHS_LARGE
        for epoch in range(n_epochs):
            step_size = np.float32(1 - epoch / n_epochs)
            due = np.floor((epoch + 1) * self.rate) > np.floor(epoch * self.rate)
            edges = rng.permutation(np.flatnonzero(due))
            for start in range(0, len(edges), len(points)):
                progress(0.1 + 0.8 * epoch / n_epochs, "Optimizing the layout")
                batch = edges[start : start + len(points)]
                points += self._updates(points, batch, rng) * step_size
            if epoch % _CALLBACK_EVERY == 0:
                callback(points.copy())
        return points

    def _updates(self, points: Floats, edges: Array, rng: np.random.Generator) -> Floats:
        """The summed forces of `edges` and their negative samples, ``(N, n_components)``."""
        head, tail = self.head[edges], self.tail[edges]
        attraction = self._attraction(points[head] - points[tail])
        repelled = np.repeat(head, _NEGATIVE_SAMPLE_RATE)
        negatives = rng.integers(0, len(points), len(repelled))
        repulsion = self._repulsion(points[repelled] - points[negatives])
        index = np.concatenate([head, tail, repelled])
        forces = np.concatenate([attraction, -attraction, repulsion])
        sums = [np.bincount(index, axis, len(points)) for axis in forces.T]
        return np.stack(sums, axis=1).astype(np.float32)

    def _attraction(self, difference: Floats) -> Floats:
        squared = (difference * difference).sum(axis=1, keepdims=True)
        squared = np.maximum(squared, np.float32(1e-8))
        factor = -2 * self.a * self.b * squared ** (self.b - 1) / (1 + self.a * squared**self.b)
        clipped: Floats = np.clip(factor * difference, -_CLIP, _CLIP)
        return clipped

    def _repulsion(self, difference: Floats) -> Floats:
        squared = (difference * difference).sum(axis=1, keepdims=True)
        factor = 2 * self.b / ((0.001 + squared) * (1 + self.a * squared**self.b))
        clipped: Floats = np.clip(factor * difference, -_CLIP, _CLIP)
        return clipped


METHOD = UMAP
