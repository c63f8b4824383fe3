"""Find out how a stranger's graphs are used: every way is tried on images, the best rebuilds them.

Each hypothesis is a way to feed the encoder and to read the decoder.  Its error is the mean
squared error of the reconstructions.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.models.onnx.formats import PixelFormat
from latent_core.notebook import compact_repr
from latent_core.opening.models.decoder_trials import N_SHOWN, Notes, try_decoder
from latent_core.opening.models.encoder_trials import try_encoder
from latent_core.opening.models.graph_runner import GraphRunner
from latent_core.opening.models.hypotheses import Hypothesis, Shape
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Floats

DECISIVE_RATIO = 1.5
"""How many times smaller than the next error the best one must be, to be chosen without asking."""
_SAME = 0.02
"""Two hypotheses are one if their reconstructions differ by less than this part of the error."""


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
    is_stated
        Whether the first hypothesis is what the files say, and images don't contradict it.
    is_data_guessed
        Whether several data sets fit a decoder alone, so that it is not known which is its own.
    findings, warnings
        Sentences.
    """

    image_shape: Shape
    latent_shape: tuple[int, ...]
    hypotheses: tuple[Hypothesis, ...]
    originals: Floats
    error_of_mean_image: float
    fixed_batch: int = 0
    is_stated: bool = False
    is_data_guessed: bool = False
    findings: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    __repr__ = compact_repr

    @property
    def latent_dim(self) -> int:
        """D."""
        return math.prod(self.latent_shape)

    @property
    def is_decided(self) -> bool:
        """Whether the best hypothesis is clearly better than the next, and than the mean image."""
        best, *others = self.hypotheses
        if self.is_data_guessed:
            return False
        if self.is_stated and not best.error >= self.error_of_mean_image:
            return True
        if not math.isfinite(best.error):
            return not others
        if best.encoder is not None and best.error >= self.error_of_mean_image:
            return False
        return not others or DECISIVE_RATIO * best.error < others[0].error


def probe(
    runner: GraphRunner,
    images: Floats,
    *,
    latent_dim: int | None = None,
    stated: tuple[PixelFormat, PixelFormat] | None = None,
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
    stated
        How pixels are taken and given, where the files say so.

    Raises
    ------
    InvalidInputError
        No hypothesis can be run.
    """
    image_shape: Shape = images.shape[1:]
    notes = Notes()
    if "encoder" not in runner.graphs:
        found, latent_shape = try_decoder(runner, images, latent_dim, notes)
    else:
        found, latent_shape = try_encoder(runner, images, notes, progress)
    if not found:
        raise InvalidInputError(
            "The encoder's code is not what the decoder takes, or its images have another shape "
            f"than {image_shape}; export both of the same model, and choose its data."
        )
    found.sort(key=lambda hypothesis: hypothesis.error)
    of_files = _stated(found, stated)
    is_stated = of_files is not None and _put_first(found, of_files, notes)
    baseline = float(np.mean((images - images.mean(axis=0)) ** 2))
    return Probe(
        image_shape=image_shape,
        latent_shape=latent_shape,
        hypotheses=tuple(_distinct(found, of_files)),
        originals=images[:N_SHOWN],
        error_of_mean_image=baseline,
        fixed_batch=max((graph.fixed_batch for graph in runner.graphs.values()), default=0),
        is_stated=is_stated,
        findings=tuple(notes.findings),
        warnings=tuple(notes.warnings),
    )


def _stated(
    found: list[Hypothesis], stated: tuple[PixelFormat, PixelFormat] | None
) -> Hypothesis | None:
    """The best hypothesis of those with the stated formats."""
    if stated is None:
        return None
    for hypothesis in found:
        encoder, decoder = hypothesis.encoder, hypothesis.decoder
        if (encoder is None or encoder.pixels == stated[0]) and (
            decoder is None or decoder.pixels == stated[1]
        ):
            return hypothesis
    return None


def _put_first(found: list[Hypothesis], stated: Hypothesis, notes: Notes) -> bool:
    """Move the hypothesis that the files state to the front, unless another is clearly better."""
    if stated.error > DECISIVE_RATIO * found[0].error:
        notes.warnings.append(
            "The files state another range of pixels than the images show: "
            f"{stated.summary}; {found[0].summary}."
        )
        return False
    found.sort(key=lambda hypothesis: hypothesis is not stated)
    return True


def _distinct(found: list[Hypothesis], stated: Hypothesis | None) -> Iterator[Hypothesis]:
    """The hypotheses, best first, without those that rebuild the same images; and the stated."""
    kept: list[Hypothesis] = []
    for hypothesis in found:
        is_new = not any(_are_same(hypothesis, other) for other in kept)
        if is_new or hypothesis is stated:
            kept.append(hypothesis)
            yield hypothesis


def _are_same(a: Hypothesis, b: Hypothesis) -> bool:
    if not math.isfinite(a.error) or not a.images.size:
        return False
    difference = float(np.mean((a.images - b.images) ** 2))
    return difference < _SAME * min(a.error, b.error) + 1e-12
