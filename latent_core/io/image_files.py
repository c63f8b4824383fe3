"""One picture from bytes that anybody sent, or one sentence on why not.

It is known by its content, refused from its header where that is possible, decoded by one
of six decoders, and reduced to a sane size.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import ExifTags, Image, ImageCms

from latent_core.errors import InputTooLargeError, InvalidInputError
from latent_core.io.limits import (
    ACCEPTED_TYPES,
    IMAGE_TYPES,
    UploadLimits,
    check_size,
    safe_display_name,
    sniff_type,
)
from latent_core.types import Array

_ORIENTATION = int(ExifTags.Base.Orientation)
_DAMAGED = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    LookupError,
    ArithmeticError,
    EOFError,
    MemoryError,
    RuntimeError,
    AssertionError,
    AttributeError,
    struct.error,
    zlib.error,
)
"""What Pillow raises on hostile bytes, found by fuzzing and by reading."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageFile:
    """A picture that can be used.

    Parameters
    ----------
    name
        To be shown as text; never a path.
    image
        In mode L, RGB or RGBA, 8 bits, at most `Caps.side` long; of its metadata only the
        EXIF orientation is left, for `prepare` to apply.
    size
        Width and height as sent.
    kind
        One of `files.PICTURES`.
    """

    name: str
    image: Image.Image
    size: tuple[int, int]
    kind: str


def read_image(name: str, data: bytes, caps: UploadLimits | None = None) -> ImageFile:
    """The one picture in `data`.

    Raises
    ------
    BadInput
        It can't be used, and why.
    """
    caps = caps or UploadLimits.from_env()
    check_size(data, caps.file_bytes)
    kind = sniff_type(data)
    if kind == "zip":
        raise InvalidInputError("This is a zip where one picture is expected; unzip it first.")
    if kind not in IMAGE_TYPES:
        raise InvalidInputError(
            f"This is {kind}, not a picture that can be read here; send {ACCEPTED_TYPES}."
        )
    try:
        with _quiet_pillow(), Image.open(io.BytesIO(data), formats=[kind]) as opened:
            size = opened.size
            _check_size(size, caps)
            image = _decode(opened, caps.side)
    except Image.DecompressionBombError as error:
        raise InputTooLargeError(_too_many_pixels("It", caps)) from error
    except _DAMAGED as error:
        raise InvalidInputError(
            f"This {kind} picture is damaged or cut short; save or copy it anew."
        ) from error
    return ImageFile(name=safe_display_name(name), image=image, size=size, kind=kind)


@contextmanager
def _quiet_pillow() -> Iterator[None]:
    # One narrow filter: were two threads to interleave here, all that could stay is this filter.
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", module=r"PIL\.")
        yield


def _check_size(size: tuple[int, int], caps: UploadLimits) -> None:
    width, height = size
    if min(size) < 1:
        raise ValueError("no pixels")
    if width * height > caps.pixels:
        raise InputTooLargeError(_too_many_pixels(f"{width} × {height} pixels", caps))
    if max(size) > caps.aspect * min(size):
        raise InvalidInputError(
            f"{width} × {height} pixels is too long and thin (at most {caps.aspect} : 1); "
            "crop it first."
        )


def _too_many_pixels(what: str, caps: UploadLimits) -> str:
    megapixels = caps.pixels / 1e6
    return (
        f"{what} is more than the {megapixels:g} megapixels that are taken; make it smaller first."
    )


def _decode(opened: Image.Image, side: int) -> Image.Image:
    opened.draft(None, (side, side))  # a JPEG decodes straight to a smaller size
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
    try:
        orientation = opened.getexif().get(_ORIENTATION, 1)
    except _DAMAGED:
        return 1
    return orientation if orientation in range(1, 9) else 1


def to_8_bit(opened: Image.Image) -> Image.Image:
    if opened.mode[0] in "IF":
        return _scaled(np.asarray(opened))
    if opened.has_transparency_data:
        image = opened.convert("RGBA")
        return image if image.getchannel("A").getextrema() != (255, 255) else image.convert("RGB")
    return opened.convert("L" if opened.mode in ("1", "L") else "RGB")


def _scaled(values: Array) -> Image.Image:
    """Values of 16 or 32 bits as 8 bits, by the range that they are meant to fill."""
    numbers = np.nan_to_num(values.astype(np.float32), posinf=0, neginf=0)
    low, high = float(numbers.min()), float(numbers.max())
    if values.dtype.kind == "f" and low >= 0 and high <= 1:
        low, high = 0.0, 1.0
    elif low >= 0 and high <= 255 and values.dtype.itemsize > 2:
        low, high = 0.0, 255.0
    elif low >= 0 and high <= 65535:
        low, high = 0.0, 65535.0
    share = (numbers - low) / np.float32(max(high - low, 1e-12))
    return Image.fromarray(np.rint(share * 255).astype(np.uint8))


def _to_srgb(image: Image.Image, profile: Any) -> Image.Image:
    if not isinstance(profile, bytes):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if "sRGB" in (source.profile.profile_description or ""):
            return image
        target = ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, source, target, outputMode="RGB") or image
    except (ImageCms.PyCMSError, *_DAMAGED):
        return image  # a profile that can't be used is no reason to refuse the picture


EXIF_TRANSPOSES = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""How to turn a picture upright, by its EXIF orientation."""


def remove_alpha(picture: Image.Image) -> tuple[Image.Image, str]:
    """`picture` without alpha: light things are laid on black, others on white."""
    if picture.mode != "RGBA":
        return picture, ""
    alpha = np.asarray(picture.getchannel("A"), dtype=np.float32)
    grey = np.asarray(picture.convert("RGB").convert("L"), dtype=np.float32)
    light = float((alpha * grey).sum()) > 127.5 * float(alpha.sum())
    page = Image.new("RGB", picture.size, "black" if light else "white")
    page.paste(picture, mask=picture.getchannel("A"))
    return page, f" Where it is transparent, {'black' if light else 'white'} was laid under it."
