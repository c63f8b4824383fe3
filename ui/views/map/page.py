"""The Map page: choose a space and a projection; point, click and select on the map."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import streamlit as st

from latent_core.projection import Projection, lowered_for
from latent_core.workspace import default_store
from ui import decoded_point, presenters, session
from ui.background.job import Job
from ui.background.jobs import map_jobs
from ui.components.decoded_point import map_decoder
from ui.components.map import MapDecoder, MapEvent, draw_map
from ui.decoded_point import MapPoint
from ui.layout import choose_dataset, choose_model, controls
from ui.point_colors import color_of, label_colors
from ui.session_clusters import COLOR, FOUND_BY, find_linked_clusters, found_by
from ui.spaces import (
    Space,
    draw_progress_bar,
    open_space,
    prepare,
    projection_job,
    quality_job,
    redraw_when_ended,
    was_stopped,
)
from ui.views.map.axes import map_axes, map_note, map_title
from ui.views.map.controls import (
    choose_color,
    choose_method,
    choose_n_components,
    choose_params,
    params_to_text,
)
from ui.views.map.panel import close_region, draw_panel, select_sample, show_sample
from ui.views.map.suggestions import draw_suggested_map
from ui.views.map.word_markers import sample_names, word_marks
from ui.views.map.word_panels import draw_word_panel
from ui.views.map.word_search import current_result, draw_word_search, expression_text
from ui.wording.text import escape_markdown

GRID_ON = "1"
Query = dict[str, str | int | None]


def draw_map_page() -> None:
    """Draw the content of the Map page."""
    columns = controls(2.7, 2.3, 1.1, 1.2, 1.7, 0.6)
    with columns[0]:
        model_id = choose_model()
    with columns[1]:
        dataset_id = choose_dataset(model_id)
    space = open_space(model_id, dataset_id)
    find_linked_clusters(space)
    with columns[2]:
        method_id = choose_method(space.model.card)
    with columns[3]:
        n_components = choose_n_components(space.model.card, method_id)
    with columns[4]:
        color = choose_color(space)
    with columns[5]:
        asked = choose_params(method_id, n_components)
    method, lowered = lowered_for(asked, len(space.data))
    query: Query = {
        "model": model_id,
        "data": dataset_id,
        "method": method_id,
        "n_components": n_components,
        "color": color,
        "params": params_to_text(asked),
        FOUND_BY: found_by(space) if color == COLOR else None,
    }
    if session.changed("space", (model_id, dataset_id)):
        session.forget("region")
        session.forget("expression")
    job = projection_job(space, method)
    if job.result is not None:
        session.remember("map.shown", (method_id, n_components))
        session.remember("map.method", method)
        _draw_map_and_panel(space, job.result, color, query)
        for sentence in (lowered, _on_sample(job.result)):
            if sentence:
                st.caption(escape_markdown(sentence))
    elif job.error is not None:
        _go_back(job)
    else:
        session.update_url(**query)
        _draw_progress(space, job, color)
    if notice := default_store().notice:
        session.notify(notice)


def _on_sample(projection: Projection) -> str:
    """A sentence where the map was fitted to a sample."""
    n_rest = len(projection) - projection.n_fitted
    if not n_rest:
        return ""
    return (
        f"{projection.method.name} was fitted to a random sample of {projection.n_fitted:,}; the "
        f"other {n_rest:,} are placed by their nearest neighbors in it."
    )


@st.fragment
def _draw_map_and_panel(space: Space, projection: Projection, color: str, query: Query) -> None:
    """Draw the map and the panel beside it; a click reruns only this fragment."""
    left, right = st.columns([1.75, 1], gap="medium")
    index = session.selected_sample(len(space.data))
    point = decoded_point.selected_point(projection) if space.model.card.decodes else None
    if space.data.precomputed is not None:
        with right:
            index = draw_word_search(space, index)
    measuring = quality_job(projection) if projection.quality is None else None
    if measuring is not None and measuring.result is not None:
        projection = measuring.result
    preparing = _prepare_decoder(space, projection)
    with left:
        ready = preparing.ended.is_set()
        decoder = _map_decoder(space, projection, point) if ready else None
        _draw_map(space, projection, color, index, decoder)
        for job in (preparing, measuring):
            if job is not None and not job.ended.is_set():
                redraw_when_ended(job)
    with right:
        draw_suggested_map(space, projection)
        if space.data.precomputed is None:
            draw_panel(space, projection, index, point)
        else:
            _draw_words(space, projection, index)
    grid_on = projection.n_components == 2 and _grid_is_shown()
    session.write_url(
        **query,
        sample=index,
        point=decoded_point.point_to_text(point),
        grid=GRID_ON if grid_on else None,
        expression=expression_text(space),
    )


def _prepare_decoder(space: Space, projection: Projection) -> Job:
    """The job after which `map_decoder` takes no time; a map can be drawn before."""
    card, encodings = space.model.card, space.encodings
    key = f"map decoder {card.weights_sha256} {encodings.fingerprint} {projection.fingerprint}"
    return prepare(key, lambda: map_decoder(card, encodings, projection))


def _draw_map(
    space: Space,
    projection: Projection,
    color: str,
    index: int | None,
    decoder: MapDecoder | None,
) -> None:
    result = None if space.data.precomputed is None else current_result(space)
    draw_map(
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
        height=None,
        note=map_note(projection),
        title=map_title(space, projection),
        axes=map_axes(projection),
        decoder=decoder,
        on_event=partial(_handle_event, projection),
    )


def _handle_event(projection: Projection, event: MapEvent) -> None:
    """Change the session before the fragment is drawn with it."""
    if event.grid is not None:
        session.choose("grid", str(int(event.grid)))
    if event.picked is not None:
        select_sample(projection, event.picked)
    if event.placed is not None:
        session.select_sample(None)
        decoded_point.select_point(projection, event.placed)
        session.remember("panel", "point")
    if event.region is not None:
        session.remember("region", event.region if event.region.size else None)
        session.remember("panel", "region" if event.region.size else "sample")


def _draw_words(space: Space, projection: Projection, index: int | None) -> None:
    """Draw the panel of precomputed codes."""
    event = draw_word_panel(space, index, session.recall("region"), current_result(space))
    if event.picked is not None:
        show_sample(projection, event.picked)
    if event.closed:
        close_region()


def _map_decoder(space: Space, projection: Projection, point: MapPoint | None) -> MapDecoder | None:
    decoder = map_decoder(space.model.card, space.encodings, projection)
    if decoder is None:
        return None
    return replace(decoder, grid=_grid_is_shown(), place=point, choosing=True)


def _grid_is_shown() -> bool:
    """Whether the decoded grid is shown below the points."""
    return session.chosen("grid", ["0", GRID_ON], "0") == GRID_ON


@st.fragment(run_every=0.5)
def _draw_progress(space: Space, job: Job, color: str) -> None:
    """Draw the progress of a projection, its intermediate points, and a stop button."""
    draw_progress_bar(job, map_jobs(), "map.stop")
    if job.points is not None:
        draw_map(
            key="map.computing",
            points=job.points,
            color=color_of(space, color),
            labels=label_colors(space),
            sheet=presenters.image_sheet_or_none(space),
            names=sample_names(space),
            sample_noun=space.data.sample_noun,
            height=None,
            computing=True,
        )


def _go_back(job: Job) -> None:
    """Show why there is no projection, and return to the map shown before."""
    map_jobs().dismiss(job, session.visitor())
    stopped = "Stopped; showing the previous map."
    session.notify(stopped if was_stopped(job) else str(job.error))
    method_id, n_components = session.recall("map.shown", ("pca", 2))
    session.forget(f"params.{method_id}")
    session.choose("method", method_id)
    session.choose("n_components", str(n_components))
    st.rerun()
