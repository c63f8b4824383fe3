"""The map component: its payload and its events."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.cache.memo import memoize
from latent_core.errors import InvalidInputError
from ui.components import draw_component, publish
from ui.components.map_events import (
    parse_grid,
    parse_map_point,
    parse_region,
    parse_sample_id,
)
from ui.components.map_types import (
    ClassColor,
    MapAxis,
    MapDecoder,
    MapEvent,
    MapLine,
    Mark,
    ScaleColor,
    Sheet,
)
from ui.components.quantize import quantize, quantize_with_gaps

__all__ = [
    "ClassColor",
    "MapAxis",
    "MapDecoder",
    "MapEvent",
    "MapLine",
    "Mark",
    "ScaleColor",
    "Sheet",
    "draw_map",
    "parse_grid",
    "parse_map_point",
    "parse_region",
    "parse_sample_id",
    "payload_bytes",
]

MAX_POINTS = 2_000_000
MAX_MARKS = 64
MAX_LINES = 24


def payload_bytes(points: NDArray[Any], color: ClassColor | ScaleColor) -> int:
    """How many bytes the browser fetches to draw `points`, without images and page."""
    return len(quantize(points)[0]) + len(_pack_color(color)[0])


def draw_map(  # noqa: PLR0913  one argument per thing on the screen
    *,
    key: str,
    points: NDArray[Any],
    color: ClassColor | ScaleColor,
    sheet: Sheet | None = None,
    selected: int | None = None,
    has_selection: bool = False,
    marks: Sequence[Mark] = (),
    toolbar: bool = True,
    height: int | None = 520,
    computing: bool = False,
    note: str = "",
    title: str = "",
    labels: ClassColor | None = None,
    fingerprint: str = "",
    decoder: MapDecoder | None = None,
    lines: Sequence[MapLine] = (),
    axes: Sequence[MapAxis] = (),
    channel: str = "",
    link: str = "",
    names: Sequence[str] = (),
    sample_noun: str = "image",
    on_event: Callable[[MapEvent], None] | None = None,
) -> MapEvent:
    """Draw a map; gives the events since the last run.

    Parameters
    ----------
    key
        The component's key.
    points
        ``(N, 2)`` or ``(N, 3)``.
    color
        Values that color the points.
    sheet
        Sprite sheet with the images; without it the hover card shows names only.
    selected
        Index of the sample that is marked with a ring.
    has_selection
        Whether the caller has a region of this map; if not, the map clears its region.
    marks
        Marked points that are no samples.
    toolbar
        Whether to show the buttons for selecting and zooming.
    height
        Of map and legend together, in pixels; None for as tall as the window allows.
    computing
        Whether the points are intermediate: new ones replace them, and all stay in view.
    note
        A sentence in the corner.
    title
        Of the map when it is saved as a file.
    labels
        The class of each sample, where `color` shows something else.
    fingerprint
        Identifies `points`, so that a rerun needn't convert them again; "" converts each time.
    decoder
        For decoding points under the pointer and the decoded grid; ignored for a 3D map.
    lines
        Paths over the points.
    axes
        One per dimension; without them the map has no axes.
    channel
        Channel of ``bus.js`` with the current position: ``{point}``, ``{code}`` (which needs
        `decoder`) or null.  A mark on a 2D map follows it without Python.
    link
        Maps of the same samples with the same link show each other's hovered and selected samples,
        without Python; "" for none.
    names
        The name of each sample, for samples that have names.
    sample_noun
        What a sample is, in singular.
    on_event
        Called with the events before the script runs that draws what they changed.

    Raises
    ------
    InvalidInputError
        Shapes that don't fit each other, or more points than a browser can draw.
    """
    count = _check_points(points, color, labels, marks)
    if names and len(names) != count:
        raise InvalidInputError(f"{count} points but {len(names)} names; give one per point.")
    _check_lines(points, lines)
    data = {
        "points": _points_payload(points, fingerprint),
        "color": _color_payload(color),
        "labels": None if labels is None else _color_payload(labels),
        "sheet": None if sheet is None else asdict(sheet),
        "selected": selected if selected is not None and 0 <= selected < count else None,
        "has_selection": has_selection,
        "toolbar": toolbar,
        "marks": [_mark_payload(mark) for mark in marks],
        "height": height,
        "computing": computing,
        "note": note,
        "title": title,
        "decode": None if decoder is None or points.shape[1] != 2 else asdict(decoder),
        "lines": [_line_payload(line) for line in lines],
        "axes": [asdict(axis) for axis in axes],
        "channel": channel,
        "link": link,
        "names": {"url": publish("\n".join(names).encode())} if names else None,
        "sample_noun": sample_noun,
    }
    sent = draw_component(
        "map/index.js",
        key=key,
        data=data,
        events=("picked", "region", "placed", "grid"),
        on_events=None if on_event is None else lambda sent: on_event(_event(sent, points)),
    )
    return _event(sent, points)


def _event(sent: dict[str, Any], points: NDArray[Any]) -> MapEvent:
    return MapEvent(
        picked=parse_sample_id(sent["picked"], len(points)),
        region=parse_region(sent["region"], len(points)),
        placed=parse_map_point(sent["placed"], points),
        grid=parse_grid(sent["grid"]),
    )


def _check_points(
    points: NDArray[Any],
    color: ClassColor | ScaleColor,
    labels: ClassColor | None,
    marks: Sequence[Mark],
) -> int:
    """The number of points; raises where the shapes don't fit."""
    if points.ndim != 2 or points.shape[1] not in (2, 3) or not 0 < len(points) <= MAX_POINTS:
        raise InvalidInputError(
            f"The points of a map must be (N, 2) or (N, 3), not {points.shape}."
        )
    for column in (color, labels):
        if column is not None and len(column.values) != len(points):
            raise InvalidInputError(
                f"{len(points)} points but {len(column.values)} colors; give one per point."
            )
    if len(marks) > MAX_MARKS:
        raise InvalidInputError(f"{len(marks)} marks; a map shows at most {MAX_MARKS}.")
    if any(np.shape(mark.position) != points.shape[1:] for mark in marks):
        raise InvalidInputError(f"The position of a mark must have {points.shape[1]} numbers.")
    return len(points)


def _check_lines(points: NDArray[Any], lines: Sequence[MapLine]) -> None:
    if len(lines) > MAX_LINES:
        raise InvalidInputError(f"{len(lines)} lines; a map shows at most {MAX_LINES}.")
    if any(line.points.shape[1] != points.shape[1] for line in lines):
        raise InvalidInputError(f"The points of a line must have {points.shape[1]} numbers each.")


def _points_payload(points: NDArray[Any], fingerprint: str) -> dict[str, Any]:
    data, lo, hi = memoize("points", fingerprint, lambda: quantize(points))
    return {
        "url": publish(data), "count": len(points), "dims": points.shape[1], "lo": lo, "hi": hi,
    }  # fmt: skip


def _color_payload(color: ClassColor | ScaleColor) -> dict[str, Any]:
    kind = "class" if isinstance(color, ClassColor) else "scale"
    data, lo, hi = memoize(kind, color.fingerprint, lambda: _pack_color(color))
    if isinstance(color, ClassColor):
        return {
            "kind": kind,
            "url": publish(data),
            "names": list(color.names),
            "n_colored": color.n_colored,
        }
    return {
        "kind": kind,
        "url": publish(data),
        "title": color.title,
        "help": color.help,
        "n_missing": color.n_missing,
        "lo": lo[0],
        "hi": hi[0],
        "range": memoize("color range", color.fingerprint, color.color_range),
        "high_last": color.is_robust,
    }


def _pack_color(color: ClassColor | ScaleColor) -> tuple[bytes, list[float], list[float]]:
    """One byte per class, two bytes per value."""
    if isinstance(color, ClassColor):
        return color.values.astype(np.uint8).tobytes(), [], []
    return quantize_with_gaps(color.values) if color.n_missing else quantize(color.values[:, None])


def _line_payload(line: MapLine) -> dict[str, Any]:
    """Sent with the page, never as a shared blob: a line may lead to a visitor's own image."""
    at = [float(f"{value:.6g}") for value in line.points.ravel()]
    return {"points": at, "name": line.name, "tone": line.tone}


def _mark_payload(mark: Mark) -> dict[str, Any]:
    return {"at": [float(value) for value in mark.position], "label": mark.label}
