"""A plane with named points that can be moved, and the distances between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from ui.components import draw_component
from ui.components.validate import get_field, parse_index, parse_number


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanePoint:
    """A point.

    Parameters
    ----------
    name
        Shown beside it.
    at
        Right and up, each in [0, 1].
    group
        The place of its color in the palette.
    movable
        Whether it can be dragged, and moved with the arrow keys.
    """

    name: str
    at: tuple[float, float]
    group: int
    movable: bool = False


def draw_point_plane(
    *,
    key: str,
    points: Sequence[PlanePoint],
    target: tuple[float, float] | None = None,
    shows_cosine: bool = False,
) -> tuple[int, tuple[float, float]] | None:
    """Draw the plane; gives index and position of the point moved since the last run, or None.

    Parameters
    ----------
    target
        A position to mark with a ring.
    shows_cosine
        Whether cosine distances, from (0, 0), are shown beside Euclidean ones.
    """
    data = {
        "points": [asdict(point) for point in points],
        "target": target,
        "shows_cosine": shows_cosine,
    }
    sent = draw_component("learn/point_plane.js", key=key, data=data, events=("moved",))
    return parse_moved(sent["moved"], points)


def parse_moved(
    sent: object, points: Sequence[PlanePoint]
) -> tuple[int, tuple[float, float]] | None:
    """The moved point in an event of the browser; None if it is invalid."""
    index, at = parse_index(sent, "index", len(points)), get_field(sent, "at")
    if index is None or not points[index].movable:
        return None
    if not isinstance(at, list | tuple) or len(at) != 2:
        return None
    x, y = (parse_number({"value": value}, "value", 0, 1) for value in at)
    return None if x is None or y is None else (index, (x, y))
