"""The latent traversals below the sliders: on the page, and as a PNG."""

from __future__ import annotations

from typing import cast

import numpy as np
import streamlit as st

from latent_core.analysis.traversal import grid_codes
from latent_core.analysis.traversal_sheet import sheet_layout, sheet_png
from latent_core.errors import InputTooLargeError
from latent_core.types import Floats
from ui import session, widgets
from ui.components.dimensions import dimensions_of_encodings, draw_traversal_sheet
from ui.components.dimensions_types import Base
from ui.spaces import Space
from ui.views.dimensions.slider_state import SliderState
from ui.wording.text import escape_markdown

MAX_ROWS = 24
STEPS = {str(n): str(n) for n in (5, 7, 9, 11, 13, 15)}
SCALES = {str(n): f"{n}× size" for n in (1, 2, 4, 8)}
"""Enlargement of the images in the PNG."""
BASES = {"code": "current values", "mean": "mean"}


def draw_sheet_expander(space: Space, now: SliderState) -> None:
    """Draw an expander with the traversals of all dimensions."""
    box = widgets.remembered_expander(
        "Latent traversals: every dimension at once", "dimensions.sheet"
    )
    if box.open:
        with box:
            _draw(space, now)


def _draw(space: Space, now: SliderState) -> None:
    dims = dimensions_of_encodings(space.encodings)
    rows = dims.active[:MAX_ROWS]
    columns = st.columns([1.7, 1, 1, 1], vertical_alignment="bottom")
    with columns[0]:
        value = session.chosen("sheet.around", BASES, "code")
        around = widgets.segmented_choice(
            "Other dimensions", "sheet.around", list(BASES), value, BASES.__getitem__
        )
    with columns[1]:
        steps = int(_choose("Steps", "sheet.steps", STEPS, "9"))
    with columns[2]:
        scale = int(_choose("PNG", "sheet.times", SCALES, "4"))
    base = dims.mean if around == "mean" else now.code
    with columns[3]:
        _download(space, rows, steps, scale, base)
    if len(rows) < len(dims.active):
        measure = "KL divergence" if dims.unit == "nats" else "variance"
        st.caption(f"The {len(rows)} of {len(dims.active)} active dimensions with most {measure}.")
    draw_traversal_sheet(
        key="dimensions.traversal_sheet",
        card=space.model.card,
        encodings=space.encodings,
        rows=rows,
        steps=steps,
        around=cast(Base, around),
    )


def _choose(label: str, name: str, options: dict[str, str], default: str) -> str:
    """A selectbox whose choice survives a change of page."""
    value = session.chosen(name, options, default)
    return widgets.selectbox_choice(label, name, list(options), value, options.__getitem__)


def _download(space: Space, rows: list[int], steps: int, scale: int, base: Floats) -> None:
    """Draw a download button for the PNG, or the reason why it is too large."""
    side = scale * max(space.data.image_shape[1:])
    try:
        across, down = sheet_layout(len(rows), steps, space.data.image_shape, side).size
    except InputTooLargeError as error:
        st.caption(escape_markdown(str(error)))
        return
    st.download_button(
        "Download",
        lambda: sheet_file(space, rows, steps, side, base),
        f"{space.model.card.id}-traversals.png",
        "image/png",
        key="dimensions.png",
        help=f"{across:,} × {down:,} pixels",
        icon=":material/download:",
        on_click="ignore",
        width="stretch",
    )


def sheet_file(space: Space, rows: list[int], steps: int, side: int, base: Floats) -> bytes:
    """The traversals around the code `base` ``(D,)`` as a PNG.

    Raises
    ------
    InvalidInputError, InputTooLargeError
        The rows, steps or size are not possible.
    """
    dims = dimensions_of_encodings(space.encodings)
    codes = grid_codes(dims, base, rows, steps)
    images = space.model.decode(codes.reshape(-1, len(dims)))
    grid = images.reshape(len(rows), steps, *images.shape[1:])
    ends = np.stack([dims.low[rows], dims.high[rows]], axis=1)
    return sheet_png(grid, [f"z{d + 1}" for d in rows], ends, side)
