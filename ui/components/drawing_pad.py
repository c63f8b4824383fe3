"""The drawing pad."""

from __future__ import annotations

import base64
from dataclasses import dataclass

from ui.components import draw_component
from ui.components.validate import get_field, parse_index

MAX_DRAWING_BYTES = 64 * 1024
DRAW_HINT = "Draw here"
_PNG = "data:image/png;base64,"


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """The drawing.

    Parameters
    ----------
    png
        A PNG, white on black; it comes from the browser and must be checked like an upload.
    seq
        Sequence number, to be passed as `answered_seq` once the drawing is encoded.
    final
        Whether the stroke has ended.
    blank
        Whether the pad is empty.
    """

    png: bytes
    seq: int
    final: bool
    blank: bool


def draw_drawing_pad(*, key: str, answered_seq: int, hint: str = DRAW_HINT) -> Drawing | None:
    """Draw the drawing pad; gives the drawing if it changed since the last run, else None.

    During a stroke, the next state is sent only when `answered_seq` has reached the `seq` of
    the previous one (or after 1.5 s), at most eight per second; the last state is always sent.
    """
    sent = draw_component(
        "panels/drawing_pad.js",
        key=key,
        data={"answered_seq": int(answered_seq), "hint": hint, "name": key},
        events=("drawn",),
    )
    return parse_drawing(sent["drawn"])


def parse_drawing(sent: object) -> Drawing | None:
    """The drawing in an event of the browser; None if it is invalid."""
    seq, data_url = parse_index(sent, "seq", 2**53), get_field(sent, "png")
    if seq is None or not isinstance(data_url, str) or not data_url.startswith(_PNG):
        return None
    if len(data_url) > len(_PNG) + MAX_DRAWING_BYTES * 4 // 3:
        return None
    try:
        png = base64.b64decode(data_url[len(_PNG) :], validate=True)
    except ValueError:  # of base64; text that is not ASCII
        return None
    final, blank = get_field(sent, "final") is True, get_field(sent, "blank") is True
    return Drawing(png=png, seq=seq, final=final, blank=blank)
