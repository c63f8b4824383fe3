"""A drawing pad whose drawing the session keeps."""

from __future__ import annotations

from typing import Literal

import streamlit as st

from ui import session
from ui.components.drawing_pad import DRAW_HINT, draw_drawing_pad


def draw_kept_pad(
    *, key: str, name: str, hint: str = DRAW_HINT, rerun: Literal["app", "fragment"] = "app"
) -> bytes | None:
    """Draw the drawing pad; gives its drawing as a PNG, or None while it is empty.

    Parameters
    ----------
    name
        Under which the session keeps the drawing.
    rerun
        What runs again with a new drawing: the page, or the fragment that calls this.
    """
    drawing = draw_drawing_pad(key=key, answered_seq=session.recall(f"{name}.seq", 0), hint=hint)
    if drawing is not None:
        session.remember(f"{name}.seq", drawing.seq)
        session.remember(name, None if drawing.blank else drawing.png)
        st.rerun(scope=rerun)
    png: bytes | None = session.recall(name)
    return png
