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
from latent_core.untrusted import finite, reading

_LARGEST = float(np.finfo(np.float32).max)
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
    """

    low: float
    high: float
    description: str
    unit: str = ""
    tied_to: tuple[str, ...] = ()
    ordered: bool = True

    def as_card(self) -> dict[str, Any]:
        """Its fields on a card, as `factors_of_card` reads them."""
        fields: dict[str, Any] = {"range": [self.low, self.high], "description": self.description}
        fields |= {"unit": self.unit} if self.unit else {}
        fields |= {} if self.ordered else {"ordered": False}
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
    )


def check_ranges(
    factors: Mapping[str, Floats], described: Mapping[str, Factor], where: str
) -> Mapping[str, Floats]:
    """`factors` unchanged, if all values lie in the described ranges.

    Raises
    ------
    InvalidCardError
        A value lies outside its range.
    """
    for name, values in factors.items():
        factor = described[name]
        tolerance = _TOLERANCE * (factor.high - factor.low)
        if values.min() < factor.low - tolerance or values.max() > factor.high + tolerance:
            raise InvalidCardError(
                f"Factor {name!r} of {where!r} has values {values.min():g} to {values.max():g}, "
                f"but its card says {factor.low:g} to {factor.high:g}; correct one of them."
            )
    return factors


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
        or values that are not finite.
    """
    if table is None and not names:
        return {}
    if table is None:
        raise InvalidCardError(
            f"The card of {where!r} has factors but names no factors.parquet; add it."
        )
    with reading(f"{where}/factors.parquet cannot be read as a Parquet table", "create it again"):
        columns = read_numeric_columns(table)
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
    return {name: _column(columns[name], name, where) for name in names}


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


def _column(column: Array, name: str, where: str) -> Floats:
    with np.errstate(over="ignore"):
        values: Floats = column.astype(np.float32)
    if not np.isfinite(values).all():
        raise InvalidCardError(
            f"Factor {name!r} of {where!r} contains NaN or infinity; create it again."
        )
    freeze(values)
    return values
