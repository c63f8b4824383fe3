"""Ridge regression of factors on codes, the penalty chosen by cross-validation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.datasets.factors import groups_by_known
from latent_core.notebook import compact_repr
from latent_core.types import Array

PENALTIES = 10.0 ** np.arange(-6, 2.5, 0.5)
"""Candidates, as multiples of the mean variance of the codes' dimensions."""
N_FOLDS = 5
MIN_KNOWN = 20
"""A factor that is known for fewer samples, and not for all, is not fitted: its R² is 0."""
TOLERANCE = 1e-3
"""The largest penalty is chosen whose error exceeds the smallest by at most this fraction."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RidgeFit:
    """Linear predictions ``codes @ weights.T + offsets`` of F factors.

    Parameters
    ----------
    weights, offsets
        ``(F, D)`` and ``(F,)`` float64.
    r2
        ``(F,)``, on held-out codes by cross-validation with five folds.
    """

    weights: Array
    offsets: Array
    r2: Array

    __repr__ = compact_repr


def fit_ridge(codes: Array, targets: Array, seed: int = 0) -> RidgeFit:
    """Fit each factor by ridge regression.

    The dimensions are centered but not scaled, so a dimension with little variance, such as a
    collapsed one, gets a small weight.  Among penalties that predict equally well the largest is
    chosen: where dimensions are collinear, least squares would give arbitrarily large weights that
    cancel on the data only.

    Parameters
    ----------
    codes
        ``(N, D)``.
    targets
        ``(N, F)``, none constant; NaN where a factor is missing, which leaves the row out for it.
    seed
        Of the random folds.

    References
    ----------
    Hoerl & Kennard 1970, doi:10.1080/00401706.1970.10488634.
    """
    n_factors = targets.shape[1]
    weights, (offsets, r2) = np.zeros((n_factors, codes.shape[1])), np.zeros((2, n_factors))
    for rows, columns in groups_by_known(targets):
        if min(len(codes), MIN_KNOWN) <= len(rows):
            part = _fit_known(codes[rows], targets[np.ix_(rows, columns)], seed)
            weights[columns], offsets[columns], r2[columns] = part.weights, part.offsets, part.r2
    return RidgeFit(weights=weights, offsets=offsets, r2=r2)


def _fit_known(codes: Array, targets: Array, seed: int) -> RidgeFit:
    order = np.random.default_rng(seed).permutation(len(codes))
    errors = np.zeros((len(PENALTIES), targets.shape[1]))
    for test in np.array_split(order, min(N_FOLDS, len(codes))):
        train = np.setdiff1d(order, test)
        for k, (weights, offsets) in enumerate(_fit_all(codes[train], targets[train])):
            residual = targets[test] - codes[test] @ weights - offsets
            errors[k] += np.square(residual).sum(axis=0)
    allowed = errors <= (1 + TOLERANCE) * errors.min(axis=0)
    chosen = len(PENALTIES) - 1 - allowed[::-1].argmax(axis=0)
    factors = np.arange(targets.shape[1])
    weights, offsets = (np.stack(each) for each in zip(*_fit_all(codes, targets), strict=True))
    total = np.square(targets - targets.mean(axis=0)).sum(axis=0)
    return RidgeFit(
        weights=weights[chosen, :, factors],
        offsets=offsets[chosen, factors],
        r2=1 - errors[chosen, factors] / total,
    )


def _fit_all(codes: Array, targets: Array) -> list[tuple[Array, Array]]:
    """For each penalty the weights ``(D, F)`` and offsets ``(F,)``."""
    mean, target_mean = codes.mean(axis=0), targets.mean(axis=0)
    centered = codes - mean
    variances, axes = np.linalg.eigh(centered.T @ centered / len(codes))
    variances = variances.clip(0)
    projected = axes.T @ (centered.T @ (targets - target_mean)) / len(codes)
    scale = max(float(variances.mean()), np.finfo(float).tiny)
    fits = []
    for penalty in PENALTIES * scale:
        weights = axes @ (projected / (variances + penalty)[:, None])
        fits.append((weights, target_mean - mean @ weights))
    return fits
