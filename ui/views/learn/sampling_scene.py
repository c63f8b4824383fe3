"""What the lesson on sampling draws: the grid of samples, noisy codes, and reconstructions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from latent_core.progress import ProgressCallback
from ui import session, widgets
from ui.components.code_bars import draw_code_panel
from ui.components.decoder import decoder_data, space_data
from ui.components.sample_grid import GridData, GridState, draw_sample_grid
from ui.morphing.default_endpoints import default_samples
from ui.presenters import code_bars
from ui.spaces import Space, open_space, wait_for
from ui.views.learn.picture_rows import picture_rows_html
from ui.views.learn.prediction import Answer, ask
from ui.views.learn.sampling_figures import (
    N_SAMPLES,
    SampleShares,
    Verdict,
    noisy_codes,
    random_codes,
    same_class_share,
    sample_shares,
    verdicts,
)

DATA, AE, VAE = "digits", "digits-ae-16", "digits-vae-16"
MODELS = {AE: "Autoencoder", VAE: "VAE"}
NOISES = ("0", "1", "2", "5", "10", "20", "40", "80")
"""Of the noise slider, in standard deviations of the posterior."""
N_SHOWN = 24
STYLE = """<style>
  .st-key-learn-scene .ls-samples-controls > label { display: none; }
  .st-key-learn-scene .ls-samples-scroll { height: clamp(280px, calc(100vh - 420px), 520px); }
</style>"""


# ── the grid of samples ─────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplesState:
    """The answer, the models whose samples were looked at, and the shares of 1,000 samples."""

    answer: Answer
    looked: frozenset[str]
    shares: dict[str, SampleShares]


def draw_two_models(question: str, options: Mapping[str, str]) -> SamplesState:
    """The question, and after a prediction the grid of samples of either model."""
    shares = measured_shares()
    answer = ask("samples", question, options)
    chosen = session.chosen("learn.sampled", list(MODELS), AE)
    with st.container(key="learn-sampled"):
        chosen = widgets.segmented_choice(
            "Random codes of", "learn.sampled", list(MODELS), chosen, MODELS.__getitem__
        )
    looked: frozenset[str] = session.recall("learn.samples.looked", frozenset())
    if answer.last is not None:
        looked |= {chosen}
        session.remember("learn.samples.looked", looked)
    draw_grid(open_space(chosen, DATA), "samples")
    return SamplesState(answer=answer, looked=looked, shares=shares)


def measured_shares() -> dict[str, SampleShares]:
    """The shares of each model; computed once."""
    spaces = {model: open_space(model, DATA) for model in MODELS}
    key = " ".join(space.encodings.fingerprint for space in spaces.values())

    def measure(report: ProgressCallback, _show: object) -> dict[str, SampleShares]:
        shares = {}
        for done, (model, space) in enumerate(spaces.items()):
            report(done / len(spaces), f"decoding {N_SAMPLES:,} random codes of each model")
            shares[model] = sample_shares(space)
        return shares

    return wait_for(f"learn sample shares {key}", measure)


def draw_grid(space: Space, name: str) -> GridState:
    """Draw the grid of random codes of a model, with the button for others."""
    st.html(STYLE)
    key = f"learn.grid.{name}.{space.model.card.id}"
    state: GridState = session.recall_or_store(key, GridState())
    draw_sample_grid(
        key=f"learn.grid.{name}",
        data=GridData(
            decoder=decoder_data(space.model.card),
            space=space_data(space.encodings),
            distribution=random_codes(space),
            sheet=None,
            names=(),
            typical_distance=1.0,  # shown only beside the nearest of the data
            sample_noun=space.data.sample_noun,
            state=state,
        ),
        on_change=lambda changed: session.remember(key, replace(changed, nearest=False)),
    )
    return state


@dataclass(frozen=True, slots=True, kw_only=True)
class HolesState:
    """The verdict on the sample that was clicked, or None, and the shares of 1,000 samples."""

    verdict: Verdict | None
    shares: SampleShares


def draw_holes() -> HolesState:
    """The grid of samples from the prior of the VAE."""
    space, shares = open_space(VAE, DATA), measured_shares()
    state = draw_grid(space, "holes")
    clicked = None
    if state.selected is not None:
        clicked = verdicts(space, state.code(random_codes(space), state.selected)[None])[0]
    return HolesState(verdict=clicked, shares=shares[VAE])


# ── the posterior ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True, kw_only=True)
class NoiseState:
    """The noise, in standard deviations of the posterior, and what became of the digit.

    Parameters
    ----------
    noise
        Where the slider is.
    seen
        Where it was.
    same
        The share of decoded noisy codes that are of the class of the image.
    digit
        That class.
    mean_std
        The standard deviation of the image's code, mean over the dimensions.
    spread
        The standard deviation of all images' codes, mean over the dimensions.
    """

    noise: float
    seen: frozenset[float]
    same: float
    digit: str
    mean_std: float
    spread: float


def draw_noise() -> NoiseState:
    """The code of one image with its standard deviations, the slider, and noisy codes decoded."""
    space = open_space(VAE, DATA)
    index = noise_sample(space)
    mean, log_var = space.encodings.mean, space.encodings.log_var
    assert log_var is not None, "a VAE"
    draw_code_panel(key="learn.code", code=code_bars(space, mean[index], log_var[index]))
    chosen = session.chosen("learn.noise", NOISES, NOISES[0])
    noise = float(
        widgets.slider_choice(
            "Noise, in standard deviations of the code",
            "learn.noise",
            list(NOISES),
            chosen,
            lambda value: f"{value} ×",
        )
    )
    seen: frozenset[float] = session.recall("learn.noise.seen", frozenset()) | {noise}
    session.remember("learn.noise.seen", seen)
    images = space.model.decode(noisy_codes(space, index, noise))
    st.html(picture_rows_html({f"{N_SHOWN} codes with noise, decoded": images[:N_SHOWN]}))
    return NoiseState(
        noise=noise,
        seen=seen,
        same=same_class_share(space, index, images),
        digit=space.data.label(index),
        mean_std=float(np.exp(0.5 * log_var[index]).mean()),
        spread=float(mean.std(axis=0).mean()),
    )


def noise_sample(space: Space) -> int:
    """The image of the step on noise: a typical one."""
    return default_samples(space)[2]
