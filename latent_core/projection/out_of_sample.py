"""Putting new codes on a map that stays as it is."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from latent_core.neighbors import nearest
from latent_core.types import Array, Floats

_NEIGHBOURS = 15
_STEPS = 30
_BATCH = 4096
_TINY = 1e-12

Affinities = Callable[[Floats], Array]
"""From distances ``(M, K)`` to how strongly each neighbour pulls ``(M, K)``."""


def place_by_neighbors(
    codes_ref: Floats, points: Floats, codes: Floats, metric: str, affinities: Affinities
) -> Floats:
    """Where `codes` come to rest when their neighbours' points pull with t-SNE's force.

    Each new code minimises Σⱼ wⱼ log(1 + ‖y − yⱼ‖²) over its neighbours' fixed points: the
    attractive half of the partial embedding of Poličar et al. (2021).  The kernel's heavy tail
    makes that a robust centre, so a code between two clusters settles in one of them instead of
    in the void where their mean lies.  It starts from the best of its neighbours' points and
    takes reweighted means, which never make it worse.  Each weight is the affinity times
    1 / distance² (Shepard 1968), so a code of the map's own lands on its own point.

    Returns
    -------
    ``(M, dims)`` float32.

    References
    ----------
    Poličar, Stražar & Zupan 2021, doi:10.1007/s10994-021-06043-1.
    """
    batches = [codes[i : i + _BATCH] for i in range(0, len(codes), _BATCH)]
    parts = [_optimize_placement(codes_ref, points, batch, metric, affinities) for batch in batches]
    return np.concatenate([np.empty((0, points.shape[1]), np.float32), *parts])


def _optimize_placement(
    codes_ref: Floats, points: Floats, codes: Floats, metric: str, affinities: Affinities
) -> Floats:
    index, distance = nearest(codes_ref, codes, min(_NEIGHBOURS, len(codes_ref)), metric)
    usual = np.median(distance, axis=1, keepdims=True) + _TINY
    weights = affinities(distance) / np.maximum((distance / usual) ** 2, _TINY)
    weights /= weights.sum(axis=1, keepdims=True)
    anchors = points[index].astype(np.float64)
    place = _best_anchor(weights, anchors)
    for _ in range(_STEPS):
        pull = weights / (1 + ((place[:, None] - anchors) ** 2).sum(axis=2))
        place = np.einsum("mk,mkd->md", pull, anchors) / pull.sum(axis=1, keepdims=True)
    return place.astype(np.float32)


def _best_anchor(weights: Array, anchors: Array) -> Array:
    cost = np.zeros(weights.shape)
    for other in range(weights.shape[1]):
        gap = ((anchors - anchors[:, other, None]) ** 2).sum(axis=2)
        cost += weights[:, other, None] * np.log1p(gap)
    best = cost.argmin(axis=1)
    chosen: Array = anchors[np.arange(len(anchors)), best]
    return chosen


def barycentric_weights(codes_ref: Floats, codes: Floats, index: Array) -> Array:
    """Weights ``(M, K)``, summing to 1, that best rebuild each code from its neighbours.

    References
    ----------
    Saul & Roweis 2003, JMLR 4:119-155, section 3 and appendix A.
    """
    weights = np.empty(index.shape)
    for start in range(0, len(codes), _BATCH):
        part = slice(start, start + _BATCH)
        gaps = codes_ref[index[part]].astype(np.float64) - codes[part, None]
        gram = gaps @ gaps.transpose(0, 2, 1)
        ridge = 1e-3 * np.trace(gram, axis1=1, axis2=2)
        gram += np.where(ridge > 0, ridge, 1e-3)[:, None, None] * np.eye(index.shape[1])
        solved = np.linalg.solve(gram, np.ones((*gram.shape[:2], 1)))[..., 0]
        weights[part] = solved / solved.sum(axis=1, keepdims=True)
    return weights


def binary_search_bandwidth(excess: Array, total: Callable[[Array], Array], target: float) -> Array:
    """The inverse width of each row at which ``total(exp(−excess · width))`` is `target`.

    Parameters
    ----------
    excess
        ``(N, K)``, at least 0: how much farther than the nearest each neighbour is.
    total
        From weights ``(N, K)`` to a number per row that falls as the inverse width grows.

    Returns
    -------
    ``(N, 1)``
    """
    scale = excess.mean(axis=1, keepdims=True) + _TINY
    low, high = np.full(scale.shape, -14.0), np.full(scale.shape, 14.0)
    for _ in range(40):
        middle = (low + high) / 2
        narrow = total(np.exp(-excess / scale * np.exp(middle)))[:, None] < target
        low, high = np.where(narrow, low, middle), np.where(narrow, middle, high)
    result: Array = np.exp(low) / scale
    return result
