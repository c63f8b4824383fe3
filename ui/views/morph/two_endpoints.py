"""Two ends: one slider from one picture to another, and path beside path."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from latent_core.interpolation import NeighborGraph
from latent_core.projection import Projection
from ui import session
from ui.components.decoder import decoder_data
from ui.components.morph import draw_two
from ui.components.morph_types import SECONDS, Here, MorphEvent, Road, TwoData
from ui.session import TrayItem
from ui.spaces import Space
from ui.views.morph.endpoint_state import TWO, keep, picks, put, texts
from ui.views.morph.export_panel import draw_export
from ui.views.morph.paths import fingerprint, limits_of, once, road_of, sphere_matters, two_paths
from ui.views.morph.pending import ask_graph, ask_map, draw_waiting
from ui.views.morph.shared import (
    active_of,
    add_to_tray,
    again,
    answer_cards,
    cards_of,
    draw_pair,
    here_of,
    note_smooth,
    stay,
)
from ui.views.morph.side_map import draw_side

NAMES = ("A", "B")


def draw_two_ends(space: Space) -> None:
    """Ends, slider, strips and map."""
    left, right = st.columns([1.75, 1], gap="medium")
    with left:
        if draw_pair(space, TWO):
            _swap(space)
        ends = picks(space, TWO)
        mapped, graph = ask_map(space), ask_graph(space)
        roads, drawn = _roads(space, mapped.result, graph.result, ends)
        data = TwoData(
            decoder=decoder_data(space.model.card),
            roads=roads,
            drawn=f"{drawn} {graph.why}",
            limits=limits_of(space),
            here=here_of(space, "two"),
            cards=cards_of(space, "two", ends, NAMES),
            active=str(active_of(TWO)),
            waiting=graph.why,
            smooth=session.recall("morph.smooth", False),
        )
        event = draw_two(key="morph.two", data=data)
        draw_waiting(graph, "The path along the data")
    _answer(space, event, roads)
    with right, st.container(key="morph-side"):
        marks = [(name, end.code) for name, end in zip(NAMES, ends, strict=True)]
        clicked = draw_side(space, mapped, roads, marks, ends[active_of(TWO)])
        st.caption(
            f"A click on the map replaces {NAMES[active_of(TWO)]}; "
            "a picture of the tray can be dropped on A or B."
        )
        st.caption(sphere_matters(space, ends[0].code, ends[1].code))
        _draw_export(space, roads, ends)
    if clicked is not None:
        put(space, TWO, active_of(TWO), clicked)
        again()
    _write(space, ends)


def _swap(space: Space) -> None:
    """B becomes A; the picture between stays where it is."""
    keep(space, TWO, picks(space, TWO)[::-1])
    here = here_of(space, "two")
    stay("two", replace(here, time=round(1 - here.time, 4)))
    again()


def _roads(
    space: Space, made: Projection | None, graph: NeighborGraph | None, ends: list[TrayItem]
) -> tuple[list[Road], str]:
    """The paths, computed when an end, the map or the graph is another; and their name."""
    a, b = (end.code for end in ends)
    mapped = "" if made is None else made.fingerprint
    drawn = fingerprint(space.encodings.fingerprint, mapped, graph is None, a, b)
    paths = lambda: [road_of(space, made, path) for path in two_paths(a, b, graph)]  # noqa: E731
    return once("morph.two.roads", drawn, paths), drawn


def _answer(space: Space, event: MorphEvent, roads: list[Road]) -> None:
    note_smooth(event)
    if event.moved is not None:
        stay("two", event.moved)
    answer_cards(space, TWO, event)
    if event.kept is not None:
        _keep_between(space, event.kept, roads)


def _keep_between(space: Space, here: Here, roads: list[Road]) -> None:
    path = next((road.path for road in roads if road.path.kind == here.kind), None)
    if path is None:
        return
    a, b = (end.label for end in picks(space, TWO))
    add_to_tray(space, path.at([here.time])[0], f"{a} → {b}, {here.time:.0%}")


def _draw_export(space: Space, roads: list[Road], ends: list[TrayItem]) -> None:
    """Export of the way that is seen: a cross-fade goes from one end of the straight path."""
    kind = here_of(space, "two").kind
    paths = {road.path.kind: road.path for road in roads}
    paths["cross-fade"] = paths["linear"]
    if kind in paths:
        draw_export(space, paths[kind], kind, [end.label for end in ends], SECONDS)


def _write(space: Space, ends: list[TrayItem]) -> None:
    here = here_of(space, "two")
    session.write_address(
        model=space.model.card.id,
        data=space.data.id,
        mode="two",
        ends=texts(ends),
        path=here.kind,
        t=f"{here.time:.4g}",
    )
