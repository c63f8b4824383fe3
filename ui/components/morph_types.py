"""Data and events of the components of the Morph page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.interpolation import LatentPath
from latent_core.types import Floats
from ui.components.quantize import to_base64

CHANNEL = "morph.here"
"""The channel of ``bus.js`` with the current position, which the map follows."""
EVENTS = ("moved", "chosen", "dropped", "kept", "smooth")
"""Events that the components of all modes send."""
PATH_KINDS = ("linear", "spherical", "geodesic", "cross-fade")
"""The kinds of path, and the cross-fade of pixels, which has no codes."""
BILINEAR_KINDS = ("linear", "spherical")
"""How the codes of four corners are interpolated."""
MIN_WAYPOINTS = 2
"""The endpoints of the shortest path."""
END_SLOT = "end"
"""The slot after the last waypoint."""
DEFAULT_SECONDS = 3
"""Duration from A to B at normal speed."""
LEG_SECONDS = (0.1, 60)
"""Shortest and longest duration from one waypoint to the next."""
EXTRAPOLATION = 0.5
"""How far a path can be extended beyond either endpoint, as a fraction of its length."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """An endpoint, corner, waypoint or parent.

    Parameters
    ----------
    slot
        Identifies it in events.
    name, label
        Its badge, and its description, shown as text.
    original, decoded
        ``data:`` URLs of the image ("" where there is only a code) and of the decoded code.
    """

    slot: str
    name: str
    label: str
    original: str
    decoded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnotatedPath:
    """A path with its distances to the data and its points on the map.

    Parameters
    ----------
    path
        Codes ``(T, D)`` at times.
    distances
        ``(T,)`` kNN distance of each code to the data, see `Support.distance`.
    map_points
        ``(T, 2)`` on the map, or None without a map.
    """

    path: LatentPath
    distances: Floats
    map_points: Floats | None = None

    def __post_init__(self) -> None:
        steps = len(self.path)
        if self.distances.shape != (steps,):
            raise InvalidInputError(
                f"{steps} codes but distances {self.distances.shape}; give one for each."
            )
        if self.map_points is not None and self.map_points.shape != (steps, 2):
            raise InvalidInputError(
                f"{steps} codes but map points {self.map_points.shape}; give (T, 2)."
            )

    def as_data(self) -> dict[str, Any]:
        """``PathSpec`` in ``sampled_path.js``: a row has distance, map point and code."""
        map_points = self.map_points
        if map_points is None:
            map_points = np.full((len(self.path), 2), np.nan, np.float32)
        rows = np.column_stack([self.distances, map_points, self.path.codes])
        return {
            "kind": self.path.kind,
            "times": to_base64(self.path.times, "<f8"),
            "rows": to_base64(rows, "<f4"),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportLimits:
    """The largest distances to the data that count as near data and as sparse."""

    near: float
    sparse: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPosition:
    """A position on a path.

    Parameters
    ----------
    kind
        One of `PATH_KINDS`.
    time
        0 at the first endpoint, 1 at the last, from −0.5 to 1.5.
    """

    kind: str
    time: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PathsData:
    """Endpoints or waypoints and the paths between them.

    Parameters
    ----------
    decoder
        From `ui.components.decoder.decoder_data`.
    paths, key
        The paths, and an identifier that changes when any of them changes.
    limits
        Of the support levels.
    position
        The current position.
    cards
        In their order; a slot stays with its image when the order changes.
    waiting
        Why there is no geodesic path (yet); "" where there is one.
    smooth
        Whether images are enlarged with interpolation between pixels.
    """

    decoder: dict[str, Any]
    paths: Sequence[AnnotatedPath]
    key: str
    limits: SupportLimits
    position: PathPosition
    cards: Sequence[Card]
    waiting: str = ""
    smooth: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoEndpointsData(PathsData):
    """Two endpoints and all paths between them; a click on the map replaces slot `active`."""

    active: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WaypointsData(PathsData):
    """Waypoints and one path through all of them, with the `seconds` of each leg."""

    seconds: Sequence[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class PadPosition:
    """A position in the square between four corners.

    Parameters
    ----------
    u, v
        Right and down, in [0, 1].
    kind
        Interpolation of the corners, ``"linear"`` or ``"spherical"``.
    """

    u: float
    v: float
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FourCornersData:
    """Four corners; other fields as in `PathsData`.

    Parameters
    ----------
    space
        From `ui.components.decoder.space_data`.
    codes
        ``(4, D)``: top left, top right, bottom left, bottom right; cards in the same order.
    """

    decoder: dict[str, Any]
    space: dict[str, Any]
    codes: Floats
    position: PadPosition
    cards: Sequence[Card]
    active: str
    smooth: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WaypointOrder:
    """The slots of the waypoints in a new order, and the seconds of each leg."""

    slots: tuple[str, ...]
    seconds: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MorphEvent:
    """Events since the last run; at most one per run.

    Parameters
    ----------
    moved
        The position where the slider was released.
    chosen
        The slot that a click on the map replaces.
    dropped
        A slot, and the key of the tray item that was dropped there.
    kept
        The position whose image was added to the tray.
    smooth
        Whether images are enlarged with interpolation between pixels.
    ordered
        The remaining waypoints in their order.
    """

    moved: PathPosition | None = None
    chosen: str | None = None
    dropped: tuple[str, str] | None = None
    kept: PathPosition | None = None
    smooth: bool | None = None
    ordered: WaypointOrder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PadEvent:
    """Events of the square since the last run; as `MorphEvent`, with positions in the square."""

    moved: PadPosition | None = None
    chosen: str | None = None
    dropped: tuple[str, str] | None = None
    kept: PadPosition | None = None
    smooth: bool | None = None
