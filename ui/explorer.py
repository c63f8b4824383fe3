"""The map page: choose a space and a map, point, click, select."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import streamlit as st

import latent_core as lc
from latent_core.datasets import SHEET_COLUMNS, sheet_path
from latent_core.errors import LatentError
from latent_core.maps import METHODS, Map, MapSpec
from latent_core.measure import active_units, kl_per_dimension
from latent_core.values import Floats
from ui import state
from ui.details import contact_data, inspector_data
from ui.frame import choose_data, choose_model
from ui.jobs import Job, jobs
from ui.live.assets import publish_file
from ui.live.map import ClassColour, ScaleColour, Sheet, draw_map
from ui.live.panels import draw_contact, draw_inspector
from ui.spaces import Space, draw_wait, map_job, open_space, was_stopped

MAP_HEIGHT = 540


def draw_explorer() -> None:
    """Everything below the map page's title."""
    columns = st.columns([2.6, 2.2, 1.1, 1.1, 1.6, 0.6], vertical_alignment="bottom")
    with columns[0]:
        model_id = choose_model()
    with columns[1]:
        dataset_id = choose_data(model_id)
    space = open_space(model_id, dataset_id)
    with columns[2]:
        method = state.pick("Map", "method", list(METHODS), "tsne", lambda m: METHODS[m].name)
    with columns[3]:
        dims = _choose_dims(space, method)
    with columns[4]:
        colour = _choose_colour(space)
    with columns[5]:
        spec = _choose_spec(method, dims)
    job = map_job(space, spec)
    if not job.ended.is_set():
        _draw_making(space, job, colour)
    elif job.error is not None:
        _explain(job)
    else:
        state.remember("shown.method", method)
        _explore(space, job.result, colour)
    state.write_address(
        model=model_id,
        data=dataset_id,
        method=method,
        dims=dims,
        colour=colour,
        picture=state.picture(len(space.data)),
    )


@st.fragment
def _explore(space: Space, made: Map, colour: str) -> None:
    left, right = st.columns([1.72, 1], gap="medium")
    index = state.picture(len(space.data))
    with left:
        event = draw_map(
            key="map.plot",
            points=made.points,
            fingerprint=made.fingerprint,
            colour=colour_of(space, colour),
            sheet=sheet_of(space),
            selected=index,
            height=MAP_HEIGHT,
            note=_note(made),
        )
    region = event.region
