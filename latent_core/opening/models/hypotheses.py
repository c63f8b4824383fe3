"""Hypotheses on how a graph takes and gives pixels, as far as its shapes allow them."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from latent_core.models.onnx.formats import (
    LAYOUTS,
    RANGES,
    UNIT_RANGE,
    DecoderFormat,
    EncoderFormat,
    Layout,
    PixelFormat,
)
from latent_core.notebook import compact_repr
from latent_core.types import Floats

IMAGENET_MEAN, IMAGENET_STD = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""What torchvision's models are trained with."""
Shape = tuple[int, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """A way to use the graphs.

    Parameters
    ----------
    encoder, decoder
        None where there is no such graph.
    error
        Mean squared error per pixel of the reconstructions, before they are clipped to [0, 1], so
        that a wrong range shows; for a decoder alone, mean plus maximum of the differences of
        the quantiles of its pixels and those of the data; NaN for an encoder alone.
    images
        The first reconstructions, or decoded samples, ``(n, C, H, W)``.
    """

    encoder: EncoderFormat | None
    decoder: DecoderFormat | None
    error: float
    images: Floats

    __repr__ = compact_repr

    @property
    def summary(self) -> str:
        """The description, with the error where there is one."""
        error = f", error {self.error:.4g}" if math.isfinite(self.error) else ""
        return self.description + error

    @property
    def description(self) -> str:
        """Formats in words, such as ``"input NCHW [0, 1], output logits"``."""
        parts = []
        if self.encoder is not None:
            parts.append(
                f"input {pixels_in_words(self.encoder.pixels)}, code {self.encoder.mean!r}"
            )
            if self.encoder.are_moments:
                parts[-1] += " (its first half)"
        if self.decoder is not None:
            parts.append(f"output {pixels_in_words(self.decoder.pixels)}")
        return ", ".join(parts)


def pixels_in_words(pixels: PixelFormat) -> str:
    return f"{pixels.layout} {pixels.range_name}" + (" BGR" if pixels.is_bgr else "")


def axes_of(layout: Layout, image_shape: Shape) -> tuple[int, ...]:
    """The shape of one image in a layout."""
    channels, height, width = image_shape
    return {
        "NCHW": image_shape,
        "NHWC": (height, width, channels),
        "NHW": (height, width),
        "flat NCHW": (math.prod(image_shape),),
        "flat NHWC": (math.prod(image_shape),),
    }[layout]


def layouts_for(shape: Sequence[int | None], image_shape: Shape) -> list[Layout]:
    """The layouts of ``(N, …)`` that images of a shape can have; `None` fits any size."""
    found = [
        layout
        for layout in LAYOUTS
        if len(axes := axes_of(layout, image_shape)) == len(shape) - 1
        and all(n in (None, size) for n, size in zip(shape[1:], axes, strict=True))
    ]
    if image_shape[0] == 1:  # one channel: flat rows are the same, and NHW has no axis for more
        return [layout for layout in found if layout != "flat NHWC"]
    return [layout for layout in found if layout != "NHW"]


def input_formats(
    layouts: Sequence[Layout], images: Floats, *, is_integer: bool
) -> Iterator[PixelFormat]:
    """The formats in which a graph may take images ``(N, C, H, W)`` in [0, 1]."""
    ranges = list(RANGES) if not is_integer else [((255.0,), (0.0,))]
    if not is_integer:
        ranges += standardizations(images)
    orders = (False, True) if images.shape[1] == 3 else (False,)
    for layout, (scale, offset), is_bgr in itertools.product(layouts, ranges, orders):
        yield PixelFormat(layout=layout, scale=scale, offset=offset, is_bgr=is_bgr)


def standardizations(images: Floats) -> list[tuple[tuple[float, ...], tuple[float, ...]]]:
    """Scale and offset of the usual standardizations: of the data itself, and of ImageNet."""
    mean, std = images.mean(axis=(0, 2, 3)), images.std(axis=(0, 2, 3))
    choices = [(mean, std)] if (std > 1e-3).all() else []
    if images.shape[1] == 3:
        choices.append((np.array(IMAGENET_MEAN), np.array(IMAGENET_STD)))
    return [(_floats(1 / s), _floats(-m / s)) for m, s in choices]


def output_formats(layouts: Sequence[Layout], like: PixelFormat) -> Iterator[PixelFormat]:
    """The formats in which a decoder may give pixels, if its encoder takes those of `like`."""
    ranges = dict.fromkeys([(like.scale, like.offset), UNIT_RANGE, *RANGES])
    for layout in layouts:
        for scale, offset in ranges:
            yield PixelFormat(layout=layout, scale=scale, offset=offset, is_bgr=like.is_bgr)
        yield PixelFormat(layout=layout, is_logit=True, is_bgr=like.is_bgr)


def to_graph(images: Floats, how: PixelFormat) -> Floats:
    """Images ``(N, C, H, W)`` in [0, 1] as a graph takes them; what `canonical_encoder` writes."""
    pixels = images[:, ::-1] if how.is_bgr else images
    pixels = pixels * _column(how.scale) + _column(how.offset)
    if how.layout.endswith("NHWC"):
        pixels = pixels.transpose(0, 2, 3, 1)
    if how.layout == "NHW":
        pixels = pixels[:, 0]
    flat = how.layout.startswith("flat")
    return np.ascontiguousarray(pixels.reshape(len(pixels), -1) if flat else pixels, np.float32)


def to_images(pixels: Floats, how: PixelFormat, image_shape: Shape) -> Floats:
    """What a graph gives as images ``(N, C, H, W)``, not clipped to [0, 1]."""
    channels, height, width = image_shape
    if how.layout.endswith("NHWC"):
        images = pixels.reshape(-1, height, width, channels).transpose(0, 3, 1, 2)
    else:
        images = pixels.reshape(-1, *image_shape)
    if how.is_logit:
        images = (1 / (1 + np.exp(-np.clip(images, -60, 60)))).astype(np.float32)
    else:
        images = (images - _column(how.offset)) / _column(how.scale)
    ordered = images[:, ::-1] if how.is_bgr else images
    return np.ascontiguousarray(ordered, np.float32)


def _column(values: tuple[float, ...]) -> Floats:
    return np.array(values, np.float32).reshape(1, -1, 1, 1)


def _floats(values: Floats) -> tuple[float, ...]:
    return tuple(float(f"{value:.6g}") for value in values)
