"""What the lesson on uses draws: for each step its components, and the state that they give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

import latent_core as lc
from latent_core.progress import ProgressCallback
from latent_core.types import Floats
from latent_core.uses.classification import LINEAR, AccuracyCurve, measure_classification
from latent_core.uses.compression import decoder_bytes, measure_compression
from latent_core.uses.corruptions import NOISE
from latent_core.uses.denoising import (
    CODE,
    CORRUPTED,
    MEDIAN,
    Restoration,
    measure_denoising,
    restore_examples,
)
from ui import session, widgets
from ui.components.examples import Example, draw_examples
from ui.images import data_url
from ui.spaces import Space, open_space, wait_for
from ui.views.learn.picture_rows import picture_rows_html
from ui.views.learn.prediction import Answer, ask
from ui.views.learn.uses import measured
from ui.views.learn.uses.measured import Bytes, OddOne, encoded_data

LABELS = {"few": "Up to 5", "some": "10 to 50", "many": "100 or more"}
RESTORERS = {CODE: "Through the code", MEDIAN: "Median filter"}
SIZES = {"less": "Less than 4 ×", "more": "4 to 10 ×", "most": "More than 10 ×"}
REPRESENTATIONS = {CODE: "code", "pca": "PCA", "pixels": "pixels"}
N_SHOWN = 8
Restored = tuple[tuple[Restoration, ...], dict[str, Floats], NDArray[np.int64]]


def digit_space() -> Space:
    """The space of the lesson."""
    return open_space(measured.MODEL, measured.DATA)


def _key(space: Space, use: str) -> str:
    return f"learn uses {use} {space.encodings.fingerprint} {space.data.fingerprint}"


# ── few labels


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelsState:
    """The prediction, the labels per class on the slider, and the accuracies."""

    answer: Answer
    n: int
    moved: bool
    curves: tuple[AccuracyCurve, ...]


def draw_labels() -> LabelsState:
    """The question, the slider of labels, and the accuracy of each representation."""
    space = digit_space()
    curves = wait_for(
        _key(space, "classify"),
        lambda report, _show: measure_classification(encoded_data(space), LINEAR, progress=report),
    )
    answer = ask("labels", f"Labels per digit for an accuracy of {measured.GOAL:.0%}?", LABELS)
    options = [str(n) for n in curves[0].n_per_class]
    chosen = session.chosen("learn.labels", options, options[0])
    text = widgets.slider_choice("Labels per digit", "learn.labels", options, chosen, str)
    moved = session.recall("choice.learn.labels") is not None
    if answer.last is not None:
        step = options.index(text)
        rows = "".join(
            f"<tr><th>{REPRESENTATIONS.get(one.representation, one.representation)}</th>"
            f'<td><i style="width:{100 * one.accuracy[step]:.1f}%"></i></td>'
            f"<td>{one.accuracy[step]:.1%}</td></tr>"
            for one in curves
        )
        st.html(f'{_STYLE}<table class="ls-accuracy">{rows}</table>')
    return LabelsState(answer=answer, n=int(text), moved=moved, curves=curves)


# ── the odd one


@dataclass(frozen=True, slots=True, kw_only=True)
class OddState:
    """The image that was clicked, or None, and what the odd one is."""

    clicked: int | None
    odd: OddOne


def draw_odd() -> OddState:
    """The grid of images to click on."""
    space = digit_space()
    foreign = lc.load_dataset(measured.FOREIGN)
    odd = wait_for(_key(space, f"odd {foreign.fingerprint}"), lambda *_: measured.odd_one(space))
    clicked: int | None = session.recall("learn.odd")
    examples = [
        Example(id=place, label=str(place + 1), picture=data_url(image))
        for place, image in enumerate(odd.images)
    ]
    st.html(_GRID_STYLE)
    with st.container(key="learn-odd-grid"):
        picked = draw_examples(key="learn.odd", examples=examples, chosen=clicked, caption="")
    if picked is not None:
        session.remember("learn.odd", picked)
        clicked = picked
    return OddState(clicked=clicked, odd=odd)


# ── noise


@dataclass(frozen=True, slots=True, kw_only=True)
class NoiseState:
    """The prediction, the noise levels that were seen, and PSNR in dB by method.

    Parameters
    ----------
    better
        `CODE` or `MEDIAN`.
    psnr
        Of the corrupted images too.
    ssim
        Of both methods.
    """

    answer: Answer
    noise: str
    better: str
    psnr: dict[str, float]
    ssim: dict[str, float]
    n_images: int


def draw_noise() -> NoiseState:
    """The question, the noise, and after a prediction the restored images."""
    space = digit_space()
    noise = "0.2"

    def work(report: ProgressCallback, _show: object) -> Restored:
        encoded = encoded_data(space)
        found = measure_denoising(encoded, NOISE, float(noise), progress=report)
        rows = found[0].rows[:N_SHOWN]
        return found, restore_examples(encoded, found, NOISE, float(noise), rows), rows

    found, restored, rows = wait_for(_key(space, f"denoise {noise}"), work)
    answer = ask("denoise", "Which restores these digits better, by PSNR?", RESTORERS)
    shown = {f"With noise, σ = {noise}": restored[CORRUPTED]}
    if answer.last is not None:
        shown |= {words: restored[method] for method, words in RESTORERS.items()}
        shown["Without noise"] = space.data.images(rows)
    st.html(picture_rows_html(shown))
    by_method = {one.method: one for one in found}
    return NoiseState(
        answer=answer,
        noise=noise,
        better=measured.better_restorer(found),
        psnr={name: measured.mean_psnr(found, name) for name in (CORRUPTED, CODE, MEDIAN)},
        ssim={name: float(by_method[name].ssim.mean()) for name in (CODE, MEDIAN)},
        n_images=len(found[0].rows),
    )


# ── bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class BytesState:
    """The prediction, the sizes, and the bytes of the decoder."""

    answer: Answer
    sizes: Bytes | None
    decoder: int

    @property
    def right(self) -> str:
        """Which of `SIZES` is right."""
        if self.sizes is None:
            return "most"
        ratio = self.sizes.jpeg / self.sizes.code
        return "less" if ratio < 4 else "more" if ratio <= 10 else "most"


def draw_bytes() -> BytesState:
    """The question above digits and their reconstructions."""
    space = digit_space()
    curves = wait_for(
        _key(space, "compress"),
        lambda report, _show: measure_compression(encoded_data(space), progress=report),
    )
    answer = ask("bytes", "How many times the bytes of the code has a JPEG as good?", SIZES)
    rows = curves[0].rows[:N_SHOWN]
    decoded = space.model.decode(space.encodings.mean[rows])
    st.html(picture_rows_html({"Digits": space.data.images(rows), "Their codes, decoded": decoded}))
    return BytesState(
        answer=answer,
        sizes=measured.compare_bytes(curves),
        decoder=decoder_bytes(space.model.card)[0],
    )


_GRID_STYLE = """
<style>
  .st-key-learn-odd-grid .ls-examples-images { display: grid; max-width: 34rem; gap: 6px;
    grid-template-columns: repeat(auto-fill, minmax(62px, 1fr)); }
  .st-key-learn-odd-grid .ls-examples > :first-child:empty { display: none; }
</style>"""
_STYLE = """
<style>
  .ls-accuracy { border-collapse: collapse; width: min(100%, 34rem); }
  .ls-accuracy th { text-align: left; font-weight: 400; padding: 3px .8rem 3px 0; }
  .ls-accuracy td:nth-child(2) { width: 100%; }
  .ls-accuracy td:last-child { padding-left: .6rem; font-variant-numeric: tabular-nums; }
  .ls-accuracy i { display: block; height: 1rem; border-radius: 3px;
    background: var(--st-primary-color); }
</style>"""
