"""The step in which a chair and a desk are chosen on the model's plane."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core import workspace
from latent_core.projection import LatentAxes
from ui import presenters, session
from ui.components.map import MapAxis, MapEvent, MapLine, Mark, draw_map
from ui.images import data_url
from ui.point_colors import color_of, label_colors
from ui.spaces import Space
from ui.views.learn.chairs.furniture import (
    KINDS,
    Figures,
    choose,
    chosen,
    code_distance,
    figures,
    furniture,
)
from ui.views.learn.lesson import NOTHING_YET, Feedback, done, not_yet
from ui.views.learn.picture_row import Picture, draw_picture_row
from ui.wording.text import format_number

MAP_HEIGHT = 400
_OTHER = "lesson.other"


@dataclass(frozen=True, slots=True, kw_only=True)
class MapState:
    """What was chosen.

    Parameters
    ----------
    chair, desk
        Indices of images, or None.
    other
        The class of the last click where that is neither; else "".
    distance
        Of the two codes, where both are chosen.
    """

    chair: int | None
    desk: int | None
    other: str
    distance: float | None
    measured: Figures


def draw_plane() -> MapState:
    """Draw the map of all codes, and what is chosen on it."""
    space = furniture()
    _draw_map(space)
    pair = [(kind, chosen(kind)) for kind in KINDS]
    pictures = [_picture(space, kind, index) for kind, index in pair if index is not None]
    draw_picture_row("Chosen, with their codes", pictures)
    chair, desk = (index for _, index in pair)
    both = chair is not None and desk is not None
    return MapState(
        chair=chair,
        desk=desk,
        other=session.recall(_OTHER, ""),
        distance=code_distance(space, chair, desk) if both else None,  # type: ignore[arg-type]
        measured=figures(space),
    )


def _picture(space: Space, kind: str, index: int) -> Picture:
    code = ", ".join(format_number(value) for value in space.encodings.mean[index])
    image = space.data.images(slice(index, index + 1))[0]
    return Picture(url=data_url(image), caption=kind, figure=f"({code})")


def _draw_map(space: Space) -> None:
    projection = workspace.project(space.encodings, LatentAxes(n_components=2), measure=False)

    def on_event(event: MapEvent) -> None:
        if event.picked is not None:
            kind = space.data.label(event.picked)
            session.remember(_OTHER, "" if kind in KINDS else kind)
            if kind in KINDS:
                choose(kind, event.picked)

    found = [(kind, projection.points[i]) for kind in KINDS if (i := chosen(kind)) is not None]
    lines = []
    if len(found) == len(KINDS):
        lines.append(MapLine(points=np.stack([at for _, at in found]), name="distance"))
    draw_map(
        key="learn.map",
        points=projection.points,
        fingerprint=projection.fingerprint,
        color=color_of(space, "label"),
        labels=label_colors(space),
        sheet=presenters.image_sheet(space),
        marks=[Mark(position=at, label=kind) for kind, at in found],
        lines=lines,
        toolbar=False,
        height=MAP_HEIGHT,
        axes=[MapAxis(title=f"z{i}", has_ticks=True) for i in (1, 2)],
        on_event=on_event,
    )


def check_chosen(state: MapState) -> Feedback:
    """A chair and a desk are chosen."""
    if state.distance is not None:
        return done(
            f"The two codes are {state.distance:.2f} apart; two random images "
            f"{state.measured.median_distance:.2f} (median of {state.measured.n_images:,} pairs)."
        )
    if state.other:
        chosen_kinds = ((state.chair, "a chair"), (state.desk, "a desk"))
        missing = " and ".join(words for index, words in chosen_kinds if index is None)
        return not_yet(f"That is a {state.other.lower()}; now click on {missing}.")
    if state.chair is None and state.desk is None:
        return NOTHING_YET
    missing, found = ("desk", "chair") if state.desk is None else ("chair", "desk")
    return not_yet(f"A {found} is chosen; now click on a {missing}.")


def why_near(state: MapState) -> str:
    """Why it is so, with the figures of the state."""
    found = state.measured
    same, chance = 100 * found.same_class, 100 * found.same_class_chance
    return (
        "The model was trained on images alone, without the words chair and desk. Yet of "
        f"{found.n_images:,} random images, {same:.0f} % have a nearest neighbor of the same "
        f"class; for random pairs it is {chance:.0f} %. Images that look alike get codes that are "
        "near, because the [decoder] must draw them from nearly the same numbers."
    )
