"""UMAP: neighbourhoods drawn tight, clusters set apart.

The algorithm of the paper in numpy: umap-learn compiles for 15 s or more in every new process
before the first point moves, shows nothing on the way, and cannot be stopped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from latent_core.neighbors import nearest
from latent_core.progress import ProgressCallback, subprogress
from latent_core.projection.base import (
    IterationCallback,
    ValidatedParams,
    check_codes,
    check_n_neighbors,
    metric_param,
    n_components_param,
    n_neighbors_param,
    param,
    pca_init,
    random_state_param,
)
from latent_core.projection.out_of_sample import binary_search_bandwidth, place_by_neighbors
from latent_core.types import Array, Floats

_NEGATIVES = 5  # points that each pull of an edge pushes away
_CLIP = 4.0
_WATCH_EVERY = 10  # rounds
_EPOCHS, _ROUNDS_FOR_MANY, _MANY = 500, 200, 10_000  # umap-learn's choice


@dataclass(frozen=True, slots=True, kw_only=True)
class UMAP(ValidatedParams):
    """Points whose fuzzy neighbourhood graph resembles that of the codes.

    References
    ----------
    McInnes, Healy & Melville 2018, arXiv:1802.03426, sections 3 and 4.
    """

    id: ClassVar[str] = "umap"
    name: ClassVar[str] = "UMAP"
    note: ClassVar[str] = (
        "Near neighbours stay together and clusters come apart more clearly than they are; "
        "distances between clusters are only a hint."
    )
    version: ClassVar[int] = 1
    cache_name: ClassVar[str] = "UMAP"
    cache_fields: ClassVar[dict[str, str]] = {
        "n_components": "dims",
        "n_neighbors": "neighbours",
        "min_dist": "min_dist",
        "metric": "metric",
        "random_state": "seed",
    }

    n_components: int = n_components_param()
    n_neighbors: int = n_neighbors_param(
        15, "How many neighbours make a neighbourhood: few show detail, many the whole."
    )
    min_dist: float = param(
        0.1,
        "Minimum distance",
        "How tightly points may be packed: small makes clumps, large an even spread.",
        min=0.0,
        max=0.99,
        step=0.01,
    )
    metric: str = metric_param()
    random_state: int = random_state_param()

    def fit(
        self, codes: Floats, *, progress: ProgressCallback, callback: IterationCallback
    ) -> dict[str, Array]:
        """The points; nothing else is needed to place new codes."""
        codes = check_codes(codes)
        check_n_neighbors(self.n_neighbors, codes)
        start = pca_init(codes, self.n_components, self.random_state)
        callback(start.astype(np.float32))

        index, distance = nearest(
            codes, None, self.n_neighbors, self.metric, subprogress(progress, 0.0, 0.1)
        )
        head, tail, weight = _fuzzy_graph(index, _membership(distance))
        layout = _Layout(head, tail, weight, *_curve(self.min_dist))
        low, high = start.min(axis=0), start.max(axis=0)
        points = (10 * (start - low) / (high - low)).astype(np.float32)
        points = layout.run(points, self.random_state, progress, callback)
        progress(1.0, "Done")
        return {"points": points}

    def transform(self, codes_ref: Floats, arrays: dict[str, Array], codes: Floats) -> Floats:
        """Settle new codes among their neighbours' points: ``(M, dims)``."""
        return place_by_neighbors(codes_ref, arrays["points"], codes, self.metric, _membership)


def _membership(distance: Floats) -> Array:
    """Strengths ``(N, K)``: 1 for the nearest, log₂ K in all (algorithm 3)."""
    excess = distance.astype(np.float64) - distance.min(axis=1, keepdims=True)
    inverse = binary_search_bandwidth(
        excess, lambda weights: weights.sum(axis=1), np.log2(distance.shape[1] + 1)
    )
    strengths: Array = np.exp(-excess * inverse)
    return strengths


def _fuzzy_graph(index: Array, strength: Array) -> tuple[Array, Array, Array]:
    """The union of all neighbourhoods, a + b − ab: edges ``(E,)`` from, to, weight."""
    from scipy.sparse import csr_matrix

    count, k = index.shape
    start = np.arange(0, count * k + 1, k)
    one_way = csr_matrix((strength.ravel(), index.ravel(), start), shape=(count, count))
    both = (one_way + one_way.T - one_way.multiply(one_way.T)).tocoo()
    return both.row, both.col, both.data


def _curve(min_dist: float) -> tuple[float, float]:
    """The a and b with which 1 / (1 + a d²ᵇ) is flat up to `min_dist` and then falls."""
    from scipy.optimize import curve_fit

    def similarity(distance: Array, a: float, b: float) -> Array:
        result: Array = 1 / (1 + a * distance ** (2 * b))
        return result

    distance = np.linspace(0, 3, 300)
    wanted = np.where(distance < min_dist, 1.0, np.exp(min_dist - distance))
    (a, b), _ = curve_fit(similarity, distance, wanted)
    return float(a), float(b)


class _Layout:
    """Stochastic descent: each edge pulls as often as it weighs, random points push back."""

    def __init__(self, head: Array, tail: Array, weight: Array, a: float, b: float) -> None:
        self.head, self.tail, self.rate = head, tail, weight / weight.max()
        self.a, self.b = a, b

    def run(
        self, points: Floats, seed: int, progress: ProgressCallback, watch: IterationCallback
    ) -> Floats:
        """Points ``(N, dims)`` after all rounds, with a step that shrinks to nothing."""
        rng = np.random.default_rng(seed)
        rounds = _EPOCHS if len(points) <= _MANY else _ROUNDS_FOR_MANY
        for turn in range(rounds):
            due = np.floor((turn + 1) * self.rate) > np.floor(turn * self.rate)
            edges = rng.permutation(np.flatnonzero(due))
            for part in range(0, len(edges), len(points)):
                progress(0.1 + 0.8 * turn / rounds, "Arranging points")
                points += self._moves(points, edges[part : part + len(points)], rng) * np.float32(
                    1 - turn / rounds
                )
            if turn % _WATCH_EVERY == 0:
                watch(points.copy())
        return points

    def _moves(self, points: Floats, edges: Array, rng: np.random.Generator) -> Floats:
        """What these edges and their random opponents ask for, added up: ``(N, dims)``."""
        head, tail = self.head[edges], self.tail[edges]
        pull = self._pull(points[head] - points[tail])
        pushed = np.repeat(head, _NEGATIVES)
        push = self._push(points[pushed] - points[rng.integers(0, len(points), len(pushed))])
        where = np.concatenate([head, tail, pushed])
        moves = np.concatenate([pull, -pull, push])
        sums = [np.bincount(where, axis, len(points)) for axis in moves.T]
        return np.stack(sums, axis=1).astype(np.float32)

    def _pull(self, gap: Floats) -> Floats:
        squared = np.maximum((gap * gap).sum(axis=1, keepdims=True), np.float32(1e-8))
        force = -2 * self.a * self.b * squared ** (self.b - 1) / (1 + self.a * squared**self.b)
        clipped: Floats = np.clip(force * gap, -_CLIP, _CLIP)
        return clipped

    def _push(self, gap: Floats) -> Floats:
        squared = (gap * gap).sum(axis=1, keepdims=True)
        force = 2 * self.b / ((0.001 + squared) * (1 + self.a * squared**self.b))
        clipped: Floats = np.clip(force * gap, -_CLIP, _CLIP)
        return clipped


METHOD = UMAP
