"""The panel beside the map when several pictures are selected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from ui.components import draw_component
from ui.components.factor_table import FactorTable
from ui.components.map import Sheet
from ui.components.validate import get_field, parse_index

MAX_TILES = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSheetData:
    """Many pictures together, as the contact sheet shows them.

    Parameters
    ----------
    ids
        ``(M,)`` of them all; the first `MAX_TILES` are drawn, the rest counted.
    names
        The label of each, or none at all.
    count
        Of the data set.
    sheet
        Where their pictures are.
    labels
        Class names and counts, the most frequent first.
    mean
        Address of the mean code, decoded.
    caption
        Under it.
    in_tray
        Whether the mean is there already.
    truth
        How they differ from all, where what they were made from is known.
    """

    ids: NDArray[np.int64] | Sequence[int]
    count: int
    sheet: Sheet
    mean_image: str
    names: Sequence[str] = ()
    labels: Sequence[tuple[str, int]] = ()
    caption: str
    in_tray: bool = False
    factors: FactorTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactSheetEvent:
    """What was done on the contact sheet.

    Parameters
    ----------
    picked
        The id to look at.
    tray
        Whether to put the mean in the tray.
    closed
        Whether the selection is done with.
    """

    picked: int | None = None
    tray: bool = False
    closed: bool = False


def draw_contact_sheet(*, key: str, data: ContactSheetData) -> ContactSheetEvent:
    """Draw a selection of many pictures."""
    shown = {
        "count": len(data.ids),
        "ids": [int(index) for index in data.ids[:MAX_TILES]],
        "names": list(data.names[:MAX_TILES]),
        "sheet": asdict(data.sheet),
        "labels": [[name, int(number)] for name, number in data.labels],
        "mean": data.mean_image,
        "caption": data.caption,
        "in_tray": bool(data.in_tray),
        "factors": None if data.factors is None else data.factors.as_data(),
    }
    sent = draw_component("panels/contact_sheet.js", key=key, data=shown, events=("picked", "tray", "closed"))
    return ContactSheetEvent(
        picked=parse_index(sent["picked"], "id", data.count),
        tray=get_field(sent["tray"], "mean") is True,
        closed=sent["closed"] is True,
    )
