"""Several waypoints: a path through any number of codes, with the duration of each leg."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from latent_core.errors import InvalidInputError
from latent_core.interpolation import KINDS, NeighborGraph
from latent_core.projection import Projection
from ui import session
from ui.components.decoder import decoder_data
from ui.components.morph import draw_waypoint_slider
from ui.components.morph_types import (
    END_SLOT,
    LEG_SECONDS,
    AnnotatedPath,
    Card,
    MorphEvent,
    PathPosition,
    WaypointOrder,
    WaypointsData,
)
from ui.morphing.cards import endpoint_cards
from ui.morphing.export_panel import draw_export
from ui.morphing.paths import (
    annotate_path,
    fingerprint,
    path_through_items,
    session_memo,
    support_limits,
)
from ui.morphing.pending import draw_pending, pending_graph, pending_map
from ui.sample_sources import convert_item
from ui.spaces import Space
from ui.views.morph.endpoint_cards import (
    add_to_tray,
    draw_change_popover,
    path_position,
    remember_smoothing,
    rerun,
    set_path_position,
)
from ui.views.morph.endpoint_state import (
    MANY,
    SEPARATOR,
    dropped_item,
    endpoints_to_text,
    get_endpoints,
    is_linked,
    set_endpoints,
    take_clicked,
)
from ui.views.morph.side_map import draw_side_map
from ui.visitor import tray
from ui.visitor.tray import TrayItem

DEFAULT_LEG_SECONDS = 1.0
"""Duration of a leg without one of its own."""


def draw_waypoints(space: Space) -> None:
    """Draw waypoints, slider, filmstrip and map."""
    left, right = st.columns([1.75, 1], gap="medium")
    with left:
        row = _draw_add_buttons(space)
        chosen = get_endpoints(space, MANY)
        seconds = _seconds(space, len(chosen) - 1)
        position = path_position(space, "many", KINDS)
        projection, graph = pending_map(space), pending_graph(space)
        annotated, key = _annotated_path(
            space, projection.result, graph.result, chosen, seconds, position.kind
        )
        data = WaypointsData(
            decoder=decoder_data(space.model.card),
            paths=[annotated],
            key=f"{key} {graph.reason}",
            limits=support_limits(space),
            position=position,
            cards=_cards(space, chosen),
            seconds=seconds,
            waiting=graph.reason,
            smooth=session.recall("morph.smooth", False),
        )
        event = draw_waypoint_slider(key="morph.many", data=data)
        draw_pending(graph, "Path along the data")
    _handle_event(space, event, annotated)
    with right, st.container(key="morph-side"):
        marks = [(str(n), item.code) for n, item in enumerate(chosen, 1)]
        clicked = draw_side_map(space, projection, [annotated], marks, None)
        st.caption("A click on the map adds a waypoint; drop images of the tray in between.")
    labels = [item.label for item in chosen]
    with row:
        draw_export(space, annotated.path, annotated.path.kind, labels, sum(seconds))
    if clicked is not None:
        _add_waypoint(space, clicked)
        rerun()
    _write_url(space)


def _draw_add_buttons(space: Space) -> DeltaGenerator:
    """Draw the buttons that add waypoints; gives their row."""
    row = st.container(horizontal=True, key="morph-waypoints")
    with row:
        picked = draw_change_popover(space, "morph.add", "Add a waypoint")
        own = [item for entry in tray.items() if (item := convert_item(space, entry)) is not None]
        if st.button("Use the tray", disabled=len(own) < 2, key="morph.take"):
            set_endpoints(space, MANY, [_with_new_key(item) for item in own])
            rerun()
    if picked is not None:
        _add_waypoint(space, picked)
        rerun()
    if (item := take_clicked(space)) is not None:
        _add_waypoint(space, item)
    return row


def _with_new_key(item: TrayItem) -> TrayItem:
    """The same item with another key, since it may be a waypoint twice."""
    return replace(item, key=uuid.uuid4().hex[:12])


def _add_waypoint(space: Space, item: TrayItem, before: str = END_SLOT) -> None:
    """Insert `item` before the waypoint in the slot `before`."""
    chosen = get_endpoints(space, MANY)
    slots = [waypoint.key for waypoint in chosen]
    at = slots.index(before) if before in slots else len(slots)
    if len(chosen) >= MANY.max_count:
        session.notify(f"A path has at most {MANY.max_count} waypoints; remove one first.")
        return
    set_endpoints(space, MANY, [*chosen[:at], _with_new_key(item), *chosen[at:]])


def _cards(space: Space, chosen: Sequence[TrayItem]) -> list[Card]:
    names = [str(n) for n in range(1, len(chosen) + 1)]
    cards = endpoint_cards(space, "many", chosen, names)
    return [replace(card, slot=item.key) for card, item in zip(cards, chosen, strict=True)]


def _seconds(space: Space, count: int) -> list[float]:
    """The duration of each of `count` legs: those of this session, else of the link."""
    kept: list[float] | None = session.recall("morph.many.seconds")
    if kept is None:
        kept = _linked_seconds() if is_linked(space, "many") else []
    fitting = [*kept, *[DEFAULT_LEG_SECONDS] * count][:count]
    session.remember("morph.many.seconds", fitting)
    return fitting


def _linked_seconds() -> list[float]:
    text = session.linked("seconds")
    if not text:
        return []
    try:
        return parse_seconds(text)
    except InvalidInputError as error:
        session.notify(str(error))
        return []


def parse_seconds(text: str) -> list[float]:
    """The duration of each leg in seconds, from a link.

    Raises
    ------
    InvalidInputError
        The text is not a list of numbers in `LEG_SECONDS`.
    """
    min_seconds, max_seconds = LEG_SECONDS
    try:
        seconds = [float(part) for part in text.split(SEPARATOR)]
    except ValueError:
        seconds = [0.0]
    if not all(min_seconds <= value <= max_seconds for value in seconds):
        raise InvalidInputError(
            f"In the link: the seconds of a leg must be {min_seconds:g} to {max_seconds:g}, "
            f"not {text[:20]!r}; each leg takes {DEFAULT_LEG_SECONDS:g} s now."
        )
    return seconds


def _annotated_path(
    space: Space,
    projection: Projection | None,
    graph: NeighborGraph | None,
    chosen: Sequence[TrayItem],
    seconds: Sequence[float],
    kind: str,
) -> tuple[AnnotatedPath, str]:
    """The path, computed again only if any of its parts changes; and its key."""
    map_key = "" if projection is None else projection.fingerprint
    key = fingerprint(space.encodings.fingerprint, map_key, graph is None, kind, seconds, *chosen)

    def compute() -> AnnotatedPath:
        return annotate_path(space, projection, path_through_items(chosen, seconds, kind, graph))

    return session_memo("morph.many.path", key, compute), key


def _handle_event(space: Space, event: MorphEvent, annotated: AnnotatedPath) -> None:
    remember_smoothing(event)
    if event.moved is not None:
        kind_changed = event.moved.kind != path_position(space, "many", KINDS).kind
        set_path_position("many", event.moved)
        if kind_changed:
            rerun()
    if event.ordered is not None:
        _reorder(space, event.ordered)
        rerun()
    if event.dropped is not None:
        item = dropped_item(space, event.dropped[1])
        if item is not None:
            _add_waypoint(space, item, event.dropped[0])
        st.rerun()
    if event.kept is not None:
        _add_between(space, event.kept, annotated)


def _reorder(space: Space, order: WaypointOrder) -> None:
    by_slot = {item.key: item for item in get_endpoints(space, MANY)}
    set_endpoints(space, MANY, [by_slot[slot] for slot in order.slots])
    session.remember("morph.many.seconds", list(order.seconds))


def _add_between(space: Space, position: PathPosition, annotated: AnnotatedPath) -> None:
    label = f"path of {len(get_endpoints(space, MANY))}, {position.time:.0%}"
    add_to_tray(space, annotated.path.at([position.time])[0], label)


def _write_url(space: Space) -> None:
    position, chosen = path_position(space, "many", KINDS), get_endpoints(space, MANY)
    session.write_url(
        model=space.model.card.id,
        data=space.data.id,
        mode="many",
        waypoints=endpoints_to_text(chosen),
        seconds=SEPARATOR.join(f"{value:g}" for value in _seconds(space, len(chosen) - 1)),
        path=position.kind,
        t=f"{position.time:.4g}",
    )
