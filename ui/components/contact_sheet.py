"""The panel beside the map for a selection of several samples."""

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
    """A selection of samples, for the contact sheet.

    Parameters
    ----------
    ids
        ``(M,)`` indices; the first `MAX_TILES` are drawn, the rest is counted.
    names
        The label of each sample, or an empty sequence.
    count
        Number of samples in the data set.
    sheet
        Sprite sheet with the images.
    labels
        Class names and counts, the most frequent first.
    mean_image
        The decoded mean code as a ``data:`` URL.
    caption
        Caption of `mean_image`.
    in_tray
        Whether the mean code is in the tray.
    factors
        How the means of the factors differ from all samples, for data with factors.
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
    """Events of the contact sheet.

    Parameters
    ----------
    picked
        Index of the clicked sample.
    tray
        Whether to add the mean code to the tray.
    closed
        Whether the selection was closed.
    """

    picked: int | None = None
    tray: bool = False
    closed: bool = False


def draw_contact_sheet(*, key: str, data: ContactSheetData) -> ContactSheetEvent:
    """Draw the contact sheet of a selection."""
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
    sent = draw_component(
        "panels/contact_sheet.js", key=key, data=shown, events=("picked", "tray", "closed")
    )
    return ContactSheetEvent(
        picked=parse_index(sent["picked"], "id", data.count),
        tray=get_field(sent["tray"], "mean") is True,
        closed=sent["closed"] is True,
    )
