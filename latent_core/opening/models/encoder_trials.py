"""Tries each way to feed an encoder, and with each, the ways to read the decoder."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.models.onnx.formats import EncoderFormat, PixelFormat
from latent_core.opening.models.decoder_trials import N_SHOWN, Notes, decode_each_way
from latent_core.opening.models.graph_runner import GraphRunner
from latent_core.opening.models.hypotheses import (
    Hypothesis,
    Shape,
    input_formats,
    layouts_for,
    pixels_in_words,
    to_graph,
)
from latent_core.opening.models.signatures import check_codes
from latent_core.progress import ProgressCallback
from latent_core.types import Array, Floats

MAX_LATENT_DIM = 16_384
_NAMED_LOG_VAR = re.compile(r"log_?var", re.IGNORECASE)
_LOG_VAR = re.compile(r"log.?_?(var|sigma)|logvar|lv", re.IGNORECASE)


def try_encoder(
    runner: GraphRunner, images: Floats, notes: Notes, progress: ProgressCallback
) -> tuple[list[Hypothesis], tuple[int, ...]]:
    graph = runner.graphs["encoder"]
    image_shape: Shape = images.shape[1:]
    layouts = layouts_for(graph.input.shape, image_shape)
    if not layouts:
        takes = " × ".join("any" if n is None else str(n) for n in graph.input.shape)
        raise InvalidInputError(
            f"The encoder takes arrays of {takes}, which images of "
            f"{' × '.join(map(str, image_shape))} don't fit; choose data of its size, or export it "
            "for this one."
        )
    is_integer = graph.input.type == "tensor(uint8)"
    formats = list(input_formats(layouts, images, is_integer=is_integer))
    found: list[Hypothesis] = []
    latent_shape: tuple[int, ...] = ()
    reason = ""
    checked = False
    for number, how in enumerate(formats):
        progress(number / len(formats), f"trying {pixels_in_words(how)}")
        batch = to_graph(images, how)
        try:
            if not checked:
                runner.find_batch("encoder", batch)
            outputs = runner.run("encoder", batch)
        except InvalidInputError as error:
            reason = str(error)
            continue
        if not checked:
            random = _random_outputs(runner, batch, outputs, notes)
            checked = True
        for encoder, codes in _codes(runner, how, outputs, random):
            latent_shape = codes.shape[1:]
            found += _reconstruct(runner, images, encoder, codes)
    if not found and reason:
        raise InvalidInputError(reason)
    return found, latent_shape


def _random_outputs(
    runner: GraphRunner, batch: Floats, outputs: list[Array], notes: Notes
) -> set[int]:
    """The outputs that differ from one run to the next; also notes what depends on the batch."""
    again = runner.run("encoder", batch)
    random = {i for i, (a, b) in enumerate(zip(outputs, again, strict=True)) if _differ(a, b)}
    if len(random) == len(outputs):
        notes.warnings.append(
            "The encoder samples: the same image has another code each time. Export the mean."
        )
    elif not runner.graphs["encoder"].fixed_batch:
        alone = runner.run("encoder", batch[:1])
        if any(_differ(outputs[i][:1], alone[i]) for i in range(len(outputs)) if i not in random):
            notes.warnings.append(
                "The code of an image depends on the others in its batch, as with batch "
                "normalization in training mode; call eval() before the export."
            )
    return random if len(random) < len(outputs) else set()


def _differ(a: Array, b: Array) -> bool:
    scale = float(np.abs(a).max(initial=1e-6))
    return bool(np.abs(a.astype(np.float64) - b).max(initial=0) > 1e-3 * scale)


def _codes(
    runner: GraphRunner, how: PixelFormat, outputs: list[Array], random: set[int]
) -> Iterator[tuple[EncoderFormat, Floats]]:
    """Each output of the encoder that may be the code, with its values ``(N, …)``."""
    graph = runner.graphs["encoder"]
    names = [tensor.name for tensor in graph.signature.outputs]
    takes = runner.graphs["decoder"].input.shape[1:] if "decoder" in runner.graphs else None
    log_vars = _named_log_vars(names, outputs)
    if takes is None:
        log_vars.add(_log_var(names, outputs, 0, random))
    for index, values in enumerate(outputs):
        is_code = values.ndim > 1 and values.dtype.kind == "f"
        if index in random or not is_code or names[index] in log_vars:
            continue
        shape = values.shape[1:]
        if not np.isfinite(values).all():
            raise InvalidInputError(
                "The encoder gives NaN or infinity for these images; check its weights, and export "
                "it again."
            )
        mean = EncoderFormat(
            pixels=how, input=graph.input.name, type=graph.input.type, mean=names[index]
        )
        if takes is None or _fits(shape, takes):
            check_codes(values, f"The encoder's output {names[index][:40]!r} is")
            log_var = _log_var(names, outputs, index, random)
            yield _with_log_var(mean, log_var), values.astype(np.float32)
        halved = (shape[0] // 2, *shape[1:])
        if takes is not None and shape[0] % 2 == 0 and _fits(halved, takes):
            moments = EncoderFormat(
                pixels=how,
                input=graph.input.name,
                type=graph.input.type,
                mean=names[index],
                are_moments=True,
            )
            yield moments, values[:, : halved[0]].astype(np.float32)


def _fits(shape: tuple[int, ...], takes: tuple[int | None, ...]) -> bool:
    same = len(shape) == len(takes) and all(
        n in (None, size) for n, size in zip(takes, shape, strict=True)
    )
    known = [n for n in takes if n is not None]
    return same or (len(known) == len(takes) and math.prod(known) == math.prod(shape))


def _log_var(names: list[str], outputs: list[Array], mean: int, random: set[int]) -> str | None:
    """The name of the output with the log-variances, if one has them."""
    others = [
        i
        for i, values in enumerate(outputs)
        if i != mean and i not in random and values.shape == outputs[mean].shape
    ]
    stated = [names[i] for i in others if _NAMED_LOG_VAR.search(names[i])]
    if len(stated) == 1:
        return stated[0]
    named = [i for i in others if _LOG_VAR.search(names[i])]
    plausible = [i for i in named or others if np.exp(np.clip(outputs[i], -60, 60)).mean() < 4]
    return names[plausible[0]] if len(plausible) == 1 else None


def _named_log_vars(names: list[str], outputs: list[Array]) -> set[str | None]:
    """The outputs that are log-variances by their names, beside one of the same shape."""
    shapes = [values.shape for values in outputs]
    return {
        name
        for name, shape in zip(names, shapes, strict=True)
        if _NAMED_LOG_VAR.search(name) and shapes.count(shape) > 1
    }


def _with_log_var(mean: EncoderFormat, log_var: str | None) -> EncoderFormat:
    return EncoderFormat(
        pixels=mean.pixels, input=mean.input, type=mean.type, mean=mean.mean, log_var=log_var
    )


def _reconstruct(
    runner: GraphRunner, images: Floats, encoder: EncoderFormat, codes: Floats
) -> Iterator[Hypothesis]:
    """The hypotheses with this encoder: one for each way to read the decoder's output."""
    if math.prod(codes.shape[1:]) > MAX_LATENT_DIM:
        raise InvalidInputError(
            f"A code of this model has {math.prod(codes.shape[1:]):,} numbers, more than "
            f"{MAX_LATENT_DIM:,}; use a model with a smaller code."
        )
    if "decoder" not in runner.graphs:
        nothing = np.zeros((0, *images.shape[1:]), np.float32)
        yield Hypothesis(encoder=encoder, decoder=None, error=math.nan, images=nothing)
        return
    for decoder, decoded in decode_each_way(runner, codes, encoder.pixels, images.shape[1:]):
        error = float(np.mean((decoded - images) ** 2))
        shown = np.clip(decoded[:N_SHOWN], 0, 1)
        yield Hypothesis(encoder=encoder, decoder=decoder, error=error, images=shown)
