"""Recommendation: the samples most like some, and least like others, by their codes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.types import Floats, as_codes

ROCCHIO, NEAREST = "rocchio", "nearest"
SIMILARITIES = (ROCCHIO, NEAREST)
MINUS_WEIGHT = 0.2
"""Of the mean of what the results should not be like; the other mean has weight 1. It is the ratio
0.15 : 0.75 of Manning et al."""
N_CANDIDATES = 200
"""Of the most similar samples, diverse ones are chosen."""
_TINY = 1e-12


def recommend(  # noqa: PLR0913  what to be like and unlike, and how results are chosen
    codes: Any,
    plus: Any,
    minus: Any = None,
    *,
    n: int = 24,
    similarity: str = ROCCHIO,
    diversity: float = 0.0,
    excluded: Any = (),
) -> NDArray[np.int64]:
    """The samples most like some codes and unlike others, the most similar first.

    Parameters
    ----------
    codes
        ``(N, D)``.
    plus, minus
        ``(P, D)``, P ≥ 1, and ``(M, D)`` or None: what the results should be like, and unlike.
    n
        How many samples; fewer where there are fewer.
    similarity
        As for `relevance`.
    diversity
        In [0, 1], 1 − λ of maximal marginal relevance: 0 ranks by similarity alone; above it, each
        of the results is the one of the 200 most similar with the highest λ · relevance − (1 − λ)
        · its highest similarity to those before. Relevance is scaled to [0, 1] over the 200, the
        similarity of two samples is (1 + cosine) / 2 of their centered codes.
    excluded
        Indices of samples that are not recommended, such as those of `plus`.

    Returns
    -------
    ndarray
        ``(n,)`` indices into `codes`.

    Raises
    ------
    InvalidInputError
        There is nothing to be like, or a parameter is out of range.

    References
    ----------
    Carbonell & Goldstein 1998, doi:10.1145/290941.291025 (maximal marginal relevance).
    """
    z = as_codes(codes)
    if not 0 <= diversity <= 1 or n < 1:
        raise InvalidInputError(
            f"{n} samples with a diversity of {diversity:g} cannot be recommended; give a number "
            "of 1 or more and a diversity from 0 to 1."
        )
    if not np.ptp(z, axis=0).any():
        raise InvalidInputError(
            f"Codes that are all equal ({len(z)} are given) cannot be ranked; give at least two "
            "different ones."
        )
    scores = relevance(z, plus, minus, similarity=similarity)[0]
    scores[np.asarray(excluded, np.int64)] = -np.inf
    order: NDArray[np.int64] = np.argsort(-scores, kind="stable")
    order = order[np.isfinite(scores[order])]
    if diversity == 0:
        return order[:n]
    candidates = order[: max(n, N_CANDIDATES)]
    if not len(candidates):
        return candidates
    chosen: NDArray[np.int64] = candidates[
        _diverse(scores[candidates], _units(z)[candidates], n, diversity)
    ]
    return chosen


def relevance(
    codes: Any, plus: Any, minus: Any = None, *, similarity: str = ROCCHIO
) -> NDArray[np.float64]:
    """How much each sample is like some codes and unlike others.

    Parameters
    ----------
    codes
        ``(N, D)``.
    plus, minus
        ``(P, D)`` and ``(M, D)`` or None; ``(Q, P, D)`` and ``(Q, M, D)`` for Q queries.
    similarity
        "rocchio": the cosine of the sample with mean(plus) − 0.2 · mean(minus), all centered at the
        mean of `codes` and of unit length. "nearest": minus the distance to the nearest of `plus`;
        with `minus`, d₋ / (d₊ + d₋) of the distances to the nearest of both.

    Returns
    -------
    ndarray
        ``(Q, N)``, the higher the more similar; Q = 1 for one query.

    Raises
    ------
    InvalidInputError
        The similarity is unknown, or `plus` is empty.

    References
    ----------
    Rocchio 1971 (relevance feedback); Manning, Raghavan & Schütze 2008, equation 9.3. Giacinto &
    Roli 2004, NIPS 17 (relevance of the nearest).
    """
    z = as_codes(codes)
    if similarity not in SIMILARITIES:
        known = " or ".join(SIMILARITIES)
        raise InvalidInputError(f"There is no similarity {similarity!r}; use {known}.")
    liked = _queries(plus, z.shape[1])
    if not liked.shape[1]:
        raise InvalidInputError("There is nothing to be like; give at least one code as `plus`.")
    unlike = _queries(minus, z.shape[1]) if minus is not None and np.size(minus) else None
    if similarity == ROCCHIO:
        return _rocchio(z, liked, unlike)
    near = _nearest_distance(z, liked)
    if unlike is None:
        return -near
    far = _nearest_distance(z, unlike)
    return far / np.maximum(near + far, _TINY)


def _queries(codes: Any, dim: int) -> Floats:
    """Codes of queries, ``(Q, P, D)``."""
    found = np.asarray(codes, np.float32)
    found = found[None] if found.ndim == 2 else found
    flat = as_codes(found.reshape(-1, found.shape[-1]), dim) if found.size else found
    return flat.reshape(len(found), -1, dim)


def _units(codes: Floats, mean: Floats | None = None) -> NDArray[np.float64]:
    """Codes centered at a mean, by default their own, and of unit length."""
    centered = codes.astype(np.float64) - (codes.mean(axis=0) if mean is None else mean)
    length = np.linalg.norm(centered, axis=-1, keepdims=True)
    units: NDArray[np.float64] = centered / np.maximum(length, _TINY)
    return units


def _rocchio(codes: Floats, plus: Floats, minus: Floats | None) -> NDArray[np.float64]:
    mean = codes.mean(axis=0)
    query = _units(plus, mean).mean(axis=1)
    if minus is not None:
        query -= MINUS_WEIGHT * _units(minus, mean).mean(axis=1)
    query /= np.maximum(np.linalg.norm(query, axis=1, keepdims=True), _TINY)
    scores: NDArray[np.float64] = query @ _units(codes).T
    return scores


def _nearest_distance(codes: Floats, queries: Floats) -> NDArray[np.float64]:
    """The distance of each code to the nearest of each query's codes, ``(Q, N)``."""
    from sklearn.metrics.pairwise import euclidean_distances

    n_queries, n_codes, dim = queries.shape
    flat = queries.reshape(-1, dim).astype(np.float64)
    distances = euclidean_distances(flat, codes.astype(np.float64))
    nearest: NDArray[np.float64] = distances.reshape(n_queries, n_codes, -1).min(axis=1)
    return nearest


def _diverse(
    scores: NDArray[np.float64], units: NDArray[np.float64], n: int, diversity: float
) -> NDArray[np.int64]:
    """The places, in their order, of diverse candidates that are sorted by their scores."""
    span = scores.max() - scores.min()
    relevant = (scores - scores.min()) / span if span > 0 else np.ones(len(scores))
    similar = (1 + units @ units.T) / 2
    chosen, nearest = [0], similar[0].copy()
    for _ in range(min(n, len(scores)) - 1):
        gain = (1 - diversity) * relevant - diversity * nearest
        gain[chosen] = -np.inf
        chosen.append(int(np.argmax(gain)))
        nearest = np.maximum(nearest, similar[chosen[-1]])
    return np.array(chosen, np.int64)
