"""Image files of any sizes and kinds, as images of one size."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from latent_core.errors import InvalidInputError
from latent_core.io.image_files import (
    EXIF_TRANSPOSES,
    exif_orientation,
    read_image,
    read_raw_values,
    remove_alpha,
)
from latent_core.io.limits import UploadLimits
from latent_core.notebook import compact_repr
from latent_core.opening.datasets.image_arrays import MAX_SIDE, Range, allowed_side, find_range
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Floats

_MOST_LISTED = 10
_COLOR_DIFFERENCE = 8
"""Difference of two channels, of 255, up to which a pixel counts as gray."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EncodedImage:
    """An image that is not decoded yet: its name, for messages, and what reads it."""

    name: str
    read: Callable[[], bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedImages:
    """Images of one size, from files.

    Parameters
    ----------
    images
        ``(M, C, H, W)`` uint8.
    indices
        M positions, of the files that could be read, among all.
    findings, warnings
        Sentences on sizes, color and files that could not be read.
    """

    images: NDArray[np.uint8]
    indices: tuple[int, ...]
    findings: tuple[str, ...]
    warnings: tuple[str, ...]

    __repr__ = compact_repr


def decode_images(
    files: Sequence[EncodedImage],
    limits: UploadLimits,
    max_side: int = MAX_SIDE,
    progress: ProgressCallback = null_progress,
) -> DecodedImages:
    """The images in `files`, brought to one size and one number of channels.

    Those of more than 8 bits are scaled by the range of all of them.  Files that cannot be read
    are left out and listed.

    Raises
    ------
    InvalidInputError
        None of them can be read, or `max_side` is out of range.
    """
    side = allowed_side(len(files), max_side)
    limits = replace(limits, side=side)
    pictures: list[Image.Image | Floats] = []
    sizes: list[tuple[int, int]] = []
    indices, broken = [], []
    for i, file in enumerate(files):
        progress(i / len(files), f"{i:,} of {len(files):,} images read")
        try:
            picture, size = _decode(file, limits)
        except InvalidInputError as error:
            broken.append(f"{file.name}: {error}")
            continue
        pictures.append(picture)
        sizes.append(size)
        indices.append(i)
    if not pictures:
        raise InvalidInputError(f"None of {len(files):,} images can be read. {broken[0]}")
    decoded, range_sentences = _to_8_bit(pictures)
    findings = [f"{len(decoded):,} images.", *range_sentences]
    size, sentence = common_size([picture.size for picture in decoded], sizes)
    mode, color_sentence = _common_mode(decoded)
    images = np.stack([_brought_to(picture, size, mode) for picture in decoded])
    return DecodedImages(
        images=images,
        indices=tuple(indices),
        findings=(*findings, sentence, color_sentence),
        warnings=_on_broken(broken),
    )


def _decode(
    file: EncodedImage, limits: UploadLimits
) -> tuple[Image.Image | Floats, tuple[int, int]]:
    """An upright picture, or raw values ``(H, W)``; and its size in the file."""
    data = file.read()
    raw = read_raw_values(data, limits)
    if raw is not None:
        return raw, (raw.shape[1], raw.shape[0])
    read = read_image(file.name, data, limits)
    opaque, _ = remove_alpha(read.image)
    transpose = EXIF_TRANSPOSES.get(exif_orientation(read.image))
    upright = opaque if transpose is None else opaque.transpose(transpose)
    is_turned = upright.size != opaque.size
    return upright, read.size[::-1] if is_turned else read.size


def _to_8_bit(pictures: Sequence[Image.Image | Floats]) -> tuple[list[Image.Image], list[str]]:
    raw = [picture for picture in pictures if isinstance(picture, np.ndarray)]
    if not raw:
        return [picture for picture in pictures if isinstance(picture, Image.Image)], []
    value_range: Range = find_range(np.concatenate([values.reshape(-1) for values in raw]))
    decoded = [
        Image.fromarray(value_range.to_uint8(picture))
        if isinstance(picture, np.ndarray)
        else picture
        for picture in pictures
    ]
    return decoded, [f"{len(raw):,} images have more than 8 bits. {value_range.sentence}"]


def common_size(
    reduced: Sequence[tuple[int, int]], original: Sequence[tuple[int, int]]
) -> tuple[tuple[int, int], str]:
    """The size that all images get, and a sentence on it.

    The most frequent one, if at least half of the images have it; otherwise a square, whose side
    is the median of the shorter sides.

    Parameters
    ----------
    reduced, original
        Width and height of each image, now and in its file.
    """
    size, count = Counter(reduced).most_common(1)[0]
    n_others = len(reduced) - count
    if n_others == 0:
        was = Counter(original).most_common(1)[0][0]
        same = len(set(original)) == 1
        source = f", reduced from {was[0]} × {was[1]}" if same and was != size else ""
        source = source or ("" if same else ", reduced from several sizes")
        return size, f"All are {size[0]} × {size[1]} pixels{source}."
    if count * 2 >= len(reduced):
        sentence = f"Most are {size[0]} × {size[1]} pixels; {n_others:,} others are scaled to that"
        return size, f"{sentence} and cropped at the edges."
    side = int(np.median([min(each) for each in reduced]))
    return (side, side), (
        f"They have {len(set(original)):,} sizes; all are scaled to {side} × {side} pixels and "
        "cropped at the edges."
    )


def _common_mode(pictures: Sequence[Image.Image]) -> tuple[str, str]:
    n_color = sum(_has_color(picture) for picture in pictures)
    if n_color == 0:
        return "L", "All are gray."
    if n_color == len(pictures):
        return "RGB", "All are in color."
    return "RGB", f"{n_color:,} of {len(pictures):,} are in color, so all are stored in color."


def _has_color(picture: Image.Image) -> bool:
    if picture.mode == "L":
        return False
    pixels = np.asarray(picture.convert("RGB"), np.int16)
    return int(np.ptp(pixels, axis=2).max()) > _COLOR_DIFFERENCE


def _brought_to(picture: Image.Image, size: tuple[int, int], mode: str) -> NDArray[np.uint8]:
    converted = picture.convert(mode)
    if converted.size != size:
        converted = ImageOps.fit(converted, size, Image.Resampling.LANCZOS)
    pixels: NDArray[np.uint8] = np.asarray(converted)
    return pixels[None] if mode == "L" else np.moveaxis(pixels, -1, 0)


def _on_broken(broken: list[str]) -> tuple[str, ...]:
    if not broken:
        return ()
    files = "1 file" if len(broken) == 1 else f"{len(broken):,} files"
    more = f" And {len(broken) - _MOST_LISTED:,} more." if len(broken) > _MOST_LISTED else ""
    return (f"{files} could not be read. {' '.join(broken[:_MOST_LISTED])}{more}",)
