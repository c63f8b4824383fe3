"""What the ways of going have in common: cards, changing a picture, where one is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NoReturn

import numpy as np
import streamlit as st
from streamlit.errors import StreamlitAPIException

from latent_core.interpolation import LatentPath, cross_fade
from latent_core.types import Floats
from ui import session, tray
from ui.components.crossover import CrossoverEvent
from ui.components.morph_types import (
    EXTRAPOLATION,
    PATH_KINDS,
    Card,
    MorphEvent,
    PadEvent,
    PathPosition,
)
from ui.images import data_url
from ui.layout import shown_errors
from ui.sample_sources import draw_sample_picker, item_from_code
from ui.spaces import Space
from ui.tray import TrayItem
from ui.views.morph.endpoint_state import (
    EndpointSpec,
    dropped_item,
    is_linked,
    replace_endpoint,
    take_clicked,
)
from ui.views.morph.paths import fingerprint, session_memo

Event = MorphEvent | PadEvent | CrossoverEvent


def endpoint_cards(
    space: Space, mode: str, chosen: Sequence[TrayItem], names: Sequence[str]
) -> list[Card]:
    """The pictures as their cards show them, each with what its code decodes to."""
    of = fingerprint(space.encodings.fingerprint, *chosen)
    decoded = session_memo(f"morph.decoded.{mode}", of, lambda: decoded_urls(space, chosen))
    return [
        Card(
            slot=str(number),
            name=name,
            label=pick.label,
            original="" if pick.picture == url else pick.picture,
            decoded=url,
        )
        for number, (pick, name, url) in enumerate(zip(chosen, names, decoded, strict=True))
    ]


def decoded_urls(space: Space, chosen: Sequence[TrayItem]) -> list[str]:
    """What each code decodes to, as addresses."""
    images = space.model.decode(np.stack([pick.code for pick in chosen]))
    return [data_url(image) for image in images]


def draw_change_popover(space: Space, key: str, words: str) -> TrayItem | None:
    """A popover to pick another picture in; gives what was picked just now."""
    revision = session.recall(f"{key}.turn", 0)
    with st.popover(words, key=f"{key}.{revision}"), shown_errors():
        picked = draw_sample_picker(space, f"{key}.{revision}")
        if picked is not None:
            session.remember(f"{key}.turn", revision + 1)  # a new popover is a closed one
        return picked
    return None


def active_index(slots: EndpointSpec) -> int:
    """The picture that a click on the map or in the tray replaces: at first, the last of two."""
    return int(session.recall(f"morph.{slots.mode}.active", 1 if slots.max_count == 2 else 0))


def draw_pair(space: Space, slots: EndpointSpec) -> bool:
    """The row of buttons that change A, swap both, and change B; says whether to swap."""
    with st.container(horizontal=True, horizontal_alignment="distribute", key="morph-ends"):
        first = draw_change_popover(space, "morph.change.a", "Change A")
        swapped = st.button("Swap", icon=":material/swap_horiz:", key="morph.swap")
        last = draw_change_popover(space, "morph.change.b", "Change B")
    replace_changed(space, slots, (first, last))
    return swapped


def replace_changed(space: Space, slots: EndpointSpec, changed: Sequence[TrayItem | None]) -> None:
    """Put what was picked just now, for one of the pictures or in the tray, in its place."""
    for index, pick in enumerate(changed):
        if pick is not None:
            replace_endpoint(space, slots, index, pick)
            rerun()
    if (pick := take_clicked(space)) is not None:
        replace_endpoint(space, slots, active_index(slots), pick)


def handle_card_events(space: Space, slots: EndpointSpec, event: Event) -> None:
    """Do what was done on the cards: one was chosen, or a picture of the tray dropped on it."""
    if event.chosen is not None:
        session.remember(f"morph.{slots.mode}.active", int(event.chosen))
        rerun()
    if event.dropped is not None:
        pick = dropped_item(space, event.dropped[1])
        if pick is not None:
            replace_endpoint(space, slots, int(event.dropped[0]), pick)
        st.rerun()


def rerun() -> NoReturn:
    """Draw this way of going anew; where there is something to say at the top, the whole page."""
    if session.recall("notices"):
        st.rerun()
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:  # something else of the page was changed in the same moment
        st.rerun()


def path_position(space: Space, mode: str, kinds: Sequence[str] = PATH_KINDS) -> PathPosition:
    """Where one is: as left in this session, else as the address says, else in the middle."""
    kept: PathPosition | None = session.recall(f"morph.{mode}.here")
    if kept is None:
        kept = _linked_path_position(space, mode)
        set_path_position(mode, kept)
    return kept if kept.kind in kinds else replace(kept, kind=kinds[0])


def set_path_position(mode: str, position: PathPosition) -> None:
    """Be there from now on."""
    session.remember(f"morph.{mode}.here", position)


def _linked_path_position(space: Space, mode: str) -> PathPosition:
    linked = is_linked(space, mode)
    kind = session.linked("path") if linked else None
    if kind is not None and kind not in PATH_KINDS:
        session.notify(
            f"In the address: there is no path {kind[:20]!r}; known: {', '.join(PATH_KINDS)}."
        )
    time = linked_number("t", 0.5, (-EXTRAPOLATION, 1 + EXTRAPOLATION)) if linked else 0.5
    return PathPosition(kind=kind if kind in PATH_KINDS else "linear", time=time)


def linked_number(name: str, default: float, span: tuple[float, float]) -> float:
    """The number `name` in the address if it lies in `span`, else `default` with a notice."""
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
        f"In the address: {name} must be a number from {span[0]:g} to {span[1]:g}, "
        f"not {text[:20]!r}; it is {default:g} now."
    )
    return default


def decode_frames(space: Space, path: LatentPath, kind: str, times: Floats) -> Floats:
    """The pictures ``(T, C, H, W)`` that are seen at `times` on the way `kind`."""
    if kind != "cross-fade":
        return space.model.decode(path.at(times))
    first, last = space.model.decode(path.at([0.0, 1.0]))
    return cross_fade(first, last, times)


def add_to_tray(space: Space, code: Floats, label: str) -> None:
    """Put an in-between picture in the tray, and draw the page anew with it."""
    tray.add(item_from_code(space, code, label))
    st.rerun()


def remember_smoothing(event: Event) -> None:
    """Remember how pictures are enlarged; exports begin with that."""
    if event.smooth is not None:
        session.remember("morph.smooth", event.smooth)
