"""The codes of the same samples under two models, compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.comparison.cka import linear_cka, permuted_cka
from latent_core.comparison.linear_map import MIN_SAMPLES, LinearMap, fit_linear_map
from latent_core.comparison.neighborhoods import neighbor_ranks, neighborhood_agreement
from latent_core.errors import InvalidInputError
from latent_core.neighbors import neighbor_lists
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Floats, as_codes

N_NEIGHBORS = 10


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Comparison:
    """What two models, A and B, have in common in the codes of N samples.

    Parameters
    ----------
    agreement
        ``(N,)`` float32 in [0, 1]: the share of each sample's `n_neighbors` nearest neighbors in
        the latent space of A that are its nearest neighbors in that of B; see
        `neighborhood_agreement`.
    ranks
        ``(N,)`` float32 in [0, 1]: how far away each sample's neighbors under one model are under
        the other, mean over both directions; 0.5 by chance; see `neighbor_ranks`.
    n_neighbors
        Number of neighbors, k.
    neighbor_recall
        The share of the exact neighbors that was found; 1 up to 20,000 samples.
    cka, cka_permuted, cka_permuted_std
        Linear CKA, and its mean and standard deviation for permuted rows, its baseline.
    a_to_b, b_to_a
        Linear maps between the codes.
    """

    agreement: Floats
    ranks: Floats
    n_neighbors: int
    neighbor_recall: float
    cka: float
    cka_permuted: float
    cka_permuted_std: float
    a_to_b: LinearMap
    b_to_a: LinearMap

    __repr__ = compact_repr

    def __len__(self) -> int:
        return len(self.agreement)

    @property
    def mean_agreement(self) -> float:
        """The mean of `agreement` over all samples, in [0, 1]."""
        return float(self.agreement.mean(dtype=np.float64))

    @property
    def agreement_by_chance(self) -> float:
        """The expected agreement of independent codes, k / (N - 1)."""
        return self.n_neighbors / (len(self) - 1)

    def most_different(self, count: int) -> NDArray[np.int64]:
        """The `count` samples of the highest `ranks`, the highest first."""
        return np.argsort(-self.ranks, kind="stable")[:count]


def compare_codes(
    codes_a: Floats,
    codes_b: Floats,
    *,
    n_neighbors: int = N_NEIGHBORS,
    metric: str = "euclidean",
    seed: int = 0,
    progress: ProgressCallback = null_progress,
) -> Comparison:
    """Compare the codes of the same samples under two models.

    Parameters
    ----------
    codes_a, codes_b
        ``(N, D_a)`` and ``(N, D_b)``, one row per sample.
    n_neighbors
        k, from 1 to N - 2.
    metric
        Of the neighborhoods: ``"euclidean"`` or ``"cosine"``.
    seed
        Of all that is random: permutations, halves, and which samples ranks are counted among.
    progress
        Called with the completed fraction; raises `CancelledError` to stop.

    Raises
    ------
    InvalidInputError
        The numbers of samples differ, there are too few, or all codes of a model are equal.
    """
    codes_a, codes_b = as_codes(codes_a), as_codes(codes_b)
    _check(len(codes_a), len(codes_b), n_neighbors)
    space_a, space_b = (_space(codes, metric) for codes in (codes_a, codes_b))
    steps = [subprogress(progress, start / 10, (start + 2) / 10) for start in range(0, 10, 2)]
    cka = linear_cka(codes_a, codes_b)
    a = neighbor_lists(space_a, n_neighbors, random_state=seed, progress=steps[0])
    b = neighbor_lists(space_b, n_neighbors, random_state=seed, progress=steps[1])
    ranks_in_b = neighbor_ranks(a.index, space_b, seed=seed, progress=steps[2])
    ranks_in_a = neighbor_ranks(b.index, space_a, seed=seed, progress=steps[3])
    permuted, permuted_std = permuted_cka(codes_a, codes_b, seed=seed, progress=steps[4])
    progress(0.95, "Fitting linear maps")
    return Comparison(
        agreement=neighborhood_agreement(a.index, b.index),
        ranks=((ranks_in_b + ranks_in_a) / 2).astype(np.float32),
        n_neighbors=n_neighbors,
        neighbor_recall=min(a.recall, b.recall),
        cka=cka,
        cka_permuted=permuted,
        cka_permuted_std=permuted_std,
        a_to_b=fit_linear_map(codes_a, codes_b, seed=seed),
        b_to_a=fit_linear_map(codes_b, codes_a, seed=seed),
    )


def _check(count_a: int, count_b: int, n_neighbors: int) -> None:
    if count_a != count_b:
        raise InvalidInputError(
            f"The models have codes of {count_a:,} and {count_b:,} samples; compare codes of the "
            "same samples in the same order."
        )
    if count_a < MIN_SAMPLES:
        raise InvalidInputError(
            f"A comparison needs at least {MIN_SAMPLES} samples, not {count_a}; choose a larger "
            "data set."
        )
    if not 1 <= n_neighbors <= count_a - 2:
        raise InvalidInputError(
            f"The number of neighbors must be from 1 to {count_a - 2} for {count_a:,} samples, "
            f"not {n_neighbors}."
        )


def _space(codes: Floats, metric: str) -> Floats:
    """Codes whose Euclidean distances are in the order of `metric`."""
    if metric == "euclidean":
        return codes
    if metric != "cosine":
        raise InvalidInputError(f"The metric is 'euclidean' or 'cosine', not {metric!r}.")
    norms = np.linalg.norm(codes, axis=1, keepdims=True)
    unit: Floats = np.divide(codes, norms, out=np.zeros_like(codes), where=norms > 0)
    return unit
