"""Four corners: one place in a square, and the pictures that surround it."""

from __future__ import annotations

import numpy as np
import streamlit as st

from latent_core.interpolation import bilinear
from latent_core.types import Floats
from ui import session
from ui.components.decoder import decoder_data, space_data
from ui.components.morph import draw_four
from ui.components.morph_types import MIXES, FourData, PadEvent, Spot
from ui.session import TrayItem
from ui.spaces import Space
from ui.views.morph.endpoint_state import FOUR, is_linked, picks, put, texts
from ui.views.morph.export_panel import draw_sheet_export
from ui.views.morph.pending import ask_map
from ui.views.morph.shared import (
    active_of,
    add_to_tray,
    again,
    answer_cards,
    cards_of,
    change,
    linked_number,
    note_smooth,
    put_changed,
)
from ui.views.morph.side_map import draw_side

NAMES = ("↖", "↗", "↙", "↘")
PLACES = ("top left", "top right", "bottom left", "bottom right")


def draw_four_corners(space: Space) -> None:
    """Corners, square, picture and map."""
    left, right = st.columns([2.5, 1], gap="medium")
    with left:
        _draw_changes(space)
        chosen = picks(space, FOUR)
        codes = np.stack([pick.code for pick in chosen])
        data = FourData(
            decoder=decoder_data(space.model.card),
            space=space_data(space.encodings),
            codes=codes,
            here=_spot(space),
            cards=cards_of(space, "four", chosen, NAMES),
            active=str(active_of(FOUR)),
            smooth=session.recall("morph.smooth", False),
        )
        event = draw_four(key="morph.four", data=data)
    _answer(space, event, codes)
    with right, st.container(key="morph-side"):
        marks = list(zip(NAMES, codes, strict=True))
        clicked = draw_side(space, ask_map(space), [], marks, chosen[active_of(FOUR)])
        st.caption(
            f"A click on the map replaces the picture {PLACES[active_of(FOUR)]}; "
            "a picture of the tray can be dropped on any corner."
        )
        draw_sheet_export(space, codes, _spot(space), [pick.label for pick in chosen])
    if clicked is not None:
        put(space, FOUR, active_of(FOUR), clicked)
        again()
    _write(space, chosen)


def _draw_changes(space: Space) -> None:
    with st.container(horizontal=True, key="morph-corners"):
        picked = [change(space, f"morph.change.{place}", place.capitalize()) for place in PLACES]
    put_changed(space, FOUR, picked)


def _spot(space: Space) -> Spot:
    """Where one is: as left in this session, else as the address says, else in the middle."""
    kept: Spot | None = session.recall("morph.four.here")
    if kept is None:
        linked = is_linked(space, "four")
        kept = _linked_spot() if linked else Spot(u=0.5, v=0.5, kind="linear")
        session.remember("morph.four.here", kept)
    return kept


def _linked_spot() -> Spot:
    kind = session.linked("path") or "linear"
    if kind not in MIXES:
        session.notify(
            f"In the address: there is no path {kind[:20]!r}; known: {', '.join(MIXES)}."
        )
    return Spot(
        u=linked_number("u", 0.5, (0, 1)),
        v=linked_number("v", 0.5, (0, 1)),
        kind=kind if kind in MIXES else "linear",
    )


def code_at(codes: Floats, spot: Spot) -> Floats:
    """The code ``(D,)`` at a place of the square."""
    code: Floats = bilinear(codes, [spot.u], [spot.v], spot.kind)[0]
    return code


def _answer(space: Space, event: PadEvent, codes: Floats) -> None:
    note_smooth(event)
    if event.moved is not None:
        session.remember("morph.four.here", event.moved)
    answer_cards(space, FOUR, event)
    if event.kept is not None:
        spot = event.kept
        label = f"corners {spot.u:.0%} right, {spot.v:.0%} down"
        add_to_tray(space, code_at(codes, spot), label)


def _write(space: Space, chosen: list[TrayItem]) -> None:
    spot = _spot(space)
    session.write_address(
        model=space.model.card.id,
        data=space.data.id,
        mode="four",
        corners=texts(chosen),
        path=spot.kind,
        u=f"{spot.u:.4g}",
        v=f"{spot.v:.4g}",
    )
