"""A traversal sheet as a PNG: one row per dimension, one column per step, labeled with values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.errors import InputTooLargeError, InvalidInputError
from latent_core.io.png import encode_png
from latent_core.io.video import MAX_PIXELS, upscale_frames
from latent_core.types import Floats, as_images

_BACKGROUND, _TEXT, _MUTED_TEXT = "#ffffff", "#22252a", "#6b6f76"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetLayout:
    """The geometry of a traversal sheet, in pixels.

    Parameters
    ----------
    rows, steps
        The number of rows and columns of images.
    height, width
        Of one image on the sheet.

    Raises
    ------
    InvalidInputError
        A size is below 1.
    InputTooLargeError
        More than 67 megapixels.
    """

    rows: int
    steps: int
    height: int
    width: int

    def __post_init__(self) -> None:
        if min(self.rows, self.steps, self.height, self.width) < 1:
            raise InvalidInputError("A sheet needs at least one row, one step and one pixel.")
        width, height = self.size
        if width * height > MAX_PIXELS:
            raise InputTooLargeError(
                f"A sheet of {width:,} × {height:,} pixels exceeds the limit of "
                f"{MAX_PIXELS / 1e6:.0f} megapixels; choose fewer steps or smaller images."
            )

    @property
    def font_size(self) -> int:
        """Font size of the labels."""
        return max(11, min(self.height // 4, 40))

    @property
    def gap(self) -> int:
        """Between two images, and around the sheet."""
        return max(2, self.width // 28)

    @property
    def label_width(self) -> int:
        """Width of the column with names and first values, left of the images."""
        return 7 * self.font_size

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the sheet."""
        width = self.label_width + self.steps * (self.width + self.gap) + 4 * self.font_size
        return width, self.gap + self.rows * (self.height + self.gap)

    def cell_origin(self, row: int, step: int) -> tuple[int, int]:
        """Left and top of one image."""
        return (
            self.label_width + step * (self.width + self.gap),
            self.gap + row * (self.height + self.gap),
        )


def sheet_layout(rows: int, steps: int, image_shape: Sequence[int], side: int) -> SheetLayout:
    """The layout of a sheet whose images ``(C, H, W)`` have a longer side of `side` pixels.

    Raises
    ------
    InvalidInputError, InputTooLargeError
        As for `SheetLayout`.
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
        ``(R,)``, the label of each row.
    ends
        ``(R, 2)``: the first and the last value of each row, shown at its ends.
    side
        The longer side of an image in pixels, 16 to 2,048.
    smooth
        Whether to upscale by interpolation instead of repeating pixels.

    Raises
    ------
    InvalidInputError
        Images, names and values do not fit together.
    InputTooLargeError
        The sheet is larger than 67 megapixels.
    """
    grid = np.asarray(images)
    if grid.ndim != 5 or not len(grid) == len(names) == len(ends):
        raise InvalidInputError(
            f"A sheet needs images (R, T, C, H, W), R names and R ends, not {grid.shape}, "
            f"{len(names)} and {len(ends)}."
        )
    layout = sheet_layout(len(grid), grid.shape[1], grid.shape[2:], side)
    frames = upscale_frames(as_images(grid.reshape(-1, *grid.shape[2:])), side, smooth)
    return _draw_png(layout, frames, names, ends)


def _draw_png(layout: SheetLayout, frames: Any, names: Sequence[str], ends: Floats) -> bytes:
    from PIL import Image, ImageDraw, ImageFont

    sheet = Image.new("RGB", layout.size, _BACKGROUND)
    for k, frame in enumerate(frames):
        origin = layout.cell_origin(k // layout.steps, k % layout.steps)
        sheet.paste(Image.fromarray(frame), origin)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(layout.font_size)
    padding = layout.font_size // 2
    for row, (name, (first, last)) in enumerate(zip(names, ends, strict=True)):
        left, top = layout.cell_origin(row, 0)
        middle = top + layout.height // 2
        right = layout.cell_origin(row, layout.steps)[0] - layout.gap + padding
        draw.text((padding, middle), name, _TEXT, font, anchor="lm")
        draw.text((left - padding, middle), _format(first), _MUTED_TEXT, font, anchor="rm")
        draw.text((right, middle), _format(last), _MUTED_TEXT, font, anchor="lm")
    return encode_png(np.asarray(sheet), optimize=True)


def _format(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")
