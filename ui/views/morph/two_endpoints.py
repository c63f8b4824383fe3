"""Two endpoints: a slider from A to B, and the kinds of path side by side."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from latent_core.interpolation import NeighborGraph
from latent_core.projection import Projection
from ui import session
from ui.components.decoder import decoder_data
from ui.components.morph import draw_path_slider
from ui.components.morph_types import (
    DEFAULT_SECONDS,
    AnnotatedPath,
    MorphEvent,
    PathPosition,
    TwoEndpointsData,
)
from ui.morphing.cards import endpoint_cards
from ui.morphing.export_panel import draw_export
from ui.morphing.paths import (
    annotate_path,
    fingerprint,
    norm_sentence,
    paths_between,
    session_memo,
    support_limits,
)
from ui.morphing.pending import draw_pending, pending_graph, pending_map
from ui.spaces import Space
from ui.views.morph.endpoint_cards import (
    active_index,
    add_to_tray,
    draw_pair,
    handle_card_events,
    path_position,
    remember_smoothing,
    rerun,
    set_path_position,
)
from ui.views.morph.endpoint_state import (
    TWO,
    endpoints_to_text,
    get_endpoints,
    replace_endpoint,
    set_endpoints,
)
from ui.views.morph.side_map import draw_side_map
from ui.visitor.tray import TrayItem

NAMES = ("A", "B")


def draw_two_endpoints(space: Space) -> None:
    """Draw endpoints, slider, filmstrips and map."""
    left, right = st.columns([1.75, 1], gap="medium")
    with left:
        swapped, row = draw_pair(space, TWO)
        if swapped:
            _swap(space)
        endpoints = get_endpoints(space, TWO)
        projection, graph = pending_map(space), pending_graph(space)
        paths, key = _annotated_paths(space, projection.result, graph.result, endpoints)
        data = TwoEndpointsData(
            decoder=decoder_data(space.model.card),
            paths=paths,
            key=f"{key} {graph.reason}",
            limits=support_limits(space),
            position=path_position(space, "two"),
            cards=endpoint_cards(space, "two", endpoints, NAMES),
            active=str(active_index(TWO)),
            waiting=graph.reason,
            smooth=session.recall("morph.smooth", False),
        )
        event = draw_path_slider(key="morph.two", data=data)
        draw_pending(graph, "Path along the data")
    _handle_event(space, event, paths)
    with right, st.container(key="morph-side"):
        marks = [(name, end.code) for name, end in zip(NAMES, endpoints, strict=True)]
        clicked = draw_side_map(space, projection, paths, marks, endpoints[active_index(TWO)])
        st.caption(
            f"A click on the map replaces {NAMES[active_index(TWO)]}; drop an image of the tray "
            "on A or B to replace it."
        )
        with st.expander("Why do the paths differ?", icon=":material/help:"):
            st.caption(norm_sentence(space, endpoints[0].code, endpoints[1].code))
    with row:
        _draw_export(space, paths, endpoints)
    if clicked is not None:
        replace_endpoint(space, TWO, active_index(TWO), clicked)
        rerun()
    _write_url(space, endpoints)


def _swap(space: Space) -> None:
    """Swap A and B; the current image stays the same."""
    set_endpoints(space, TWO, get_endpoints(space, TWO)[::-1])
    position = path_position(space, "two")
    set_path_position("two", replace(position, time=round(1 - position.time, 4)))
    rerun()


def _annotated_paths(
    space: Space,
    projection: Projection | None,
    graph: NeighborGraph | None,
    endpoints: list[TrayItem],
) -> tuple[list[AnnotatedPath], str]:
    """The paths, computed again only if an endpoint, the map or the graph changes; their key."""
    a, b = (end.code for end in endpoints)
    map_key = "" if projection is None else projection.fingerprint
    key = fingerprint(space.encodings.fingerprint, map_key, graph is None, a, b)

    def compute() -> list[AnnotatedPath]:
        return [annotate_path(space, projection, path) for path in paths_between(a, b, graph)]

    return session_memo("morph.two.paths", key, compute), key


def _handle_event(space: Space, event: MorphEvent, paths: list[AnnotatedPath]) -> None:
    remember_smoothing(event)
    if event.moved is not None:
        set_path_position("two", event.moved)
    handle_card_events(space, TWO, event)
    if event.kept is not None:
        _add_between(space, event.kept, paths)


def _add_between(space: Space, position: PathPosition, paths: list[AnnotatedPath]) -> None:
    path = next((one.path for one in paths if one.path.kind == position.kind), None)
    if path is None:
        return
    a, b = (end.label for end in get_endpoints(space, TWO))
    add_to_tray(space, path.at([position.time])[0], f"{a} → {b}, {position.time:.0%}")


def _draw_export(space: Space, paths: list[AnnotatedPath], endpoints: list[TrayItem]) -> None:
    """Draw the export of the selected path; a cross-fade has the ends of the linear path."""
    kind = path_position(space, "two").kind
    by_kind = {one.path.kind: one.path for one in paths}
    by_kind["cross-fade"] = by_kind["linear"]
    if kind in by_kind:
        draw_export(space, by_kind[kind], kind, [end.label for end in endpoints], DEFAULT_SECONDS)


def _write_url(space: Space, endpoints: list[TrayItem]) -> None:
    position = path_position(space, "two")
    session.write_url(
        model=space.model.card.id,
        data=space.data.id,
        mode="two",
        endpoints=endpoints_to_text(endpoints),
        path=position.kind,
        t=f"{position.time:.4g}",
    )
