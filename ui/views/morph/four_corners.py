"""Four corners: bilinear interpolation in the square between four codes."""

from __future__ import annotations

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from latent_core.interpolation import bilinear
from latent_core.types import Floats
from ui import session
from ui.components.decoder import decoder_data, space_data
from ui.components.morph import draw_corner_pad
from ui.components.morph_types import BILINEAR_KINDS, FourCornersData, PadEvent, PadPosition
from ui.morphing.cards import endpoint_cards
from ui.morphing.pending import pending_map
from ui.spaces import Space
from ui.views.morph.endpoint_cards import (
    active_index,
    add_to_tray,
    draw_change_popover,
    handle_card_events,
    linked_number,
    remember_smoothing,
    replace_changed,
    rerun,
)
from ui.views.morph.endpoint_state import (
    FOUR,
    endpoints_to_text,
    get_endpoints,
    is_linked,
    replace_endpoint,
)
from ui.views.morph.sheet_export import draw_square_export
from ui.views.morph.side_map import draw_side_map
from ui.visitor.tray import TrayItem

NAMES = ("↖", "↗", "↙", "↘")
CORNERS = ("top left", "top right", "bottom left", "bottom right")


def draw_four_corners(space: Space) -> None:
    """Draw corners, square, image and map."""
    left, right = st.columns([2.5, 1], gap="medium")
    with left:
        row = _draw_changes(space)
        chosen = get_endpoints(space, FOUR)
        codes = np.stack([item.code for item in chosen])
        data = FourCornersData(
            decoder=decoder_data(space.model.card),
            space=space_data(space.encodings),
            codes=codes,
            position=_pad_position(space),
            cards=endpoint_cards(space, "four", chosen, NAMES),
            active=str(active_index(FOUR)),
            smooth=session.recall("morph.smooth", False),
        )
        event = draw_corner_pad(key="morph.four", data=data)
    _handle_event(space, event, codes)
    with right, st.container(key="morph-side"):
        marks = list(zip(NAMES, codes, strict=True))
        clicked = draw_side_map(space, pending_map(space), [], marks, chosen[active_index(FOUR)])
        st.caption(
            f"A click on the map replaces the corner {CORNERS[active_index(FOUR)]}; drop an image "
            "of the tray on any corner to replace it."
        )
    with row:
        draw_square_export(space, codes, _pad_position(space), [item.label for item in chosen])
    if clicked is not None:
        replace_endpoint(space, FOUR, active_index(FOUR), clicked)
        rerun()
    _write_url(space, chosen)


def _draw_changes(space: Space) -> DeltaGenerator:
    """Draw the buttons that change the corners; gives their row."""
    row = st.container(horizontal=True, key="morph-corners")
    with row:
        picked = [
            draw_change_popover(space, f"morph.change.{corner}", corner.capitalize())
            for corner in CORNERS
        ]
    replace_changed(space, FOUR, picked)
    return row


def _pad_position(space: Space) -> PadPosition:
    """The position in this session, else that of the link, else the center."""
    kept: PadPosition | None = session.recall("morph.four.position")
    if kept is None:
        linked = is_linked(space, "four")
        kept = _linked_pad_position() if linked else PadPosition(u=0.5, v=0.5, kind="linear")
        session.remember("morph.four.position", kept)
    return kept


def _linked_pad_position() -> PadPosition:
    kind = session.linked("path") or "linear"
    if kind not in BILINEAR_KINDS:
        session.notify(
            f"In the link: there is no path {kind[:20]!r}; known: {', '.join(BILINEAR_KINDS)}."
        )
    return PadPosition(
        u=linked_number("u", 0.5, (0, 1)),
        v=linked_number("v", 0.5, (0, 1)),
        kind=kind if kind in BILINEAR_KINDS else "linear",
    )


def code_at_position(codes: Floats, position: PadPosition) -> Floats:
    """The code ``(D,)`` at a position in the square."""
    code: Floats = bilinear(codes, [position.u], [position.v], position.kind)[0]
    return code


def _handle_event(space: Space, event: PadEvent, codes: Floats) -> None:
    remember_smoothing(event)
    if event.moved is not None:
        session.remember("morph.four.position", event.moved)
    handle_card_events(space, FOUR, event)
    if event.kept is not None:
        position = event.kept
        label = f"corners {position.u:.0%} right, {position.v:.0%} down"
        add_to_tray(space, code_at_position(codes, position), label)


def _write_url(space: Space, chosen: list[TrayItem]) -> None:
    position = _pad_position(space)
    session.write_url(
        model=space.model.card.id,
        data=space.data.id,
        mode="four",
        corners=endpoints_to_text(chosen),
        path=position.kind,
        u=f"{position.u:.4g}",
        v=f"{position.v:.4g}",
    )
