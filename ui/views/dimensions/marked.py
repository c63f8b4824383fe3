"""Directions between images that a visitor marks: piles of the tray, the selection of the map."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from latent_core.analysis.directions import LatentDirections
from latent_core.analysis.evidence import leakage
from latent_core.analysis.marked_directions import (
    METHODS,
    MIN_TESTED,
    MarkedDirection,
    fit_marked_direction,
)
from latent_core.types import Floats
from ui import session, tray
from ui.attribute_groups import (
    N_BARS,
    attributes_of,
    evidence_sentence,
    fitted_directions,
)
from ui.components.decoder import is_wide
from ui.components.dimensions_types import DirectionGroup, DirectionSlider, Leakage
from ui.factor_tables import digits_of_range, factor_title
from ui.layout import shown_errors
from ui.sample_sources import convert_item
from ui.spaces import Space
from ui.tray import TrayItem

SELECTION, REST = "selection of the map", "all other images"
MAX_MARKED = 8
MAX_NAME = 40
HELP = "From the images you marked as less to those you marked as more."


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
    box = st.expander(
        "Direction from images you mark",
        expanded=session.recall("dimensions.marking", False),
        key="dimensions.marking",
        on_change="rerun",
    )
    session.remember("dimensions.marking", box.open)
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
            _add(marks.space, found)
            st.rerun()


def _add(space: Space, found: MarkedDirection) -> None:
    before = marked_directions(space)
    if any(one.names == found.names for one in before):
        found = replace(found, names=(f"{found.names[0]} {len(before) + 1}",))
    session.remember(_key(space), [*before, found][-MAX_MARKED:])


def _key(space: Space) -> str:
    return f"marked {space.encodings.fingerprint}"


def marked_directions(space: Space) -> list[MarkedDirection]:
    """The directions that the visitor made in this space, the oldest first."""
    found: list[MarkedDirection] = session.recall(_key(space), [])
    return found


def marked_group(space: Space) -> DirectionGroup | None:
    """The sliders of `marked_directions`; None without any."""
    marked = marked_directions(space)
    if not marked:
        return None
    return DirectionGroup(
        id="marked",
        title="Marked directions",
        help=HELP,
        directions=_joined(marked),
        sliders=tuple(_slider(space, one) for one in marked),
        is_open=True,
    )


def _joined(marked: list[MarkedDirection]) -> LatentDirections:
    def rows(name: str) -> Floats:
        joined: Floats = np.concatenate([getattr(one, name) for one in marked])
        return joined

    return LatentDirections(
        names=tuple(one.names[0] for one in marked),
        weights=rows("weights"),
        offsets=rows("offsets"),
        directions=rows("directions"),
        low=rows("low"),
        high=rows("high"),
    )


def _slider(space: Space, marked: MarkedDirection) -> DirectionSlider:
    span = (float(marked.low[0]), float(marked.high[0]))
    evidence = marked.evidence
    counts = f"{marked.n_more:,} against {marked.n_less:,} images"
    is_weak = evidence is None or not evidence.exceeds_control
    if evidence is None:
        caption = f"{counts}: not tested, mark at least {MIN_TESTED} of each"
    else:
        caption = f"{counts}{'; no better than its control' if is_weak else ''}"
    bars = _bars(space, marked)
    return DirectionSlider(
        name=marked.names[0],
        digits=digits_of_range(span[1] - span[0]),
        range=span,
        predicted_range=span,
        caption=caption,
        hint="0: the mean of the less group; 1: the mean of the more group.",
        evidence="" if evidence is None else evidence_sentence(evidence),
        leakage=bars,
        leakage_note="Change of known attributes over a quarter of the slider, in standard "
        "deviations, predicted from the code."
        if bars
        else "",
        is_weak=is_weak,
    )


def _bars(space: Space, marked: MarkedDirection) -> tuple[Leakage, ...]:
    """The known attributes that move most along a direction."""
    if is_wide(space.encodings) or not attributes_of(space.data):
        return ()
    attributes = fitted_directions(space.data, space.encodings)
    changes = leakage(space.encodings.mean, attributes, marked)[0]
    return tuple(
        Leakage(name=factor_title(attributes.names[g]), value=round(float(changes[g]), 3))
        for g in np.argsort(-np.abs(changes))[:N_BARS]
    )
