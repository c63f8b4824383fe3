"""What the lesson on faces draws: for each step its components, and the state that they give."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st

from latent_core.types import Floats
from ui import session, widgets
from ui.arithmetic_equation import equation_html
from ui.components.examples import Example, draw_examples
from ui.images import data_url
from ui.spaces import Space, open_space, wait_for
from ui.views.learn.faces import push, search, sums
from ui.views.learn.faces.readings import (
    DATA,
    MODEL,
    FaceShares,
    face_shares,
    first_good_code,
    read_attribute,
)
from ui.views.learn.picture_row import Picture, draw_picture_row
from ui.views.learn.prediction import Answer, ask
from ui.views.learn.sampling_figures import Verdict, random_codes, verdicts
from ui.views.learn.sampling_scene import draw_grid

OTHERS = {"greyness": "Grey hair", "smile": "Smile", "yaw": "Direction of the head"}
STEP_WORDS = {0: "mean code", 1: "1 step"}


def face_space() -> Space:
    """The space of the lesson."""
    return open_space(MODEL, DATA)


def chosen_face(space: Space) -> Floats:
    """``(D,)``: the code of the face that was chosen in the first step, or of a good one."""
    kept: Floats | None = session.recall("learn.face")
    return first_good_code(space) if kept is None else kept


# ── random faces


@dataclass(frozen=True, slots=True, kw_only=True)
class RandomState:
    """The verdict on the face that was clicked, or None, and the shares of random codes."""

    verdict: Verdict | None
    shares: FaceShares
    latent_dim: int


def draw_random() -> RandomState:
    """The grid of random faces."""
    space = face_space()
    shares = wait_for(
        f"learn face shares {space.encodings.fingerprint}", lambda *_: face_shares(space)
    )
    state = draw_grid(space, "faces")
    verdict = None
    if state.selected is not None:
        code = state.code(random_codes(space), state.selected)
        verdict = verdicts(space, code[None])[0]
        if verdict.worse == "near data":
            session.remember("learn.face", code)
    return RandomState(verdict=verdict, shares=shares, latent_dim=space.encodings.latent_dim)


# ── arithmetic


@dataclass(frozen=True, slots=True, kw_only=True)
class SumState:
    """The groups, what is read from face and sum, and how many neighbors need no arithmetic.

    Parameters
    ----------
    had, has
        Whether the classifier reads glasses in the face and in the sum.
    shared, n_neighbors
        Of the nearest images of the sum, those that are nearest to the face alone.
    """

    add: str
    subtract: str
    count: int
    had: bool
    has: bool
    shared: int
    n_neighbors: int
    shares: sums.SumShares


def draw_sum() -> SumState:
    """The groups to add and to subtract, and the equation."""
    space = face_space()
    shares = wait_for(
        f"learn sum shares {space.encodings.fingerprint}", lambda *_: sums.sum_shares(space)
    )
    add, subtract = _choose_group("Add", "add"), _choose_group("Subtract", "subtract")
    counts = [str(count) for count in sums.COUNTS]
    count = int(
        widgets.segmented_choice(
            "Faces per group, whose codes are averaged",
            "learn.sum.count",
            counts,
            session.chosen("learn.sum.count", counts, "10"),
            str,
        )
    )
    face = chosen_face(space)
    found = sums.face_sum(space, face, add, subtract, count)
    images = space.model.decode(np.stack([*found.terms, found.code]))
    had, has = (bool(one) for one in read_attribute(images[2:], sums.GOAL))
    words = [f"{count} {sums.GROUPS[group]}" for group in (add, subtract)]
    sees = "read: glasses" if has else "read: no glasses"
    st.html(equation_html([data_url(one) for one in images], [*words, "your face", sees]))
    return SumState(
        add=add,
        subtract=subtract,
        count=count,
        had=had,
        has=has,
        shared=found.shared[1],
        n_neighbors=len(found.nearest),
        shares=shares,
    )


def _choose_group(label: str, name: str) -> str:
    key, groups = f"learn.sum.{name}", list(sums.GROUPS)
    chosen = session.chosen(key, groups, "closed")
    return widgets.segmented_choice(label, key, groups, chosen, sums.GROUPS.__getitem__)


# ── attribute slider


@dataclass(frozen=True, slots=True, kw_only=True)
class PushState:
    """The prediction, the predicted age, and what else changes.

    Parameters
    ----------
    start, age
        Predicted from the code, before and after the push.
    reads_old
        Whether the classifier reads an age above its threshold in the image.
    threshold
        That threshold, in years.
    most
        Which of `OTHERS` changes most.
    changes
        By the titles of other attributes: the change, in standard deviations.
    correlation
        Of age with `most` in the data.
    """

    answer: Answer
    start: float
    age: float
    reads_old: bool
    threshold: float
    most: str
    changes: dict[str, float]
    correlation: float
    r2: float
    n_images: int


def draw_push() -> PushState:
    """The question, the slider, the face before and after, and what else changes."""
    space = face_space()
    direction = wait_for(
        f"learn age {space.encodings.fingerprint}", lambda *_: push.age_direction(space)
    )
    answer = ask("age", "Push a face towards old age: what else changes most?", OTHERS)
    face = chosen_face(space)
    start = direction.age(face)
    options = [str(age) for age in push.AGES]
    nearest = min(push.AGES, key=lambda age: abs(age - start))
    chosen = session.chosen("learn.age", options, str(nearest))
    slider = widgets.slider_choice("Predicted age", "learn.age", options, chosen, _years)
    moved = session.recall("choice.learn.age") is not None
    age = float(slider) if moved else start
    images = space.model.decode(np.stack([face, direction.at_age(face, age)]))
    old = bool(read_attribute(images[1:], push.ATTRIBUTE)[0])
    threshold = space.data.card["attribute_thresholds"][push.ATTRIBUTE]
    above = "over" if old else "under"
    draw_picture_row(
        "Your face",
        [
            Picture(url=data_url(images[0]), caption="before", figure=f"{start:.0f} years"),
            Picture(
                url=data_url(images[1]),
                caption=f"pushed; read: {above} {threshold:g}",
                figure=f"{age:.0f} years",
                marked=True,
            ),
        ],
        side_px=128,
    )
    if answer.last is not None and moved:
        st.html(push.leakage_html(direction))
    most = direction.most(list(OTHERS))
    return PushState(
        answer=answer,
        start=start,
        age=age,
        reads_old=old,
        threshold=threshold,
        most=most,
        changes={one.name: one.value for one in direction.leakage},
        correlation=push.factor_correlation(space, most),
        r2=direction.r2,
        n_images=len(space.data),
    )


def _years(value: str) -> str:
    return f"{value} years"


# ── inversion


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchState:
    """The prediction, and the search once it was started."""

    answer: Answer
    found: search.FaceSearch | None
    own_error: float


def draw_search() -> SearchState:
    """The question, faces to choose from, the button, and the search."""
    space = face_space()
    answer = ask(
        "search",
        f"How much of the mean code's error is left after {search.STEPS[-1]} steps?",
        search.SHARES,
    )
    offered = search.offered_faces(space.data)
    index = session.recall("learn.search.face", offered[0])
    examples = [
        Example(id=row, label=f"face {number}", picture=data_url(image))
        for number, (row, image) in enumerate(
            zip(offered, space.data.images(offered), strict=True), start=1
        )
    ]
    picked = draw_examples(
        key="learn.search.faces", examples=examples, chosen=index, caption="Rendered faces:"
    )
    if picked is not None and picked != index:
        session.remember("learn.search.face", picked)
        st.rerun()
    st.button(
        "Search its code",
        key="learn.search.start",
        icon=":material/travel_explore:",
        on_click=session.remember,
        args=("learn.search.started", True),
        disabled=answer.last is None,
    )
    found = None
    if answer.last is not None and session.recall("learn.search.started", False):
        found = wait_for(
            f"learn search {index} {space.encodings.fingerprint}",
            lambda report, _show: search.search_face(space, index, progress=report),
        )
        draw_picture_row(
            "The best code so far, decoded, and its error", _steps(space, index, found)
        )
    errors = space.self_inversion_errors
    own = float("nan") if errors is None else float(errors.mean())
    return SearchState(answer=answer, found=found, own_error=own)


def _steps(space: Space, index: int, found: search.FaceSearch) -> list[Picture]:
    """The decoded codes with their errors, and the face that is searched."""
    rows = [
        Picture(
            url=data_url(image),
            caption=STEP_WORDS.get(step, f"{step} steps"),
            figure=f"{error:.4f}",
        )
        for step, image, error in zip(search.STEPS, found.images, found.errors, strict=True)
    ]
    face = data_url(space.data.images(slice(index, index + 1))[0])
    return [*rows, Picture(url=face, caption="the face", marked=True)]
