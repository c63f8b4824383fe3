"""Checked values from the events of a component; invalid ones are None."""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from typing import Any


def get_field(sent: object, name: str) -> Any:
    """The unchecked value of `name`, or None."""
    return sent.get(name) if isinstance(sent, dict) else None


def parse_number(sent: object, name: str, low: float, high: float) -> float | None:
    """The number `name`, finite and from `low` to `high`, or None."""
    value = get_field(sent, name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if low <= value <= high and math.isfinite(value) else None


def parse_slot(sent: object, slots: Sequence[str]) -> str | None:
    """The value of ``slot`` if it is one of `slots`, else None."""
    slot = get_field(sent, "slot")
    return str(slot) if isinstance(slot, str) and slot in slots else None


def parse_dropped(sent: object, slots: Sequence[str]) -> tuple[str, str] | None:
    """One of `slots` and the key of the tray item dropped there, or None."""
    slot, key = parse_slot(sent, slots), get_field(sent, "key")
    return (slot, key) if slot is not None and isinstance(key, str) else None


def parse_index(sent: object, name: str, below: int) -> int | None:
    """The integer `name`, from 0 to `below` - 1, or None."""
    value = get_field(sent, name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < below:
        return None
    return value


def parse_key(sent: object, known: Collection[str]) -> str | None:
    """The value of ``key`` if it is one of `known`, else None."""
    key = get_field(sent, "key")
    return key if isinstance(key, str) and key in known else None
