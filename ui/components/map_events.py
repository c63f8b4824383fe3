"""Checked values from the events of the map component; invalid ones are None."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
from numpy.typing import NDArray

MAX_DISTANCE = 3.0
"""Farthest selectable point from the center of a map, in halves of its larger side."""


def parse_region(sent: object, count: int) -> NDArray[np.int64] | None:
    """The sample indices of a region event; None if it is invalid.

    A region is sent as one bit per sample, little-endian, in base64: 10,000 samples take
    1.7 kB however many are selected, and no bit can refer to a sample that doesn't exist.
    """
    text = sent.get("bits") if isinstance(sent, dict) else None
    size = -(-count // 8)
    if not isinstance(text, str) or len(text) != 4 * -(-size // 3):
        return None
    try:
        bits = np.frombuffer(base64.b64decode(text, validate=True), np.uint8)
    except ValueError:  # of base64; text that is not ASCII
        return None
    if bits.size != size:
        return None
    return np.flatnonzero(np.unpackbits(bits, bitorder="little", count=count)).astype(np.int64)


def parse_sample_id(sent: object, count: int) -> int | None:
    """The sample index of a click event; None if there is no such sample."""
    found = sent.get("id") if isinstance(sent, dict) else None
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found < count:
        return None
    return found


def parse_map_point(sent: object, points: NDArray[Any]) -> tuple[float, float] | None:
    """The point of a click between the samples of a 2D map.

    Rounded to six significant digits, so that a link has all of them.  None if it is invalid or
    farther from the center than `MAX_DISTANCE`.
    """
    found = sent.get("at") if isinstance(sent, dict) else None
    if not isinstance(found, list) or len(found) != 2 or points.shape[1] != 2:
        return None
    if not all(type(value) in (int, float) and abs(value) < 1e30 for value in found):
        return None
    x, y = (float(f"{value:.6g}") for value in found)
    lo, hi = points.min(axis=0), points.max(axis=0)
    away = np.abs(np.array([x, y]) - (lo + hi) / 2).max()
    return (x, y) if away <= MAX_DISTANCE * max(1e-9, float((hi - lo).max()) / 2) else None


def parse_grid(sent: object) -> bool | None:
    """Whether to show the decoded grid; None if the event is invalid."""
    found = sent.get("on") if isinstance(sent, dict) else None
    return found if isinstance(found, bool) else None
