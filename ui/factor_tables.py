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
from ui.components.dimensions import Steered
from ui.components.factor_table import FactorRow, FactorTable

FEW = 6
"""Factors that a panel shows before it is unfolded."""
MOVES = 0.2
"""A weaker correlation isn't named beside a slider."""
NOTHING_DIFFERS = (
    "In no factor do these differ from all pictures by more than chance would make so many differ."
)


def factor_words(name: str) -> str:
    """A factor's name for people."""
    return name.replace("_", " ")


def known_factors(data: Dataset) -> dict[str, Factor]:
    """What the card says of each factor, in its order."""
    return factors_of_card(data.card, data.id)


def value_in_words(value: float, about: Factor) -> str:
    """A value with its unit."""
    return f"{number_in_words(value, about)} {about.unit}".strip()


def number_in_words(value: float, about: Factor) -> str:
    """A value with as many digits as its range needs."""
    return f"{value:.{_digits(about)}f}".replace("-", "−")


def _digits(about: Factor) -> int:
    span = about.high - about.low
    return 0 if span >= 20 else 1 if span > 3 else 2


def legend_of(name: str, about: Factor) -> str:
    """What the colour bar says: the name, the unit, and what its ends are."""
    return ", ".join(part for part in (factor_words(name), about.unit, about.description) if part)


def picture_table(data: Dataset, index: int) -> FactorTable | None:
    """The factors of one picture, those first in which it is least like the others."""
    if not (known := known_factors(data)):
        return None
    ranked = memoize("standings", data.fingerprint, lambda: percentile_ranks(_ordered(data)))

    def row(name: str) -> FactorRow:
        value = float(data.factors[name][index])
        hint = known[name].description
        if name in ranked:
            hint += f"; more than {float(ranked[name][index]):.0%} of the pictures have"
        return FactorRow(
            name=factor_words(name),
            words=value_in_words(value, known[name]),
            at=_share(value, known[name]),
            hint=hint,
        )

    first = most_atypical(ranked, index)[:FEW]
    rest = [name for name in known if name not in first]
    return _table("truth: least like the others in", map(row, first + rest), FEW)


def region_table(data: Dataset, indices: NDArray[np.int64]) -> FactorTable | None:
    """How a selection differs from all pictures, the factors that differ most first."""
    if not (known := known_factors(data)):
        return None
    found = compare_selection(_ordered(data), indices)
    certain = [one for one in found if one.is_significant]
    rest = [one for one in found if not one.is_significant]
    rows = [
        FactorRow(
            name=factor_words(one.name),
            words=f"{number_in_words(one.selection_mean, known[one.name])}, "
            f"in all {value_in_words(one.overall_mean, known[one.name])}",
            at=_share(one.selection_mean, known[one.name]),
            start=_share(one.overall_mean, known[one.name]),
            hint=f"{known[one.name].description}; {abs(one.effect_size):.1f} standard deviations "
            f"{'more' if one.effect_size > 0 else 'less'} than in all pictures",
        )
        for one in certain + rest
    ]
    if not certain:
        return _table(NOTHING_DIFFERS, rows, 0)
    return _table("on average, unlike all pictures in", rows, min(FEW, len(certain)))


def movers(data: Dataset, encodings: Encodings) -> list[tuple[str, float] | None]:
    """For each dimension the factor that moves with it most, where one does, and how much.

    The measure is Spearman's correlation over all pictures.
    """
    ordered = _ordered(data)
    if not ordered:
        return [None] * encodings.latent_dim
    table: Floats = memoize(
        "movers", encodings.fingerprint, lambda: rank_correlations(encodings.mean, ordered)
    )
    best = np.abs(table).argmax(axis=1)
    return [
        (factor_words(list(ordered)[k]), float(row[k])) if abs(row[k]) >= MOVES else None
        for k, row in zip(best, table, strict=True)
    ]


def steered(data: Dataset, encodings: Encodings) -> tuple[Steered, ...]:
    """The factors by which codes can be pushed, in the card's order."""
    if not (ordered := _ordered(data)):
        return ()
    known = known_factors(data)
    found: AttributeDirections = memoize(
        "steering", encodings.fingerprint, lambda: fit_attribute_directions(encodings.mean, ordered)
    )
    return tuple(
        Steered(
            name=factor_words(name),
            unit=known[name].unit,
            means=known[name].description,
            digits=_digits(known[name]),
            range=(known[name].low, known[name].high),
            reach=(float(found.low[f]), float(found.high[f])),
            certainty=float(found.r2[f]),
            weights=found.weights[f],
            offset=float(found.offsets[f]),
            direction=found.directions[f],
        )
        for f, name in enumerate(found.names)
    )


def _ordered(data: Dataset) -> dict[str, Floats]:
    """The factors of which more and less mean something."""
    known = known_factors(data)
    return {name: values for name, values in data.factors.items() if known[name].ordered}


def _share(value: float, about: Factor) -> float:
    return min(max((value - about.low) / (about.high - about.low), 0.0), 1.0)


def _table(heading: str, rows: Iterable[FactorRow], few: int) -> FactorTable:
    return FactorTable(heading=heading, rows=tuple(rows), few=few)
