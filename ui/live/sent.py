"""Single values out of what the browser sent; what makes no sense is None."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any


def read_field(sent: object, name: str) -> Any:
    """What is under `name`, whatever it is, or None."""
    return sent.get(name) if isinstance(sent, dict) else None


def read_number(sent: object, name: str, low: float, high: float) -> float | None:
    """The number under `name`, from `low` to `high`, or None."""
    value = read_field(sent, name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and low <= value <= high else None


def read_slot(sent: object, slots: Sequence[str]) -> str | None:
    """The one of `slots` that is meant, or None."""
    slot = read_field(sent, "slot")
    return str(slot) if isinstance(slot, str) and slot in slots else None


def read_dropped(sent: object, slots: Sequence[str]) -> tuple[str, str] | None:
    """One of `slots` and the key of what was dropped there, or None."""
    slot, key = read_slot(sent, slots), read_field(sent, "key")
    return (slot, key) if slot is not None and isinstance(key, str) else None
