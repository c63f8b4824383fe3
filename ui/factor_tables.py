"""Ground truth for the panels: a picture's factors, how a selection differs, what a number moves.

Everything is measured once per data set (or encodings) and kept.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from latent_core.analysis.attribute_directions import AttributeDirections, fit_attribute_directions
from latent_core.analysis.factor_statistics import (
    compare_selection,
    most_atypical,
    percentile_ranks,
    rank_correlations,
)
from latent_core.cache.memo import memoize
from latent_core.datasets.factors import Factor, factors_of_card
from latent_core.types import Dataset, Encodings, Floats
from ui.components.dimensions import AttributeSlider
from ui.components.factor_table import FactorRow, FactorTable

N_PRIMARY = 6
"""Factors that a panel shows before it is unfolded."""
MIN_CORRELATION = 0.2
"""A weaker correlation isn't named beside a slider."""
NOTHING_SIGNIFICANT = (
    "In no factor do these differ from all pictures by more than chance would make so many differ."
)


def factor_title(name: str) -> str:
    """A factor's name for people."""
    return name.replace("_", " ")


def known_factors(data: Dataset) -> dict[str, Factor]:
    """What the card says of each factor, in its order."""
    return factors_of_card(data.card, data.id)


def format_with_unit(value: float, factor: Factor) -> str:
    """A value with its unit."""
    return f"{format_value(value, factor)} {factor.unit}".strip()


def format_value(value: float, factor: Factor) -> str:
    """A value with as many digits as its range needs."""
    return f"{value:.{_digits(factor)}f}".replace("-", "−")


def _digits(factor: Factor) -> int:
    span = factor.high - factor.low
    return 0 if span >= 20 else 1 if span > 3 else 2


def legend_title(name: str, factor: Factor) -> str:
    """What the colour bar says: the name, the unit, and what its ends are."""
    return ", ".join(part for part in (factor_title(name), factor.unit, factor.description) if part)


def sample_factor_table(data: Dataset, index: int) -> FactorTable | None:
    """The factors of one picture, those first in which it is least like the others."""
    if not (known := known_factors(data)):
        return None
    ranked = memoize("standings", data.fingerprint, lambda: percentile_ranks(_ordered_factors(data)))

    def row(name: str) -> FactorRow:
        value = float(data.factors[name][index])
        hint = known[name].description
        if name in ranked:
            hint += f"; more than {float(ranked[name][index]):.0%} of the pictures have"
        return FactorRow(
            name=factor_title(name),
            words=format_with_unit(value, known[name]),
            at=_position_in_range(value, known[name]),
            hint=hint,
        )

    first = most_atypical(ranked, index)[:N_PRIMARY]
    rest = [name for name in known if name not in first]
    return _table("truth: least like the others in", map(row, first + rest), N_PRIMARY)


def selection_factor_table(data: Dataset, indices: NDArray[np.int64]) -> FactorTable | None:
    """How a selection differs from all pictures, the factors that differ most first."""
    if not (known := known_factors(data)):
        return None
    found = compare_selection(_ordered_factors(data), indices)
    certain = [one for one in found if one.is_significant]
    rest = [one for one in found if not one.is_significant]
    rows = [
        FactorRow(
            name=factor_title(one.name),
            words=f"{format_value(one.inside, known[one.name])}, "
            f"in all {format_with_unit(one.completed, known[one.name])}",
            at=_position_in_range(one.inside, known[one.name]),
            start=_position_in_range(one.completed, known[one.name]),
            hint=f"{known[one.name].description}; {abs(one.deviations):.1f} standard deviations "
            f"{'more' if one.deviations > 0 else 'less'} than in all pictures",
        )
        for one in certain + rest
    ]
    if not certain:
        return _table(NOTHING_SIGNIFICANT, rows, 0)
    return _table("on average, unlike all pictures in", rows, min(N_PRIMARY, len(certain)))


def correlates(data: Dataset, encodings: Encodings) -> list[tuple[str, float] | None]:
    """For each dimension the factor that moves with it most, where one does, and how much.

    The measure is Spearman's correlation over all pictures.
    """
    ordered = _ordered_factors(data)
    if not ordered:
        return [None] * encodings.latent_dim
    table: Floats = memoize(
        "movers", encodings.fingerprint, lambda: rank_correlations(encodings.mean, ordered)
    )
    best = np.abs(table).argmax(axis=1)
    return [
        (factor_title(list(ordered)[k]), float(row[k])) if abs(row[k]) >= MIN_CORRELATION else None
        for k, row in zip(best, table, strict=True)
    ]


def attribute_sliders(data: Dataset, encodings: Encodings) -> tuple[AttributeSlider, ...]:
    """The factors by which codes can be pushed, in the card's order."""
    if not (ordered := _ordered_factors(data)):
        return ()
    known = known_factors(data)
    found: AttributeDirections = memoize(
        "steering", encodings.fingerprint, lambda: fit_attribute_directions(encodings.mean, ordered)
    )
    return tuple(
        AttributeSlider(
            name=factor_title(name),
            unit=known[name].unit,
            ends=known[name].description,
            digits=_digits(known[name]),
            range=(known[name].low, known[name].high),
            predicted_range=(float(found.low[f]), float(found.high[f])),
            r2=float(found.r2[f]),
            weights=found.weights[f],
            offset=float(found.offsets[f]),
            direction=found.directions[f],
        )
        for f, name in enumerate(found.names)
    )


def _ordered_factors(data: Dataset) -> dict[str, Floats]:
    """The factors of which more and less mean something."""
    known = known_factors(data)
    return {name: values for name, values in data.factors.items() if known[name].ordered}


def _position_in_range(value: float, factor: Factor) -> float:
    return min(max((value - factor.low) / (factor.high - factor.low), 0.0), 1.0)


def _table(heading: str, rows: Iterable[FactorRow], few: int) -> FactorTable:
    return FactorTable(heading=heading, rows=tuple(rows), few=few)
