"""Images as ``data:`` URLs, which the browser shows without another request.

The input and output of a model are sent as PNG; of a visitor's photo, a smaller preview is sent.
"""

from __future__ import annotations

import base64
import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from latent_core.errors import InvalidInputError
from latent_core.io.png import encode_png, to_pixels
from latent_core.types import Floats, to_uint8

SHOWN_SIDE = 560
LOSSLESS_PIXELS = 160 * 160
"""A larger upload is previewed as JPEG: a photo as PNG is half a megabyte."""
MISSING = np.array([61, 143, 214], np.uint8)
ADDED = np.array([229, 122, 31], np.uint8)
"""Blue and orange: distinguishable with every kind of color vision, on light and dark background.
The two swatches in ``frontend/core/theme.js`` have the same colors."""

FULL_OPACITY_DIFFERENCE = 0.5


def data_url(image: Floats) -> str:
    """The image ``(C, H, W)`` in [0, 1], C 1 or 3, as a PNG of the same size."""
    return _png_url(to_pixels(image))


def effect_map_urls(background: Floats, effect_maps: Floats) -> list[str]:
    """Each of the effect maps ``(G, H, W)`` in orange over `background` ``(C, H, W)`` in gray.

    The top 2 % of the pixels of a map are fully opaque, so that weak effects are visible too;
    a map whose 98th percentile is under a tenth of the strongest map's is scaled by that tenth.
    """
    top = np.quantile(effect_maps, 0.98, axis=(1, 2), keepdims=True)
    full = np.maximum(np.maximum(top, top.max() / 10), 1e-12)
    opacity = np.clip(effect_maps / full, 0, 1)[..., None]
    gray = background.mean(axis=0)[..., None] * 110
    pixels = to_uint8(((1 - opacity) * gray + opacity * ADDED) / 255)
    return [_png_url(image) for image in pixels]


def difference_url(original: Floats, decoded: Floats) -> str:
    """An image of the signed difference of two images ``(C, H, W)`` in [0, 1].

    Transparent where they agree, blue where the reconstruction is darker and orange where it is
    brighter; opacity is the size of the difference.  In color images that of the channel with
    the largest difference, since the mean over channels would hide red in place of green.

    Raises
    ------
    InvalidInputError
        The shapes differ.
    """
    if original.shape != decoded.shape:
        raise InvalidInputError(
            f"Images of shapes {original.shape} and {decoded.shape} cannot be compared; "
            "their shapes must be equal."
        )
    signed = decoded - original
    most = np.abs(signed).argmax(axis=0)[None]
    signed = np.take_along_axis(signed, most, axis=0)[0]
    return signed_map_url(signed / FULL_OPACITY_DIFFERENCE)


def signed_map_url(values: Floats) -> str:
    """Values ``(H, W)`` in [-1, 1]: blue below 0, orange above; opacity is the absolute value."""
    pixels = np.empty((*values.shape, 4), np.uint8)
    pixels[..., :3] = np.where(values[..., None] < 0, MISSING, ADDED)
    pixels[..., 3] = to_uint8(np.abs(values))
    return _png_url(pixels)


def preview_url(image: Image.Image, side: int = SHOWN_SIDE) -> str:
    """A preview of an uploaded image: EXIF-rotated, at most `side` long, transparency on white.

    Metadata of the file is not passed on.
    """
    shown = ImageOps.exif_transpose(image)
    if max(shown.size) > side:
        shown.thumbnail((side, side))
    if shown.mode == "RGBA":
        shown = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown)
    if shown.mode != "L":
        shown = shown.convert("RGB")
    if shown.width * shown.height <= LOSSLESS_PIXELS:
        return pixels_url(np.asarray(shown))
    buffer = io.BytesIO()
    shown.save(buffer, "JPEG", quality=88)
    return _data_url("jpeg", buffer.getvalue())


def pixels_url(pixels: NDArray[np.uint8]) -> str:
    """Bytes ``(H, W)`` or ``(H, W, 3)`` as a PNG, such as a step of the preprocessing."""
    return _png_url(pixels)


def _png_url(pixels: NDArray[np.uint8]) -> str:
    return _data_url("png", encode_png(pixels))


def _data_url(kind: str, data: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(data).decode('ascii')}"
