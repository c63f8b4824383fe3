"""What the components of the page about paths are sent, and what comes back from them."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.interpolation import LatentPath
from latent_core.types import Array, Floats

CHANNEL = "morph.here"
"""On which the map hears where one is."""
EVENTS = ("moved", "chosen", "dropped", "kept", "smooth")
"""What every way of going reports."""
WAYS = ("linear", "spherical", "geodesic", "cross-fade")
"""The kinds of path, and the cross-fade of pixels, which has no codes."""
MIXES = ("linear", "spherical")
"""How four corners are mixed."""
END = "end"
"""The slot after the last picture."""
SECONDS = 3
"""From A to B, played at ordinary speed."""
LEG_SECONDS = (0.1, 60)
"""The least and the most from one picture to the next."""
BEYOND = 0.5
"""How far one can go beyond either end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A picture to begin or end with.

    Parameters
    ----------
    slot
        What it is called in events.
    name, label
        On its badge; a few words, shown as text.
    original, decoded
        Addresses of the picture itself ("" where there is only a code) and of what the model
        makes of its code.
    """

    slot: str
    name: str
    label: str
    original: str
    decoded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A path with what is known along it.

    Parameters
    ----------
    path
        Codes ``(T, D)`` at times.
    far
        ``(T,)``: how far each is from the data, as `Support.distance` has it.
    places
        ``(T, 2)`` on the map, or None where there is none.
    """

    path: LatentPath
    far: Floats
    places: Floats | None = None

    def __post_init__(self) -> None:
        steps = len(self.path)
        if self.far.shape != (steps,):
            raise InvalidInputError(
                f"{steps} codes but distances {self.far.shape}; give one for each."
            )
        if self.places is not None and self.places.shape != (steps, 2):
            raise InvalidInputError(f"{steps} codes but places {self.places.shape}; give (T, 2).")

    def as_data(self) -> dict[str, Any]:
        """``PathSpec`` in ``sampled_path.js``: a row holds distance, place and code."""
        places = np.full((len(self.path), 2), np.nan) if self.places is None else self.places
        rows = np.column_stack([self.far, places, self.path.codes])
        return {
            "kind": self.path.kind,
            "times": packed(self.path.times, "<f8"),
            "rows": packed(rows, "<f4"),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Up to which distance from the data a code is known, and up to which thinly so."""

    known: float
    thin: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Here:
    """Where on which path.

    Parameters
    ----------
    kind
        One of `WAYS`.
    time
        0 at the first picture, 1 at the last, from −0.5 to 1.5.
    """

    kind: str
    time: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WalkData:
    """Pictures and the paths between them.

    Parameters
    ----------
    decoder
        From `ui.live.decoder.decoder_data`.
    roads, drawn
        The paths, and a name that changes when any of them does.
    limits
        Of trust.
    here
        Where one is.
    cards
        The pictures in their order; a slot stays with its picture when the order changes.
    waiting
        Why there is no path along the data (yet).
    smooth
        Whether pictures are thought to be enlarged smoothly.
    """

    decoder: dict[str, Any]
    roads: Sequence[Road]
    drawn: str
    limits: Limits
    here: Here
    cards: Sequence[Card]
    waiting: str = ""
    smooth: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoData(WalkData):
    """Two ends and all paths between them; `active` is the slot of the one the map replaces."""

    active: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManyData(WalkData):
    """Several pictures and one path through all of them, with the `seconds` of each leg."""

    seconds: Sequence[float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where in a square.

    Parameters
    ----------
    u, v
        How far right and how far down, in [0, 1].
    kind
        ``"linear"`` or ``"spherical"``: how the corners are mixed.
    """

    u: float
    v: float
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FourData:
    """Four corners; as `WalkData`, and besides.

    Parameters
    ----------
    space
        From `ui.live.decoder.space_data`.
    codes
        ``(4, D)``: top left, top right, bottom left, bottom right; the cards likewise.
    """

    decoder: dict[str, Any]
    space: dict[str, Any]
    codes: Floats
    here: Spot
    cards: Sequence[Card]
    active: str
    smooth: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """In which order the pictures come, by their slots, and the seconds between them."""

    slots: tuple[str, ...]
    seconds: tuple[float, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MorphEvent:
    """What was done since the last run: of these, at most one in a run.

    Parameters
    ----------
    moved
        Where the slider has come to rest.
    chosen
        The slot that the map is to replace.
    dropped
        A slot, and the key of the tray's picture that was dropped there.
    kept
        Where the picture is that goes into the tray.
    smooth
        How pictures are enlarged from now on.
    ordered
        The pictures that are left, in their order.
    """

    moved: Here | None = None
    chosen: str | None = None
    dropped: tuple[str, str] | None = None
    kept: Here | None = None
    smooth: bool | None = None
    ordered: Order | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PadEvent:
    """What was done on the square since the last run; as `MorphEvent`, but for where one is."""

    moved: Spot | None = None
    chosen: str | None = None
    dropped: tuple[str, str] | None = None
    kept: Spot | None = None
    smooth: bool | None = None


def packed(array: Array, dtype: str) -> str:
    """Numbers in base64; what a visitor made travels so, inside their own session."""
    return base64.b64encode(np.ascontiguousarray(array, dtype).tobytes()).decode("ascii")
