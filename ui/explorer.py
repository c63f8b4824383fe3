"""The map page: choose a space and a map, point, click, select."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from latent_core.arithmetic import Answer
from latent_core.errors import BadInput
from latent_core.maps import Map
from latent_core.workspace import default_store
from ui import named, places, show, state
from ui.frame import choose_data, choose_model, controls
from ui.jobs import Job, jobs
from ui.live.contact import draw_contact
from ui.live.inspector import CHOOSE_HINT, draw_inspector
from ui.live.map import LiveMap, draw_map
from ui.live.place import draw_place, live_map
from ui.named_stars import names_of, stars_of
from ui.picks import sample_pick
from ui.settings import (
    choose_colour,
    choose_dims,
    choose_method,
    choose_spec,
    colour_of,
    labels_of,
    settings_of,
)
from ui.spaces import Space, map_job, open_space, was_stopped

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
    if state.changed("space", (model_id, dataset_id)):
        state.forget("region")
        state.forget("sum")
    job = map_job(space, spec)
    if job.result is not None:
        state.remember("shown", (method, dims))
        state.remember("shown.spec", spec)
        _explore(space, job.result, colour, address)
    elif job.error is not None:
        _explain(job)
    else:
        _watch(space, job, colour)
    if notice := default_store().notice:
        state.notify(notice)


@st.fragment
def _explore(space: Space, made: Map, colour: str, address: Address) -> None:
    """The map beside what is selected on it; a click redraws only this."""
    left, right = st.columns([1.75, 1], gap="medium")
    index = state.picture(len(space.data))
    place = places.chosen_place(made) if space.model.card.decodes else None
    answer = None
    if space.data.given is not None:
        with right:
            index = named.draw_questions(space, index)
        answer = named.answer_of(space)
    with left:
        event = draw_map(
            key="map.plot",
            points=made.points,
            fingerprint=made.fingerprint,
            colour=colour_of(space, colour),
            labels=labels_of(space),
            sheet=show.sheet_where_pictured(space),
            names=names_of(space),
            noun=space.data.noun,
            marks=stars_of(space, made, index, answer),
            selected=index,
            selecting=state.recall("region") is not None,
            height=MAP_HEIGHT,
            note=_note(made),
            decoder=_decoder(space, made, place),
        )
    if event.grid is not None:
        state.choose("grid", str(int(event.grid)))
    if event.picked is not None:
        _look_at(made, event.picked)
    if event.placed is not None:
        _choose_place(space, made, event.placed, address)
    if event.region is not None:
        state.remember("region", event.region if event.region.size else None)
        state.remember("looking", "region" if event.region.size else "picture")
        st.rerun(scope="fragment")
    with right:
        if space.data.given is None:
            _draw_chosen(space, made, index, place)
        else:
            _draw_named(space, made, index, answer)
    laid = GRID if made.dims == 2 and _grid() else None
    state.write_address(
        **address,
        picture=index,
        place=places.place_text(place),
        grid=laid,
        sum=named.sum_text(space),
    )


def _draw_named(
    space: Space, made: Map, index: int | None, answer: Answer | BadInput | None
) -> None:
    """The right side where samples have no pictures."""
    event = named.draw_chosen(space, index, state.recall("region"), answer)
    if event.picked is not None:
        _look_at(made, event.picked)
    if event.closed:
        _leave_region()


def _decoder(space: Space, made: Map, place: places.Place | None) -> LiveMap | None:
    """What decodes any place of a flat map."""
    live = live_map(space.model.card, space.encodings, made)
    return None if live is None else replace(live, grid=_grid(), place=place, choosing=True)


def _grid() -> bool:
    """Whether the decoded space lies under the points."""
    return state.chosen("grid", ["0", GRID], "0") == GRID


def _look_at(made: Map, index: int) -> None:
    state.select(index)
    places.keep_place(made, None)
    state.remember("looking", "picture")
    st.rerun(scope="fragment")


def _choose_place(space: Space, made: Map, place: places.Place, address: Address) -> None:
    """Look at a place between the pictures, and put what is decoded there into the tray."""
    state.select(None)
    places.keep_place(made, place)
    state.remember("looking", "place")
    state.put_in_tray(places.place_pick(space, places.find(space, made, place)))
    state.write_address(**address, place=places.place_text(place))
    st.rerun()


def _draw_chosen(space: Space, made: Map, index: int | None, place: places.Place | None) -> None:
    region = state.recall("region")
    if region is not None and state.recall("looking") == "region":
        _draw_region(space, made, region)
        return
    if region is not None and st.button(
        f"Back to the {len(region):,} selected", icon=":material/arrow_back:", key="map.back"
    ):
        state.remember("looking", "region")
        st.rerun(scope="fragment")
    if place is not None:
        _draw_place(space, made, place)
    else:
        _draw_picture(space, made, index)


def _draw_place(space: Space, made: Map, place: places.Place) -> None:
    found = places.find(space, made, place)
    event = draw_place(key="map.place", data=places.place_data(space, made, found))
    if event.picked is not None:
        _look_at(made, event.picked)
    if event.tray:
        state.put_in_tray(places.place_pick(space, found))
        st.rerun()


def _draw_picture(space: Space, made: Map, index: int | None) -> None:
    details = None if index is None else show.details_of(space, index)
    shown = None if details is None else show.inspector_of(space, index or 0, details)
    hint = CHOOSE_HINT if made.dims == 2 else PICK_HINT
    event = draw_inspector(key="map.inspector", data=shown, hint=hint)
    if event.picked is not None:
        _look_at(made, event.picked)
    if event.tray is not None and details is not None and event.tray == index:
        state.put_in_tray(sample_pick(space, event.tray))
        st.rerun()


def _draw_region(space: Space, made: Map, region: NDArray[np.int64]) -> None:
    group = show.group_of(space, region)
    event = draw_contact(key="map.contact", data=show.contact_of(space, group))
    if event.picked is not None:
        _look_at(made, event.picked)
    if event.closed:
        _leave_region()
    if event.tray:
        state.put_in_tray(show.group_item(space, group))
        st.rerun()
    st.download_button(
        "Their codes, with what is known of them, CSV",
        lambda: show.group_csv(space, group),
        f"{space.model.card.id}-selection.csv",
        "text/csv",
        key="map.csv",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


def _leave_region() -> None:
    state.forget("region")
    state.remember("looking", "picture")
    st.rerun(scope="fragment")


@st.fragment(run_every=0.5)
def _watch(space: Space, job: Job, colour: str) -> None:
    """A map that is being made: its points as they move, how far it is, and a way to stop."""
    if job.ended.is_set():
        st.rerun()
    bar, stop = st.columns([6, 1], vertical_alignment="center")
    bar.progress(job.fraction, text=job.words)
    if stop.button("Stop", key="map.stop", width="stretch"):
        job.leave(state.visitor())
    if job.points is not None:
        draw_map(
            key="map.moving",
            points=job.points,
            colour=colour_of(space, colour),
            labels=labels_of(space),
            sheet=show.sheet_where_pictured(space),
            names=names_of(space),
            noun=space.data.noun,
            height=MAP_HEIGHT - 40,
            moving=True,
        )


def _explain(job: Job) -> None:
    """A map that was stopped or cannot be made: say so, and go back to the last one."""
    jobs().dismiss(job, state.visitor())
    state.notify("Stopped; the map shown before is back." if was_stopped(job) else str(job.error))
    method, dims = state.recall("shown", ("pca", 2))
    state.forget(f"spec.{method}")
    state.choose("method", method)
    state.choose("dims", str(dims))
    st.rerun()


def _note(made: Map) -> str:
    k, trust = made.neighbours_k, made.trustworthiness
    return f"{made.spec.name}: trustworthiness {trust:.3f} (of {k} neighbours; 1 is perfect)"
