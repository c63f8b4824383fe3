"""What can be done with the image beside the map on the other pages."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ui import session
from ui.layout import open_page
from ui.spaces import Space
from ui.visitor import tray
from ui.visitor.tray import Place, TrayItem
from ui.wording.text import escape_markdown

ENDS: dict[Place, str] = {"morph.a": "A", "morph.b": "B"}


def draw_actions(space: Space, item: Callable[[], TrayItem]) -> None:
    """Buttons that pass an image to the pages Morph, Dimensions and Encode.

    The second of A and B opens Morph; the first one waits for it.

    Parameters
    ----------
    item
        Makes the image; called when a button is pressed.
    """
    if not space.model.card.decodes:
        return
    with st.container(key="map-actions", horizontal=True, gap="small"):
        for place, name in ENDS.items():
            is_set = tray.passed(place) is not None
            label = f"{name} is set" if is_set else f"Use as {name}"
            if st.button(label, key=f"map.use.{name}", help=f"End {name} of a morph"):
                _use_as_end(place, item())
        if st.button("Vary its dimensions", key="map.vary", icon=":material/tune:"):
            _open("dimensions", "dimensions.start", item())
        if st.button("Encode mine beside it", key="map.encode", icon=":material/draw:"):
            _open("encode", "encode.companion", item())


def _use_as_end(place: Place, item: TrayItem) -> None:
    tray.pass_on(place, item)
    if all(tray.passed(end) is not None for end in ENDS):
        session.choose("mode", "two")
        open_page("morph")
    other = next(name for end, name in ENDS.items() if end != place)
    sentence = f"{ENDS[place]} is set. Select another image and use it as {other}."
    st.toast(escape_markdown(sentence))


def _open(page: str, place: Place, item: TrayItem) -> None:
    tray.pass_on(place, item)
    open_page(page)
