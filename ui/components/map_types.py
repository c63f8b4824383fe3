"""Data and events of the map component; constructors check their values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError

MAX_CLASSES = 256
MAX_COLORED = 10
"""Classes with a color of their own, as many as the palette has."""
ROBUST_PERCENTILES = (1, 99)
MAX_STEPS = 4096
Tone = Literal["first", "second", "third"]
"""Style of a line: color and dash pattern, on light and dark background."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassColor:
    """A class per point.

    Attributes
    ----------
    values
        ``(N,)`` integers, each an index into `names`.
    names
        Class names for the legend; at most 256.
    n_colored
        How many classes, the first ones, have a color of their own; the others are gray.
    fingerprint
        Identifies `values`, so that a rerun needn't convert them again; "" converts each time.
    """

    values: NDArray[Any]
    names: tuple[str, ...]
    fingerprint: str = ""
    n_colored: int = MAX_COLORED

    def __post_init__(self) -> None:
        if not 0 < len(self.names) <= MAX_CLASSES:
            raise InvalidInputError(f"{len(self.names)} classes; a map shows 1 to {MAX_CLASSES}.")
        _require_flat(self.values, "classes")
        if self.values.size and not 0 <= self.values.min() <= self.values.max() < len(self.names):
            raise InvalidInputError(f"Classes must lie between 0 and {len(self.names) - 1}.")

    def palette_places(self) -> NDArray[np.int64]:
        """The place of each point's color in the palette, `MAX_COLORED` for gray, ``(N,)``."""
        places: NDArray[np.int64] = np.where(
            self.values < self.n_colored, self.values, MAX_COLORED
        ).astype(np.int64)
        return places


@dataclass(frozen=True, slots=True, kw_only=True)
class ScaleColor:
    """A number per point, shown on a continuous color scale.

    Attributes
    ----------
    values
        ``(N,)`` finite numbers, NaN where there is none: such points are gray.
    title
        Title of the color bar.
    help
        What the numbers are, beside the color bar.
    is_robust
        Whether the colors span the 1st to the 99th percentile instead of all values, and the
        points of the highest values are drawn last.
    fingerprint
        As in `ClassColor`.
    """

    values: NDArray[Any]
    title: str
    help: str = ""
    is_robust: bool = False
    fingerprint: str = ""

    def __post_init__(self) -> None:
        _require_flat(self.values, "values")
        if np.isinf(self.values).any() or np.isnan(self.values).all():
            raise InvalidInputError(f"Some values of {self.title!r} are not finite.")

    @property
    def n_missing(self) -> int:
        """The number of points without a value."""
        return int(np.isnan(self.values).sum())

    def color_range(self) -> tuple[float, float]:
        """The values of the first and the last color."""
        limits = ROBUST_PERCENTILES if self.is_robust else (0, 100)
        low, high = np.nanpercentile(self.values, limits)
        return float(low), float(high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A marked point of the map, such as an uploaded image.

    Attributes
    ----------
    position
        ``(dims,)`` in the map's coordinates.
    label
        Text beside it.
    """

    position: Sequence[float] | NDArray[Any]
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapEvent:
    """Events of the map since the last run.

    Attributes
    ----------
    picked
        Index of the sample selected by click or keyboard.
    region
        ``(K,)`` int64 indices, ascending, inside a new box or lasso; empty when the selection
        was cleared; None when nothing changed.
    placed
        The selected point between the samples, in the map's coordinates.
    grid
        Whether the decoded grid was switched on or off; None when nothing changed.
    """

    picked: int | None = None
    region: NDArray[np.int64] | None = None
    placed: tuple[float, float] | None = None
    grid: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sprite sheet with all images: sample ``i`` is a tile of row ``i // columns``.

    Attributes
    ----------
    url
        From which the browser fetches it.
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
    """A path drawn over the points.

    Attributes
    ----------
    points
        ``(T, dims)`` in the map's coordinates, T at least 2.
    name
        Entry of the legend; lines of the same name and tone share one.
    tone
        Style of the line.
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
class MapAxis:
    """An axis of a map.

    Attributes
    ----------
    title
        Its name, such as ``"z1"``.
    has_ticks
        Whether its coordinates mean something, and are shown.
    """

    title: str
    has_ticks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDecoder:
    """What the browser needs to decode any point of a 2D map.

    Attributes
    ----------
    decoder, space, inverse
        From `ui.components.decoder`: ``decoder_data``, ``space_data``, ``inverse_data``.
    transform
        From `ui.components.map_transform`, for a map that follows a code.
    grid
        Whether the decoded grid is shown below the points.
    place
        The selected point, marked with a star.
    choosing
        Whether a click between the points selects a point; else they are only decoded on hover.
    """

    decoder: dict[str, Any]
    space: dict[str, Any]
    inverse: dict[str, Any]
    transform: dict[str, Any] | None = None
    grid: bool = False
    place: tuple[float, float] | None = None
    choosing: bool = False


def _require_flat(values: NDArray[Any], what: str) -> None:
    if values.ndim != 1:
        raise InvalidInputError(f"The {what} of a map must have shape (N,), not {values.shape}.")
