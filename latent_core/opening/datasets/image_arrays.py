"""Images from arrays of any usual layout and range, and files that are brought to one size."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latent_core.errors import InvalidInputError
from latent_core.opening.datasets.composites import (
    Composite,
    channel_axis,
    compose,
    composites_of,
)
from latent_core.types import Array, to_uint8

Layout = Literal["auto", "channels first", "channels last"]
MAX_SIDE = 128
"""Longest side of an image in pixels, by default."""
MAX_ALLOWED_SIDE = 512
MAX_SHEET_PIXELS = 2**26
"""Pixels of all images of a data set: a browser shows them from one sheet."""
PERCENTILES = (0.1, 99.9)
_N_SAMPLED = 2**22
_CHUNK = 4096
_CHANNELS = (1, 2, 3, 4)


@dataclass(frozen=True, slots=True)
class Range:
    """The values that become black and white, and how that was chosen."""

    low: float
    high: float
    sentence: str

    def to_uint8(self, values: Array) -> NDArray[np.uint8]:
        """Values scaled to 0 to 255 and clipped; NaN is 0."""
        if values.dtype == np.uint8 and (self.low, self.high) == (0, 255):
            return values
        scale = 1 / max(self.high - self.low, 1e-30)
        with np.errstate(invalid="ignore", over="ignore"):
            scaled = (values.astype(np.float32) - np.float32(self.low)) * np.float32(scale)
        return to_uint8(scaled)


def find_range(values: Array) -> Range:
    """The range of a whole data set, never of one image.

    Bytes are kept, floats in [0, 1] and in [-1, 1] too; all others are scaled from the 0.1 to the
    99.9 percentile, or where these are equal by their smallest and largest value.
    """
    flat = values.reshape(-1)
    sample = flat[:: max(1, len(flat) // _N_SAMPLED)].astype(np.float64)
    finite = sample[np.isfinite(sample)]
    if not len(finite):
        raise InvalidInputError("The images have no finite values; save them again.")
    low, high = float(finite.min()), float(finite.max())
    if values.dtype == np.uint8 and high > 1:
        return Range(0, 255, "Values are bytes, 0 to 255, and are kept.")
    if values.dtype.kind in "bu" and high <= 1:
        return Range(0, 1, "Values are 0 and 1, shown as black and white.")
    if values.dtype.kind == "f" and low >= 0 and high <= 1:
        return Range(0, 1, "Values lie in 0 to 1 and are kept.")
    if values.dtype.kind == "f" and -1 <= low < -0.5 and 0.5 < high <= 1:
        return Range(-1, 1, "Values lie in -1 to 1: -1 is black, 1 white.")
    is_whole = bool((finite == np.rint(finite)).all())
    if is_whole and low >= 0 and high <= 255 and values.dtype.kind == "f":
        return Range(0, 255, "Values are whole numbers from 0 to 255 and are kept.")
    start, end = (float(p) for p in np.percentile(finite, PERCENTILES))
    if start == end:
        start, end = low, high
    sentence = (
        f"Values go from {low:.4g} to {high:.4g} ({values.dtype}); all images are scaled alike, "
        f"{start:.4g} to black and {end:.4g} to white."
    )
    return Range(start, end, sentence)


def images_of_array(
    array: Array,
    layout: Layout = "auto",
    max_side: int = MAX_SIDE,
    composite: Composite = "auto",
) -> tuple[NDArray[np.uint8], list[str], list[str]]:
    """Images ``(N, C, H, W)`` uint8 with C 1 or 3, and findings and warnings.

    Parameters
    ----------
    array
        ``(N, H, W)``, ``(N, H, W, C)``, ``(N, C, H, W)``, or one color image ``(H, W, C)``.
    layout
        Where the channels are, if it is known.
    max_side
        Longest side in pixels; larger images are reduced.
    composite
        How 2, 4 or more channels are shown; see `composites`.

    Raises
    ------
    InvalidInputError
        Another shape, no image, or no finite value.
    UnknownNameError
        There is no such composite for so many channels.
    """
    if not array.size:
        raise InvalidInputError(f"The array of shape {array.shape} holds no image; save it again.")
    images, findings, warnings = _channels_first(array, layout)
    images, on_composite = compose(images, composite)
    findings += on_composite
    side = allowed_side(len(images), max_side)
    height, width = images.shape[2:]
    if max(height, width) > side:
        findings.append(_on_reduction((width, height), side, len(images)))
    value_range = find_range(images)
    findings.append(value_range.sentence)
    if max(height, width) <= side:
        parts = [value_range.to_uint8(part) for part in _chunks(images)]
        return np.concatenate(parts), findings, warnings
    size = fitted((width, height), side)
    resized = [resize(value_range.to_uint8(image), size) for image in images]
    return np.stack(resized), findings, warnings


def array_composites(array: Array, layout: Layout = "auto") -> tuple[Composite, ...]:
    """The composites of an array of images, the default first; none for 1 or 3 channels."""
    return composites_of(_channels_first(array, layout)[0])


def _chunks(images: Array) -> list[Array]:
    """Parts of the images, so that floats of all of them are never held."""
    return [images[start : start + _CHUNK] for start in range(0, len(images), _CHUNK)]


def _channels_first(array: Array, layout: Layout) -> tuple[Array, list[str], list[str]]:
    shape = array.shape
    if array.ndim == 3 and shape[2] in (3, 4) and min(shape[:2]) > 4:
        return np.moveaxis(array, -1, 0)[None], [f"One color image, {shape}."], []
    if array.ndim == 3:
        return array[:, None], [f"{shape[0]:,} gray images, (N, H, W) = {shape}."], []
    if array.ndim != 4:
        raise InvalidInputError(
            f"An array of images is (N, H, W), (N, H, W, C) or (N, C, H, W), not {shape}; reshape "
            "it."
        )
    may_be_first, may_be_last = shape[1] in _CHANNELS, shape[3] in _CHANNELS
    is_last = layout == "channels last" or (layout == "auto" and may_be_last)
    warnings = []
    if layout == "auto" and not (may_be_first or may_be_last):
        if (axis := channel_axis(shape)) is None:
            raise InvalidInputError(
                f"Neither axis of {shape} is clearly that of the channels; choose the layout, "
                "channels first or channels last."
            )
        is_last = axis == 3
        warnings.append(f"{shape[axis]:,} channels were taken for axis {axis} of {shape}.")
    if layout == "auto" and may_be_first and may_be_last:
        warnings.append(f"In {shape} the channels may come first or last; last was taken.")
    order = "(N, H, W, C)" if is_last else "(N, C, H, W)"
    images = np.moveaxis(array, -1, 1) if is_last else array
    return images, [f"{shape[0]:,} images, {order} = {shape}."], warnings


def allowed_side(count: int, max_side: int) -> int:
    """The longest side of `count` images, so that all together have `MAX_SHEET_PIXELS` at most.

    Raises
    ------
    InvalidInputError
        `max_side` is not from 1 to `MAX_ALLOWED_SIDE`.
    """
    if not 1 <= max_side <= MAX_ALLOWED_SIDE:
        raise InvalidInputError(
            f"max_side must be from 1 to {MAX_ALLOWED_SIDE} pixels, not {max_side}; correct it."
        )
    return max(1, min(max_side, math.isqrt(MAX_SHEET_PIXELS // max(1, count))))


def fitted(size: tuple[int, int], side: int) -> tuple[int, int]:
    """Width and height, reduced to a longest side of `side` where it is longer."""
    factor = min(1.0, side / max(size))
    return max(1, round(size[0] * factor)), max(1, round(size[1] * factor))


def _on_reduction(size: tuple[int, int], side: int, count: int) -> str:
    width, height = fitted(size, side)
    return f"{count:,} images of {size[0]} × {size[1]} pixels are reduced to {width} × {height}."


def resize(image: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    """An image ``(C, H, W)`` uint8 in another `size`, width and height."""
    pixels = np.moveaxis(image, 0, -1)
    picture = Image.fromarray(
        pixels[..., 0] if image.shape[0] == 1 else np.ascontiguousarray(pixels)
    )
    resized = np.asarray(picture.resize(size, Image.Resampling.LANCZOS))
    return np.moveaxis(resized[..., None] if resized.ndim == 2 else resized, -1, 0)
