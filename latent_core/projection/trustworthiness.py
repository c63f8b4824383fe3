"""Trustworthiness: how well a projection preserves the neighborhoods of the codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Floats, as_codes

EXACT_UP_TO = 20_000
"""For more codes the default is an estimate from a sample."""
SAMPLE = 2_000
_Z_95 = 1.96  # standard errors in half a 95 % interval
_ROWS, _COLUMNS = 512, 8192  # of a block of distances: 32 MB
_COUNTED_ROWS = 32  # of a block at a time: 2 MB, which stay in the processor's cache
_TIE = 1e-12  # distances that differ by less are equal, relative to the largest squared norm


@dataclass(frozen=True, slots=True, kw_only=True)
class Trustworthiness:
    """The trustworthiness of a projection, exact or estimated from a sample of its points.

    Parameters
    ----------
    value
        In [0, 1].
    n_neighbors
        The size of the neighborhoods it is about.
    n_samples
        How many points were compared with all others; None for all of them.
    margin
        Half the width of the 95 % confidence interval (normal approximation); 0 if exact.
    """

    value: float
    n_neighbors: int
    n_samples: int | None = None
    margin: float = 0.0

    def __str__(self) -> str:
        if self.n_samples is None:
            return f"{self.value:.3f}"
        return f"{self.value:.3f} ± {self.margin:.3f} (sample of {self.n_samples:,})"

    def to_dict(self) -> dict[str, Any]:
        """A JSON-ready dict, from which `from_dict` restores the same."""
        values = {"trustworthiness": self.value, "n_neighbors": self.n_neighbors}
        sample = {"n_samples": self.n_samples, "margin": self.margin}
        return values if self.n_samples is None else values | sample

    @classmethod
    def from_dict(cls, values: dict[str, Any]) -> Trustworthiness | None:
        """What `to_dict` stored, possibly among other values; None if it is not there."""
        if "trustworthiness" not in values:
            return None
        n_samples = values.get("n_samples")
        return cls(
            value=float(values["trustworthiness"]),
            n_neighbors=int(values["n_neighbors"]),
            n_samples=None if n_samples is None else int(n_samples),
            margin=float(values.get("margin", 0.0)),
        )


def trustworthiness(
    codes: Floats,
    points: Floats,
    n_neighbors: int = 10,
    n_samples: int | None = None,
    random_state: int = 0,
    *,
    metric: str = "euclidean",
) -> float:
    """The value of `measure_trustworthiness`, which has the same parameters."""
    return measure_trustworthiness(
        codes, points, n_neighbors, n_samples, random_state, metric=metric
    ).value


def measure_trustworthiness(  # noqa: PLR0913  # scikit-learn's arguments, and a progress callback
    codes: Floats,
    points: Floats,
    n_neighbors: int = 10,
    n_samples: int | None = None,
    random_state: int = 0,
    *,
    metric: str = "euclidean",
    progress: ProgressCallback = null_progress,
) -> Trustworthiness:
    """The trustworthiness of a projection, with its confidence interval if it is an estimate.

    1 when all `n_neighbors` nearest neighbors of each point are among the nearest neighbors of
    its code; each that is not costs its rank beyond that.  Over all codes the result equals
    scikit-learn's; over a sample it is unbiased.

    Parameters
    ----------
    codes, points
        ``(N, D)`` and ``(N, n_components)``.
    n_neighbors
        At least 1 and less than N / 2.
    n_samples
        How many points to compare with all others; None for all up to `EXACT_UP_TO` codes and
        `SAMPLE` beyond.
    random_state
        Seed of the sample.
    metric
        Of the codes; the points are compared by Euclidean distance.
    progress
        Called after each block; raises `CancelledError` to stop.

    Raises
    ------
    InvalidInputError
        `n_neighbors` is out of range, or the numbers of codes and points differ.

    References
    ----------
    Venna & Kaski 2001, doi:10.1007/3-540-44668-0_68, equation 3.
    """
    codes, points = as_codes(codes), as_codes(points)
    count = len(codes)
    if len(points) != count:
        raise InvalidInputError(f"{count} codes but {len(points)} points; give one point per code.")
    if not 1 <= n_neighbors < count / 2:
        raise InvalidInputError(
            f"n_neighbors = {n_neighbors} is out of range for {count} codes; "
            f"choose 1 to {(count - 1) // 2}."
        )
    progress(0.0, "Measuring trustworthiness")
    sample = _sample_indices(count, n_samples, random_state)
    index = _projected_neighbors(points, sample, n_neighbors)
    ranks = _ranks(codes, sample, index, metric, progress)
    excess = np.maximum(ranks - n_neighbors, 0).sum(axis=1)
    scores = 1 - excess * (2 / (n_neighbors * (2 * count - 3 * n_neighbors - 1)))
    value = float(scores.mean())
    if len(sample) == count:
        return Trustworthiness(value=value, n_neighbors=n_neighbors)
    unseen = 1 - len(sample) / count  # of a sample without replacement
    error = scores.std(ddof=1) * np.sqrt(unseen / len(sample)) if len(sample) > 1 else np.inf
    return Trustworthiness(
        value=value,
        n_neighbors=n_neighbors,
        n_samples=len(sample),
        margin=float(_Z_95 * error),
    )


def _sample_indices(count: int, n_samples: int | None, seed: int) -> Array:
    size = n_samples or (count if count <= EXACT_UP_TO else SAMPLE)
    if size >= count:
        return np.arange(count)
    return np.sort(np.random.default_rng(seed).choice(count, size, replace=False))


def _projected_neighbors(points: Floats, sample: Array, n_neighbors: int) -> Array:
    """The nearest projected points of each sampled point, itself excluded: ``(m, K)``."""
    from sklearn.neighbors import NearestNeighbors

    search = NearestNeighbors(n_neighbors=n_neighbors).fit(points)
    if len(sample) == len(points):
        return np.asarray(search.kneighbors(return_distance=False))
    index = search.kneighbors(points[sample], n_neighbors + 1, return_distance=False)
    is_self = index == sample[:, None]
    is_self[~is_self.any(axis=1), -1] = True  # duplicates displaced it: drop the last instead
    return np.asarray(index[~is_self].reshape(len(sample), n_neighbors))


def _ranks(
    codes: Floats, rows: Array, index: Array, metric: str, progress: ProgressCallback
) -> Array:
    """The rank of each projected neighbor `index` ``(m, K)`` among the neighbors of `rows`.

    The ranks are counted, 1 for the nearest code: sorting all distances takes 15 times as long.
    """
    space = _Space(codes, metric)
    ranks = np.ones(index.shape, np.int64)
    for start in range(0, len(rows), _ROWS):
        block = rows[start : start + _ROWS]
        wanted = space.distances_to(block, index[start : start + _ROWS]) - space.tie
        for low in range(0, len(codes), _COLUMNS):
            progress((start + _ROWS * low / len(codes)) / len(rows), "Measuring trustworthiness")
            distance = space.distances(block, slice(low, low + _COLUMNS))
            inside = np.flatnonzero((low <= block) & (block < low + _COLUMNS))
            distance[inside, block[inside] - low] = np.inf  # no code is its own neighbor
            ranks[start : start + _ROWS] += _count_below(distance, wanted)
    return ranks


def _count_below(values: Array, limits: Array) -> Array:
    """How many of each row's `values` ``(m, M)`` are below each of its `limits` ``(m, K)``."""
    counts = np.empty(limits.shape, np.int64)
    for start in range(0, len(values), _COUNTED_ROWS):
        rows = slice(start, start + _COUNTED_ROWS)
        for k, limit in enumerate(limits[rows].T):
            below = values[rows] < limit[:, None]
            counts[rows, k] = [np.count_nonzero(row) for row in below]
    return counts


class _Space:
    """Codes ``(N, D)`` and their distances, or a monotonic function of them, float64."""

    def __init__(self, codes: Floats, metric: str) -> None:
        self.is_manhattan = metric == "manhattan"
        centered = codes.astype(np.float64)
        if metric == "cosine":
            norms = np.linalg.norm(centered, axis=1, keepdims=True)
            np.divide(centered, norms, out=centered, where=norms > 0)
        elif not self.is_manhattan:
            centered -= centered.mean(axis=0)
        self.codes = centered
        self.squared = np.einsum("nd,nd->n", centered, centered)
        self.tie = _TIE * float(self.squared.max())

    def distances_to(self, rows: Array, index: Array) -> Array:
        """From each of `rows` ``(m,)`` to its codes `index` ``(m, K)``."""
        difference = self.codes[rows][:, None] - self.codes[index]
        if self.is_manhattan:
            return np.asarray(np.abs(difference).sum(axis=2))
        return np.asarray(np.einsum("mkd,mkd->mk", difference, difference))

    def distances(self, rows: Array, columns: slice) -> Array:
        """From each of `rows` ``(m,)`` to all codes of `columns`, ``(m, M)``."""
        if self.is_manhattan:
            from scipy.spatial.distance import cdist

            return np.asarray(cdist(self.codes[rows], self.codes[columns], "cityblock"))
        products = self.codes[rows] @ self.codes[columns].T
        products *= -2
        products += self.squared[columns]
        products += self.squared[rows][:, None]
        return products
