"""Figures of clusters: agreement with labels and stability, beside pixels and one Gaussian."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.factors import groups_by_known
from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Floats
from latent_core.uses.clusters import (
    HDBSCAN,
    MAX_FITTED,
    fit_and_assign,
)
from latent_core.uses.results import CODE

N_FITS = 5
MAX_COMPARED = 10_000
"""Samples whose clusters are compared: a random subset where there are more."""
GAUSSIAN = "gaussian"
"""The representation without clusters: samples of one Gaussian, of the codes' covariance."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClusterFigures:
    """How stable clusters of one representation are, and how well they agree with labels.

    All are means over 5 fits, each with a seed of its own to a random half of the samples (of
    5,000 where there are more).

    Parameters
    ----------
    representation
        Of `latent_core.uses.results`, or `GAUSSIAN`.
    n_clusters
        Number of clusters; 0 if none is found.
    assigned
        Fraction of the samples that are in a cluster.
    stability, stability_std
        Adjusted Rand index of two fits, 0 by chance and 1 if they are equal: mean and standard
        deviation over the 10 pairs of fits, those left out that both find no cluster; None
        where fewer than two pairs are left.
    ari, ari_std, nmi, nmi_std
        Adjusted Rand index and normalized mutual information of clusters and labels, and their
        standard deviations over the fits; samples in no cluster are one cluster together. None
        without labels of several classes.
    nmi_shuffled
        The same of shuffled labels, which is the value by chance.
    explained, explained_std
        Variance of the ground-truth factors that the clusters explain: adjusted R², 0 by chance,
        mean over the factors, and its standard deviation over the fits; None without factors.
    n_compared, n_labelled
        Sample sizes of stability and explained variance, and of the agreement with labels.
    """

    representation: str
    n_clusters: float
    assigned: float
    stability: float | None
    stability_std: float | None
    n_compared: int
    n_labelled: int = 0
    ari: float | None = None
    ari_std: float | None = None
    nmi: float | None = None
    nmi_std: float | None = None
    nmi_shuffled: float | None = None
    explained: float | None = None
    explained_std: float | None = None

    __repr__ = compact_repr


def cluster_agreement(assignments: Any, labels: Any) -> tuple[float, float]:
    """Adjusted Rand index and normalized mutual information of clusters and labels.

    Parameters
    ----------
    assignments
        ``(N,)`` integers, -1 for samples in no cluster, which are one cluster together.
    labels
        ``(N,)`` numbers; negative ones and NaN are unlabelled samples, which are left out.

    Raises
    ------
    InvalidInputError
        There are not as many labels as assignments, or no labels of several classes.

    References
    ----------
    Hubert & Arabie 1985, doi:10.1007/BF01908075, equation 5 (adjusted Rand index). Vinh, Epps &
    Bailey 2010, JMLR 11 (normalized mutual information; here by the arithmetic mean).
    """
    from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

    clusters, y = np.asarray(assignments), np.asarray(labels, np.float64)
    known = np.isfinite(y) & (y >= 0)
    if clusters.shape != y.shape or len(np.unique(y[known])) < 2:
        raise InvalidInputError(
            f"{len(clusters)} clusters and {len(y)} labels of fewer than two classes cannot be "
            "compared; give a label of one of several classes for each sample."
        )
    a, b = clusters[known], y[known].astype(np.int64)
    return float(adjusted_rand_score(b, a)), float(normalized_mutual_info_score(b, a))


def cluster_figures(  # noqa: PLR0913  what is clustered, how, and what it is compared with
    codes: Floats,
    method: str,
    size: int,
    labels: NDArray[np.int64] | None,
    *,
    factors: Floats | None = None,
    representation: str = CODE,
    random_state: int = 0,
    progress: ProgressCallback = null_progress,
) -> ClusterFigures:
    """Stability and agreement of clusters of codes ``(N, D)``.

    Parameters
    ----------
    method, size
        One of `METHODS`, and the number of clusters; for HDBSCAN the minimum size of one among all
        fitted codes, which is halved for half of them.
    labels
        ``(N,)`` integers, -1 for unlabelled samples; None without labels.
    factors
        ``(N, F)`` values of ground-truth factors; None without factors.
    random_state
        Seed of the halves and of the fits.

    Raises
    ------
    InvalidInputError
        Half of the codes are fewer than the clusters.
    """
    rng = np.random.default_rng(random_state)
    compared = np.sort(rng.permutation(len(codes))[:MAX_COMPARED])
    z = codes[compared]
    n_half = max(2, min(len(z), MAX_FITTED) // 2)
    if method != HDBSCAN and n_half < size:
        raise InvalidInputError(
            f"The stability of {size} clusters cannot be measured with {len(z)} samples, of which "
            f"half are fitted; give {2 * size} or more, or choose fewer clusters."
        )
    own_size = max(2, round(size / 2)) if method == HDBSCAN else size
    fits = []
    for number in range(N_FITS):
        progress(number / N_FITS, "Clustering random halves")
        rows = np.sort(rng.permutation(len(z))[:n_half])
        fits.append(fit_and_assign(z, rows, method, own_size, random_state + number))
    stability = _stability(fits)
    return ClusterFigures(
        representation=representation,
        n_clusters=float(np.mean([len(np.unique(f[f >= 0])) for f in fits])),
        assigned=float(np.mean([(f >= 0).mean() for f in fits])),
        stability=stability[0],
        stability_std=stability[1],
        n_compared=len(z),
        **_agreement(fits, None if labels is None else labels[compared], rng),
        **_explained(fits, None if factors is None else factors[compared]),
    )


def _stability(fits: list[NDArray[np.int64]]) -> tuple[float | None, float | None]:
    from sklearn.metrics import adjusted_rand_score

    pairs = [
        adjusted_rand_score(a, b)
        for a, b in combinations(fits, 2)
        if (a >= 0).any() or (b >= 0).any()  # two fits without a cluster agree trivially
    ]
    if len(pairs) < 2:
        return None, None
    return float(np.mean(pairs)), float(np.std(pairs, ddof=1))


def _agreement(
    fits: list[NDArray[np.int64]], labels: NDArray[np.int64] | None, rng: np.random.Generator
) -> dict[str, Any]:
    if labels is None or len(np.unique(labels[labels >= 0])) < 2:
        return {}
    found = np.array([cluster_agreement(fit, labels) for fit in fits])
    shuffled = [cluster_agreement(fit, rng.permutation(labels))[1] for fit in fits]
    (ari, nmi), (ari_std, nmi_std) = found.mean(axis=0), found.std(axis=0, ddof=1)
    return {
        "n_labelled": int((labels >= 0).sum()),
        "ari": float(ari),
        "ari_std": float(ari_std),
        "nmi": float(nmi),
        "nmi_std": float(nmi_std),
        "nmi_shuffled": float(np.mean(shuffled)),
    }


def explained_variance(assignments: Any, factors: Any) -> float:
    """The variance of factors ``(N, F)`` that clusters ``(N,)`` explain, the mean over factors.

    Adjusted R²: 1 − (1 − η²)(N − 1) / (N − K) of K clusters, 0 by chance. Constant factors
    are left out, and samples for which a factor is missing; NaN where nothing is left.
    """
    table, found = np.asarray(factors, np.float64), np.asarray(assignments)
    parts = [
        _explained_by_factor(found[rows], table[np.ix_(rows, columns)])
        for rows, columns in groups_by_known(table)
    ]
    explained = np.concatenate([np.zeros(0), *parts])
    return float(explained.mean()) if len(explained) else float("nan")


def _explained_by_factor(assignments: Array, values: Array) -> Array:
    """Adjusted R² of each factor that varies; none is missing for a sample."""
    values = values[:, values.std(axis=0) > 0] if len(values) else values[:, :0]
    _, clusters, sizes = np.unique(assignments, return_inverse=True, return_counts=True)
    n, k = len(values), len(sizes)
    if not values.shape[1] or k >= n:
        return np.zeros(0)
    means = np.stack([np.bincount(clusters, weights=column) / sizes for column in values.T], axis=1)
    within = np.square(values - means[clusters]).sum(axis=0)
    total = np.square(values - values.mean(axis=0)).sum(axis=0)
    adjusted: Array = 1 - within / total * (n - 1) / (n - k)
    return adjusted


def _explained(fits: list[NDArray[np.int64]], factors: Floats | None) -> dict[str, Any]:
    if factors is None:
        return {}
    found = np.array([explained_variance(fit, factors) for fit in fits])
    if not np.isfinite(found).all():
        return {}
    return {"explained": float(found.mean()), "explained_std": float(found.std(ddof=1))}
