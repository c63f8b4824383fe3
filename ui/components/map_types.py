"""What a map is made of and what comes back from it; each value checks itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError

MAX_CLASSES = 256
MAX_STEPS = 4096
Tone = Literal["first", "second", "third"]
"""How a line looks: each has its own colour and its own dashes, on light and dark ground."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassColor:
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
            raise InvalidInputError(f"{len(self.names)} classes; a map shows 1 to {MAX_CLASSES}.")
        _require_flat(self.values, "classes")
        if self.values.size and not 0 <= self.values.min() <= self.values.max() < len(self.names):
            raise InvalidInputError(f"Classes must lie between 0 and {len(self.names) - 1}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleColor:
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
            raise InvalidInputError(f"Some values of {self.title!r} are not finite.")


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
    placed
        The place beside the dots that was chosen, in the map's own coordinates.
    grid
        Whether the decoded space was laid under the dots (or taken away); None when nothing
        changed.
    """

    picked: int | None = None
    region: NDArray[np.int64] | None = None
    placed: tuple[float, float] | None = None
    grid: bool | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class MapLine:
    """A path drawn over the dots.

    Attributes
    ----------
    points
        ``(T, dims)`` in the map's own coordinates, T at least 2.
    name
        What the legend says, as text; lines of the same name and tone share an entry.
    tone
        How it looks.
    """

    points: NDArray[Any]
    name: str
    tone: Tone = "first"

    def __post_init__(self) -> None:
        shape = np.shape(self.points)
        if len(shape) != 2 or not 2 <= shape[0] <= MAX_STEPS:
            raise InvalidInputError(f"A line has 2 to {MAX_STEPS} points (T, dims), not {shape}.")
        if not np.isfinite(self.points).all():
            raise InvalidInputError(f"Some points of the line {self.name!r} are not finite.")
        if self.tone not in get_args(Tone):
            raise InvalidInputError(f"A line's tone is one of {get_args(Tone)}, not {self.tone!r}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDecoder:
    """What the browser needs to decode any place of a flat map by itself.

    Attributes
    ----------
    decoder, space, inverse
        As `ui.live.decoder` makes them: ``decoder_data``, ``space_data``, ``inverse_data``.
    grid
        Whether the decoded space lies under the dots.
    place
        The chosen place, marked with a star.
    choosing
        Whether a click beside the dots chooses a place; without it places are only looked at.
    """

    decoder: dict[str, Any]
    space: dict[str, Any]
    inverse: dict[str, Any]
    grid: bool = False
    place: tuple[float, float] | None = None
    choosing: bool = False


def _require_flat(values: NDArray[Any], what: str) -> None:
    if values.ndim != 1:
        raise InvalidInputError(f"The {what} of a map must be (N,), not {values.shape}.")
