"""Clusters of codes: k-means, Gaussian mixture and HDBSCAN, and how many there are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.neighbors import nearest
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Floats, as_codes
from latent_core.uses.cluster_number import (
    NUMBERS,
    criterion_of,
    score_numbers,
    without_convergence_warnings,
)

KMEANS, MIXTURE, HDBSCAN = "kmeans", "mixture", "hdbscan"
METHODS = (KMEANS, MIXTURE, HDBSCAN)
MAX_FITTED = 5000
"""Codes that are fitted: a random subset where there are more; the others are assigned."""
MIN_CLUSTER_SIZE = 50
MAX_FULL_DIM = 64
"""Mixtures of codes with more dimensions have diagonal covariances."""
MIN_SAMPLES = 5
"""Neighbors whose distance is the density estimate of HDBSCAN."""
_N_INIT = 3
_TREE_UP_TO = 32  # dimensions; with more, all distances of up to so many codes are faster:
_BRUTE_UP_TO = 2500  # 50 MB of distances
_REGULARIZATION = 1e-3  # of the mean variance of a dimension


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clustering:
    """The cluster of each sample.

    Parameters
    ----------
    method
        One of `METHODS`.
    assignments
        ``(N,)`` integers, the biggest cluster is 0; -1 for samples in no cluster (HDBSCAN).
    centers
        ``(K, D)`` mean codes of the members.
    n_fitted
        Samples that the clusters were fitted to, at most 5,000.
    numbers, scores
        ``(T,)`` numbers of clusters that were tried, and the criterion of each, the higher the
        better; empty where the number was given.
    criterion
        What the scores are; "" where there are none.
    """

    method: str
    assignments: NDArray[np.int64]
    centers: Floats
    n_fitted: int
    numbers: NDArray[np.int64]
    scores: NDArray[np.float64]
    criterion: str = ""

    __repr__ = compact_repr

    @property
    def n_clusters(self) -> int:
        """Number of clusters, K."""
        return len(self.centers)

    @property
    def sizes(self) -> NDArray[np.int64]:
        """Samples of each cluster, ``(K,)``, decreasing."""
        members = self.assignments[self.assignments >= 0]
        return np.bincount(members, minlength=self.n_clusters).astype(np.int64)

    def members(self, codes: Floats, cluster: int) -> NDArray[np.int64]:
        """Indices of the samples of a cluster, those nearest to its center first."""
        rows = np.flatnonzero(self.assignments == cluster)
        distances = np.linalg.norm(codes[rows] - self.centers[cluster], axis=1)
        return rows[np.argsort(distances, kind="stable")]


def cluster_codes(
    codes: Any,
    method: str = KMEANS,
    *,
    n_clusters: int | None = None,
    min_cluster_size: int = MIN_CLUSTER_SIZE,
    random_state: int = 0,
    progress: ProgressCallback = null_progress,
) -> Clustering:
    """Cluster codes.

    Parameters
    ----------
    codes
        ``(N, D)``; at most 5,000 random ones are fitted, the others are assigned: to the nearest
        center (k-means), the most probable component (mixture), or the cluster of the nearest
        fitted code (HDBSCAN).
    method
        "kmeans", "mixture" (Gaussian, full covariances; diagonal ones above 64 dimensions) or
        "hdbscan".
    n_clusters
        2 or more, at most the number of distinct codes. By default the one of 2, 3, 4 … 30 with
        the highest mean silhouette (k-means) or held-out log-likelihood (mixture). HDBSCAN finds
        its own number.
    min_cluster_size
        Of HDBSCAN, in fitted codes; 2 or more.
    random_state
        Seed of the subset and of the fits.
    progress
        Called before each fit; raises `CancelledError` to stop.

    Raises
    ------
    InvalidInputError
        The method is unknown, all codes are equal, or there are fewer of them than clusters.

    References
    ----------
    Rousseeuw 1987, doi:10.1016/0377-0427(87)90125-7 (silhouette). Campello, Moulavi & Sander 2013,
    doi:10.1007/978-3-642-37456-2_14 (HDBSCAN).
    """
    z = as_codes(codes)
    rows = _fitted_rows(len(z), random_state)
    _check(z[rows], method, n_clusters, min_cluster_size)
    numbers, scores = np.zeros(0, np.int64), np.zeros(0)
    if method != HDBSCAN and n_clusters is None:
        create = _ESTIMATORS[method]
        numbers, scores = score_numbers(z[rows], method, create, random_state, progress)
        n_clusters = int(numbers[np.argmax(scores)])
    progress(0.9, "Fitting the clusters")
    size = min_cluster_size if method == HDBSCAN else int(n_clusters or NUMBERS[0])
    assignments = fit_and_assign(z, rows, method, size, random_state)
    assignments, centers = _by_size(assignments, z)
    return Clustering(
        method=method,
        assignments=assignments,
        centers=centers,
        n_fitted=len(rows),
        numbers=numbers,
        scores=scores,
        criterion=criterion_of(method) if len(numbers) else "",
    )


def fit_and_assign(
    codes: Floats, rows: NDArray[np.int64], method: str, size: int, random_state: int
) -> NDArray[np.int64]:
    """Clusters fitted to the codes of `rows`, and the cluster of all codes, ``(N,)``.

    Parameters
    ----------
    size
        The number of clusters; for HDBSCAN the minimum size of one.
    """
    scale = float(np.sqrt(codes[rows].var(axis=0, dtype=np.float64).mean())) or 1.0
    z = codes / np.float32(scale)
    if method == HDBSCAN:
        size = min(size, len(rows))
    estimator = _ESTIMATORS[method](size, z.shape[1], random_state)
    if method == HDBSCAN and z.shape[1] > _TREE_UP_TO and len(rows) <= _BRUTE_UP_TO:
        estimator.set_params(algorithm="brute")
    with without_convergence_warnings():
        fitted: NDArray[np.int64] = estimator.fit_predict(z[rows].astype(np.float64))
    if method != HDBSCAN:
        found: NDArray[np.int64] = estimator.predict(z.astype(np.float64))
        return found.astype(np.int64)
    assignments = np.full(len(z), -1, np.int64)
    assignments[rows] = fitted
    others = np.setdiff1d(np.arange(len(z)), rows)
    if len(others):
        index, _ = nearest(z[rows], z[others], 1)
        assignments[others] = fitted[index.reshape(len(others))]
    return assignments


def _fitted_rows(n: int, random_state: int) -> NDArray[np.int64]:
    return np.sort(np.random.default_rng(random_state).permutation(n)[:MAX_FITTED])


def _check(codes: Floats, method: str, n_clusters: int | None, min_cluster_size: int) -> None:
    if method not in METHODS:
        raise InvalidInputError(f"There is no method {method!r}; use {', '.join(METHODS)}.")
    n_distinct = len(np.unique(codes, axis=0))
    if n_distinct < 2:
        raise InvalidInputError(
            f"Codes that are all equal ({len(codes)} are given) have no clusters; give at least "
            "two different ones."
        )
    if method == HDBSCAN and not 2 <= min_cluster_size <= len(codes):
        raise InvalidInputError(
            f"Clusters of {min_cluster_size} or more of {len(codes)} codes cannot be found; give a "
            f"minimum size from 2 to {len(codes)}."
        )
    if method != HDBSCAN and n_clusters is not None and not 2 <= n_clusters <= n_distinct:
        raise InvalidInputError(
            f"{n_distinct} different codes cannot be divided into {n_clusters} clusters; give a "
            f"number from 2 to {n_distinct}."
        )


def _by_size(assignments: NDArray[np.int64], codes: Floats) -> tuple[NDArray[np.int64], Floats]:
    """Assignments with the biggest cluster first and without empty ones, and the mean codes."""
    found, counts = np.unique(assignments[assignments >= 0], return_counts=True)
    order = found[np.argsort(-counts, kind="stable")]
    places = np.full(int(assignments.max(initial=-1)) + 2, -1, np.int64)  # the last one is of -1
    places[order] = np.arange(len(order))
    numbered = places[assignments]
    means = [codes[numbered == k].mean(axis=0, dtype=np.float64) for k in range(len(order))]
    return numbered, np.array(means, np.float32).reshape(-1, codes.shape[1])


def _kmeans(size: int, _dim: int, random_state: int) -> Any:
    from sklearn.cluster import KMeans

    return KMeans(size, n_init=_N_INIT, random_state=random_state)


def _mixture(size: int, dim: int, random_state: int) -> Any:
    from sklearn.mixture import GaussianMixture

    kind = "full" if dim <= MAX_FULL_DIM else "diag"
    return GaussianMixture(
        size, covariance_type=kind, reg_covar=_REGULARIZATION, random_state=random_state, tol=1e-2
    )


def _hdbscan(size: int, _dim: int, _random_state: int) -> Any:
    from sklearn import cluster

    n_samples = min(MIN_SAMPLES, size)
    return cluster.HDBSCAN(min_cluster_size=size, min_samples=n_samples, copy=True)


_ESTIMATORS: dict[str, Callable[[int, int, int], Any]] = {
    KMEANS: _kmeans,
    MIXTURE: _mixture,
    HDBSCAN: _hdbscan,
}
