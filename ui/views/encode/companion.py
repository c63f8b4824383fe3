"""An image of the map beside the visitor's own."""

from __future__ import annotations

import html

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ui.sample_sources import convert_item
from ui.spaces import Space
from ui.views.encode.results import EncodedUpload
from ui.visitor import tray


def draw_companion(where: DeltaGenerator, space: Space, shown: EncodedUpload | None) -> None:
    """The image chosen on the map, and how far its code is from that of the upload."""
    passed = tray.passed("encode.companion")
    item = None if passed is None else convert_item(space, passed)
    if item is None:
        return
    caption = f"Beside it, from the map: {item.label}"
    if shown is not None:
        distance = float(np.linalg.norm(shown.report.code - item.code))
        caption += f". Distance of the two codes: {distance:.2f}"
    with where:
        st.html(
            '<div class="ls-gain"><figure>'
            f'<img src="{html.escape(item.image_url)}" alt=""></figure>'
            f"<p>{html.escape(caption)}</p></div>"
        )
        if st.button("Remove", key="encode.companion.remove", icon=":material/close:"):
            tray.take_passed("encode.companion")
            st.rerun()
