"""TODO."""

from __future__ import annotations

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latent_core.errors import InvalidCardError

SHEET_COLUMNS = 100
SHEET_TYPES = {"images.png": "image/png", "images.avif": "image/avif"}


def pack_sprite_sheet(images: NDArray[np.uint8], columns: int = SHEET_COLUMNS) -> bytes:
    """A PNG with every image ``(N, C, H, W)`` once, row by row."""
    buffer = io.BytesIO()
    _as_sheet(images, columns).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def pack_avif_sprite_sheet(
    images: NDArray[np.uint8], quality: int, columns: int = SHEET_COLUMNS
) -> bytes:
    """The same as a lossy AVIF of `quality` in 1 to 100, its colours as fine as its light."""
    buffer = io.BytesIO()
    sheet = _as_sheet(images, columns)
    sheet.save(buffer, "AVIF", quality=quality, subsampling="4:4:4", speed=6)
    return buffer.getvalue()


def _as_sheet(images: NDArray[np.uint8], columns: int) -> Image.Image:
    count, channels, height, width = images.shape
    rows = -(-count // columns)
    padded = np.zeros((rows * columns, channels, height, width), np.uint8)
    padded[:count] = images
    grid = padded.reshape(rows, columns, channels, height, width).transpose(0, 3, 1, 4, 2)
    flat = grid.reshape(rows * height, columns * width, channels)
    return Image.fromarray(flat.squeeze(2) if channels == 1 else flat)


def unpack_sprite_sheet(
    sheet_bytes: bytes, count: int, image_shape: tuple[int, int, int], columns: int = SHEET_COLUMNS
) -> NDArray[np.uint8]:
    """The images ``(N, C, H, W)`` of a sheet made by `pack_sheet` or `pack_avif_sheet`."""
    channels, height, width = image_shape
    try:
        with Image.open(io.BytesIO(sheet_bytes), formats=["PNG", "AVIF"]) as sheet:
            pixels = np.asarray(sheet)
    except (OSError, ValueError) as error:
        raise InvalidCardError(
            f"The sheet of pictures cannot be read ({error}); copy it anew."
        ) from error
    rows = -(-count // columns)
    if pixels.size != rows * columns * channels * height * width:
        raise InvalidCardError(
            f"The sheet is {pixels.shape}, too small or large for {count} images."
        )
    grid = pixels.reshape(rows, height, columns, width, channels).transpose(0, 2, 4, 1, 3)
    return np.ascontiguousarray(grid.reshape(-1, channels, height, width)[:count])
