"""The map in the browser: what is sent (few bytes), what comes back (a pick or a region)."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import BadInput
from ui.live import live, publish
from ui.live.held import held

LEVELS = 65535  # the steps of a uint16: a position is off by at most half of range/LEVELS
MAX_POINTS = 2_000_000
MAX_CLASSES = 256
MAX_MARKS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassColour:
    """A class for every point.

    Attributes
    ----------
    values
        ``(N,)`` integers, each an index into `names`.
    names
        What the legend says; at most 256.
    fingerprint
        Names `values` for good, so that a rerun needn't pack them again; "" packs each time.
    """

    values: NDArray[Any]
    names: tuple[str, ...]
    fingerprint: str = ""

    def __post_init__(self) -> None:
        if not 0 < len(self.names) <= MAX_CLASSES:
            raise BadInput(f"{len(self.names)} classes; a map shows 1 to {MAX_CLASSES}.")
        _require_flat(self.values, "classes")
        if self.values.size and not 0 <= self.values.min() <= self.values.max() < len(self.names):
            raise BadInput(f"Classes must lie between 0 and {len(self.names) - 1}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleColour:
    """A number for every point, shown on a continuous scale.

    Attributes
    ----------
    values
        ``(N,)`` finite numbers.
    title
        What the colour bar says.
    fingerprint
        As in `ClassColour`.
    """

    values: NDArray[Any]
    title: str
    fingerprint: str = ""

    def __post_init__(self) -> None:
        _require_flat(self.values, "values")
        if not np.isfinite(self.values).all():
            raise BadInput(f"Some values of {self.title!r} are not finite.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place on the map that is no sample of it: a visitor's picture, placed.

    Attributes
    ----------
    position
        ``(dims,)`` in the map's own coordinates.
    label
        Shown beside it, as text.
    """

    position: Sequence[float] | NDArray[Any]
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapEvent:
    """What a person did on the map since the last run.

    Attributes
    ----------
    picked
        The sample clicked or reached by keyboard.
    region
        ``(K,)`` int64 ids, ascending, inside a new box or lasso; empty when one was cleared;
        None when nothing changed.
    """

    picked: int | None = None
    region: NDArray[np.int64] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One PNG with all pictures: sample ``i`` is the tile in row ``i // columns``.

    Attributes
    ----------
    url
        Where the browser finds it.
    columns
        Tiles per row.
    width, height
        Of one tile, in pixels.
    """

    url: str
    columns: int
    width: int
    height: int


def quantise(values: NDArray[Any]) -> tuple[bytes, list[float], list[float]]:
    """Numbers ``(N, dims)`` in 16 bits each, little-endian, row after row.

    Returns
    -------
    tuple
        The bytes, and for each column the lowest and highest value: a stored ``q`` stands for
        ``lo + q / 65535 * (hi - lo)``.

    Raises
    ------
    BadInput
        Not two-dimensional, empty, or not finite.
    """
    table = np.asarray(values, np.float64)
    if table.ndim != 2 or table.size == 0:
        raise BadInput(f"Points must be (N, dims) with N at least 1, not {table.shape}.")
    if not np.isfinite(table).all():
        raise BadInput("Some points are not finite.")
    lo, hi = table.min(axis=0), table.max(axis=0)
    step = LEVELS / np.where(hi > lo, hi - lo, 1.0)
    packed = np.rint((table - lo) * step).astype("<u2")
    return packed.tobytes(), lo.tolist(), hi.tolist()


def dequantise(data: bytes, lo: Sequence[float], hi: Sequence[float]) -> NDArray[np.float64]:
    """What the browser makes of `quantise`'s bytes ``(N, dims)``."""
    low, high = np.asarray(lo, np.float64), np.asarray(hi, np.float64)
    stored = np.frombuffer(data, "<u2").reshape(-1, low.size).astype(np.float64)
    values: NDArray[np.float64] = low + stored / LEVELS * (high - low)
    return values


def payload_bytes(points: NDArray[Any], colour: ClassColour | ScaleColour) -> int:
    """How many bytes the browser fetches to draw `points`, pictures and page aside."""
    return len(quantise(points)[0]) + len(_packed_colour(colour)[0])


def unpack_region(sent: object, count: int) -> NDArray[np.int64] | None:
    """The sample ids in what the browser sent for a region; None when it makes no sense.

    A region travels as one bit per sample, little-endian, in base64: 10,000 samples take
    1.7 kB however many are inside, and no bit can name a sample that isn't there.
    """
    text = sent.get("bits") if isinstance(sent, dict) else None
    size = -(-count // 8)
    if not isinstance(text, str) or len(text) != 4 * -(-size // 3):
        return None
    try:
        bits = np.frombuffer(base64.b64decode(text, validate=True), np.uint8)
    except binascii.Error:
        return None
    if bits.size != size:
        return None
    return np.flatnonzero(np.unpackbits(bits, bitorder="little", count=count)).astype(np.int64)


def unpack_pick(sent: object, count: int) -> int | None:
    """The sample id in what the browser sent for a click; None when there is no such sample."""
    found = sent.get("id") if isinstance(sent, dict) else None
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found < count:
        return None
    return found


def draw_map(  # noqa: PLR0913  one argument per thing on the screen
    *,
    key: str,
    points: NDArray[Any],
    colour: ClassColour | ScaleColour,
    sheet: Sheet | None = None,
    selected: int | None = None,
    selecting: bool = False,
    marks: Sequence[Mark] = (),
    tools: bool = True,
    height: int = 520,
    moving: bool = False,
    note: str = "",
    labels: ClassColour | None = None,
    fingerprint: str = "",
) -> MapEvent:
    """Draw a map and give what was done on it since the last run.

    Parameters
    ----------
    key
        The component's key.
    points
        ``(N, 2)`` or ``(N, 3)``.
    colour
        What the dots' colours mean.
    sheet
        The pictures; without it the card beside the pointer shows names only.
    selected
        The sample to ring; followed whenever it changes.
    selecting
        Whether the caller holds a region of this map; when it no longer does, the map lets go
        of it too.
    marks
        Places that are no samples.
    tools
        Whether the buttons for selecting and zooming are shown.
    height
        Of drawing and legend together, in pixels.
    moving
        The points are still on their way: draw new ones in place and keep all in sight.
    note
        One quiet sentence in the corner.
    labels
        What each picture is called when `colour` shows something else.
    fingerprint
        Names `points` for good, so that a rerun needn't pack them again; "" packs each time.

    Raises
    ------
    BadInput
        Shapes that don't fit each other, or more than a browser holds.
    """
    count = _check(points, colour, labels, marks)
    data = {
        "points": _points_data(points, fingerprint),
        "colour": _colour_data(colour),
        "labels": None if labels is None else _colour_data(labels),
        "sheet": None if sheet is None else asdict(sheet),
        "selected": selected if selected is not None and 0 <= selected < count else None,
        "selecting": selecting,
        "tools": tools,
        "marks": [_mark_data(mark) for mark in marks],
        "height": height,
        "moving": moving,
        "note": note,
    }
    sent = live("map.js", key=key, data=data, events=("picked", "region"))
    return MapEvent(
        picked=unpack_pick(sent["picked"], count), region=unpack_region(sent["region"], count)
    )


def _check(
    points: NDArray[Any],
    colour: ClassColour | ScaleColour,
    labels: ClassColour | None,
    marks: Sequence[Mark],
) -> int:
    """The number of points, once everything is known to fit together."""
    if points.ndim != 2 or points.shape[1] not in (2, 3) or not 0 < len(points) <= MAX_POINTS:
        raise BadInput(f"A map has (N, 2) or (N, 3) points, not {points.shape}.")
    for column in (colour, labels):
        if column is not None and len(column.values) != len(points):
            raise BadInput(f"{len(points)} points but {len(column.values)} colours.")
    if len(marks) > MAX_MARKS:
        raise BadInput(f"{len(marks)} marks; a map shows at most {MAX_MARKS}.")
    if any(np.shape(mark.position) != points.shape[1:] for mark in marks):
        raise BadInput(f"A mark's place must have {points.shape[1]} numbers.")
    return len(points)


def _points_data(points: NDArray[Any], fingerprint: str) -> dict[str, Any]:
    data, lo, hi = held("points", fingerprint, lambda: quantise(points))
    return {
        "url": publish(data), "count": len(points), "dims": points.shape[1], "lo": lo, "hi": hi,
    }  # fmt: skip


def _colour_data(colour: ClassColour | ScaleColour) -> dict[str, Any]:
    kind = "class" if isinstance(colour, ClassColour) else "scale"
    data, lo, hi = held(kind, colour.fingerprint, lambda: _packed_colour(colour))
    if isinstance(colour, ClassColour):
        return {"kind": kind, "url": publish(data), "names": list(colour.names)}
    return {"kind": kind, "url": publish(data), "title": colour.title, "lo": lo[0], "hi": hi[0]}


def _packed_colour(colour: ClassColour | ScaleColour) -> tuple[bytes, list[float], list[float]]:
    """One byte per class, two per value."""
    if isinstance(colour, ClassColour):
        return colour.values.astype(np.uint8).tobytes(), [], []
    return quantise(colour.values[:, None])


def _mark_data(mark: Mark) -> dict[str, Any]:
    return {"at": [float(value) for value in mark.position], "label": mark.label}


def _require_flat(values: NDArray[Any], what: str) -> None:
    if values.ndim != 1:
        raise BadInput(f"The {what} of a map must be (N,), not {values.shape}.")
