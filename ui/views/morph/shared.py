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
from ui import session
from ui.components.crossover import FamilyEvent
from ui.components.morph_types import BEYOND, WAYS, Card, Here, MorphEvent, PadEvent
from ui.images import data_url
from ui.layout import shown_errors
from ui.sample_sources import code_pick, draw_sources
from ui.session import TrayItem
from ui.spaces import Space
from ui.views.morph.endpoint_state import Slots, clicked_in_tray, dropped, is_linked, put
from ui.views.morph.paths import fingerprint, once

Event = MorphEvent | PadEvent | FamilyEvent


def cards_of(
    space: Space, mode: str, chosen: Sequence[TrayItem], names: Sequence[str]
) -> list[Card]:
    """The pictures as their cards show them, each with what its code decodes to."""
    of = fingerprint(space.encodings.fingerprint, *chosen)
    decoded = once(f"morph.decoded.{mode}", of, lambda: decoded_urls(space, chosen))
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


def change(space: Space, key: str, words: str) -> TrayItem | None:
    """A popover to pick another picture in; gives what was picked just now."""
    turn = session.recall(f"{key}.turn", 0)
    with st.popover(words, key=f"{key}.{turn}"), shown_errors():
        picked = draw_sources(space, f"{key}.{turn}")
        if picked is not None:
            session.remember(f"{key}.turn", turn + 1)  # a new popover is a closed one
        return picked
    return None


def active_of(slots: Slots) -> int:
    """The picture that a click on the map or in the tray replaces: at first, the last of two."""
    return int(session.recall(f"morph.{slots.mode}.active", 1 if slots.most == 2 else 0))


def draw_pair(space: Space, slots: Slots) -> bool:
    """The row of buttons that change A, swap both, and change B; says whether to swap."""
    with st.container(horizontal=True, horizontal_alignment="distribute", key="morph-ends"):
        first = change(space, "morph.change.a", "Change A")
        swapped = st.button("Swap", icon=":material/swap_horiz:", key="morph.swap")
        last = change(space, "morph.change.b", "Change B")
    put_changed(space, slots, (first, last))
    return swapped


def put_changed(space: Space, slots: Slots, changed: Sequence[TrayItem | None]) -> None:
    """Put what was picked just now, for one of the pictures or in the tray, in its place."""
    for index, pick in enumerate(changed):
        if pick is not None:
            put(space, slots, index, pick)
            again()
    if (pick := clicked_in_tray(space)) is not None:
        put(space, slots, active_of(slots), pick)


def answer_cards(space: Space, slots: Slots, event: Event) -> None:
    """Do what was done on the cards: one was chosen, or a picture of the tray dropped on it."""
    if event.chosen is not None:
        session.remember(f"morph.{slots.mode}.active", int(event.chosen))
        again()
    if event.dropped is not None:
        pick = dropped(space, event.dropped[1])
        if pick is not None:
            put(space, slots, int(event.dropped[0]), pick)
        st.rerun()


def again() -> NoReturn:
    """Draw this way of going anew; where there is something to say at the top, the whole page."""
    if session.recall("notices"):
        st.rerun()
    try:
        st.rerun(scope="fragment")
    except StreamlitAPIException:  # something else of the page was changed in the same moment
        st.rerun()


def here_of(space: Space, mode: str, ways: Sequence[str] = WAYS) -> Here:
    """Where one is: as left in this session, else as the address says, else in the middle."""
    kept: Here | None = session.recall(f"morph.{mode}.here")
    if kept is None:
        kept = _linked_here(space, mode)
        stay(mode, kept)
    return kept if kept.kind in ways else replace(kept, kind=ways[0])


def stay(mode: str, here: Here) -> None:
    """Be there from now on."""
    session.remember(f"morph.{mode}.here", here)


def _linked_here(space: Space, mode: str) -> Here:
    linked = is_linked(space, mode)
    kind = session.linked("path") if linked else None
    if kind is not None and kind not in WAYS:
        session.notify(f"In the address: there is no path {kind[:20]!r}; known: {', '.join(WAYS)}.")
    time = linked_number("t", 0.5, (-BEYOND, 1 + BEYOND)) if linked else 0.5
    return Here(kind=kind if kind in WAYS else "linear", time=time)


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


def frames_at(space: Space, path: LatentPath, kind: str, times: Floats) -> Floats:
    """The pictures ``(T, C, H, W)`` that are seen at `times` on the way `kind`."""
    if kind != "cross-fade":
        return space.model.decode(path.at(times))
    first, last = space.model.decode(path.at([0.0, 1.0]))
    return cross_fade(first, last, times)


def add_to_tray(space: Space, code: Floats, label: str) -> None:
    """Put an in-between picture in the tray, and draw the page anew with it."""
    session.put_in_tray(code_pick(space, code, label))
    st.rerun()


def note_smooth(event: Event) -> None:
    """Remember how pictures are enlarged; exports begin with that."""
    if event.smooth is not None:
        session.remember("morph.smooth", event.smooth)
