"""What is told by ground truth: where a picture stands, how a selection differs, what moves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.types import Floats

SIGNIFICANT_Z = 3.3
"""Standard errors: of 54 factors, chance takes one this far in about one selection of twenty."""


def percentile_ranks(factors: Mapping[str, Floats]) -> dict[str, Floats]:
    """For each picture and factor, the share of pictures with less, in [0, 1]; ties count half."""
    from scipy.stats import rankdata

    ranked = {name: (rankdata(values) - 0.5) / len(values) for name, values in factors.items()}
    return {name: shares.astype(np.float32) for name, shares in ranked.items()}


def most_atypical(ranks: Mapping[str, Floats], index: int) -> list[str]:
    """The factors of picture `index`, those first in which it is least like the others."""
    return sorted(ranks, key=lambda name: -abs(float(ranks[name][index]) - 0.5))


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorContrast:
    """How a selection differs from the whole in one factor.

    Parameters
    ----------
    name
        The factor's.
    inside, whole
        Its mean in the selection and in all pictures.
    deviations
        The difference of the two, in standard deviations of the whole.
    errors
        The same in standard errors of the mean of a random selection of that size.
    """

    name: str
    selection_mean: float
    overall_mean: float
    effect_size: float
    z_score: float

    @property
    def is_significant(self) -> bool:
        """Whether a random selection of that size would hardly differ as much."""
        return abs(self.z_score) > SIGNIFICANT_Z


def compare_selection(
    factors: Mapping[str, Floats], indices: NDArray[np.int64]
) -> tuple[FactorContrast, ...]:
    """How pictures `indices` differ from all, factor by factor, the strongest first.

    The standard error is that of a mean drawn without replacement, so that all pictures
    together differ from the whole by nothing.

    Raises
    ------
    BadInput
        No picture is selected.
    """
    if len(indices) == 0:
        raise InvalidInputError("Select at least one picture to compare with the others.")
    found = [_contrast(name, values, indices) for name, values in factors.items()]
    return tuple(sorted(found, key=lambda one: -abs(one.effect_size)))


def _contrast(name: str, values: Floats, indices: NDArray[np.int64]) -> FactorContrast:
    inside, whole = float(values[indices].mean()), float(values.mean())
    deviation = float(values.std()) or 1.0
    count, selected = len(values), len(indices)
    share_left = (count - selected) / max(count - 1, 1)
    error = deviation * np.sqrt(share_left / selected)
    difference = inside - whole
    return FactorContrast(
        name=name,
        selection_mean=inside,
        overall_mean=whole,
        effect_size=difference / deviation,
        z_score=float(difference / error) if error > 0 else 0.0,
    )


def rank_correlations(codes: Floats, factors: Mapping[str, Floats]) -> Floats:
    """Spearman's correlation of each dimension with each factor, ``(D, F)`` in [-1, 1].

    It is Pearson's correlation of the ranks; 0 for what never varies.

    References
    ----------
    C. Spearman: The Proof and Measurement of Association between Two Things, Am. J. Psychol. 15
    (1904), doi:10.2307/1412159.
    """
    if not factors:
        return np.zeros((codes.shape[1], 0), np.float32)
    own, true = _standard_ranks(codes), _standard_ranks(np.stack(list(factors.values()), axis=1))
    together: Floats = (own.T @ true / len(codes)).astype(np.float32)
    return together


def _standard_ranks(columns: Floats) -> NDArray[np.float64]:
    from scipy.stats import rankdata

    ranks: NDArray[np.float64] = rankdata(columns, axis=0)
    ranks -= ranks.mean(axis=0)
    deviation = ranks.std(axis=0)
    return ranks / np.where(deviation > 0, deviation, 1.0)
