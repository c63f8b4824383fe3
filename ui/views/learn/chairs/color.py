"""The step in which two images of different color turn out to have nearly the same code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ui import session
from ui.components.examples import Example, draw_examples
from ui.images import data_url
from ui.spaces import Space
from ui.views.learn.chairs.furniture import (
    KINDS,
    Figures,
    chosen_or_typical,
    code_distance,
    figures,
    furniture,
    hue_difference,
    neighbors_of,
)
from ui.views.learn.lesson import NOTHING_YET, Feedback, done, not_yet
from ui.views.learn.picture_row import Picture, draw_picture_row

OTHER_HUE_DEGREES = 60
N_NEIGHBORS = 10
_KEPT = "lesson.twin"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColorState:
    """The chair, the picked neighbor or None, and how far apart their hues and codes are."""

    neighbor: int | None
    hue_degrees: float
    distance: float
    measured: Figures


def draw_colors() -> ColorState:
    """Draw the chair's nearest neighbors to pick from, and the decoded images of the pair."""
    space = furniture()
    chair = chosen_or_typical(space, KINDS[0])
    near = neighbors_of(space, chair, N_NEIGHBORS)
    kept: int | None = session.recall(_KEPT)
    picked = draw_examples(
        key="learn.neighbors",
        examples=[
            Example(id=i, label=f"{code_distance(space, chair, i):.3f}", picture=_url(space, i))
            for i in near
        ],
        chosen=kept if kept in near else None,
        caption=f"The {N_NEIGHBORS} nearest codes, with their distances:",
    )
    neighbor = picked if picked is not None else kept if kept in near else None
    session.remember(_KEPT, neighbor)
    _draw_pair(space, chair, neighbor)
    return ColorState(
        neighbor=neighbor,
        hue_degrees=0.0 if neighbor is None else hue_difference(space, chair, neighbor),
        distance=0.0 if neighbor is None else code_distance(space, chair, neighbor),
        measured=figures(space),
    )


def _url(space: Space, index: int) -> str:
    return data_url(space.data.images(slice(index, index + 1))[0])


def _draw_pair(space: Space, chair: int, neighbor: int | None) -> None:
    rows = [chair] if neighbor is None else [chair, neighbor]
    decoded = space.model.decode(space.encodings.mean[np.array(rows)])
    names = ("the chair", "its neighbor")
    draw_picture_row(
        "Images, and what is decoded from their codes",
        [
            picture
            for name, index, image in zip(names, rows, decoded, strict=False)
            for picture in (
                Picture(url=_url(space, index), caption=name),
                Picture(url=data_url(image), caption=f"{name}, decoded"),
            )
        ],
        side_px=128,
    )


def check_color(state: ColorState) -> Feedback:
    """A neighbor of another color is picked."""
    if state.neighbor is None:
        return NOTHING_YET
    if state.hue_degrees < OTHER_HUE_DEGREES:
        return not_yet(
            f"Its hue differs by {state.hue_degrees:.0f}° on the color circle: nearly the same "
            "color. Take another one."
        )
    return done(
        f"The hues differ by {state.hue_degrees:.0f}° of at most 180°, the codes by only "
        f"{state.distance:.3f}. Decoded, the two look the same."
    )


def why_color(state: ColorState) -> str:
    """Why it is so, with the figures of the state."""
    found = state.measured
    return (
        f"Over {found.n_images:,} random images, the hue of the nearest neighbor differs by "
        f"{found.hue_difference:.0f}° on average; that of a random image by "
        f"{found.hue_difference_chance:.0f}°. So the code does not hold the hue. Two numbers are "
        "few: training spends them on what changes most pixels, shape and turn, and the "
        "[decoder] gives every piece a mean hue."
    )
