"""Figures of the lesson on maps: how well a roll is unrolled, and distances between clusters."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

import latent_core as lc
from latent_core.types import Array, Floats

N_PER_CLUSTER, CLUSTER_DIM = 100, 10
CLUSTERS = ("A", "B", "C")
CLUSTER_GAPS = {"B": 10.0, "C": 50.0}
"""The distances of the centers of B and C from that of A; the standard deviation is 1."""


def order_share(points: Array, along: Array) -> float:
    """How well the place on a map says how far along the sheet a point is.

    The R² of the linear regression of `along` ``(N,)`` on the points ``(N, D)``: 1 where it grows
    in one straight direction, near 0 where it does not.
    """
    design = np.column_stack([np.asarray(points, np.float64), np.ones(len(points))])
    target = np.asarray(along, np.float64)
    fitted = design @ np.linalg.lstsq(design, target, rcond=None)[0]
    return float(1 - np.square(target - fitted).sum() / np.square(target - target.mean()).sum())


@cache
def cluster_codes(seed: int = 0) -> tuple[Floats, NDArray[np.int64]]:
    """Codes ``(300, 10)`` of three Gaussian clusters, and the cluster of each."""
    centers = np.zeros((len(CLUSTERS), CLUSTER_DIM))
    centers[1, 0], centers[2, 1] = CLUSTER_GAPS.values()
    clusters = np.repeat(np.arange(len(CLUSTERS)), N_PER_CLUSTER)
    noise = np.random.default_rng(seed).standard_normal((len(clusters), CLUSTER_DIM))
    return (centers[clusters] + noise).astype(np.float32), clusters


def distance_ratio(points: Array, clusters: NDArray[np.int64]) -> float:
    """How many times as far from A the mean of C is as the mean of B."""
    a, b, c = (np.mean(points[clusters == index], axis=0) for index in range(3))
    return float(np.linalg.norm(c - a) / np.linalg.norm(b - a))


def flat_clusters() -> Floats:
    """The PCA map ``(300, 2)`` of the clusters."""
    points: Floats = lc.PCA(n_components=2).fit(cluster_codes()[0]).projection_.points
    return points


def cluster_map(perplexity: float, random_state: int) -> Floats:
    """The t-SNE map ``(300, 2)`` of the clusters."""
    method = lc.TSNE(n_components=2, perplexity=perplexity, random_state=random_state)
    points: Floats = method.fit(cluster_codes()[0]).projection_.points
    return points
