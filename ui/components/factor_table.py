"""A table of ground-truth factors: a few rows at once, the others after expanding it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRow:
    """One factor.

    Parameters
    ----------
    name, words
        Name and formatted value.
    at
        Position of the value in the factor's range, in [0, 1]; None where it is not known.
    start
        Position of the value it is compared with, if any.
    hint
        Tooltip.
    """

    name: str
    words: str
    at: float | None
    start: float | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorTable:
    """Factors, of which the first `n_primary` are shown before the table is expanded."""

    heading: str
    rows: tuple[FactorRow, ...]
    n_primary: int

    def as_data(self) -> dict[str, Any]:
        """The payload; four digits, more than a bar can show."""
        return {
            "heading": self.heading,
            "rows": [self._row(row) for row in self.rows],
            "primary": self.n_primary,
        }

    @staticmethod
    def _row(row: FactorRow) -> dict[str, Any]:
        positions = {
            "at": None if row.at is None else round(row.at, 4),
            "start": row.start and round(row.start, 4),
        }
        return asdict(row) | positions
