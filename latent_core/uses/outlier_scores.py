"""Outlier scores: how little codes belong to other codes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.neighbors import nearest
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Floats, as_codes

N_NEIGHBORS = 10
MIN_SAMPLES = 4
"""A half of them is scored against the other half."""

Score = Callable[[Floats, Floats], Floats]
"""From reference codes ``(N, D)`` and codes ``(M, D)`` to the outlier score of each, ``(M,)``."""


def outlier_scores(codes: Any, method: str = "knn") -> Floats:
    """How little each code belongs to the others, held out.

    Parameters
    ----------
    codes
        ``(N, D)``, N ≥ 4.
    method
        "knn" (`knn_distances`) or "mahalanobis" (`mahalanobis_distances`).

    Returns
    -------
    ndarray
        ``(N,)`` float32, the higher the less a code belongs. Codes with an even index are scored
        against those with an odd index, and the other way round.

    Raises
    ------
    InvalidInputError
        The method is unknown, there are too few codes, or all are equal.
    """
    if method not in METHODS:
        raise InvalidInputError(f"There is no method {method!r}; use {' or '.join(METHODS)}.")
    return cross_scores(METHODS[method], codes)


def knn_distances(
    reference: Any,
    codes: Any,
    *,
    n_neighbors: int = N_NEIGHBORS,
    progress: ProgressCallback = null_progress,
) -> Floats:
    """The mean distance ``(M,)`` of codes ``(M, D)`` to their nearest of `reference` ``(N, D)``.

    Parameters
    ----------
    n_neighbors
        Lowered to N where there are fewer codes.

    References
    ----------
    Angiulli & Pizzuti 2002, doi:10.1007/3-540-45681-3_2.
    """
    known = as_codes(reference)
    queries = as_codes(codes, known.shape[1])
    k = min(n_neighbors, len(known))
    if k < 1:
        raise InvalidInputError("kNN distances need at least one reference code; give some.")
    _, distances = nearest(known, queries, k, progress=progress)
    mean: Floats = distances.reshape(len(queries), k).mean(axis=1)
    return mean


def mahalanobis_distances(reference: Any, codes: Any) -> Floats:
    """The Mahalanobis distance ``(M,)`` of codes ``(M, D)`` from the mean of `reference`.

    The covariance is shrunk toward a multiple of the identity, so it has an inverse where
    dimensions are constant or outnumber the codes.

    References
    ----------
    Ledoit & Wolf 2004, doi:10.1016/S0047-259X(03)00096-4.
    """
    from sklearn.covariance import LedoitWolf

    known = as_codes(reference).astype(np.float64)
    queries = as_codes(codes, known.shape[1]).astype(np.float64)
    if len(known) < 2 or not np.ptp(known, axis=0).any():
        raise InvalidInputError(
            f"{len(known)} codes without differences have no covariance; give at least two "
            "different ones."
        )
    squared = LedoitWolf().fit(known).mahalanobis(queries)
    distances: Floats = np.sqrt(squared.clip(0)).astype(np.float32)
    return distances


def cross_scores(score: Score, codes: Any) -> Floats:
    """The score ``(N,)`` of each code ``(N, D)``, held out.

    Codes with an even index are scored against those with an odd index, and the other way round.

    Raises
    ------
    InvalidInputError
        Fewer than four codes.
    """
    checked = as_codes(codes)
    if len(checked) < MIN_SAMPLES:
        raise InvalidInputError(
            f"{len(checked)} codes are too few to look for outliers; give {MIN_SAMPLES} or more."
        )
    scores = np.empty(len(checked), np.float32)
    scores[::2] = score(checked[1::2], checked[::2])
    scores[1::2] = score(checked[::2], checked[1::2])
    return scores


METHODS: dict[str, Score] = {"knn": knn_distances, "mahalanobis": mahalanobis_distances}
