"""Image files of lossy codecs: their bytes, the images in them, and what their headers cost."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.types import Floats

JPEG, WEBP, AVIF = "JPEG", "WebP", "AVIF"
QUALITIES: dict[str, tuple[int, ...]] = {
    JPEG: (1, 5, 10, 20, 35, 50, 70, 90),
    WEBP: (0, 5, 15, 30, 50, 70, 90),
    AVIF: (0, 15, 35, 55, 80),
}
"""Qualities of each codec that are measured, smallest files first."""
N_THREADS = 2
"""Pillow encodes and decodes without the interpreter's lock."""
_OPTIONS: dict[str, dict[str, Any]] = {
    JPEG: {"optimize": True},
    WEBP: {"method": 4},
    AVIF: {"speed": 8, "max_threads": 1},
}


def available_codecs() -> tuple[str, ...]:
    """Those of `QUALITIES` that the installed Pillow writes."""
    from PIL import features

    feature = {JPEG: "jpg", WEBP: "webp", AVIF: "avif"}
    return tuple(name for name in QUALITIES if features.check(feature[name]))


def encode_file(pixels: NDArray[np.uint8], codec: str, quality: int) -> bytes:
    """An image as a file.

    Parameters
    ----------
    pixels
        ``(C, H, W)`` uint8, C 1 or 3.
    codec
        ``"JPEG"``, ``"WebP"`` or ``"AVIF"``; gray images are color images of the last two.
    quality
        From 0 to 100, of Pillow's scale.

    Raises
    ------
    UnknownNameError
        There is no such codec.
    InvalidInputError
        Another number of channels.
    """
    from PIL import Image

    if codec not in QUALITIES:
        raise UnknownNameError("codec", codec, list(QUALITIES))
    if pixels.ndim != 3 or pixels.shape[0] not in (1, 3):
        raise InvalidInputError(
            f"An image file has 1 or 3 channels, not shape {pixels.shape}; convert it first."
        )
    shown = pixels[0] if len(pixels) == 1 else np.moveaxis(pixels, 0, -1)
    buffer = io.BytesIO()
    image = Image.fromarray(np.ascontiguousarray(shown))
    image.save(buffer, codec.upper(), quality=quality, **_OPTIONS[codec])
    return buffer.getvalue()


def decode_file(data: bytes, channels: int) -> NDArray[np.uint8]:
    """The image ``(C, H, W)`` uint8 in a file of `encode_file`."""
    from PIL import Image

    with Image.open(io.BytesIO(data)) as image:
        pixels = np.asarray(image.convert("L" if channels == 1 else "RGB"))
    return pixels[None] if channels == 1 else np.moveaxis(pixels, -1, 0)


def compress_images(
    pixels: NDArray[np.uint8], codec: str, quality: int
) -> tuple[Floats, NDArray[np.uint8]]:
    """The bytes ``(N,)`` of the files of images ``(N, C, H, W)``, and the images in the files."""

    def compress(image: NDArray[np.uint8]) -> tuple[int, NDArray[np.uint8]]:
        file = encode_file(image, codec, quality)
        return len(file), decode_file(file, len(image))

    with ThreadPoolExecutor(N_THREADS) as threads:
        found = list(threads.map(compress, pixels))
    sizes = np.array([size for size, _ in found], np.float32)
    return sizes, np.stack([image for _, image in found])


def header_bytes(image_shape: tuple[int, int, int], codec: str, quality: int) -> int:
    """The size of a black image's file, nearly all of which is headers and tables."""
    return len(encode_file(np.zeros(image_shape, np.uint8), codec, quality))


def nearest_file(
    pixels: NDArray[np.uint8], codec: str, n_bytes: float, *, with_header: bool = True
) -> tuple[bytes, int]:
    """The file of an image ``(C, H, W)`` whose size is nearest, of all `QUALITIES`; its bytes.

    Parameters
    ----------
    with_header
        Whether `header_bytes` count.
    """
    shape = (pixels.shape[0], pixels.shape[1], pixels.shape[2])
    found = []
    for quality in QUALITIES[codec]:
        file = encode_file(pixels, codec, quality)
        header = 0 if with_header else header_bytes(shape, codec, quality)
        found.append((file, max(1, len(file) - header)))
    return min(found, key=lambda file: abs(file[1] - n_bytes))
