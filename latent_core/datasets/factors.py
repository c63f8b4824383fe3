"""Ground-truth factors of variation of a generated data set, one value per sample."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidCardError
from latent_core.io.parquet_files import read_numeric_columns
from latent_core.types import Array, Floats, freeze
from latent_core.untrusted import finite, reading, whole

_LARGEST = float(np.finfo(np.float32).max)
MAX_COUNT = 10_000_000
_TOLERANCE = 1e-3
"""Fraction of a range by which float32 rounding may exceed it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One generative factor.

    Parameters
    ----------
    low, high
        Range of its values, inclusive.
    description
        What the ends of the range mean.
    unit
        Unit of the values; "" if dimensionless.
    tied_to
        Factors that it statistically depends on; empty if it is independent.
    ordered
        Whether its values have an order: not those of a class, nor an angle over a full circle.
    n_missing
        Number of samples whose value is not known, NaN in the table.
    """

    low: float
    high: float
    description: str
    unit: str = ""
    tied_to: tuple[str, ...] = ()
    ordered: bool = True
    n_missing: int = 0

    def as_card(self) -> dict[str, Any]:
        """Its fields on a card, as `factors_of_card` reads them."""
        fields: dict[str, Any] = {"range": [self.low, self.high], "description": self.description}
        fields |= {"unit": self.unit} if self.unit else {}
        fields |= {} if self.ordered else {"ordered": False}
        fields |= {"missing": self.n_missing} if self.n_missing else {}
        return fields | ({"tied_to": list(self.tied_to)} if self.tied_to else {})


def factors_of_card(card: Mapping[str, Any], where: str) -> dict[str, Factor]:
    """The factors on the card of a data set, by name, in the card's order.

    Raises
    ------
    InvalidCardError
        A factor has no range of two increasing numbers.
    """
    described = card.get("factors", {})
    with reading(f"'factors' on the card of {where!r} are invalid", "correct them"):
        return {name: _factor(name, fields, where) for name, fields in described.items()}


def _factor(name: str, fields: Any, where: str) -> Factor:
    try:
        low, high = (
            finite(end, -_LARGEST, _LARGEST, f"{name}.range", where) for end in fields["range"]
        )
        is_valid = low < high
    except (KeyError, TypeError, ValueError):
        is_valid = False
    if not is_valid:
        raise InvalidCardError(
            f'Factor {name!r} on the card of {where!r} needs a "range": [low, high]; add it.'
        )
    return Factor(
        low=low,
        high=high,
        description=str(fields.get("description", "")),
        unit=str(fields.get("unit", "")),
        tied_to=tuple(fields.get("tied_to", ())),
        ordered=fields.get("ordered") is not False,
        n_missing=whole(fields.get("missing", 0), 0, MAX_COUNT, f"{name}.missing", where),
    )


def check_ranges(
    factors: Mapping[str, Floats], described: Mapping[str, Factor], where: str
) -> Mapping[str, Floats]:
    """`factors` unchanged, if all known values lie in the described ranges.

    Raises
    ------
    InvalidCardError
        A value lies outside its range, or another number of them is missing than the card says.
    """
    for name, column in factors.items():
        factor, values = described[name], column[is_known(column)]
        if (n_missing := len(column) - len(values)) != factor.n_missing or not len(values):
            raise InvalidCardError(
                f"Factor {name!r} of {where!r} contains NaN for {n_missing:,} of {len(column):,} "
                f'samples, but its card says "missing": {factor.n_missing}; correct one of them.'
            )
        tolerance = _TOLERANCE * (factor.high - factor.low)
        if values.min() < factor.low - tolerance or values.max() > factor.high + tolerance:
            raise InvalidCardError(
                f"Factor {name!r} of {where!r} has values {values.min():g} to {values.max():g}, "
                f"but its card says {factor.low:g} to {factor.high:g}; correct one of them."
            )
    return factors


def is_known(values: Array) -> NDArray[np.bool_]:
    """Which values ``(N,)`` of a factor are known; NaN stands for a missing one."""
    return np.asarray(np.isfinite(values))


def known_span(values: Array) -> float:
    """The largest known value of a factor minus the smallest; 0 where none is known."""
    known = np.asarray(values, np.float64)[is_known(values)]
    return float(np.ptp(known)) if len(known) else 0.0


def groups_by_known(table: Array) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """The columns of a table ``(N, F)`` by the rows in which they are known.

    Returns
    -------
    list
        Pairs of rows and columns, indices each, whose values are all known.  One pair of all where
        nothing is missing.
    """
    known = is_known(table)
    if known.all():
        return [(np.arange(len(table)), np.arange(table.shape[1]))]
    patterns, group = np.unique(known, axis=1, return_inverse=True)
    return [
        (np.flatnonzero(pattern), np.flatnonzero(group.reshape(-1) == k))
        for k, pattern in enumerate(patterns.T)
    ]


def write_factors(factors: Mapping[str, Floats]) -> bytes:
    """A Parquet table with one float32 column per factor, from values ``(N,)`` by name."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    columns = {name: np.asarray(values, np.float32) for name, values in factors.items()}
    pq.write_table(pa.table(columns), buffer, compression="zstd")
    return buffer.getvalue()


def read_factors(
    table: bytes | None, count: int, names: tuple[str, ...] | None, where: str
) -> dict[str, Floats]:
    """Values ``(N,)`` float32 by factor name.

    Parameters
    ----------
    table
        From `write_factors`; None for a data set without factors.
    count
        N, the number of samples.
    names
        Factors on the card, in the card's order; None for all columns of the table.
    where
        The data set's id, for messages.

    Raises
    ------
    InvalidCardError
        The table is missing or damaged, has other columns than `names` or another number of rows,
        or values that are infinite; or NaN where no card says how many are missing.
    """
    if table is None and not names:
        return {}
    if table is None:
        raise InvalidCardError(
            f"The card of {where!r} has factors but names no factors.parquet; add it."
        )
    with reading(f"{where}/factors.parquet cannot be read as a Parquet table", "create it again"):
        columns = read_numeric_columns(table)
    has_card = names is not None
    names = tuple(columns) if names is None else names
    if set(columns) != set(names):
        differ = ", ".join(sorted(set(columns) ^ set(names)))
        raise InvalidCardError(
            f"The factors of {where!r} differ between card and the table's columns of numbers: "
            f"{differ}; correct the card."
        )
    for values in columns.values():
        if len(values) != count:
            raise InvalidCardError(
                f"Data set {where!r} has {count} images but factors for {len(values)}; "
                "create both with one command."
            )
    return {name: _column(columns[name], name, where, has_card) for name in names}


def factor_values(factors: Mapping[str, Floats], name: str, model_id: str) -> Floats:
    """The values ``(N,)`` of one factor.

    Parameters
    ----------
    factors
        Values by name.
    name
        The factor.
    model_id
        The model whose training requires it, for the message.

    Raises
    ------
    InvalidCardError
        There is no such factor.
    """
    if name not in factors:
        raise InvalidCardError(
            f"The training of {model_id!r} requires the factor {name!r}, but these images have "
            f"{', '.join(factors) or 'none'}; correct the card."
        )
    return factors[name]


def binary_attributes(
    factors: Mapping[str, Floats], thresholds: Mapping[str, float], model_id: str
) -> NDArray[np.bool_]:
    """Binary labels ``(N, A)``: whether each sample's factor exceeds the attribute's threshold.

    Parameters
    ----------
    factors
        Values ``(N,)`` by name.
    thresholds
        Thresholds by factor name.
    model_id
        As for `factor_values`.

    Raises
    ------
    InvalidCardError
        As for `factor_values`.
    """
    columns = [factor_values(factors, name, model_id) > value for name, value in thresholds.items()]
    return np.stack(columns, axis=1)


def _column(column: Array, name: str, where: str, may_be_missing: bool) -> Floats:
    with np.errstate(over="ignore"):
        values: Floats = column.astype(np.float32)
    if np.isinf(values).any() or not (may_be_missing or np.isfinite(values).all()):
        raise InvalidCardError(
            f"Factor {name!r} of {where!r} contains NaN or infinity; create it again."
        )
    freeze(values)
    return values
