"""The field that is drawn on."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from ui.components import draw_component
from ui.components.validate import get_field, parse_index

MAX_DRAWING_BYTES = 64 * 1024
DRAW_HINT = "Draw here"
_PNG = "data:image/png;base64,"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What is on the slate.

    Parameters
    ----------
    png
        A PNG, white on black; from the browser, so to be read like an upload.
    seq
        To be given back as `answered` once it is encoded.
    final
        Whether the hand is off the slate.
    blank
        Whether nothing is drawn.
    """

    png: bytes
    seq: int
    final: bool
    blank: bool


def draw_drawing_pad(*, key: str, answered_seq: int, hint: str = DRAW_HINT) -> Drawing | None:
    """A slate to draw on; gives what was drawn since the last run, or None.

    While somebody draws, the next state is sent only when `answered` has reached the `seq` of
    the one before (or 1.5 s have passed), at most eight a second; the last is always sent.
    """
    sent = draw_component(
        "panels/drawing_pad.js",
        key=key,
        data={"answered_seq": int(answered_seq), "hint": hint, "name": key},
        events=("drawn",),
    )
    return parse_drawing(sent["drawn"])


def parse_drawing(sent: object) -> Drawing | None:
    """The drawing in what the browser sent; None when it makes no sense."""
    seq, address = parse_index(sent, "seq", 2**53), get_field(sent, "png")
    if seq is None or not isinstance(address, str) or not address.startswith(_PNG):
        return None
    if len(address) > len(_PNG) + MAX_DRAWING_BYTES * 4 // 3:
        return None
    try:
        png = base64.b64decode(address[len(_PNG) :], validate=True)
    except binascii.Error:
        return None
    final, blank = get_field(sent, "final") is True, get_field(sent, "blank") is True
    return Drawing(png=png, seq=seq, final=final, blank=blank)
