"""Ground truth: what every picture of a made data set was made from, one number per factor."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidCardError
from latent_core.types import Floats, freeze

_SLACK = 1e-3
"""Of a range, by which float32 may lie outside it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One number that a picture was made from.

    Parameters
    ----------
    low, high
        Its range, ends included.
    means
        What the ends are, in words.
    unit
        What it is counted in; "" for a bare number.
    tied_to
        The factors that it depends on when drawn; empty for an independent one.
    ordered
        Whether more and less mean something: not of a class, nor of a turn, whose ends are one.
    """

    low: float
    high: float
    description: str
    unit: str = ""
    tied_to: tuple[str, ...] = ()
    ordered: bool = True

    def as_card(self) -> dict[str, Any]:
        """It as `factors_of_card` reads it."""
        told: dict[str, Any] = {"range": [self.low, self.high], "description": self.description}
        told |= {"unit": self.unit} if self.unit else {}
        told |= {} if self.ordered else {"ordered": False}
        return told | ({"tied_to": list(self.tied_to)} if self.tied_to else {})


def factors_of_card(card: Mapping[str, Any], where: str) -> dict[str, Factor]:
    """What the card of a data set says of its factors, by their names and in its order.

    Raises
    ------
    InvalidCardError
        One has no range of two rising numbers.
    """
    return {name: _factor(name, told, where) for name, told in card.get("factors", {}).items()}


def _factor(name: str, told: Any, where: str) -> Factor:
    try:
        low, high = (float(end) for end in told["range"])
        rising = low < high
    except (KeyError, TypeError, ValueError):
        rising = False
    if not rising:
        raise InvalidCardError(
            f'Factor {name!r} on the card of {where!r} needs a "range": [low, high].'
        )
    return Factor(
        low=low,
        high=high,
        description=str(told.get("description", "")),
        unit=str(told.get("unit", "")),
        tied_to=tuple(told.get("tied_to", ())),
        ordered=told.get("ordered") is not False,
    )


def check_ranges(
    factors: Mapping[str, Floats], known: Mapping[str, Factor], where: str
) -> Mapping[str, Floats]:
    """`factors` themselves, once each is known to lie in its range.

    Raises
    ------
    InvalidCardError
        One doesn't.
    """
    for name, values in factors.items():
        about = known[name]
        slack = _SLACK * (about.high - about.low)
        if values.min() < about.low - slack or values.max() > about.high + slack:
            raise InvalidCardError(
                f"Factor {name!r} of {where!r} goes from {values.min():g} to {values.max():g}, but "
                f"its card says {about.low:g} to {about.high:g}; correct one of them."
            )
    return factors


def write_factors(factors: Mapping[str, Floats]) -> bytes:
    """A Parquet table with one float32 column per factor."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    buffer = io.BytesIO()
    columns = {name: np.asarray(values, np.float32) for name, values in factors.items()}
    pq.write_table(pa.table(columns), buffer, compression="zstd")
    return buffer.getvalue()


def read_factors(
    table: bytes | None, count: int, names: tuple[str, ...] | None, where: str
) -> dict[str, Floats]:
    """Each of the factors `names` with its values ``(N,)`` float32.

    Parameters
    ----------
    table
        Written by `write_factors`; None where the data set has no factors.
    count
        N, the number of pictures.
    names
        The factors on the card, in the card's order; None takes the table's own.
    where
        The data set's id, for the message.

    Raises
    ------
    InvalidCardError
        No table for the card's factors, not a table, other columns, another number of rows, or
        values that are not finite.
    """
    if table is None and not names:
        return {}
    if table is None:
        raise InvalidCardError(
            f"The card of {where!r} has factors but names no factors.parquet; add it."
        )
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        read = pq.read_table(io.BytesIO(table), use_threads=False)
    except (pa.ArrowException, OSError) as error:
        raise InvalidCardError(
            f"{where}/factors.parquet is not a Parquet table: {error}."
        ) from error
    names = tuple(read.column_names) if names is None else names
    if set(read.column_names) != set(names):
        differ = ", ".join(sorted(set(read.column_names) ^ set(names)))
        raise InvalidCardError(f"The factors of {where!r} differ between card and table: {differ}.")
    if read.num_rows != count:
        raise InvalidCardError(
            f"Data set {where!r} has {count} images but factors for {read.num_rows}; "
            "make both with one command."
        )
    return {name: _column(read.column(name), name, where) for name in names}


def factor_values(factors: Mapping[str, Floats], name: str, model_id: str) -> Floats:
    """The values ``(N,)`` of one factor.

    Raises
    ------
    InvalidCardError
        The model `asker` asks for one that isn't there.
    """
    if name not in factors:
        raise InvalidCardError(
            f"The recipe of {model_id!r} asks for the factor {name!r}; these pictures have "
            f"{', '.join(factors) or 'none'}."
        )
    return factors[name]


def binary_attributes(
    factors: Mapping[str, Floats], thresholds: Mapping[str, float], model_id: str
) -> NDArray[np.bool_]:
    """``(N, Q)``: whether each picture's factor is above each question's number.

    Raises
    ------
    InvalidCardError
        As in `factor`.
    """
    columns = [factor_values(factors, name, model_id) > value for name, value in thresholds.items()]
    return np.stack(columns, axis=1)


def _column(column: object, name: str, where: str) -> Floats:
    values: Floats
    try:
        values = np.asarray(column).astype(np.float32)
    except (TypeError, ValueError) as error:
        raise InvalidCardError(f"Factor {name!r} of {where!r} must be numbers: {error}.") from error
    if not np.isfinite(values).all():
        raise InvalidCardError(
            f"Factor {name!r} of {where!r} contains NaN or infinity; make it anew."
        )
    freeze(values)
    return values
