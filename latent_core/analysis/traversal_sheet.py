"""A traversal sheet as a PNG: a row per dimension, a column per step, the numbers beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.errors import InputTooLargeError, InvalidInputError
from latent_core.io.png import encode_png
from latent_core.io.video import MAX_PIXELS, upscale_frames
from latent_core.types import Floats, as_images

_PAPER, _INK, _QUIET = "#ffffff", "#22252a", "#6b6f76"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """Where everything is on a sheet, in pixels.

    Parameters
    ----------
    rows, steps
        How many pictures, down and across.
    height, width
        Of one picture as it is drawn.

    Raises
    ------
    BadInput
        Nothing to draw.
    TooLarge
        More than 67 megapixels.
    """

    rows: int
    steps: int
    height: int
    width: int

    def __post_init__(self) -> None:
        if min(self.rows, self.steps, self.height, self.width) < 1:
            raise InvalidInputError("A sheet needs at least one row, one step and one pixel.")
        across, down = self.size
        if across * down > MAX_PIXELS:
            raise InputTooLargeError(
                f"A sheet of {across:,} × {down:,} pixels is more than the "
                f"{MAX_PIXELS / 1e6:.0f} megapixels that are made at once; "
                "take fewer steps or smaller pictures."
            )

    @property
    def font(self) -> int:
        """The height of the letters."""
        return max(11, min(self.height // 4, 40))

    @property
    def gap(self) -> int:
        """Between two pictures, and round all."""
        return max(2, self.width // 28)

    @property
    def left(self) -> int:
        """Where the first picture begins; names and first numbers are before it."""
        return 7 * self.font

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the whole."""
        across = self.left + self.steps * (self.width + self.gap) + 4 * self.font
        return across, self.gap + self.rows * (self.height + self.gap)

    def place(self, row: int, step: int) -> tuple[int, int]:
        """Left and top of one picture."""
        return (
            self.left + step * (self.width + self.gap),
            self.gap + row * (self.height + self.gap),
        )


def layout_of(rows: int, steps: int, image_shape: Sequence[int], side: int) -> SheetLayout:
    """The layout of a sheet whose pictures ``(C, H, W)`` are `side` pixels on the longer side.

    Raises
    ------
    BadInput, TooLarge
        As `SheetLayout`.
    """
    longest = max(image_shape[1:])
    height, width = (max(1, round(length * side / longest)) for length in image_shape[1:])
    return SheetLayout(rows=rows, steps=steps, height=height, width=width)


def sheet_png(
    images: Any, names: Sequence[str], ends: Floats, side: int, *, smooth: bool = False
) -> bytes:
    """The sheet as a PNG in RGB, on white.

    Parameters
    ----------
    images
        ``(R, T, C, H, W)`` in [0, 1].
    names
        What each row is called, ``(R,)``.
    ends
        ``(R, 2)``: the first and the last number of each row, written beside it.
    side
        Of a picture's longer side, in pixels; 16 to 2,048.
    smooth
        Whether to enlarge by interpolation rather than to repeat pixels.

    Raises
    ------
    BadInput, TooLarge
        Pictures, names and numbers that don't fit together, or too large a sheet.
    """
    grid = np.asarray(images)
    if grid.ndim != 5 or not len(grid) == len(names) == len(ends):
        raise InvalidInputError(
            f"A sheet is (R, T, C, H, W) with R names and R ends, not {grid.shape} with "
            f"{len(names)} and {len(ends)}."
        )
    layout = layout_of(len(grid), grid.shape[1], grid.shape[2:], side)
    frames = upscale_frames(as_images(grid.reshape(-1, *grid.shape[2:])), side, smooth)
    return _drawn(layout, frames, names, ends)


def _drawn(layout: SheetLayout, frames: Any, names: Sequence[str], ends: Floats) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    paper = Image.new("RGB", layout.size, _PAPER)
    for k, frame in enumerate(frames):
        paper.paste(Image.fromarray(frame), layout.place(k // layout.steps, k % layout.steps))
    pen, font = ImageDraw.Draw(paper), ImageFont.load_default(layout.font)
    space = layout.font // 2
    for row, (name, (first, last)) in enumerate(zip(names, ends, strict=True)):
        left, top = layout.place(row, 0)
        middle = top + layout.height // 2
        after = layout.place(row, layout.steps)[0] - layout.gap + space
        pen.text((space, middle), name, _INK, font, anchor="lm")
        pen.text((left - space, middle), _number(first), _QUIET, font, anchor="rm")
        pen.text((after, middle), _number(last), _QUIET, font, anchor="lm")
    return encode_png(np.asarray(paper), optimize=True)


def _number(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")
