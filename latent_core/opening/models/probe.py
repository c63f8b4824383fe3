"""Find out how a stranger's graphs are used: every way is tried on images, the best rebuilds them.

Each hypothesis is a way to feed the encoder and to read the decoder.  Its error is the mean
squared error of the reconstructions.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.models.onnx.formats import DecoderFormat, EncoderFormat, PixelFormat
from latent_core.opening.models.graph_runner import GraphRunner
from latent_core.opening.models.hypotheses import (
    Shape,
    input_formats,
    layouts_for,
    output_formats,
    to_graph,
    to_images,
)
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Floats

MAX_LATENT_DIM = 16_384
DECISIVE_RATIO = 1.5
"""How many times smaller than the next error the best one must be, to be chosen without asking."""
N_SHOWN = 8
_SAME = 0.02
"""Two hypotheses are one if their reconstructions differ by less than this part of the error."""
_LOG_VAR = re.compile(r"log.?_?(var|sigma)|logvar|lv", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hypothesis:
    """A way to use the graphs.

    Parameters
    ----------
    encoder, decoder
        None where there is no such graph.
    error
        Mean squared error per pixel of the reconstructions; for a decoder alone, the mean
        difference of the quantiles of its pixels and those of the data; NaN for an encoder alone.
    images
        The first reconstructions, or decoded samples, ``(n, C, H, W)``.
    """

    encoder: EncoderFormat | None
    decoder: DecoderFormat | None
    error: float
    images: Floats

    @property
    def description(self) -> str:
        """Formats in words, such as ``"input NCHW [0, 1], output logits"``."""
        parts = []
        if self.encoder is not None:
            parts.append(f"input {_words(self.encoder.pixels)}, code {self.encoder.mean!r}")
            if self.encoder.are_moments:
                parts[-1] += " (its first half)"
        if self.decoder is not None:
            parts.append(f"output {_words(self.decoder.pixels)}")
        return ", ".join(parts)


def _words(pixels: PixelFormat) -> str:
    return f"{pixels.layout} {pixels.range_name}" + (" BGR" if pixels.is_bgr else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """What was found out about a model.

    Parameters
    ----------
    image_shape
        ``(C, H, W)``.
    latent_shape
        Shape of one code.
    hypotheses
        The ways to use it, best first; at least one.
    error_of_mean_image
        Mean squared error of the data's mean image, as a baseline.
    findings, warnings
        Sentences.
    """

    image_shape: Shape
    latent_shape: tuple[int, ...]
    hypotheses: tuple[Hypothesis, ...]
    originals: Floats
    error_of_mean_image: float
    fixed_batch: int = 0
    findings: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def latent_dim(self) -> int:
        """D."""
        return math.prod(self.latent_shape)

    @property
    def is_decided(self) -> bool:
        """Whether the best hypothesis is clearly better than the next, and than the mean image."""
        best, *others = self.hypotheses
        if not math.isfinite(best.error):
            return not others
        if best.encoder is not None and best.error >= self.error_of_mean_image:
            return False
        return not others or DECISIVE_RATIO * best.error < others[0].error


@dataclass(slots=True)
class _Notes:
    findings: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def probe(
    runner: GraphRunner,
    images: Floats,
    *,
    latent_dim: int | None = None,
    progress: ProgressCallback = null_progress,
) -> Probe:
    """What is found out on images.

    Parameters
    ----------
    runner
        With the graphs ``"encoder"`` and ``"decoder"``, or one of them.
    images
        ``(N, C, H, W)`` in [0, 1], 16 to 64 of them.
    latent_dim
        D, for a decoder alone that takes codes of any size.

    Raises
    ------
    InvalidInputError
        No hypothesis can be run.
    """
    image_shape: Shape = images.shape[1:]
    notes = _Notes()
    if "encoder" not in runner.graphs:
        found, latent_shape = _try_decoder(runner, images, latent_dim, notes)
    else:
        found, latent_shape = _try_encoder(runner, images, notes, progress)
    if not found:
        raise InvalidInputError(
            "The encoder's code is not what the decoder takes, or its images have another shape "
            f"than {image_shape}; export both of the same model, and choose its data."
        )
    found.sort(key=lambda hypothesis: hypothesis.error)
    baseline = float(np.mean((images - images.mean(axis=0)) ** 2))
    return Probe(
        image_shape=image_shape,
        latent_shape=latent_shape,
        hypotheses=tuple(_distinct(found)),
        originals=images[:N_SHOWN],
        error_of_mean_image=baseline,
        fixed_batch=max((graph.fixed_batch for graph in runner.graphs.values()), default=0),
        findings=tuple(notes.findings),
        warnings=tuple(notes.warnings),
    )


def _try_encoder(
    runner: GraphRunner, images: Floats, notes: _Notes, progress: ProgressCallback
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
        progress(number / len(formats), f"trying {_words(how)}")
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
    runner: GraphRunner, batch: Floats, outputs: list[Array], notes: _Notes
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
    for index, values in enumerate(outputs):
        if index in random or values.ndim < 2:
            continue
        if values.dtype.kind in "iub":
            raise InvalidInputError(
                f"The encoder's output {names[index][:40]!r} are whole numbers, as of a VQ model: "
                "indices of a codebook are no space. Export an encoder that gives the codebook's "
                "vectors, and the decoder that takes them."
            )
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
    named = [i for i in others if _LOG_VAR.search(names[i])]
    plausible = [i for i in named or others if np.exp(np.clip(outputs[i], -60, 60)).mean() < 4]
    return names[plausible[0]] if len(plausible) == 1 else None


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
    for decoder, decoded in _decode(runner, codes, encoder.pixels, images.shape[1:]):
        error = float(np.mean((decoded - images) ** 2))
        yield Hypothesis(encoder=encoder, decoder=decoder, error=error, images=decoded[:N_SHOWN])


def _decode(
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


def _try_decoder(
    runner: GraphRunner, images: Floats, latent_dim: int | None, notes: _Notes
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
    for decoder, decoded in _decode(runner, codes, PixelFormat(), images.shape[1:]):
        error = float(np.abs(np.quantile(decoded, levels) - expected).mean())
        shown = decoded[:N_SHOWN]
        found.append(Hypothesis(encoder=None, decoder=decoder, error=error, images=shown))
    notes.warnings.append(
        "Without an encoder the output's range is guessed from the distribution of its pixels for "
        "codes of N(0, I)."
    )
    return found, latent_shape


def _distinct(found: list[Hypothesis]) -> Iterator[Hypothesis]:
    """The hypotheses, best first, without those that rebuild the same images."""
    kept: list[Hypothesis] = []
    for hypothesis in found:
        if not any(_are_same(hypothesis, other) for other in kept):
            kept.append(hypothesis)
            yield hypothesis


def _are_same(a: Hypothesis, b: Hypothesis) -> bool:
    if not math.isfinite(a.error) or not a.images.size:
        return False
    difference = float(np.mean((a.images - b.images) ** 2))
    return difference < _SAME * min(a.error, b.error) + 1e-12
