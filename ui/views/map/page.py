"""The map page: choose a space and a map, point, click, select."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from latent_core.analysis.analogies import AnalogyResult
from latent_core.errors import InvalidInputError
from latent_core.projection import Projection
from latent_core.workspace import default_store
from ui import decoded_point, presenters, session
from ui.components.contact_sheet import draw_contact
from ui.components.decoded_point import draw_place, live_map
from ui.components.inspector import CHOOSE_HINT, draw_inspector
from ui.components.map import LiveMap, draw_map
from ui.jobs import Job, jobs
from ui.layout import choose_data, choose_model, controls
from ui.point_colors import colour_of, labels_of
from ui.sample_sources import sample_pick
from ui.spaces import Space, map_job, open_space, was_stopped
from ui.views.map import words as words_module
from ui.views.map.controls import (
    choose_colour,
    choose_dims,
    choose_method,
    choose_spec,
    settings_of,
)
from ui.views.map.word_markers import names_of, stars_of

MAP_HEIGHT = 535
GRID = "1"
PICK_HINT = CHOOSE_HINT
CHOOSE_HINT = (
    "Click a point to see what the model makes of its picture, or a place between the points "
    "to keep what would be there."
)
Address = dict[str, str | int | None]


def draw_explorer() -> None:
    """Everything below the map page's title."""
    columns = controls(2.7, 2.3, 1.1, 1.2, 1.7, 0.6)
    with columns[0]:
        model_id = choose_model()
    with columns[1]:
        dataset_id = choose_data(model_id)
    space = open_space(model_id, dataset_id)
    with columns[2]:
        method = choose_method()
    with columns[3]:
        dims = choose_dims()
    with columns[4]:
        colour = choose_colour(space)
    with columns[5]:
        spec = choose_spec(method, dims)
    address: Address = {
        "model": model_id,
        "data": dataset_id,
        "method": method,
        "dims": dims,
        "colour": colour,
        "settings": settings_of(spec),
    }
    if session.changed("space", (model_id, dataset_id)):
        session.forget("region")
        session.forget("sum")
    job = map_job(space, spec)
    if job.result is not None:
        session.remember("shown", (method, dims))
        session.remember("shown.spec", spec)
        _explore(space, job.result, colour, address)
    elif job.error is not None:
        _explain(job)
    else:
        _watch(space, job, colour)
    if notice := default_store().notice:
        session.notify(notice)


@st.fragment
def _explore(space: Space, made: Projection, colour: str, address: Address) -> None:
    """The map beside what is selected on it; a click redraws only this."""
    left, right = st.columns([1.75, 1], gap="medium")
    index = session.picture(len(space.data))
    place = decoded_point.chosen_place(made) if space.model.card.decodes else None
    answer = None
    if space.data.precomputed is not None:
        with right:
            index = words_module.draw_questions(space, index)
        answer = words_module.answer_of(space)
    with left:
        event = draw_map(
            key="map.plot",
            points=made.points,
            fingerprint=made.fingerprint,
            colour=colour_of(space, colour),
            labels=labels_of(space),
            sheet=presenters.sheet_where_pictured(space),
            names=names_of(space),
            noun=space.data.sample_noun,
            marks=stars_of(space, made, index, answer),
            selected=index,
            selecting=session.recall("region") is not None,
            height=MAP_HEIGHT,
            note=_note(made),
            decoder=_decoder(space, made, place),
        )
    if event.grid is not None:
        session.choose("grid", str(int(event.grid)))
    if event.picked is not None:
        _look_at(made, event.picked)
    if event.placed is not None:
        _choose_place(space, made, event.placed, address)
    if event.region is not None:
        session.remember("region", event.region if event.region.size else None)
        session.remember("looking", "region" if event.region.size else "picture")
        st.rerun(scope="fragment")
    with right:
        if space.data.precomputed is None:
            _draw_chosen(space, made, index, place)
        else:
            _draw_named(space, made, index, answer)
    laid = GRID if made.n_components == 2 and _grid() else None
    session.write_address(
        **address,
        picture=index,
        place=decoded_point.place_text(place),
        grid=laid,
        sum=words_module.sum_text(space),
    )


def _draw_named(
    space: Space,
    made: Projection,
    index: int | None,
    answer: AnalogyResult | InvalidInputError | None,
) -> None:
    """The right side where samples have no pictures."""
    event = words_module.draw_chosen(space, index, session.recall("region"), answer)
    if event.picked is not None:
        _look_at(made, event.picked)
    if event.closed:
        _leave_region()


def _decoder(space: Space, made: Projection, place: decoded_point.Place | None) -> LiveMap | None:
    """What decodes any place of a flat map."""
    live = live_map(space.model.card, space.encodings, made)
    return None if live is None else replace(live, grid=_grid(), place=place, choosing=True)


def _grid() -> bool:
    """Whether the decoded space lies under the points."""
    return session.chosen("grid", ["0", GRID], "0") == GRID


def _look_at(made: Projection, index: int) -> None:
    session.select(index)
    decoded_point.keep_place(made, None)
    session.remember("looking", "picture")
    st.rerun(scope="fragment")


def _choose_place(
    space: Space, made: Projection, place: decoded_point.Place, address: Address
) -> None:
    """Look at a place between the pictures, and put what is decoded there into the tray."""
    session.select(None)
    decoded_point.keep_place(made, place)
    session.remember("looking", "place")
    session.put_in_tray(decoded_point.place_pick(space, decoded_point.find(space, made, place)))
    session.write_address(**address, place=decoded_point.place_text(place))
    st.rerun()


def _draw_chosen(
    space: Space, made: Projection, index: int | None, place: decoded_point.Place | None
) -> None:
    region = session.recall("region")
    if region is not None and session.recall("looking") == "region":
        _draw_region(space, made, region)
        return
    if region is not None and st.button(
        f"Back to the {len(region):,} selected", icon=":material/arrow_back:", key="map.back"
    ):
        session.remember("looking", "region")
        st.rerun(scope="fragment")
    if place is not None:
        _draw_place(space, made, place)
    else:
        _draw_picture(space, made, index)


def _draw_place(space: Space, made: Projection, place: decoded_point.Place) -> None:
    found = decoded_point.find(space, made, place)
    event = draw_place(key="map.place", data=decoded_point.place_data(space, made, found))
    if event.picked is not None:
        _look_at(made, event.picked)
    if event.tray:
        session.put_in_tray(decoded_point.place_pick(space, found))
        st.rerun()


def _draw_picture(space: Space, made: Projection, index: int | None) -> None:
    details = None if index is None else presenters.details_of(space, index)
    shown = None if details is None else presenters.inspector_of(space, index or 0, details)
    hint = CHOOSE_HINT if made.n_components == 2 else PICK_HINT
    event = draw_inspector(key="map.inspector", data=shown, hint=hint)
    if event.picked is not None:
        _look_at(made, event.picked)
    if event.tray is not None and details is not None and event.tray == index:
        session.put_in_tray(sample_pick(space, event.tray))
        st.rerun()


def _draw_region(space: Space, made: Projection, region: NDArray[np.int64]) -> None:
    group = presenters.group_of(space, region)
    event = draw_contact(key="map.contact", data=presenters.contact_of(space, group))
    if event.picked is not None:
        _look_at(made, event.picked)
    if event.closed:
        _leave_region()
    if event.tray:
        session.put_in_tray(presenters.group_item(space, group))
        st.rerun()
    st.download_button(
        "Their codes, with what is known of them, CSV",
        lambda: presenters.group_csv(space, group),
        f"{space.model.card.id}-selection.csv",
        "text/csv",
        key="map.csv",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


def _leave_region() -> None:
    session.forget("region")
    session.remember("looking", "picture")
    st.rerun(scope="fragment")


@st.fragment(run_every=0.5)
def _watch(space: Space, job: Job, colour: str) -> None:
    """A map that is being made: its points as they move, how far it is, and a way to stop."""
    if job.ended.is_set():
        st.rerun()
    bar, stop = st.columns([6, 1], vertical_alignment="center")
    bar.progress(job.fraction, text=job.words)
    if stop.button("Stop", key="map.stop", width="stretch"):
        job.leave(session.visitor())
    if job.points is not None:
        draw_map(
            key="map.moving",
            points=job.points,
            colour=colour_of(space, colour),
            labels=labels_of(space),
            sheet=presenters.sheet_where_pictured(space),
            names=names_of(space),
            noun=space.data.sample_noun,
            height=MAP_HEIGHT - 40,
            moving=True,
        )


def _explain(job: Job) -> None:
    """A map that was stopped or cannot be made: say so, and go back to the last one."""
    jobs().dismiss(job, session.visitor())
    session.notify("Stopped; the map shown before is back." if was_stopped(job) else str(job.error))
    method, dims = session.recall("shown", ("pca", 2))
    session.forget(f"spec.{method}")
    session.choose("method", method)
    session.choose("dims", str(dims))
    st.rerun()


def _note(made: Projection) -> str:
    k, trust = made.n_neighbors, made.trustworthiness
    return f"{made.method.name}: trustworthiness {trust:.3f} (of {k} neighbours; 1 is perfect)"
