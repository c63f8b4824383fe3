"""Directions between images that a visitor marks: piles of the tray, the selection of the map."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from latent_core.analysis.directions.files import (
    directions_csv,
    directions_npz,
    read_directions,
)
from latent_core.analysis.directions.latent_directions import LatentDirections
from latent_core.analysis.directions.marked_directions import (
    METHODS,
    MarkedDirection,
    fit_marked_direction,
)
from latent_core.io.limits import UploadLimits
from latent_core.types import Floats
from ui import session, widgets
from ui.layout import shown_errors
from ui.sample_sources import convert_item
from ui.spaces import Space
from ui.views.dimensions.marked_sliders import (
    MAX_MARKED,
    add_marked,
    joined_directions,
    marked_directions,
)
from ui.visitor import tray
from ui.visitor.tray import TrayItem

SELECTION, REST = "selection of the map", "all other images"
MAX_NAME = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class _Marks:
    """What can be marked: items of the tray by position and label, and the map's selection."""

    space: Space
    items: dict[str, TrayItem]
    region: NDArray[np.int64] | None

    def codes(self, chosen: list[str]) -> Floats:
        """The codes ``(M, D)`` of what was chosen in one of the fields."""
        codes = self.space.encodings.mean
        region = np.arange(0) if self.region is None else self.region
        parts = [self.items[name].code[None] for name in chosen if name in self.items]
        if REST in chosen:
            parts.append(codes[np.setdiff1d(np.arange(len(codes)), region)])
        if any(name.startswith(SELECTION) for name in chosen):
            parts.append(codes[region])
        return np.concatenate([np.zeros((0, codes.shape[1]), np.float32), *parts])


def _find_marks(space: Space) -> _Marks:
    converted = [convert_item(space, item) for item in tray.items()]
    items = {f"{k + 1}: {one.label}": one for k, one in enumerate(converted) if one is not None}
    region: NDArray[np.int64] | None = session.recall("region")
    of_data = session.recall("last.space", (None, None))[1]
    if region is None or not len(region) or of_data != space.data.id:
        region = None
    return _Marks(space=space, items=items, region=region)


def draw_marking(space: Space) -> None:
    """Draw an expander in which two groups of images are marked."""
    box = widgets.remembered_expander("Direction from images you mark", "dimensions.marking")
    if not box.open:
        return
    marks = _find_marks(space)
    with box:
        if marks.items or marks.region is not None:
            _draw_form(marks)
        else:
            st.caption(
                "Add images to the tray, or circle some on the map of this model; then a direction "
                "leads from one group to the other."
            )
        _draw_files(space)


def _draw_files(space: Space) -> None:
    """Draw the downloads of the marked directions, and the uploader of saved ones."""
    if marked := marked_directions(space):
        joined, columns = joined_directions(marked), st.columns(2)
        for column, suffix, write in (
            (columns[0], "npz", directions_npz),
            (columns[1], "csv", directions_csv),
        ):
            column.download_button(
                f"Save as .{suffix}",
                write(joined),
                f"{space.model.card.id}-directions.{suffix}",
                key=f"marking.save.{suffix}",
                on_click="ignore",
                width="stretch",
            )
    file = st.file_uploader("Open saved directions", type="npz", key="marking.open")
    if file is not None and session.changed(
        "marking.opened", (file.file_id, space.encodings.fingerprint)
    ):
        with shown_errors():
            found = read_directions(
                file.getvalue(), space.encodings.latent_dim, UploadLimits.from_env()
            )
            for f in range(min(len(found), MAX_MARKED)):
                add_marked(space, _single(found, f))
            st.rerun()


def _single(found: LatentDirections, f: int) -> MarkedDirection:
    """One direction of a file, which says nothing of the images it was made from."""
    return MarkedDirection(
        names=found.names[f : f + 1],
        weights=found.weights[f : f + 1],
        offsets=found.offsets[f : f + 1],
        directions=found.directions[f : f + 1],
        low=found.low[f : f + 1],
        high=found.high[f : f + 1],
        evidence=None,
        n_more=0,
        n_less=0,
    )


def _draw_form(marks: _Marks) -> None:
    name = st.text_input("Name", "my direction", max_chars=MAX_NAME, key="marking.name")
    region = marks.region
    special = [] if region is None else [f"{SELECTION} ({len(region):,})"]
    columns = st.columns(2)
    with columns[0]:
        options = [*special, *marks.items]
        more = st.multiselect("More like these", options, default=special, key="marking.more")
    with columns[1]:
        options = [REST, *marks.items]
        less = st.multiselect("Less like these", options, default=[REST], key="marking.less")
    method = st.segmented_control(
        "Direction", METHODS, default=METHODS[0], required=True, key="marking.method"
    )
    if st.button("Make direction", icon=":material/arrow_range:", key="marking.make"):
        with shown_errors(), st.spinner("Testing the direction on held-out images"):
            found = fit_marked_direction(
                marks.codes(more),
                marks.codes(less),
                marks.space.encodings.mean,
                name=name.strip() or "marked",
                method=method,
            )
            add_marked(marks.space, found)
            st.rerun()
