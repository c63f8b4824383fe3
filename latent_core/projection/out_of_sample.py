"""Out-of-sample extension: place new codes in a projection whose points stay fixed."""

from __future__ import annotations

import numpy as np

from latent_core.neighbors import nearest
from latent_core.types import Array, Floats

N_NEIGHBORS = 15
"""Nearest codes that determine where a new code is placed."""
N_ITERATIONS = 30
"""Steps of the iteratively reweighted mean."""
BANDWIDTH_SEARCH = (14.0, 40)
"""Range of the logarithm of the inverse bandwidth, ±, and the number of bisections."""
RIDGE = 1e-3
"""Regularization of the barycentric weights, relative to the trace of the Gram matrix."""
EPSILON = 1e-12
"""Lower bound of squared relative distances."""
_BATCH = 4096


def place_by_neighbors(codes_ref: Floats, points: Floats, codes: Floats, metric: str) -> Floats:
    """Place `codes` by the attractive forces of their neighbors' points, for t-SNE and UMAP.

    Each new code minimizes Σⱼ wⱼ log(1 + ‖y − yⱼ‖²) over the fixed points of its neighbors: the
    attractive half of the partial embedding of Poličar et al.  The heavy-tailed kernel makes the
    minimizer a robust center, so a code between two clusters is placed in one of them rather
    than in the gap between them.  The optimization starts at the best of the neighbors' points
    and iterates reweighted means, which never increase the cost.  Each weight is the membership
    strength (McInnes et al.) times 1 / distance² (Shepard), so a code the projection was fitted
    to gets its own point.  ``benchmarks.out_of_sample`` compares these weights with others.

    Parameters
    ----------
    codes_ref, points
        ``(N, D)`` and ``(N, n_components)``: the fitted codes and their points.
    codes
        ``(M, D)``, the new codes.
    metric
        One of `latent_core.neighbors.METRICS`.

    Returns
    -------
    ``(M, n_components)`` float32.

    References
    ----------
    Poličar, Stražar & Zupan 2021, doi:10.1007/s10994-021-06043-1.
    McInnes, Healy & Melville 2018, arXiv:1802.03426, algorithm 3.
    Shepard 1968, doi:10.1145/800186.810616.
    """
    batches = [codes[i : i + _BATCH] for i in range(0, len(codes), _BATCH)]
    parts = [_place(codes_ref, points, batch, metric) for batch in batches]
    return np.concatenate([np.empty((0, points.shape[1]), np.float32), *parts])


def _place(codes_ref: Floats, points: Floats, codes: Floats, metric: str) -> Floats:
    index, distance = nearest(codes_ref, codes, min(N_NEIGHBORS, len(codes_ref)), metric)
    return robust_center(points[index].astype(np.float64), placement_weights(distance))


def placement_weights(distance: Floats) -> Array:
    """The weights ``(M, K)`` of neighbors at `distance` ``(M, K)``; each row sums to 1."""
    scale = np.median(distance, axis=1, keepdims=True) + EPSILON
    weights = membership(distance) / np.maximum((distance / scale) ** 2, EPSILON)
    normalized: Array = weights / weights.sum(axis=1, keepdims=True)
    return normalized


def robust_center(anchors: Array, weights: Array) -> Floats:
    """For each row the minimizer of Σ w log(1 + ‖y − anchor‖²), ``(M, n_components)``.

    Parameters
    ----------
    anchors
        ``(M, K, n_components)`` float64.
    weights
        ``(M, K)``.
    """
    placed = _best_anchor(weights, anchors)
    for _ in range(N_ITERATIONS):
        pull = weights / (1 + ((placed[:, None] - anchors) ** 2).sum(axis=2))
        placed = np.einsum("mk,mkd->md", pull, anchors) / pull.sum(axis=1, keepdims=True)
    return placed.astype(np.float32)


def _best_anchor(weights: Array, anchors: Array) -> Array:
    """For each row the anchor of lowest cost, ``(M, n_components)``."""
    cost = np.zeros(weights.shape)
    for other in range(weights.shape[1]):
        squared = ((anchors - anchors[:, other, None]) ** 2).sum(axis=2)
        cost += weights[:, other, None] * np.log1p(squared)
    best = cost.argmin(axis=1)
    chosen: Array = anchors[np.arange(len(anchors)), best]
    return chosen


def barycentric_weights(codes_ref: Floats, codes: Floats, index: Array) -> Array:
    """The weights with which each code is best reconstructed from its neighbors.

    Parameters
    ----------
    codes_ref, codes
        ``(N, D)`` and ``(M, D)``.
    index
        ``(M, K)`` into `codes_ref`: the neighbors of each code.

    Returns
    -------
    ``(M, K)`` float64; each row sums to 1.

    References
    ----------
    Saul & Roweis 2003, JMLR 4:119-155, section 3 and appendix A.
    """
    weights = np.empty(index.shape)
    for start in range(0, len(codes), _BATCH):
        batch = slice(start, start + _BATCH)
        differences = codes_ref[index[batch]].astype(np.float64) - codes[batch, None]
        gram = differences @ differences.transpose(0, 2, 1)
        ridge = RIDGE * np.trace(gram, axis1=1, axis2=2)
        gram += np.where(ridge > 0, ridge, RIDGE)[:, None, None] * np.eye(index.shape[1])
        solved = np.linalg.solve(gram, np.ones((*gram.shape[:2], 1)))[..., 0]
        weights[batch] = solved / solved.sum(axis=1, keepdims=True)
    return weights


def membership(distance: Floats) -> Array:
    """Membership strengths ``(M, K)`` of neighbors at `distance` ``(M, K)``, nearest first.

    1 for the nearest, log₂(K + 1) in sum (McInnes et al., algorithm 3, whose K counts the point
    itself).
    """
    excess = distance.astype(np.float64) - distance.min(axis=1, keepdims=True)
    scale = excess.mean(axis=1, keepdims=True) + EPSILON
    limit, n_steps = BANDWIDTH_SEARCH
    low, high = np.full(scale.shape, -limit), np.full(scale.shape, limit)
    for _ in range(n_steps):
        middle = (low + high) / 2
        total = np.exp(-excess / scale * np.exp(middle)).sum(axis=1, keepdims=True)
        too_narrow = total < np.log2(distance.shape[1] + 1)
        low, high = np.where(too_narrow, low, middle), np.where(too_narrow, middle, high)
    strengths: Array = np.exp(-excess * (np.exp(low) / scale))
    return strengths
