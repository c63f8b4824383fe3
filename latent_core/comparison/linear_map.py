"""A linear map from the codes of one model to those of another."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.analysis.ridge import fit_ridge
from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.types import Array, Floats, as_codes

MIN_SAMPLES = 8
"""Fewer cannot be halved and cross-validated."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LinearMap:
    """Predictions ``codes @ weights.T + offsets`` of one model's codes from another's.

    Parameters
    ----------
    weights, offsets
        ``(D_b, D_a)`` and ``(D_b,)`` float64.
    r2
        On the held-out half, pooled over the dimensions: 1 is exact, 0 is no better than the mean
        code.
    r2_permuted
        The same after a fit on permuted rows, the baseline.
    held_out
        ``(M,)`` the samples that were not fitted, ascending.
    """

    weights: Array
    offsets: Array
    r2: float
    r2_permuted: float
    held_out: NDArray[np.int64]

    __repr__ = compact_repr

    def apply(self, codes: Floats) -> Floats:
        """Codes ``(M, D_a)`` of the first model as codes ``(M, D_b)`` of the second."""
        codes = as_codes(codes, self.weights.shape[1])
        return as_codes(codes @ self.weights.T + self.offsets)


def fit_linear_map(codes_a: Floats, codes_b: Floats, *, seed: int = 0) -> LinearMap:
    """Fit a ridge regression of codes on codes on one half, and measure it on the other.

    Parameters
    ----------
    codes_a, codes_b
        ``(N, D_a)`` and ``(N, D_b)``, one row per sample; N at least `MIN_SAMPLES`.
    seed
        Of the random halves and of the permuted baseline.

    Raises
    ------
    InvalidInputError
        There are too few samples, or all codes to be predicted are equal.

    References
    ----------
    Hoerl & Kennard 1970, doi:10.1080/00401706.1970.10488634; the comparison of representations by
    linear regression is section 4 of Kornblith et al. 2019, arXiv:1905.00414.
    """
    if len(codes_a) < MIN_SAMPLES:
        raise InvalidInputError(
            f"A linear map needs at least {MIN_SAMPLES} samples, half of them to measure it, not "
            f"{len(codes_a)}; choose a larger data set."
        )
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(codes_a))
    fitted, held_out = np.sort(order[: len(order) // 2]), np.sort(order[len(order) // 2 :])
    a, b = codes_a.astype(np.float64), codes_b.astype(np.float64)
    weights, offsets = _fit(a[fitted], b[fitted], seed)
    permuted = _fit(a[rng.permutation(fitted)], b[fitted], seed)
    mean = b[fitted].mean(axis=0)
    return LinearMap(
        weights=weights,
        offsets=offsets,
        r2=_r2(a[held_out], b[held_out], weights, offsets, mean),
        r2_permuted=_r2(a[held_out], b[held_out], *permuted, mean),
        held_out=held_out,
    )


def _fit(a: Array, b: Array, seed: int) -> tuple[Array, Array]:
    """Weights and offsets; a dimension that is constant in `b` is predicted by its value."""
    varies = np.ptp(b, axis=0) > 0
    weights, offsets = np.zeros((b.shape[1], a.shape[1])), b.mean(axis=0)
    if varies.any():
        fit = fit_ridge(a, b[:, varies], seed)
        weights[varies], offsets[varies] = fit.weights, fit.offsets
    return weights, offsets


def _r2(a: Array, b: Array, weights: Array, offsets: Array, mean: Array) -> float:
    total = float(np.square(b - mean).sum())
    if not total:
        raise InvalidInputError(
            "All codes of one model are equal, so there is nothing to predict; choose another."
        )
    return 1 - float(np.square(b - a @ weights.T - offsets).sum()) / total
