"""The step in which a chair becomes a desk, along the straight line between their codes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
import streamlit as st

from latent_core.analysis.knn_probe import PROBE_NEIGHBORS, class_votes
from latent_core.cache.memo import memoize
from latent_core.interpolation import linear_path
from ui import session
from ui.components.decoder import decoder_data
from ui.components.morph import draw_path_slider
from ui.components.morph_types import Card, PathPosition, TwoEndpointsData
from ui.images import data_url
from ui.morphing.paths import annotate_path, support_limits
from ui.spaces import Space
from ui.views.learn.chairs.furniture import KINDS, chosen_or_typical, furniture
from ui.views.learn.lesson import NOTHING_YET, Feedback, done, not_yet

STEPS = 100
TOLERANCE = 0.06
_KEPT = "lesson.time"
_STYLE = """<style>
  .stMain .st-key-learn-scene .ls-morph-row > .ls-button-group,
  .stMain .st-key-learn-scene .ls .ls-morph-tray.ls-button,
  .stMain .st-key-learn-scene .ls-morph :is(.ls-speed, .ls-path-strips, .ls-morph-foot) {
    display: none; }
</style>"""
"""Of the slider's component, only what the step needs; the strips would show the answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MorphState:
    """Where the slider is, from 0 to 1, or None at first; and the class of the codes on the line.

    Parameters
    ----------
    classes
        The class of most of the nearest codes at 0, 1 / `STEPS`, … 1.
    """

    time: float | None
    classes: tuple[str, ...]

    @property
    def change(self) -> float | None:
        """Where the class is first another one than at the start; None if nowhere."""
        first = self.classes[0]
        found = (i for i, name in enumerate(self.classes) if name != first)
        index = next(found, None)
        return None if index is None else index / (len(self.classes) - 1)

    @property
    def here(self) -> str:
        """The class at the slider."""
        time = min(1.0, max(0.0, self.time or 0.0))
        return self.classes[round(time * (len(self.classes) - 1))]


def draw_morph() -> MorphState:
    """Draw the chair, the slider and the desk; the image between follows in the browser."""
    space = furniture()
    a, b = (chosen_or_typical(space, kind) for kind in KINDS)
    ends = f"{a} {b}"
    if session.changed("lesson.ends", ends):
        session.forget(_KEPT)
    codes = space.encodings.mean
    path = linear_path(codes[a], codes[b])
    kept: float | None = session.recall(_KEPT)
    st.html(_STYLE)
    event = draw_path_slider(
        key="learn.morph",
        data=TwoEndpointsData(
            decoder=decoder_data(space.model.card),
            paths=[annotate_path(space, None, path)],
            key=f"{space.encodings.fingerprint} {ends}",
            limits=support_limits(space),
            position=PathPosition(kind="linear", time=kept or 0.0),
            cards=[
                _card(space, str(place), KINDS[place], index) for place, index in enumerate((a, b))
            ],
            active="",
        ),
    )
    if event.moved is not None:
        kept = event.moved.time
        session.remember(_KEPT, kept)
    return MorphState(time=kept, classes=_classes(space, a, b))


def _card(space: Space, slot: str, name: str, index: int) -> Card:
    image = space.data.images(slice(index, index + 1))[0]
    decoded = space.model.decode(space.encodings.mean[index][None])[0]
    return Card(
        slot=slot,
        name="AB"[int(slot)],
        label=name,
        original=data_url(image),
        decoded=data_url(decoded),
    )


def _classes(space: Space, a: int, b: int) -> tuple[str, ...]:
    name = f"{space.encodings.fingerprint} {a} {b}"
    return memoize("lesson classes", name, lambda: classes_between(space, a, b))


def classes_between(space: Space, a: int, b: int) -> tuple[str, ...]:
    """The class that most of the nearest codes have, at `STEPS` + 1 codes from `a` to `b`."""
    codes = space.encodings.mean
    line = [codes[a] + time * (codes[b] - codes[a]) for time in np.linspace(0, 1, STEPS + 1)]
    votes = (class_votes(space.data, space.encodings, code) for code in line)
    return tuple("" if found is None else found.votes[0][0] for found in votes)


def check_morph(state: MorphState) -> Feedback:
    """The slider is where the class changes first."""
    if state.time is None:
        return NOTHING_YET
    if state.change is None:
        return not_yet(
            f"From end to end the nearest codes are those of a {state.here.lower()}: go back and "
            "choose two that are farther apart."
        )
    at = (
        f"At {100 * state.time:.0f} % most of the nearest codes are those of a {state.here.lower()}"
    )
    if abs(state.time - state.change) <= TOLERANCE:
        return done(f"{at}; the first change is at {100 * state.change:.0f} %.")
    if state.time < state.change:
        return not_yet(f"{at}: no change up to here. Go on.")
    return not_yet(f"{at}, but the first change was earlier. Go back a little.")


def why_morph(state: MorphState) -> str:
    """Why it is so, with the figures of the state."""
    order = [name.lower() for name, _ in groupby(state.classes)]
    return (
        f"Along the line the {PROBE_NEIGHBORS} nearest codes are mostly of: {', '.join(order)}. "
        "The [decoder] is continuous: a small step in the [latent space] is a small change of the "
        "image. So nothing jumps, and between two images lie ones that nobody made."
    )
