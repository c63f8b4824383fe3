"""Tries each way to read a decoder's output."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.models.onnx.formats import DecoderFormat, PixelFormat
from latent_core.opening.models.graph_runner import GraphRunner
from latent_core.opening.models.hypotheses import (
    Hypothesis,
    Shape,
    layouts_for,
    output_formats,
    to_images,
)
from latent_core.types import Floats

N_SHOWN = 8
"""Images of a hypothesis that are kept."""


@dataclass(slots=True)
class Notes:
    """What is found out on the way, in sentences."""

    findings: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def decode_each_way(
    runner: GraphRunner, codes: Floats, like: PixelFormat, image_shape: Shape
) -> Iterator[tuple[DecoderFormat, Floats]]:
    """Images by each way to read the decoder."""
    graph = runner.graphs["decoder"]
    takes = graph.input.shape[1:]
    known = tuple(n for n in takes if n is not None)
    latent_shape = known if len(known) == len(takes) else codes.shape[1:]
    shaped = codes.reshape(-1, *latent_shape)
    if len(shaped) >= 3:
        runner.find_batch("decoder", shaped)
    try:
        outputs = runner.run("decoder", shaped)
    except InvalidInputError:
        return
    for tensor, output in zip(graph.signature.outputs, outputs, strict=True):
        if output.dtype.kind not in "fu" or not np.isfinite(output).all():
            continue
        for how in output_formats(layouts_for(output.shape, image_shape), like):
            decoder = DecoderFormat(
                pixels=how,
                input=graph.input.name,
                type=graph.input.type,
                latent_shape=latent_shape,
                output=tensor.name,
            )
            yield decoder, to_images(output.astype(np.float32), how, image_shape)


def try_decoder(
    runner: GraphRunner, images: Floats, latent_dim: int | None, notes: Notes
) -> tuple[list[Hypothesis], tuple[int, ...]]:
    """A decoder alone: its pixels for codes of N(0, I) should be distributed as the data's."""
    takes = runner.graphs["decoder"].input.shape[1:]
    known = tuple(n for n in takes if n is not None)
    if len(known) < len(takes) and latent_dim is None:
        raise InvalidInputError(
            "The decoder takes codes of any size; say which with latent_dim (--latent-dim)."
        )
    latent_shape = known if len(known) == len(takes) else (latent_dim or 0,)
    codes = np.random.default_rng(0).standard_normal((len(images), *latent_shape), np.float32)
    levels = np.linspace(0, 1, 65)
    expected = np.quantile(images, levels)
    found = []
    for decoder, decoded in decode_each_way(runner, codes, PixelFormat(), images.shape[1:]):
        clipped = np.clip(decoded, 0, 1)
        difference = np.abs(np.quantile(clipped, levels) - expected)
        beyond = float(np.abs(decoded - clipped).mean())  # a few pixels may leave the range
        error = float(difference.mean() + difference.max()) + beyond
        shown = clipped[:N_SHOWN]
        found.append(Hypothesis(encoder=None, decoder=decoder, error=error, images=shown))
    notes.warnings.append(
        "Without an encoder the output's range is guessed from the distribution of its pixels for "
        "codes of N(0, I)."
    )
    return found, latent_shape
