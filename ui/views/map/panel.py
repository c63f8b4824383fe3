"""The panel beside the map for images: a sample, a decoded point, or a region."""

from __future__ import annotations

from functools import partial

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from latent_core.projection import Projection
from ui import decoded_point, presenters, session
from ui.components.contact_sheet import draw_contact_sheet
from ui.components.decoded_point import draw_decoded_point
from ui.components.inspector import HINT, InspectorEvent, draw_inspector
from ui.decoded_point import MapPoint
from ui.sample_sources import item_from_sample
from ui.spaces import Space
from ui.views.map.actions import draw_actions
from ui.visitor import tray

HINT_2D = (
    "Click a point to see its image and reconstruction, or click between the points to decode "
    "the code there."
)


def draw_panel(
    space: Space, projection: Projection, index: int | None, point: MapPoint | None
) -> None:
    """Draw the region, the decoded point, or the selected sample."""
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


def select_sample(projection: Projection, index: int) -> None:
    """Select a sample, shown on the map and in the panel when they are drawn next."""
    session.select_sample(index)
    decoded_point.select_point(projection, None)
    session.remember("panel", "sample")


def show_sample(projection: Projection, index: int) -> None:
    """Select a sample and rerun the map with it in the panel."""
    select_sample(projection, index)
    st.rerun(scope="fragment")


def close_region() -> None:
    """Clear the region and rerun the map."""
    session.forget("region")
    session.remember("panel", "sample")
    st.rerun(scope="fragment")


def _draw_point(space: Space, projection: Projection, point: MapPoint) -> None:
    decoded = decoded_point.decode_point(space, projection, point)
    event = draw_decoded_point(
        key="map.decoded_point", data=decoded_point.panel_data(space, projection, decoded)
    )
    if event.picked is not None:
        show_sample(projection, event.picked)
    if event.tray:
        tray.add(decoded_point.point_item(space, decoded))
        st.rerun()
    draw_actions(space, lambda: decoded_point.point_item(space, decoded))


def _draw_sample(space: Space, projection: Projection, index: int | None) -> None:
    report = None if index is None else presenters.sample_report(space, index)
    shown = None if report is None else presenters.inspector_data(space, index or 0, report)
    hint = HINT_2D if projection.n_components == 2 else HINT
    event = draw_inspector(
        key="map.inspector", data=shown, hint=hint, on_event=partial(_handle_step, projection)
    )
    if event.tray is not None and report is not None and event.tray == index:
        tray.add(item_from_sample(space, event.tray))
        st.rerun()
    if index is not None:
        draw_actions(space, lambda: item_from_sample(space, index))


def _handle_step(projection: Projection, event: InspectorEvent) -> None:
    if event.picked is not None:
        select_sample(projection, event.picked)
    if event.neighbors is not None:
        session.remember("neighbors", event.neighbors)


def _draw_region(space: Space, projection: Projection, region: NDArray[np.int64]) -> None:
    report = presenters.selection_report(space, region)
    data = presenters.contact_sheet_data(space, report)
    event = draw_contact_sheet(key="map.contact", data=data)
    if event.picked is not None:
        show_sample(projection, event.picked)
    if event.closed:
        close_region()
    if event.tray:
        tray.add(presenters.mean_item(space, report))
        st.rerun()
    st.download_button(
        "Codes, labels and factors, CSV",
        lambda: presenters.selection_csv(space, report),
        f"{space.model.card.id}-selection.csv",
        "text/csv",
        key="map.csv",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )
