"""Canonical graphs: a stranger's encoder or decoder between adapters written as ONNX nodes.

A canonical encoder maps ``images`` (N, C, H, W) in [0, 1] to ``mean`` (N, D) and, where there is
one, ``log_var`` (N, D).  A canonical decoder maps ``codes`` (N, D) to ``images``.  Both are
float32, so that everything else needs to know nothing of layouts and ranges.
"""

from __future__ import annotations

import math

import numpy as np

from latent_core.models.onnx.builder import PREFIX, GraphBuilder, onnx_type
from latent_core.models.onnx.formats import UNIT_RANGE, DecoderFormat, EncoderFormat, PixelFormat
from latent_core.types import Array


def canonical_encoder(
    content: bytes, how: EncoderFormat, image_shape: tuple[int, int, int], latent_dim: int
) -> bytes:
    """A canonical encoder.

    Parameters
    ----------
    content
        The stranger's ONNX file, without external data.

    Raises
    ------
    InvalidInputError
        Its operator set is too old.
    """
    builder = GraphBuilder(content)
    value = _to_layout(builder, builder.input("images", [*image_shape]), how.pixels, image_shape)
    if how.type == "tensor(uint8)":  # a cast rounds down
        value = builder.add("Add", value, builder.constant(np.float32(0.5)))
    builder.connect(builder.add("Cast", value, to=onnx_type(how.type)), how.input)
    mean = builder.cast(PREFIX + how.mean)
    if how.are_moments:
        flat = builder.reshape(mean, (0, -1))  # axis 1 comes first, so that halves stay together
        halves = np.arange(2 * latent_dim, dtype=np.int64).reshape(2, -1)
        for name, half in zip(("mean", "log_var"), halves, strict=True):
            builder.output(builder.gather(flat, half), name, [latent_dim])
    else:
        builder.output(builder.reshape(mean, (-1, latent_dim)), "mean", [latent_dim])
        if how.log_var is not None:
            log_var = builder.reshape(builder.cast(PREFIX + how.log_var), (-1, latent_dim))
            builder.output(log_var, "log_var", [latent_dim])
    return builder.build()


def canonical_decoder(
    content: bytes, how: DecoderFormat, image_shape: tuple[int, int, int]
) -> bytes:
    """A canonical decoder; see `canonical_encoder`."""
    builder = GraphBuilder(content)
    codes = builder.input("codes", [math.prod(how.latent_shape)])
    shaped = builder.reshape(codes, (-1, *how.latent_shape))
    builder.connect(builder.add("Cast", shaped, to=onnx_type(how.type)), how.input)
    value = _to_images(builder, builder.cast(PREFIX + how.output), how.pixels, image_shape)
    for operator, limit in (("Max", 0.0), ("Min", 1.0)):
        value = builder.add(operator, value, builder.constant(np.float32(limit)))
    builder.output(value, "images", [*image_shape])
    return builder.build()


def _to_layout(
    builder: GraphBuilder, images: str, how: PixelFormat, image_shape: tuple[int, int, int]
) -> str:
    """From images to what a graph takes."""
    if how.is_bgr:
        images = builder.gather(images, np.array([2, 1, 0]))
    if (how.scale, how.offset) != UNIT_RANGE:
        images = builder.add("Mul", images, builder.constant(_per_channel(how.scale)))
        images = builder.add("Add", images, builder.constant(_per_channel(how.offset)))
    if how.layout.endswith("NHWC"):
        images = builder.add("Transpose", images, perm=[0, 2, 3, 1])
    if how.layout.startswith("flat"):
        return builder.reshape(images, (-1, math.prod(image_shape)))
    return builder.reshape(images, (-1, *image_shape[1:])) if how.layout == "NHW" else images


def _to_images(
    builder: GraphBuilder, value: str, how: PixelFormat, image_shape: tuple[int, int, int]
) -> str:
    """From what a graph gives to images, which may leave [0, 1]."""
    channels, height, width = image_shape
    if how.layout.endswith("NHWC"):
        value = builder.reshape(value, (-1, height, width, channels))
        value = builder.add("Transpose", value, perm=[0, 3, 1, 2])
    else:
        value = builder.reshape(value, (-1, *image_shape))
    if how.is_logit:
        value = builder.add("Sigmoid", value)
    elif (how.scale, how.offset) != UNIT_RANGE:
        offset, scale = _per_channel(how.offset), _per_channel(how.scale)
        value = builder.add("Sub", value, builder.constant(offset))
        value = builder.add("Div", value, builder.constant(scale))
    return builder.gather(value, np.array([2, 1, 0])) if how.is_bgr else value


def _per_channel(values: tuple[float, ...]) -> Array:
    return np.array(values, np.float32).reshape(1, -1, 1, 1)
