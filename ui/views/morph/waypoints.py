"""Several anchors: a path through any number of pictures, with the time for each leg."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from latent_core.errors import InvalidInputError
from latent_core.interpolation import KINDS, NeighborGraph
from latent_core.projection import Projection
from ui import session, tray
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
from ui.sample_sources import convert_item
from ui.spaces import Space
from ui.tray import TrayItem
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
from ui.views.morph.export_panel import draw_export
from ui.views.morph.paths import (
    annotate_path,
    fingerprint,
    path_through_items,
    session_memo,
    support_limits,
)
from ui.views.morph.pending import draw_pending, pending_graph, pending_map
from ui.views.morph.shared import (
    add_to_tray,
    draw_change_popover,
    endpoint_cards,
    path_position,
    remember_smoothing,
    rerun,
    set_path_position,
)
from ui.views.morph.side_map import draw_side_map

DEFAULT_LEG_SECONDS = 1.0
"""For a leg of which nobody has said how long it takes."""


def draw_waypoints(space: Space) -> None:
    """The pictures in their order, slider, strip and map."""
    left, right = st.columns([1.75, 1], gap="medium")
    with left:
        _draw_add_buttons(space)
        chosen = get_endpoints(space, MANY)
        seconds = _seconds(space, len(chosen) - 1)
        position = path_position(space, "many", KINDS)
        mapped, graph = pending_map(space), pending_graph(space)
        annotated, paths_key = _annotated_path(
            space, mapped.result, graph.result, chosen, seconds, position.kind
        )
        data = WaypointsData(
            decoder=decoder_data(space.model.card),
            paths=[annotated],
            paths_key=f"{paths_key} {graph.reason}",
            limits=support_limits(space),
            position=position,
            cards=_cards(space, chosen),
            seconds=seconds,
            waiting=graph.reason,
            smooth=session.recall("morph.smooth", False),
        )
        event = draw_waypoint_slider(key="morph.many", data=data)
        draw_pending(graph, "The path along the data")
    _handle_event(space, event, annotated)
    with right, st.container(key="morph-side"):
        marks = [(str(n), pick.code) for n, pick in enumerate(chosen, 1)]
        clicked = draw_side_map(space, mapped, [annotated], marks, None)
        st.caption("A click on the map adds a picture; one of the tray can be dropped in between.")
        labels = [pick.label for pick in chosen]
        draw_export(space, annotated.path, annotated.path.kind, labels, sum(seconds))
    if clicked is not None:
        _add_waypoint(space, clicked)
        rerun()
    _write_url(space)


def _draw_add_buttons(space: Space) -> None:
    with st.container(horizontal=True, key="morph-anchors"):
        picked = draw_change_popover(space, "morph.add", "Add a picture")
        own = [pick for item in tray.items() if (pick := convert_item(space, item)) is not None]
        if st.button("Take the tray", disabled=len(own) < 2, key="morph.take"):
            set_endpoints(space, MANY, [_with_new_key(pick) for pick in own])
            rerun()
    if picked is not None:
        _add_waypoint(space, picked)
        rerun()
    if (pick := take_clicked(space)) is not None:
        _add_waypoint(space, pick)


def _with_new_key(pick: TrayItem) -> TrayItem:
    """The same picture under a key of its own: it may come twice."""
    return replace(pick, key=uuid.uuid4().hex[:12])


def _add_waypoint(space: Space, pick: TrayItem, before: str = END_SLOT) -> None:
    """Go through `pick` too, in front of the picture in the slot `before`."""
    chosen = get_endpoints(space, MANY)
    slots = [item.key for item in chosen]
    at = slots.index(before) if before in slots else len(slots)
    if len(chosen) >= MANY.max_count:
        session.notify(f"A path goes through at most {MANY.max_count} pictures; remove one first.")
        return
    set_endpoints(space, MANY, [*chosen[:at], _with_new_key(pick), *chosen[at:]])


def _cards(space: Space, chosen: Sequence[TrayItem]) -> list[Card]:
    names = [str(n) for n in range(1, len(chosen) + 1)]
    cards = endpoint_cards(space, "many", chosen, names)
    return [replace(card, slot=pick.key) for card, pick in zip(cards, chosen, strict=True)]


def _seconds(space: Space, count: int) -> list[float]:
    """The seconds of each of `count` legs: as left in this session, else as the address says."""
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
    """The seconds of each leg, as the address has them.

    Raises
    ------
    BadInput
        They aren't numbers in `LEG_SECONDS`.
    """
    min_seconds, max_seconds = LEG_SECONDS
    try:
        seconds = [float(part) for part in text.split(SEPARATOR)]
    except ValueError:
        seconds = [0.0]
    if not all(min_seconds <= value <= max_seconds for value in seconds):
        raise InvalidInputError(
            f"In the address: the seconds of a leg are {min_seconds:g} to {max_seconds:g}, "
            f"not {text[:20]!r}; each takes {DEFAULT_LEG_SECONDS:g} s now."
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
    """The path, computed when anything that it is made of is another; and its name."""
    mapped = "" if projection is None else projection.fingerprint
    paths_key = fingerprint(
        space.encodings.fingerprint, mapped, graph is None, kind, seconds, *chosen
    )

    def compute() -> AnnotatedPath:
        return annotate_path(space, projection, path_through_items(chosen, seconds, kind, graph))

    return session_memo("morph.many.road", paths_key, compute), paths_key


def _handle_event(space: Space, event: MorphEvent, annotated: AnnotatedPath) -> None:
    remember_smoothing(event)
    if event.moved is not None:
        other = event.moved.kind != path_position(space, "many", KINDS).kind
        set_path_position("many", event.moved)
        if other:
            rerun()
    if event.ordered is not None:
        _reorder(space, event.ordered)
        rerun()
    if event.dropped is not None:
        pick = dropped_item(space, event.dropped[1])
        if pick is not None:
            _add_waypoint(space, pick, event.dropped[0])
        st.rerun()
    if event.kept is not None:
        _add_between(space, event.kept, annotated)


def _reorder(space: Space, order: WaypointOrder) -> None:
    by_slot = {pick.key: pick for pick in get_endpoints(space, MANY)}
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
        anchors=endpoints_to_text(chosen),
        seconds=SEPARATOR.join(f"{value:g}" for value in _seconds(space, len(chosen) - 1)),
        path=position.kind,
        t=f"{position.time:.4g}",
    )
