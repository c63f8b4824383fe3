"""Sprite sheets: all images of a data set in one PNG or AVIF, row by row."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latent_core.errors import InvalidCardError
from latent_core.io.png import encode_png
from latent_core.untrusted import reading

SHEET_COLUMNS = 100
SHEET_TYPES = {"images.png": "image/png", "images.avif": "image/avif"}
"""File names of a data set's sprite sheet, with their MIME types."""


def pack_sprite_sheet(images: NDArray[np.uint8], columns: int = SHEET_COLUMNS) -> bytes:
    """A PNG of all images ``(N, C, H, W)`` uint8, `columns` to a row; unused cells are black."""
    return encode_png(tile(images, columns), optimize=True)


def pack_avif_sprite_sheet(
    images: NDArray[np.uint8], quality: int, columns: int = SHEET_COLUMNS
) -> bytes:
    """The same as a lossy AVIF of `quality` 1 to 100, without chroma subsampling (4:4:4)."""
    pixels = tile(images, columns)
    sheet = Image.fromarray(pixels.squeeze(2) if pixels.shape[2] == 1 else pixels)
    buffer = io.BytesIO()
    sheet.save(buffer, "AVIF", quality=quality, subsampling="4:4:4", speed=6)
    return buffer.getvalue()


def tile(images: NDArray[np.uint8], columns: int) -> NDArray[np.uint8]:
    """Pixels ``(rows · H, columns · W, C)`` of images ``(N, C, H, W)`` in a grid, row by row."""
    count, channels, height, width = images.shape
    rows = -(-count // columns)
    padded = np.zeros((rows * columns, channels, height, width), np.uint8)
    padded[:count] = images
    grid = padded.reshape(rows, columns, channels, height, width).transpose(0, 3, 1, 4, 2)
    return grid.reshape(rows * height, columns * width, channels)


def unpack_sprite_sheet(
    sheet_bytes: bytes, count: int, image_shape: tuple[int, int, int], columns: int = SHEET_COLUMNS
) -> NDArray[np.uint8]:
    """The images ``(N, C, H, W)`` uint8 of a sheet.

    Parameters
    ----------
    sheet_bytes
        From `pack_sprite_sheet` or `pack_avif_sprite_sheet`.
    count, image_shape, columns
        N, ``(C, H, W)`` and the cells of a row, as it was packed.

    Raises
    ------
    InvalidCardError
        It is damaged, or its size doesn't fit `count` images of that shape.
    """
    channels, height, width = image_shape
    rows = -(-count // columns)
    expected = rows * columns * channels * height * width
    with (
        reading("The sprite sheet cannot be read", "copy it again"),
        Image.open(io.BytesIO(sheet_bytes), formats=["PNG", "AVIF"]) as sheet,
    ):
        if sheet.width * sheet.height * len(sheet.getbands()) > expected:
            raise InvalidCardError(
                f"The sprite sheet has {sheet.width} × {sheet.height} pixels, more than {count} "
                f"images of {image_shape} need; correct the card or copy the sheet again."
            )
        pixels = np.asarray(sheet)
    if pixels.size != expected or pixels.dtype != np.uint8:
        raise InvalidCardError(
            f"The sprite sheet has shape {pixels.shape}, which doesn't fit {count} images of "
            f"{image_shape}; correct the card or copy the sheet again."
        )
    grid = pixels.reshape(rows, height, columns, width, channels).transpose(0, 2, 4, 1, 3)
    return np.ascontiguousarray(grid.reshape(-1, channels, height, width)[:count])
