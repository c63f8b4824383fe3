"""The traversal sheet below the sliders: on the page, and as a PNG."""

from __future__ import annotations

from typing import cast

import numpy as np
import streamlit as st

from latent_core.analysis.traversal import grid_codes
from latent_core.analysis.traversal_sheet import sheet_layout, sheet_png
from latent_core.errors import InputTooLargeError
from latent_core.types import Floats
from ui import session
from ui.components.dimensions import Base, dimensions_of_encodings, draw_rows
from ui.spaces import Space
from ui.views.dimensions.slider_state import Sitting

MAX_ROWS = 24
STEPS = {str(n): str(n) for n in (5, 7, 9, 11, 13, 15)}
TIMES = {str(n): f"{n}× as large" for n in (1, 2, 4, 8)}
"""How many times its own size a picture of the PNG may have."""
BASES = {"code": "as they are", "mean": "at the mean"}


def draw_sheet(space: Space, now: Sitting) -> None:
    """What each dimension does, all at once, where the visitor unfolds it."""
    box = st.expander(
        "Traversal sheet: every dimension at once",
        expanded=session.recall("dimensions.sheet", False),
        key="dimensions.sheet",
        on_change="rerun",
    )
    session.remember("dimensions.sheet", box.open)
    if box.open:
        with box:
            _draw(space, now)


def _draw(space: Space, now: Sitting) -> None:
    dims = dimensions_of_encodings(space.encodings)
    rows = dims.active[:MAX_ROWS]
    columns = st.columns([1.7, 1, 1, 1], vertical_alignment="bottom")
    with columns[0]:
        value = session.chosen("sheet.around", BASES, "code")
        around = session.segments(
            "The other numbers", "sheet.around", list(BASES), value, BASES.__getitem__
        )
    with columns[1]:
        steps = int(_choose("Steps", "sheet.steps", STEPS, "9"))
    with columns[2]:
        times = int(_choose("PNG", "sheet.times", TIMES, "4"))
    base = dims.mean if around == "mean" else now.code
    with columns[3]:
        _download(space, rows, steps, times, base)
    if len(rows) < len(dims.active):
        st.caption(f"The {len(rows)} of {len(dims.active)} dimensions that say most.")
    draw_rows(
        key="dimensions.rows",
        card=space.model.card,
        encodings=space.encodings,
        rows=rows,
        steps=steps,
        around=cast(Base, around),
    )


def _choose(label: str, name: str, options: dict[str, str], default: str) -> str:
    """One of a few, remembered over a change of page."""
    value = session.chosen(name, options, default)
    return session.select_one(label, name, list(options), value, options.__getitem__)


def _download(space: Space, rows: list[int], steps: int, times: int, base: Floats) -> None:
    """A button for the PNG, or one sentence on why it is too large."""
    side = times * max(space.data.image_shape[1:])
    try:
        across, down = sheet_layout(len(rows), steps, space.data.image_shape, side).size
    except InputTooLargeError as error:
        st.caption(str(error))
        return
    st.download_button(
        "Download",
        lambda: sheet_of_space(space, rows, steps, side, base),
        f"{space.model.card.id}-traversals.png",
        "image/png",
        key="dimensions.png",
        help=f"{across:,} × {down:,} pixels",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


def sheet_of_space(space: Space, rows: list[int], steps: int, side: int, base: Floats) -> bytes:
    """The traversal sheet around the code `base` ``(D,)`` as a PNG.

    Raises
    ------
    BadInput, TooLarge
        A sheet that can't be.
    """
    dims = dimensions_of_encodings(space.encodings)
    codes = grid_codes(dims, base, rows, steps)
    images = space.model.decode(codes.reshape(-1, len(dims)))
    grid = images.reshape(len(rows), steps, *images.shape[1:])
    ends = np.stack([dims.low[rows], dims.high[rows]], axis=1)
    return sheet_png(grid, [f"z{d + 1}" for d in rows], ends, side)
