"""Images from untrusted files.

The type is determined by the content; oversized images are rejected by their header, before
decoding; only six of Pillow's decoders are enabled; large images are downscaled.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import ExifTags, Image, ImageCms

from latent_core.errors import InputTooLargeError, InvalidInputError, LatentError
from latent_core.io.limits import (
    ACCEPTED_TYPES,
    IMAGE_TYPES,
    UploadLimits,
    check_size,
    safe_display_name,
    sniff_type,
)
from latent_core.types import Array, Floats, to_uint8
from latent_core.untrusted import reading

_AGAIN = "save or copy it again"
_ORIENTATION = int(ExifTags.Base.Orientation)


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFile:
    """An image that was read from a file.

    Parameters
    ----------
    name
        Display name; never a path.
    image
        Mode L, RGB or RGBA, 8 bits, longest side at most `UploadLimits.side`.  Its only metadata
        is the EXIF orientation, which `latent_core.preprocessing` applies.
    size
        Width and height in pixels, as in the file.
    kind
        One of `IMAGE_TYPES`.
    """

    name: str
    image: Image.Image
    size: tuple[int, int]
    kind: str


def read_image(name: str, data: bytes, limits: UploadLimits | None = None) -> ImageFile:
    """The image in a file; the first frame of an animated one.

    Parameters
    ----------
    name
        File name; only its display form is kept.
    data
        Content of the file.
    limits
        By default from the environment.

    Raises
    ------
    InvalidInputError, InputTooLargeError
        Another type of file, a damaged one, or one over a limit.
    """
    limits = limits or UploadLimits.from_env()
    check_size(data, limits.file_bytes)
    kind = sniff_type(data)
    if kind == "zip":
        raise InvalidInputError("This is a zip, but a single image is expected; unzip it first.")
    if kind not in IMAGE_TYPES:
        raise InvalidInputError(
            f"This is {kind}, not an image of a supported type; upload {ACCEPTED_TYPES}."
        )
    with (
        reading(f"This {kind} image is damaged or truncated", _AGAIN, InvalidInputError),
        _without_pillow_warnings(),
        _opened(data, kind, limits) as opened,
    ):
        size = opened.size
        _check_size(size, limits)
        image = _decode(opened, limits.side)
    return ImageFile(name=safe_display_name(name), image=image, size=size, kind=kind)


def read_raw_values(data: bytes, limits: UploadLimits | None = None) -> Floats | None:
    """The values ``(H, W)`` of a gray image of more than 8 bits, as in the file; else None.

    `read_image` scales such an image by itself; this is for images that are scaled together.  The
    longest side is at most `UploadLimits.side`.

    Raises
    ------
    InvalidInputError, InputTooLargeError
        A damaged file, or one over a limit.
    """
    limits = limits or UploadLimits.from_env()
    kind = sniff_type(data)
    if kind not in ("PNG", "TIFF"):
        return None
    with (
        reading(f"This {kind} image is damaged or truncated", _AGAIN, InvalidInputError),
        _without_pillow_warnings(),
        _opened(data, kind, limits) as opened,
    ):
        if opened.mode[0] not in "IF":
            return None
        _check_size(opened.size, limits)
        image = Image.fromarray(np.asarray(opened).astype(np.float32))
        image.thumbnail((limits.side, limits.side))
        values: Floats = np.asarray(image)
    return values


def _opened(data: bytes, kind: str, limits: UploadLimits) -> Image.Image:
    try:
        return Image.open(io.BytesIO(data), formats=[kind])
    except Image.DecompressionBombError as error:
        raise InputTooLargeError(_too_many_pixels("The image", limits)) from error


@contextmanager
def _without_pillow_warnings() -> Iterator[None]:
    # Not thread-safe: two threads that interleave here can leave at most this narrow filter.
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"PIL\.")
        yield


def _check_size(size: tuple[int, int], limits: UploadLimits) -> None:
    width, height = size
    if min(size) < 1:
        raise ValueError("no pixels")
    if width * height > limits.pixels:
        raise InputTooLargeError(_too_many_pixels(f"An image of {width} × {height} pixels", limits))
    if max(size) > limits.aspect * min(size):
        raise InvalidInputError(
            f"{width} × {height} pixels exceed the aspect ratio {limits.aspect} : 1; "
            "crop the image first."
        )


def _too_many_pixels(subject: str, limits: UploadLimits) -> str:
    megapixels = limits.pixels / 1e6
    return f"{subject} exceeds the limit of {megapixels:g} megapixels; downscale it first."


def _decode(opened: Image.Image, side: int) -> Image.Image:
    opened.draft(None, (side, side))  # lets the JPEG decoder downscale
    opened.load()
    orientation = exif_orientation(opened)
    image = to_8_bit(opened)
    image.thumbnail((side, side), reducing_gap=2.0)
    if image.mode == "RGB":
        image = _to_srgb(image, opened.info.get("icc_profile"))
    image.info = {}
    if orientation != 1:
        exif = Image.Exif()
        exif[_ORIENTATION] = orientation
        image.info["exif"] = exif.tobytes()
    return image


def exif_orientation(opened: Image.Image) -> int:
    """The EXIF orientation, 1 to 8; 1 (upright) where it is missing or invalid."""
    try:
        with reading("EXIF", "it is ignored"):
            orientation = opened.getexif().get(_ORIENTATION, 1)
    except LatentError:
        return 1
    return orientation if orientation in range(1, 9) else 1


def to_8_bit(opened: Image.Image) -> Image.Image:
    """The image in mode L, RGB or, with transparent pixels, RGBA."""
    if opened.mode[0] in "IF":
        return _rescaled(np.asarray(opened), _bits(opened))
    if opened.has_transparency_data:
        image = opened.convert("RGBA")
        return image if image.getchannel("A").getextrema() != (255, 255) else image.convert("RGB")
    return opened.convert("L" if opened.mode in ("1", "L") else "RGB")


_BITS_PER_SAMPLE = 258  # a tag of TIFF


def _bits(opened: Image.Image) -> int:
    """Bits per value as the header of a TIFF says, 16 otherwise."""
    bits = getattr(opened, "tag_v2", {}).get(_BITS_PER_SAMPLE, (16,))
    return int(bits[0] if isinstance(bits, tuple) else bits)


def _rescaled(values: Array, bits: int) -> Image.Image:
    """Integers of 9 to 32 bits, or floats, as 8-bit.

    Integers are divided by the largest number of as many bits; 16-bit values of which none exceeds
    12 bits come from a camera of 12 bits.  Floats in [0, 1] are kept, whole ones are treated as
    integers, and others are scaled by their own range, since floats have no other standard range.
    """
    numbers = np.nan_to_num(values.astype(np.float64), posinf=0, neginf=0)
    low, high = float(numbers.min()), float(numbers.max())
    if values.dtype.kind == "f" and low >= 0 and high <= 1:
        return Image.fromarray(to_uint8(numbers))
    is_whole = values.dtype.kind != "f" or bool((numbers == np.rint(numbers)).all())
    widths = (8, 12, 16) if bits > 16 else (12, 16) if bits == 16 else (bits,)
    full = next((2**n - 1 for n in widths if high < 2**n), 0)
    if is_whole and low >= 0 and full:
        return Image.fromarray(to_uint8(numbers / full))
    low = min(low, 0.0)
    return Image.fromarray(to_uint8((numbers - low) / max(high - low, 1e-12)))


def _to_srgb(image: Image.Image, profile: Any) -> Image.Image:
    if not isinstance(profile, bytes):
        return image
    try:
        with reading("a color profile", "it is ignored"):
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "sRGB" in (source.profile.profile_description or ""):
                return image
            target = ImageCms.createProfile("sRGB")
            return ImageCms.profileToProfile(image, source, target, outputMode="RGB") or image
    except LatentError:
        return image  # an unusable profile is no reason to reject the image


EXIF_TRANSPOSES = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""The transpose that makes an image upright, by its EXIF orientation."""


def remove_alpha(image: Image.Image) -> tuple[Image.Image, str]:
    """An opaque image, and a sentence on the background that was added, if any.

    Transparent pixels become black behind a light foreground, white behind a dark one.
    """
    if image.mode != "RGBA":
        return image, ""
    alpha = np.asarray(image.getchannel("A"), dtype=np.float32)
    gray = np.asarray(image.convert("RGB").convert("L"), dtype=np.float32)
    is_light = float((alpha * gray).sum()) > 127.5 * float(alpha.sum())
    color = "black" if is_light else "white"
    opaque = Image.new("RGB", image.size, color)
    opaque.paste(image, mask=image.getchannel("A"))
    return opaque, f" Transparent pixels were filled with {color}."
