"""Several anchors: a path through any number of pictures, with the time for each leg."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from latent_core.errors import InvalidInputError
from latent_core.interpolation import KINDS, NeighborGraph
from latent_core.projection import Projection
from ui import session
from ui.components.decoder import decoder_data
from ui.components.morph import draw_many
from ui.components.morph_types import (
    END,
    LEG_SECONDS,
    Card,
    Here,
    ManyData,
    MorphEvent,
    Order,
    Road,
)
from ui.sample_sources import adopt
from ui.session import TrayItem
from ui.spaces import Space
from ui.views.morph.endpoint_state import (
    MANY,
    MARK,
    clicked_in_tray,
    dropped,
    is_linked,
    keep,
    picks,
    texts,
)
from ui.views.morph.export_panel import draw_export
from ui.views.morph.paths import fingerprint, limits_of, once, path_through_picks, road_of
from ui.views.morph.pending import ask_graph, ask_map, draw_waiting
from ui.views.morph.shared import add_to_tray, again, cards_of, change, here_of, note_smooth, stay
from ui.views.morph.side_map import draw_side

LEG_S = 1.0
"""For a leg of which nobody has said how long it takes."""


def draw_several_anchors(space: Space) -> None:
    """The pictures in their order, slider, strip and map."""
    left, right = st.columns([1.75, 1], gap="medium")
    with left:
        _draw_adding(space)
        chosen = picks(space, MANY)
        seconds = _seconds(space, len(chosen) - 1)
        here = here_of(space, "many", KINDS)
        mapped, graph = ask_map(space), ask_graph(space)
        road, drawn = _road(space, mapped.result, graph.result, chosen, seconds, here.kind)
        data = ManyData(
            decoder=decoder_data(space.model.card),
            roads=[road],
            drawn=f"{drawn} {graph.why}",
            limits=limits_of(space),
            here=here,
            cards=_cards(space, chosen),
            seconds=seconds,
            waiting=graph.why,
            smooth=session.recall("morph.smooth", False),
        )
        event = draw_many(key="morph.many", data=data)
        draw_waiting(graph, "The path along the data")
    _answer(space, event, road)
    with right, st.container(key="morph-side"):
        marks = [(str(n), pick.code) for n, pick in enumerate(chosen, 1)]
        clicked = draw_side(space, mapped, [road], marks, None)
        st.caption("A click on the map adds a picture; one of the tray can be dropped in between.")
        labels = [pick.label for pick in chosen]
        draw_export(space, road.path, road.path.kind, labels, sum(seconds))
    if clicked is not None:
        _add(space, clicked)
        again()
    _write(space)


def _draw_adding(space: Space) -> None:
    with st.container(horizontal=True, key="morph-anchors"):
        picked = change(space, "morph.add", "Add a picture")
        own = [pick for item in session.tray() if (pick := adopt(space, item)) is not None]
        if st.button("Take the tray", disabled=len(own) < 2, key="morph.take"):
            keep(space, MANY, [_new(pick) for pick in own])
            again()
    if picked is not None:
        _add(space, picked)
        again()
    if (pick := clicked_in_tray(space)) is not None:
        _add(space, pick)


def _new(pick: TrayItem) -> TrayItem:
    """The same picture under a key of its own: it may come twice."""
    return replace(pick, key=uuid.uuid4().hex[:12])


def _add(space: Space, pick: TrayItem, before: str = END) -> None:
    """Go through `pick` too, in front of the picture in the slot `before`."""
    chosen = picks(space, MANY)
    slots = [item.key for item in chosen]
    at = slots.index(before) if before in slots else len(slots)
    if len(chosen) >= MANY.most:
        session.notify(f"A path goes through at most {MANY.most} pictures; remove one first.")
        return
    keep(space, MANY, [*chosen[:at], _new(pick), *chosen[at:]])


def _cards(space: Space, chosen: Sequence[TrayItem]) -> list[Card]:
    names = [str(n) for n in range(1, len(chosen) + 1)]
    cards = cards_of(space, "many", chosen, names)
    return [replace(card, slot=pick.key) for card, pick in zip(cards, chosen, strict=True)]


def _seconds(space: Space, count: int) -> list[float]:
    """The seconds of each of `count` legs: as left in this session, else as the address says."""
    kept: list[float] | None = session.recall("morph.many.seconds")
    if kept is None:
        kept = _linked_seconds() if is_linked(space, "many") else []
    fitting = [*kept, *[LEG_S] * count][:count]
    session.remember("morph.many.seconds", fitting)
    return fitting


def _linked_seconds() -> list[float]:
    text = session.linked("seconds")
    if not text:
        return []
    try:
        return read_seconds(text)
    except InvalidInputError as error:
        session.notify(str(error))
        return []


def read_seconds(text: str) -> list[float]:
    """The seconds of each leg, as the address has them.

    Raises
    ------
    BadInput
        They aren't numbers in `LEG_SECONDS`.
    """
    least, most = LEG_SECONDS
    try:
        seconds = [float(part) for part in text.split(MARK)]
    except ValueError:
        seconds = [0.0]
    if not all(least <= value <= most for value in seconds):
        raise InvalidInputError(
            f"In the address: the seconds of a leg are {least:g} to {most:g}, "
            f"not {text[:20]!r}; each takes {LEG_S:g} s now."
        )
    return seconds


def _road(
    space: Space,
    made: Projection | None,
    graph: NeighborGraph | None,
    chosen: Sequence[TrayItem],
    seconds: Sequence[float],
    kind: str,
) -> tuple[Road, str]:
    """The path, computed when anything that it is made of is another; and its name."""
    mapped = "" if made is None else made.fingerprint
    drawn = fingerprint(space.encodings.fingerprint, mapped, graph is None, kind, seconds, *chosen)

    def compute() -> Road:
        return road_of(space, made, path_through_picks(chosen, seconds, kind, graph))

    return once("morph.many.road", drawn, compute), drawn


def _answer(space: Space, event: MorphEvent, road: Road) -> None:
    note_smooth(event)
    if event.moved is not None:
        other = event.moved.kind != here_of(space, "many", KINDS).kind
        stay("many", event.moved)
        if other:
            again()
    if event.ordered is not None:
        _reorder(space, event.ordered)
        again()
    if event.dropped is not None:
        pick = dropped(space, event.dropped[1])
        if pick is not None:
            _add(space, pick, event.dropped[0])
        st.rerun()
    if event.kept is not None:
        _keep_between(space, event.kept, road)


def _reorder(space: Space, order: Order) -> None:
    by_slot = {pick.key: pick for pick in picks(space, MANY)}
    keep(space, MANY, [by_slot[slot] for slot in order.slots])
    session.remember("morph.many.seconds", list(order.seconds))


def _keep_between(space: Space, here: Here, road: Road) -> None:
    label = f"path of {len(picks(space, MANY))}, {here.time:.0%}"
    add_to_tray(space, road.path.at([here.time])[0], label)


def _write(space: Space) -> None:
    here, chosen = here_of(space, "many", KINDS), picks(space, MANY)
    session.write_address(
        model=space.model.card.id,
        data=space.data.id,
        mode="many",
        anchors=texts(chosen),
        seconds=MARK.join(f"{value:g}" for value in _seconds(space, len(chosen) - 1)),
        path=here.kind,
        t=f"{here.time:.4g}",
    )
