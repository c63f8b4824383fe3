"""Pictures as addresses the browser can show at once: ``data:image/png``, lossless."""

from __future__ import annotations

import base64
import io
import struct
import zlib

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latent_core.errors import BadInput
from latent_core.values import Floats

SHOWN_SIDE = 560
MISSING = (61, 143, 214)
ADDED = (229, 122, 31)
"""Blue and orange: told apart by every kind of colour vision, on light and dark ground.  The
two swatches in ``live/js/theme.js`` have the same colours."""

_COLOUR_TYPES = {1: 0, 3: 2, 4: 6}  # PNG's, by channels


def data_url(image: Floats) -> str:
    """The picture ``(C, H, W)`` in [0, 1] as a PNG of its own size, C being 1 or 3."""
    return _address(np.rint(np.clip(image, 0, 1) * 255).astype(np.uint8).transpose(1, 2, 0))


def difference_url(original: Floats, decoded: Floats) -> str:
    """Where and how ``decoded`` differs from ``original``, both ``(C, H, W)`` in [0, 1].

    Clear where they agree, blue where the reconstruction lacks brightness and orange where it
    has too much; opacity is the size of the difference.  In colour pictures it is that of the
    channel that differs most, so that red for green isn't averaged away.

    Raises
    ------
    BadInput
        Their shapes differ.
    """
    if original.shape != decoded.shape:
        raise BadInput(f"A picture {original.shape} has no difference to one {decoded.shape}.")
    signed = decoded - original
    most = np.abs(signed).argmax(axis=0)[None]
    signed = np.take_along_axis(signed, most, axis=0)[0]
    pixels = np.empty((*signed.shape, 4), np.uint8)
    pixels[..., :3] = np.where(signed[..., None] < 0, np.uint8(MISSING), np.uint8(ADDED))
    pixels[..., 3] = np.rint(np.clip(np.abs(signed), 0, 1) * 255)
    return _address(pixels)


def picture_url(picture: Image.Image, side: int = SHOWN_SIDE) -> str:
    """A visitor's picture, at most `side` long, without anything else that was in its file."""
    shown = picture if picture.mode in ("L", "RGB", "RGBA") else picture.convert("RGB")
    if max(shown.size) > side:
        shown = shown.copy()
        shown.thumbnail((side, side))
    if shown.mode == "L" or _is_small(shown):
        pixels = np.asarray(shown)
        return _address(pixels[..., None] if pixels.ndim == 2 else pixels)
    buffer = io.BytesIO()
    flat = Image.new("RGB", shown.size, "white")
    flat.paste(shown, mask=shown.getchannel("A") if shown.mode == "RGBA" else None)
    flat.save(buffer, "JPEG", quality=88)
    return _encoded("jpeg", buffer.getvalue())


def array_url(pixels: NDArray[np.uint8]) -> str:
    """Bytes ``(H, W)`` or ``(H, W, 3)`` as a PNG: a step of the preparation."""
    return _address(pixels[..., None] if pixels.ndim == 2 else pixels)


def _is_small(picture: Image.Image) -> bool:
    return picture.width * picture.height <= 64 * 64


def _address(pixels: NDArray[np.uint8]) -> str:
    return _encoded("png", _png(pixels))


def _encoded(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"


def _png(pixels: NDArray[np.uint8]) -> bytes:
    """``(H, W, C)`` as a PNG; four times as fast as Pillow for a picture of 28×28."""
    height, width, channels = pixels.shape
    if channels not in _COLOUR_TYPES:
        raise BadInput(f"A picture has 1 or 3 channels, not {channels}.")
    rows = np.zeros((height, 1 + width * channels), np.uint8)  # each row begins with filter 0
    rows[:, 1:] = pixels.reshape(height, -1)
    head = struct.pack(">IIBBBBB", width, height, 8, _COLOUR_TYPES[channels], 0, 0, 0)
    body = zlib.compress(rows.tobytes(), 6)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in ((b"IHDR", head), (b"IDAT", body), (b"IEND", b""))
    )
