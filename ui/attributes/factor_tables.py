"""Ground-truth factors for the panels.

Values of a sample, differences of a selection, and correlations with latent dimensions.
Statistics are computed once per data set or encodings.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from latent_core.analysis.factor_statistics import (
    compare_selection,
    most_atypical,
    percentile_ranks,
    rank_correlations,
)
from latent_core.cache.memo import memoize
from latent_core.datasets.factors import Factor, factors_of_card
from latent_core.types import Dataset, Encodings, Floats
from ui.components.factor_table import FactorRow, FactorTable
from ui.wording.text import format_number

N_PRIMARY = 6
"""Factors that a panel shows before it is expanded."""
MIN_CORRELATION = 0.2
"""Weaker correlations (|ρ|) are not shown beside a slider."""
UNKNOWN = "not known"
UNKNOWN_HELP = "The data set has no value of this factor for the sample."
NOTHING_SIGNIFICANT = "No factor of the selection differs significantly from all images."


def factor_title(name: str) -> str:
    """The name of a factor for display."""
    return name.replace("_", " ")


def known_factors(data: Dataset) -> dict[str, Factor]:
    """The factors that the data set's card describes, in its order."""
    return factors_of_card(data.card, data.id)


def format_with_unit(value: float, factor: Factor) -> str:
    """A value with its unit."""
    return f"{format_value(value, factor)} {factor.unit}".strip()


def format_value(value: float, factor: Factor) -> str:
    """A value with as many digits as its range needs."""
    return format_number(value, digits_of_range(factor.high - factor.low))


def digits_of_range(span: float) -> int:
    """The decimal places of values that span a range."""
    return 0 if span >= 20 else 1 if span > 3 else 2


def legend_title(name: str, factor: Factor) -> str:
    """The title of the color bar: name, unit and meaning of the ends."""
    return ", ".join(part for part in (factor_title(name), factor.unit, factor.description) if part)


def on_missing(factor: Factor, count: int) -> str:
    """How many of `count` samples have no value, and that they are gray; "" if all have one."""
    if not factor.n_missing:
        return ""
    return f"gray: not known for {factor.n_missing:,} of {count:,}"


def sample_factor_table(data: Dataset, index: int) -> FactorTable | None:
    """The factors of one sample, the most atypical first; None for data without factors."""
    if not (known := known_factors(data)):
        return None
    ranked = memoize(
        "percentile ranks", data.fingerprint, lambda: percentile_ranks(ordered_factors(data))
    )

    def row(name: str) -> FactorRow:
        value = float(data.factors[name][index])
        if not np.isfinite(value):
            return FactorRow(name=factor_title(name), words=UNKNOWN, at=None, hint=UNKNOWN_HELP)
        hint = known[name].description
        if name in ranked:
            of = "the images" if not known[name].n_missing else "the images with a known value"
            hint += f"; higher than in {float(ranked[name][index]):.0%} of {of}"
        return FactorRow(
            name=factor_title(name),
            words=format_with_unit(value, known[name]),
            at=_position_in_range(value, known[name]),
            hint=hint,
        )

    first = most_atypical(ranked, index)[:N_PRIMARY]
    rest = [name for name in known if name not in first]
    return _table("ground truth: most atypical in", map(row, first + rest), N_PRIMARY)


def selection_factor_table(data: Dataset, indices: NDArray[np.int64]) -> FactorTable | None:
    """How the mean factors of a selection differ from all images, significant ones first."""
    if not (known := known_factors(data)):
        return None
    found = compare_selection(ordered_factors(data), indices)
    significant = [one for one in found if one.is_significant]
    rest = [one for one in found if not one.is_significant]
    rows = [
        FactorRow(
            name=factor_title(one.name),
            words=f"{format_value(one.selection_mean, known[one.name])}, "
            f"in all {format_with_unit(one.overall_mean, known[one.name])}",
            at=_position_in_range(one.selection_mean, known[one.name]),
            start=_position_in_range(one.overall_mean, known[one.name]),
            hint=f"{known[one.name].description}; {abs(one.effect_size):.1f} standard deviations "
            f"{'higher' if one.effect_size > 0 else 'lower'} than in all images",
        )
        for one in significant + rest
    ]
    if not significant:
        return _table(NOTHING_SIGNIFICANT, rows, 0)
    return _table("means that differ from all images", rows, min(N_PRIMARY, len(significant)))


def correlates(
    data: Dataset, encodings: Encodings, dims: Sequence[int]
) -> dict[int, tuple[str, float] | None]:
    """For each of some latent dimensions the factor with the highest rank correlation, and that.

    Spearman's ρ over all samples for which the factor is known; None where its absolute value is
    under `MIN_CORRELATION`.
    """
    ordered = ordered_factors(data)
    if not ordered:
        return dict.fromkeys(dims)
    table: Floats = memoize(
        f"rank correlations {dims}",
        encodings.fingerprint,
        lambda: rank_correlations(encodings.mean[:, list(dims)], ordered),
    )
    best, names = np.abs(table).argmax(axis=1), list(ordered)
    return {
        d: (factor_title(names[k]), float(row[k])) if abs(row[k]) >= MIN_CORRELATION else None
        for d, k, row in zip(dims, best, table, strict=True)
    }


def ordered_factors(data: Dataset) -> dict[str, Floats]:
    """The factors whose values have an order."""
    known = known_factors(data)
    return {name: values for name, values in data.factors.items() if known[name].ordered}


def _position_in_range(value: float, factor: Factor) -> float:
    return min(max((value - factor.low) / (factor.high - factor.low), 0.0), 1.0)


def _table(heading: str, rows: Iterable[FactorRow], n_primary: int) -> FactorTable:
    return FactorTable(heading=heading, rows=tuple(rows), n_primary=n_primary)
