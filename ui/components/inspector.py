"""The panel beside the map: one picture, what the model makes of it, and what is near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from ui.components import draw_component
from ui.components.code_bars import CodeBars
from ui.components.factor_table import FactorTable
from ui.components.map import Sheet
from ui.components.validate import parse_index

CHOOSE_HINT = "Point at the map to see images; click one to see its reconstruction."


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectorData:
    """One picture of the data set, as the inspector shows it.

    Parameters
    ----------
    id, count
        Its number, and how many there are.
    label, title
        What it is, in large; a few quiet words beside it ("" says its number).
    original, decoded, difference
        Addresses, as `ui.pictures` makes them; the last two "" for a model without a decoder.
    error, sentence, closer_than, unusual
        Mean squared error per pixel; where it stands in words and as a share in [0, 1];
        whether that is unlike the data.
    code
        Its code.
    neighbours
        Ids and labels, the nearest first.
    sheet
        Where the neighbours' pictures are.
    in_tray
        Whether it is there already.
    truth
        What it was made from, where that is known.
    """

    id: int
    count: int
    label: str
    title: str = ""
    original: str
    decoded: str
    difference: str
    error: float
    sentence: str
    reconstruction_percentile: float
    unusual: bool = False
    code: CodeBars
    neighbors: Sequence[tuple[int, str]]
    sheet: Sheet
    in_tray: bool = False
    factors: FactorTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectorEvent:
    """What was done on the inspector: the id to look at next; the id to put in the tray."""

    picked: int | None = None
    tray: int | None = None


def draw_inspector(
    *, key: str, data: InspectorData | None, hint: str = CHOOSE_HINT
) -> InspectorEvent:
    """Draw the selected picture, or where there is none, `hint`."""
    shown = None if data is None else _payload(data)
    sent = draw_component(
        "panels/inspector.js",
        key=key,
        data={"current": shown, "hint": hint},
        events=("picked", "tray"),
    )
    if data is None:
        return InspectorEvent()
    return InspectorEvent(
        picked=parse_index(sent["picked"], "id", data.count),
        tray=parse_index(sent["tray"], "id", data.count),
    )


def _payload(data: InspectorData) -> dict[str, Any]:
    return {
        "id": int(data.id),
        "count": int(data.count),
        "label": data.label,
        "title": data.title,
        "original": data.original,
        "decoded": data.decoded,
        "difference": data.difference,
        "width": data.sheet.width,
        "error": f"{data.error:.3g}" if data.error < 1e-3 else f"{data.error:.4f}",
        "sentence": data.sentence,
        "closer_than": float(data.reconstruction_percentile),
        "unusual": bool(data.unusual),
        "code": data.code.as_data(),
        "neighbors": [{"id": int(index), "label": label} for index, label in data.neighbors],
        "sheet": asdict(data.sheet),
        "in_tray": bool(data.in_tray),
        "factors": None if data.factors is None else data.factors.as_data(),
    }
