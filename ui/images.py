"""Pictures as addresses that the browser shows at once.

What a model sees or makes is sent without loss; of a visitor's photo a view is sent.
"""

from __future__ import annotations

import base64
import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from latent_core.errors import InvalidInputError
from latent_core.io.png import encode_png, to_pixels
from latent_core.types import Floats

SHOWN_SIDE = 560
LOSSLESS_PIXELS = 160 * 160
"""Larger ones of a visitor's go as JPEG: a photo as PNG is half a megabyte."""
MISSING = np.array([61, 143, 214], np.uint8)
ADDED = np.array([229, 122, 31], np.uint8)
"""Blue and orange: told apart by every kind of colour vision, on light and dark ground.  The
two swatches in ``frontend/core/theme.js`` have the same colours."""

FULL_AT = 0.5


def data_url(image: Floats) -> str:
    """The picture ``(C, H, W)`` in [0, 1] as a PNG of its own size, C being 1 or 3."""
    return _address(to_pixels(image))


def heat_urls(ground: Floats, heats: Floats) -> list[str]:
    """Where things act: each of ``(G, H, W)`` heats in orange over `ground` ``(C, H, W)`` in grey.

    The hottest fiftieth of each one's pixels is orange alone, so that weak ones show their place
    too; what is weaker than a tenth of the strongest stays as dim as it is beside that.
    """
    hottest = np.quantile(heats, 0.98, axis=(1, 2), keepdims=True)
    full = np.maximum(np.maximum(hottest, hottest.max() / 10), 1e-12)
    share = np.clip(heats / full, 0, 1)[..., None]
    grey = ground.mean(axis=0)[..., None] * 110
    pixels = np.rint((1 - share) * grey + share * ADDED).astype(np.uint8)
    return [_address(picture) for picture in pixels]


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
        raise InvalidInputError(
            f"A picture {original.shape} has no difference to one {decoded.shape}."
        )
    signed = decoded - original
    most = np.abs(signed).argmax(axis=0)[None]
    signed = np.take_along_axis(signed, most, axis=0)[0]
    pixels = np.empty((*signed.shape, 4), np.uint8)
    pixels[..., :3] = np.where(signed[..., None] < 0, MISSING, ADDED)
    pixels[..., 3] = np.rint(np.clip(np.abs(signed) / FULL_AT, 0, 1) * 255)
    return _address(pixels)


def picture_url(picture: Image.Image, side: int = SHOWN_SIDE) -> str:
    """A view of a visitor's picture: upright, at most `side` long, transparent parts white.

    Nothing else that was in its file is passed on.
    """
    shown = ImageOps.exif_transpose(picture)
    if max(shown.size) > side:
        shown.thumbnail((side, side))
    if shown.mode == "RGBA":
        shown = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown)
    if shown.mode != "L":
        shown = shown.convert("RGB")
    if shown.width * shown.height <= LOSSLESS_PIXELS:
        return array_url(np.asarray(shown))
    buffer = io.BytesIO()
    shown.save(buffer, "JPEG", quality=88)
    return _encoded("jpeg", buffer.getvalue())


def array_url(pixels: NDArray[np.uint8]) -> str:
    """Bytes ``(H, W)`` or ``(H, W, 3)`` as a PNG, such as a step of the preparation."""
    return _address(pixels)


def _address(pixels: NDArray[np.uint8]) -> str:
    return _encoded("png", encode_png(pixels))


def _encoded(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
