"""Out-of-sample extension: place new codes in a projection whose points stay fixed."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from latent_core.neighbors import nearest
from latent_core.types import Array, Floats

_N_NEIGHBORS = 15
_N_ITERATIONS = 30
_BATCH = 4096
_EPSILON = 1e-12

Affinities = Callable[[Floats], Array]
"""From distances ``(M, K)`` to the affinity of each neighbor ``(M, K)``."""


def place_by_neighbors(
    codes_ref: Floats, points: Floats, codes: Floats, metric: str, affinities: Affinities
) -> Floats:
    """Place `codes` by the attractive forces of their neighbors' points.

    Each new code minimizes Σⱼ wⱼ log(1 + ‖y − yⱼ‖²) over the fixed points of its neighbors: the
    attractive half of the partial embedding of Poličar et al.  The heavy-tailed kernel makes the
    minimizer a robust center, so a code between two clusters is placed in one of them rather
    than in the gap between them.  The optimization starts at the best of the neighbors' points
    and iterates reweighted means, which never increase the cost.  Each weight is the affinity
    times 1 / distance² (Shepard 1968), so a code the projection was fitted to gets its own
    point.

    Parameters
    ----------
    codes_ref, points
        ``(N, D)`` and ``(N, n_components)``: the fitted codes and their points.
    codes
        ``(M, D)``, the new codes.
    metric
        One of `latent_core.neighbors.METRICS`.
    affinities
        The affinities of the projection method.

    Returns
    -------
    ``(M, n_components)`` float32.

    References
    ----------
    Poličar, Stražar & Zupan 2021, doi:10.1007/s10994-021-06043-1.
    Shepard 1968, doi:10.1145/800186.810616.
    """
    batches = [codes[i : i + _BATCH] for i in range(0, len(codes), _BATCH)]
    parts = [_optimize_placement(codes_ref, points, batch, metric, affinities) for batch in batches]
    return np.concatenate([np.empty((0, points.shape[1]), np.float32), *parts])


def _optimize_placement(
    codes_ref: Floats, points: Floats, codes: Floats, metric: str, affinities: Affinities
) -> Floats:
    index, distance = nearest(codes_ref, codes, min(_N_NEIGHBORS, len(codes_ref)), metric)
    scale = np.median(distance, axis=1, keepdims=True) + _EPSILON
    weights = affinities(distance) / np.maximum((distance / scale) ** 2, _EPSILON)
    weights /= weights.sum(axis=1, keepdims=True)
    anchors = points[index].astype(np.float64)
    placed = _best_anchor(weights, anchors)
    for _ in range(_N_ITERATIONS):
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
        ridge = 1e-3 * np.trace(gram, axis1=1, axis2=2)
        gram += np.where(ridge > 0, ridge, 1e-3)[:, None, None] * np.eye(index.shape[1])
        solved = np.linalg.solve(gram, np.ones((*gram.shape[:2], 1)))[..., 0]
        weights[batch] = solved / solved.sum(axis=1, keepdims=True)
    return weights


def binary_search_bandwidth(excess: Array, total: Callable[[Array], Array], target: float) -> Array:
    """The inverse bandwidth of each row at which ``total(exp(−excess · inverse))`` is `target`.

    Parameters
    ----------
    excess
        ``(N, K)``, at least 0: the distance (or its square) beyond that of the nearest neighbor.
    total
        From weights ``(N, K)`` to one value per row, decreasing in the inverse bandwidth: the
        perplexity (t-SNE) or the sum (UMAP).
    target
        The value of `total` to reach.

    Returns
    -------
    ``(N, 1)`` float64.
    """
    scale = excess.mean(axis=1, keepdims=True) + _EPSILON
    low, high = np.full(scale.shape, -14.0), np.full(scale.shape, 14.0)
    for _ in range(40):
        middle = (low + high) / 2
        too_narrow = total(np.exp(-excess / scale * np.exp(middle)))[:, None] < target
        low, high = np.where(too_narrow, low, middle), np.where(too_narrow, middle, high)
    inverse_bandwidth: Array = np.exp(low) / scale
    return inverse_bandwidth
