"""The step in which the place of a drawn digit on the plane of codes is predicted."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st

from latent_core import workspace
from latent_core.analysis.knn_probe import class_votes
from latent_core.projection import LatentAxes, Projection
from ui import presenters, session
from ui.components.decoded_point import map_decoder
from ui.components.map import MapAxis, MapEvent, Mark, draw_map
from ui.images import data_url
from ui.kept_drawing import draw_kept_pad
from ui.point_colors import color_of, label_colors
from ui.spaces import Space
from ui.views.learn.bottleneck.digit_drawing import (
    DigitImage,
    dataset_image,
    encoded,
    first_of_classes,
    image_of_drawing,
)
from ui.views.learn.bottleneck.pca_widths import DATASET
from ui.views.learn.bottleneck.spaces import OUR_DIGIT, network_space
from ui.views.learn.closeness.measured import N_QUERIES, PlaneNearness, plane_nearness
from ui.views.learn.lesson import NOTHING_YET, Feedback, done
from ui.views.learn.picture_row import Picture, draw_picture_row

MAP_HEIGHT = 420
_DRAWING, _GUESS = "lesson.four", "lesson.guess"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuessState:
    """The guess, None at first, and where the code is; each with the class of the codes there.

    Parameters
    ----------
    distance
        From the guess to the code.
    measured
        How alike neighbors on this plane are.
    """

    guess: tuple[float, float] | None
    guess_class: str
    code: tuple[float, float]
    code_class: str
    distance: float
    measured: PlaneNearness


def draw_guess() -> GuessState:
    """Draw the pad and the map; the code is marked once a guess was made."""
    space = network_space(2)
    st.html(_STYLE)
    with st.container(key="learn-sources"):
        with st.container(key="learn-pad"):
            png = draw_kept_pad(key="learn.pad.four", name=_DRAWING, hint="Draw a 4, or keep ours")
            own = image_of_drawing(space, png)
            four = first_of_classes(DATASET)[OUR_DIGIT]
            shown = dataset_image(DATASET, four) if own is None else own
            _draw_shown(shown)
        if session.changed("lesson.four.of", png):
            session.forget(_GUESS)
        code = encoded(space, shown).report.code
        with st.container(key="learn-guess-map"):
            _draw_map(space, code)
    guess: tuple[float, float] | None = session.recall(_GUESS)
    at = np.asarray(code if guess is None else guess, np.float32)
    return GuessState(
        guess=guess,
        guess_class=_class_at(space, at),
        code=(float(code[0]), float(code[1])),
        code_class=_class_at(space, code),
        distance=float(np.linalg.norm(at - code)),
        measured=plane_nearness(space),
    )


def _draw_shown(shown: DigitImage) -> None:
    title = "What the encoder gets" if shown.is_own else "Ours"
    draw_picture_row(title, [Picture(url=data_url(shown.image), caption="28 × 28 pixels")])


def _class_at(space: Space, code: np.ndarray) -> str:
    found = class_votes(space.data, space.encodings, np.asarray(code, np.float32))
    return "?" if found is None else found.votes[0][0]


def _draw_map(space: Space, code: np.ndarray) -> None:
    projection = workspace.project(space.encodings, LatentAxes(n_components=2), measure=False)
    guess: tuple[float, float] | None = session.recall(_GUESS)
    marks = [] if guess is None else [Mark(position=guess, label="your guess")]
    if guess is not None:
        marks.append(Mark(position=code, label="the code"))
    decoder = map_decoder(space.model.card, space.encodings, projection)
    draw_map(
        key="learn.guess",
        points=projection.points,
        fingerprint=projection.fingerprint,
        color=color_of(space, "label"),
        labels=label_colors(space),
        sheet=presenters.image_sheet(space),
        marks=marks,
        toolbar=False,
        height=MAP_HEIGHT,
        axes=[MapAxis(title=f"z{i}", has_ticks=True) for i in (1, 2)],
        decoder=None if decoder is None else replace(decoder, choosing=True),
        on_event=lambda event: _keep(event, projection),
    )


def _keep(event: MapEvent, projection: Projection) -> None:
    """Keep where was clicked: on a sample or between samples."""
    if event.picked is not None:
        x, y = projection.points[event.picked]
        session.remember(_GUESS, (float(x), float(y)))
    elif event.placed is not None:
        session.remember(_GUESS, event.placed)


def check_guess(state: GuessState) -> Feedback:
    """A guess was made; the sentence compares it with the code."""
    if state.guess is None:
        return NOTHING_YET
    there = f"Its code is {state.distance:.1f} from your guess"
    if state.guess_class == state.code_class:
        return done(f"{there}; at both most of the nearest codes are of a {state.code_class}.")
    return done(
        f"{there}: at your guess most of the nearest codes are of a {state.guess_class}, at its "
        f"code of a {state.code_class}."
    )


def why_guess(state: GuessState) -> str:
    """Why it is so, with the figures of the state."""
    found = state.measured
    other = found.confused_with.get(state.code_class, "?")
    return (
        "The [encoder] never saw this image, and no labels at all; it places the image among "
        f"images like it. Of the nearest codes of {N_QUERIES:,} test images, "
        f"{100 * found.same_class:.0f} % are of the same class. Not all, since ten digits share "
        f"one plane: the other neighbors of a {state.code_class} are mostly a {other}."
    )


_STYLE = """<style>
  .st-key-learn-guess-map .ls-decoder-status { display: none; }
  .stMain .st-key-learn-sources[data-testid] { display: grid; gap: .8rem 1.6rem;
    grid-template-columns: 200px minmax(0, 1fr); }
  .st-key-learn-sources > div { width: auto; }
  @media (max-width: 640px) {
    .stMain .st-key-learn-sources[data-testid] { grid-template-columns: minmax(0, 1fr); }
    .st-key-learn-pad { max-width: 235px; }
  }
</style>"""
