"""What the panels show of ground truth: a few rows at once, the rest where it is unfolded."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorRow:
    """One factor.

    Parameters
    ----------
    name, words
        What it is called, and its value in words.
    at
        Where that lies in the factor's range, in [0, 1].
    start
        Where it is compared from, where it is.
    hint
        More about it, for who points at it.
    """

    name: str
    words: str
    at: float
    start: float | None = None
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorTable:
    """Some factors, of which the first `few` are seen at once."""

    heading: str
    rows: tuple[FactorRow, ...]
    few: int

    def as_data(self) -> dict[str, Any]:
        """What the browser is sent; four digits are more than a bar can show."""
        return {
            "heading": self.heading,
            "rows": [self._row(row) for row in self.rows],
            "primary": self.few,
        }

    @staticmethod
    def _row(row: FactorRow) -> dict[str, Any]:
        places = {"at": round(row.at, 4), "start": row.start and round(row.start, 4)}
        return asdict(row) | places
