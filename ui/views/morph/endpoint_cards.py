"""Shared by all modes: endpoint cards, the change buttons, the position on the path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn

import streamlit as st
from streamlit.delta_generator import DeltaGenerator
from streamlit.errors import StreamlitAPIException

from latent_core.types import Floats
from ui import session
from ui.components.crossover import CrossoverEvent
from ui.components.morph_types import (
    EXTRAPOLATION,
    PATH_KINDS,
    MorphEvent,
    PadEvent,
    PathPosition,
)
from ui.layout import shown_errors
from ui.sample_sources import draw_sample_popover, item_from_code
from ui.spaces import Space
from ui.views.morph.endpoint_state import (
    EndpointSpec,
    dropped_item,
    is_linked,
    replace_endpoint,
    take_clicked,
)
from ui.visitor import tray
from ui.visitor.tray import TrayItem

Event = MorphEvent | PadEvent | CrossoverEvent


def draw_change_popover(space: Space, key: str, label: str) -> TrayItem | None:
    """A popover to choose another sample or code; gives what was just chosen."""
    with shown_errors():
        return draw_sample_popover(space, key, label)
    return None


def active_index(spec: EndpointSpec) -> int:
    """The index that a click on the map or in the tray replaces; initially the second of two."""
    return int(session.recall(f"morph.{spec.mode}.active", 1 if spec.max_count == 2 else 0))


def draw_pair(space: Space, spec: EndpointSpec) -> tuple[bool, DeltaGenerator]:
    """Draw the buttons that change A, swap both, and change B; says whether to swap.

    Also gives a place beside *Change B* for another button.  On a wide page the buttons are left
    and right of the image.
    """
    ends = st.container(horizontal=True, horizontal_alignment="distribute", key="morph-ends")
    left, right = (ends.container(horizontal=True, width="content") for _ in range(2))
    with left:
        first = draw_change_popover(space, "morph.change.a", "Change A")
        swapped = st.button("Swap", icon=":material/swap_horiz:", key="morph.swap")
    place = right.container(horizontal=True, width="content")
    with right:
        last = draw_change_popover(space, "morph.change.b", "Change B")
    replace_changed(space, spec, (first, last))
    return swapped, place


def replace_changed(space: Space, spec: EndpointSpec, changed: Sequence[TrayItem | None]) -> None:
    """Replace endpoints by what was just chosen in a popover or clicked in the tray."""
    for index, item in enumerate(changed):
        if item is not None:
            replace_endpoint(space, spec, index, item)
            rerun()
    if (item := take_clicked(space)) is not None:
        replace_endpoint(space, spec, active_index(spec), item)


def handle_card_events(space: Space, spec: EndpointSpec, event: Event) -> None:
    """Apply the events of the cards: one was clicked, or a tray item was dropped on it."""
    if event.chosen is not None:
        session.remember(f"morph.{spec.mode}.active", int(event.chosen))
        rerun()
    if event.dropped is not None:
        item = dropped_item(space, event.dropped[1])
        if item is not None:
            replace_endpoint(space, spec, int(event.dropped[0]), item)
        st.rerun()


def rerun() -> NoReturn:
    """Rerun this mode's fragment; the whole page if there are notices to show above it."""
    if session.recall("notices"):
        st.rerun()
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:  # the whole page is already being rerun
        st.rerun()


def path_position(space: Space, mode: str, kinds: Sequence[str] = PATH_KINDS) -> PathPosition:
    """The position in this session, else that of the link, else halfway."""
    kept: PathPosition | None = session.recall(f"morph.{mode}.position")
    if kept is None:
        kept = _linked_path_position(space, mode)
        set_path_position(mode, kept)
    return kept if kept.kind in kinds else replace(kept, kind=kinds[0])


def set_path_position(mode: str, position: PathPosition) -> None:
    """Store the position for this session."""
    session.remember(f"morph.{mode}.position", position)


def _linked_path_position(space: Space, mode: str) -> PathPosition:
    linked = is_linked(space, mode)
    kind = session.linked("path") if linked else None
    if kind is not None and kind not in PATH_KINDS:
        session.notify(
            f"In the link: there is no path {kind[:20]!r}; known: {', '.join(PATH_KINDS)}."
        )
    time = linked_number("t", 0.5, (-EXTRAPOLATION, 1 + EXTRAPOLATION)) if linked else 0.5
    return PathPosition(kind=kind if kind in PATH_KINDS else "linear", time=time)


def linked_number(name: str, default: float, span: tuple[float, float]) -> float:
    """The query parameter `name` if it is a number in `span`, else `default` with a notice."""
    text = session.linked(name)
    if text is None:
        return default
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if span[0] <= value <= span[1]:
        return value
    session.notify(
        f"In the link: {name} must be a number from {span[0]:g} to {span[1]:g}, "
        f"not {text[:20]!r}; it is {default:g} now."
    )
    return default


def add_to_tray(space: Space, code: Floats, label: str) -> None:
    """Add a code of the path to the tray, and rerun the page."""
    tray.add(item_from_code(space, code, label))
    st.rerun()


def remember_smoothing(event: Event) -> None:
    """Store whether images are enlarged smoothly, the default for exports."""
    if event.smooth is not None:
        session.remember("morph.smooth", event.smooth)
