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
from ui import decoded_point, presenters, session, tray
from ui.components.contact_sheet import draw_contact_sheet
from ui.components.decoded_point import draw_decoded_point, map_decoder
from ui.components.inspector import SELECT_HINT, draw_inspector
from ui.components.map import MapDecoder, draw_map
from ui.jobs import Job, jobs
from ui.layout import choose_dataset, choose_model, controls
from ui.point_colors import color_of, label_colors
from ui.sample_sources import item_from_sample
from ui.spaces import Space, open_space, projection_job, was_stopped
from ui.views.map import words as words_module
from ui.views.map.controls import (
    choose_color,
    choose_method,
    choose_n_components,
    choose_params,
    params_to_text,
)
from ui.views.map.word_markers import sample_names, word_marks

MAP_HEIGHT = 535
GRID = "1"
PICK_HINT = SELECT_HINT
SELECT_HINT = (
    "Click a point to see what the model makes of its picture, or a place between the points "
    "to keep what would be there."
)
Address = dict[str, str | int | None]


def draw_map_page() -> None:
    """Everything below the map page's title."""
    columns = controls(2.7, 2.3, 1.1, 1.2, 1.7, 0.6)
    with columns[0]:
        model_id = choose_model()
    with columns[1]:
        dataset_id = choose_dataset(model_id)
    space = open_space(model_id, dataset_id)
    with columns[2]:
        method = choose_method()
    with columns[3]:
        n_components = choose_n_components()
    with columns[4]:
        color = choose_color(space)
    with columns[5]:
        method_params = choose_params(method, n_components)
    address: Address = {
        "model": model_id,
        "data": dataset_id,
        "method": method,
        "dims": n_components,
        "colour": color,
        "settings": params_to_text(method_params),
    }
    if session.changed("space", (model_id, dataset_id)):
        session.forget("region")
        session.forget("sum")
    job = projection_job(space, method_params)
    if job.result is not None:
        session.remember("map.shown", (method, n_components))
        session.remember("map.method", method_params)
        _draw_map_and_panel(space, job.result, color, address)
    elif job.error is not None:
        _explain_failure(job)
    else:
        _draw_partial_map(space, job, color)
    if notice := default_store().notice:
        session.notify(notice)


@st.fragment
def _draw_map_and_panel(space: Space, projection: Projection, color: str, address: Address) -> None:
    """The map beside what is selected on it; a click redraws only this."""
    left, right = st.columns([1.75, 1], gap="medium")
    index = session.selected_sample(len(space.data))
    point = decoded_point.selected_point(projection) if space.model.card.decodes else None
    result = None
    if space.data.precomputed is not None:
        with right:
            index = words_module.draw_word_search(space, index)
        result = words_module.current_result(space)
    with left:
        event = draw_map(
            key="map.plot",
            points=projection.points,
            fingerprint=projection.fingerprint,
            color=color_of(space, color),
            labels=label_colors(space),
            sheet=presenters.image_sheet_or_none(space),
            names=sample_names(space),
            sample_noun=space.data.sample_noun,
            marks=word_marks(space, projection, index, result),
            selected=index,
            has_selection=session.recall("region") is not None,
            height=MAP_HEIGHT,
            note=_note(projection),
            decoder=_map_decoder(space, projection, point),
        )
    if event.grid is not None:
        session.choose("grid", str(int(event.grid)))
    if event.picked is not None:
        _select_sample(projection, event.picked)
    if event.placed is not None:
        _select_point(space, projection, event.placed, address)
    if event.region is not None:
        session.remember("region", event.region if event.region.size else None)
        session.remember("panel", "region" if event.region.size else "sample")
        st.rerun(scope="fragment")
    with right:
        if space.data.precomputed is None:
            _draw_panel(space, projection, index, point)
        else:
            _draw_words(space, projection, index, result)
    grid = GRID if projection.n_components == 2 and _grid_is_shown() else None
    session.write_url(
        **address,
        picture=index,
        point=decoded_point.point_to_text(point),
        grid=grid,
        sum=words_module.expression_text(space),
    )


def _draw_words(
    space: Space,
    projection: Projection,
    index: int | None,
    result: AnalogyResult | InvalidInputError | None,
) -> None:
    """The right side where samples have no pictures."""
    event = words_module.draw_chosen(space, index, session.recall("region"), result)
    if event.picked is not None:
        _select_sample(projection, event.picked)
    if event.closed:
        _close_region()


def _map_decoder(
    space: Space, projection: Projection, point: decoded_point.MapPoint | None
) -> MapDecoder | None:
    """What decodes any place of a flat map."""
    live = map_decoder(space.model.card, space.encodings, projection)
    return (
        None if live is None else replace(live, grid=_grid_is_shown(), point=point, choosing=True)
    )


def _grid_is_shown() -> bool:
    """Whether the decoded space lies under the points."""
    return session.chosen("grid", ["0", GRID], "0") == GRID


def _select_sample(projection: Projection, index: int) -> None:
    session.select_sample(index)
    decoded_point.select_point(projection, None)
    session.remember("panel", "sample")
    st.rerun(scope="fragment")


def _select_point(
    space: Space, projection: Projection, point: decoded_point.MapPoint, address: Address
) -> None:
    """Look at a place between the pictures, and put what is decoded there into the tray."""
    session.select_sample(None)
    decoded_point.select_point(projection, point)
    session.remember("panel", "point")
    tray.add(decoded_point.point_item(space, decoded_point.decode_point(space, projection, point)))
    session.write_url(**address, point=decoded_point.point_to_text(point))
    st.rerun()


def _draw_panel(
    space: Space, projection: Projection, index: int | None, point: decoded_point.MapPoint | None
) -> None:
    region = session.recall("region")
    if region is not None and session.recall("panel") == "region":
        _draw_region(space, projection, region)
        return
    if region is not None and st.button(
        f"Back to the {len(region):,} selected", icon=":material/arrow_back:", key="map.back"
    ):
        session.remember("panel", "region")
        st.rerun(scope="fragment")
    if point is not None:
        _draw_point(space, projection, point)
    else:
        _draw_sample(space, projection, index)


def _draw_point(space: Space, projection: Projection, point: decoded_point.MapPoint) -> None:
    found = decoded_point.decode_point(space, projection, point)
    event = draw_decoded_point(
        key="map.decoded_point", data=decoded_point.panel_data(space, projection, found)
    )
    if event.picked is not None:
        _select_sample(projection, event.picked)
    if event.tray:
        tray.add(decoded_point.point_item(space, found))
        st.rerun()


def _draw_sample(space: Space, projection: Projection, index: int | None) -> None:
    details = None if index is None else presenters.sample_report(space, index)
    shown = None if details is None else presenters.inspector_data(space, index or 0, details)
    hint = SELECT_HINT if projection.n_components == 2 else PICK_HINT
    event = draw_inspector(key="map.inspector", data=shown, hint=hint)
    if event.picked is not None:
        _select_sample(projection, event.picked)
    if event.tray is not None and details is not None and event.tray == index:
        tray.add(item_from_sample(space, event.tray))
        st.rerun()


def _draw_region(space: Space, projection: Projection, region: NDArray[np.int64]) -> None:
    group = presenters.selection_report(space, region)
    event = draw_contact_sheet(key="map.contact", data=presenters.contact_sheet_data(space, group))
    if event.picked is not None:
        _select_sample(projection, event.picked)
    if event.closed:
        _close_region()
    if event.tray:
        tray.add(presenters.mean_item(space, group))
        st.rerun()
    st.download_button(
        "Their codes, with what is known of them, CSV",
        lambda: presenters.selection_csv(space, group),
        f"{space.model.card.id}-selection.csv",
        "text/csv",
        key="map.csv",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


def _close_region() -> None:
    session.forget("region")
    session.remember("panel", "sample")
    st.rerun(scope="fragment")


@st.fragment(run_every=0.5)
def _draw_partial_map(space: Space, job: Job, color: str) -> None:
    """A map that is being projection: its points as they move, how far it is, and a way to stop."""
    if job.ended.is_set():
        st.rerun()
    bar, stop = st.columns([6, 1], vertical_alignment="center")
    bar.progress(job.fraction, text=job.message)
    if stop.button("Stop", key="map.stop", width="stretch"):
        job.unsubscribe(session.visitor())
    if job.points is not None:
        draw_map(
            key="map.computing",
            points=job.points,
            color=color_of(space, color),
            labels=label_colors(space),
            sheet=presenters.image_sheet_or_none(space),
            names=sample_names(space),
            sample_noun=space.data.sample_noun,
            height=MAP_HEIGHT - 40,
            computing=True,
        )


def _explain_failure(job: Job) -> None:
    """A map that was stopped or cannot be projection: say so, and go back to the last one."""
    jobs().dismiss(job, session.visitor())
    session.notify("Stopped; the map shown before is back." if was_stopped(job) else str(job.error))
    method, n_components = session.recall("map.shown", ("pca", 2))
    session.forget(f"spec.{method}")
    session.choose("method", method)
    session.choose("dims", str(n_components))
    st.rerun()


def _note(projection: Projection) -> str:
    k, trust = projection.n_neighbors, projection.trustworthiness
    return f"{projection.method_params.name}: trustworthiness {trust:.3f} (of {k} neighbours; 1 is perfect)"
