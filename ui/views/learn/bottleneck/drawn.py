"""Steps in which something is drawn, encoded with 16 numbers and decoded."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

import latent_core as lc
from ui import session
from ui.components.examples import Example, draw_examples
from ui.kept_drawing import draw_kept_pad
from ui.views.learn.bottleneck.digit_drawing import (
    Encoded,
    dataset_image,
    draw_encoded,
    encoded,
    first_of_classes,
)
from ui.views.learn.bottleneck.spaces import chosen_image, network_space
from ui.views.learn.lesson import NOTHING_YET, Feedback, done, not_yet

UNLIKE_PERCENT = 95
"""An image is unlike the digits when so many percent of them have a smaller error."""
_STYLE = """<style>
  .stMain .st-key-learn-sources[data-testid] { display: grid; gap: .8rem 1.6rem;
    grid-template-columns: 235px minmax(0, 1fr); }
  .st-key-learn-sources > div { width: auto; }
  @media (max-width: 640px) {
    .stMain .st-key-learn-sources[data-testid] { grid-template-columns: minmax(0, 1fr); }
    .st-key-learn-pad { max-width: 235px; }
    .st-key-learn-scene .ls-pipeline[data-empty] { display: none; }
  }
</style>"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DrawnState:
    """What was drawn, encoded with 16 numbers; None while the pad is empty."""

    drawn: Encoded | None


def draw_pad(name: str, hint: str, dataset_id: str) -> DrawnState:
    """Draw a pad and images to pick from, and the pipeline; the session keeps both by `name`."""
    space = network_space(16)
    st.html(_STYLE)
    with st.container(key="learn-sources"):
        with st.container(key="learn-pad"):
            png = draw_kept_pad(key=f"learn.pad.{name}", name=name, hint=hint)
        with st.container(key="learn-examples"):
            _draw_examples(name, dataset_id, png)
    shown = chosen_image(space, name, dataset_id)
    found = None if shown is None else encoded(space, shown)
    draw_encoded(f"learn.pipeline.{name}", space, shown, found, hint)
    return DrawnState(drawn=found)


def _draw_examples(name: str, dataset_id: str, png: bytes | None) -> None:
    """Draw test images to pick from; a new drawing takes the place of the picked one."""
    if session.changed(f"{name}.of", png) and png is not None:
        session.forget(f"{name}.picked")
    data, picked = lc.load_dataset(dataset_id), session.recall(f"{name}.picked")
    examples = [
        Example(id=i, label=data.label(i), picture=dataset_image(dataset_id, i).original)
        for i in first_of_classes(dataset_id)
    ]
    clicked = draw_examples(
        key=f"learn.examples.{name}", examples=examples, chosen=picked, caption="Or take one:"
    )
    if clicked is not None and clicked != picked:
        session.remember(f"{name}.picked", clicked)
        st.rerun()


def check_digit(state: DrawnState) -> Feedback:
    """What was drawn is reconstructed like the digits of the data set."""
    found = state.drawn
    if found is None:
        return NOTHING_YET
    if found.report.is_plain:
        return not_yet("The picture is blank: draw a digit from 0 to 9.")
    if found.percent_below >= UNLIKE_PERCENT:
        return not_yet(
            "What comes back is far from your drawing: its error is larger than that of "
            f"{found.percent_below} % of {found.n_images:,} digits. Draw one large digit."
        )
    return done(f"{found.class_sentence} {_error_sentence(found)}")


def check_unlike(state: DrawnState) -> Feedback:
    """What was drawn is reconstructed worse than nearly all digits."""
    found = state.drawn
    if found is None:
        return NOTHING_YET
    if found.report.is_plain:
        return not_yet("The picture is blank: draw a cross, a star or a spiral.")
    if found.percent_below < UNLIKE_PERCENT:
        return not_yet(
            f"{_error_sentence(found)} To the model this is still much like a digit; it should be "
            f"{UNLIKE_PERCENT} % or more. Try a star with many rays, or a house."
        )
    return done(_error_sentence(found))


def _error_sentence(found: Encoded) -> str:
    return (
        f"Error {found.error:.3f}: larger than that of {found.percent_below} % of "
        f"{found.n_images:,} digits."
    )


def why_sixteen(state: DrawnState) -> str:
    """Why it is so, with the figures of the state."""
    found = state.drawn
    if found is None:
        return ""
    n_pixels, n_code = found.report.image.size, len(found.report.code)
    return (
        f"{n_pixels} numbers go in, and only {n_code} pass the middle, the "
        f"bottleneck: 1 for {n_pixels / n_code:.0f}. Encoder and decoder were trained together so "
        "that what comes out is as near as possible to what went in."
    )


def why_unlike(state: DrawnState) -> str:
    """Why it is so, with the figures of the state."""
    found = state.drawn
    if found is None:
        return ""
    return (
        "Encoder and decoder were trained on nothing but digits, so what comes back is made of "
        f"what digits have in common. {found.class_sentence} A large "
        "[reconstruction error|reconstruction error] can show that an image is unlike the "
        "training images."
    )
