"""Statistics of ground-truth factors: percentile ranks, selections, correlations with codes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.factors import groups_by_known, is_known
from latent_core.errors import InvalidInputError
from latent_core.types import Floats

SIGNIFICANT_Z = 3.3
"""With 54 factors, about one random selection in twenty has a factor with a larger |z|."""


def percentile_ranks(factors: Mapping[str, Floats]) -> dict[str, Floats]:
    """The percentile rank of each image in each factor: in [0, 1], ties count half.

    Parameters
    ----------
    factors
        The values ``(N,)`` of each factor by name; a missing one, NaN, has the rank NaN.
    """
    return {name: _percentile_ranks(values) for name, values in factors.items()}


def _percentile_ranks(values: Floats) -> Floats:
    from scipy.stats import rankdata

    known = is_known(values)
    ranks: Floats = np.full(len(values), np.nan, np.float32)
    ranks[known] = (rankdata(values[known]) - 0.5) / max(1, known.sum())
    return ranks


def most_atypical(ranks: Mapping[str, Floats], index: int) -> list[str]:
    """The names of the factors, those first in which image `index` is farthest from the median.

    Parameters
    ----------
    ranks
        As returned by `percentile_ranks`; factors that are missing for the image are left out.
    """
    at = {name: float(values[index]) for name, values in ranks.items()}
    known = [name for name, rank in at.items() if np.isfinite(rank)]
    return sorted(known, key=lambda name: -abs(at[name] - 0.5))


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorContrast:
    """The difference between a selection and all images in one factor.

    Parameters
    ----------
    name
        Of the factor.
    selection_mean, overall_mean
        The mean over the selection and over all images.
    effect_size
        The difference of the means in standard deviations over all images.
    z_score
        The difference in standard errors of the mean of a random selection of that size.
    """

    name: str
    selection_mean: float
    overall_mean: float
    effect_size: float
    z_score: float

    @property
    def is_significant(self) -> bool:
        """Whether |z| exceeds `SIGNIFICANT_Z`."""
        return abs(self.z_score) > SIGNIFICANT_Z


def compare_selection(
    factors: Mapping[str, Floats], indices: NDArray[np.int64]
) -> tuple[FactorContrast, ...]:
    """How a selection differs from all images in each factor, largest effect first.

    The standard error is that of a mean sampled without replacement, so it is 0 for a selection
    of all images.  Images for which a factor is missing count neither in the selection nor in all;
    a factor that is missing for the whole selection is left out.

    Parameters
    ----------
    factors
        The values ``(N,)`` of each factor by name.
    indices
        ``(M,)``, the selected images.

    Raises
    ------
    InvalidInputError
        No image is selected.
    """
    if len(indices) == 0:
        raise InvalidInputError("Select at least one image to compare with the others.")
    contrasts = [
        _contrast(name, values[is_known(values)], chosen)
        for name, values in factors.items()
        if len(chosen := values[indices][is_known(values[indices])])
    ]
    return tuple(sorted(contrasts, key=lambda contrast: -abs(contrast.effect_size)))


def _contrast(name: str, values: Floats, chosen: Floats) -> FactorContrast:
    """Of all known values and of those of the selection."""
    selection_mean, overall_mean = float(chosen.mean()), float(values.mean())
    std = float(values.std()) or 1.0
    count, n_selected = len(values), len(chosen)
    finite_population_correction = (count - n_selected) / max(count - 1, 1)
    standard_error = std * np.sqrt(finite_population_correction / n_selected)
    difference = selection_mean - overall_mean
    return FactorContrast(
        name=name,
        selection_mean=selection_mean,
        overall_mean=overall_mean,
        effect_size=difference / std,
        z_score=float(difference / standard_error) if standard_error > 0 else 0.0,
    )


def rank_correlations(codes: Floats, factors: Mapping[str, Floats]) -> Floats:
    """Spearman's ρ of each latent dimension with each factor, ``(D, F)`` in [-1, 1].

    Pearson's correlation of the ranks; 0 for a constant dimension or factor.  Of a factor with
    missing values, NaN, it is over the images for which it is known.

    Parameters
    ----------
    codes
        ``(N, D)``.
    factors
        The values ``(N,)`` of each of F factors by name.

    References
    ----------
    Spearman 1904, "The proof and measurement of association between two things",
    doi:10.2307/1412159.
    """
    if not factors:
        return np.zeros((codes.shape[1], 0), np.float32)
    table = np.stack(list(factors.values()), axis=1)
    rho: Floats = np.zeros((codes.shape[1], table.shape[1]), np.float32)
    for rows, columns in groups_by_known(table):
        code_ranks = _standardized_ranks(codes[rows])
        factor_ranks = _standardized_ranks(table[np.ix_(rows, columns)])
        rho[:, columns] = code_ranks.T @ factor_ranks / max(1, len(rows))
    return rho


def _standardized_ranks(columns: Floats) -> NDArray[np.float64]:
    from scipy.stats import rankdata

    ranks: NDArray[np.float64] = rankdata(columns, axis=0)
    ranks -= ranks.mean(axis=0)
    std = ranks.std(axis=0)
    return ranks / np.where(std > 0, std, 1.0)
