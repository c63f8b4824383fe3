"""The panels in the browser: what each shows, and what a person did on it since the last run.

The values here are ready to be shown (addresses, words, numbers): nothing is computed.  What
the browser sends is checked before anybody sees it: an id that doesn't exist is None.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import BadInput
from latent_core.values import Floats
from ui.live import live, publish
from ui.live.factors import FactorTable
from ui.live.map import Sheet, quantise

MAX_TILES = 200
MAX_THUMBS = 200
MAX_DRAWING_BYTES = 64 * 1024
CHOOSE_HINT = "Point at the map to see pictures; click one to see what the model makes of it."
DRAW_HINT = "Draw here"
ROAD_HINT = "Draw, upload or photograph something: it travels this road."

_PNG = "data:image/png;base64,"


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBars:
    """A code beside what is usual for the data.

    Parameters
    ----------
    values
        ``(D,)``.
    low, high
        ``(D,)``, the data's 1st and 99th percentile.
    active
        ``(D,)`` whether the model uses the dimension, where that is known.
    """

    values: Floats
    low: Floats
    high: Floats
    active: NDArray[np.bool_] | None = None

    def __post_init__(self) -> None:
        shapes = {np.shape(array) for array in (self.values, self.low, self.high)}
        if self.active is not None:
            shapes.add(np.shape(self.active))
        if len(shapes) != 1 or np.ndim(self.values) != 1:
            raise BadInput(f"A code and its ranges must all be (D,), not {sorted(shapes)}.")

    def as_data(self) -> dict[str, Any]:
        """What the browser is sent; five digits are more than a bar can show."""
        return {
            "values": _rounded(self.values),
            "low": _rounded(self.low),
            "high": _rounded(self.high),
            "active": None if self.active is None else [bool(used) for used in self.active],
        }


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
    closer_than: float
    unusual: bool = False
    code: CodeBars
    neighbours: Sequence[tuple[int, str]]
    sheet: Sheet
    in_tray: bool = False
    truth: FactorTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InspectorEvent:
    """What was done on the inspector: the id to look at next; the id to put in the tray."""

    picked: int | None = None
    tray: int | None = None


def draw_inspector(
    *, key: str, data: InspectorData | None, hint: str = CHOOSE_HINT
) -> InspectorEvent:
    """Draw the selected picture, or where there is none, `hint`."""
    shown = None if data is None else _inspector(data)
    sent = live(
        "inspector.js", key=key, data={"shown": shown, "hint": hint}, events=("picked", "tray")
    )
    if data is None:
        return InspectorEvent()
    return InspectorEvent(
        picked=_whole(sent["picked"], "id", data.count),
        tray=_whole(sent["tray"], "id", data.count),
    )


def _inspector(data: InspectorData) -> dict[str, Any]:
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
        "closer_than": float(data.closer_than),
        "unusual": bool(data.unusual),
        "code": data.code.as_data(),
        "neighbours": [{"id": int(index), "label": label} for index, label in data.neighbours],
        "sheet": asdict(data.sheet),
        "in_tray": bool(data.in_tray),
        "truth": None if data.truth is None else data.truth.as_data(),
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactData:
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
    mean: str
    names: Sequence[str] = ()
    labels: Sequence[tuple[str, int]] = ()
    caption: str
    in_tray: bool = False
    truth: FactorTable | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactEvent:
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


def draw_contact(*, key: str, data: ContactData) -> ContactEvent:
    """Draw a selection of many pictures."""
    shown = {
        "count": len(data.ids),
        "ids": [int(index) for index in data.ids[:MAX_TILES]],
        "names": list(data.names[:MAX_TILES]),
        "sheet": asdict(data.sheet),
        "labels": [[name, int(number)] for name, number in data.labels],
        "mean": data.mean,
        "caption": data.caption,
        "in_tray": bool(data.in_tray),
        "truth": None if data.truth is None else data.truth.as_data(),
    }
    sent = live("contact.js", key=key, data=shown, events=("picked", "tray", "closed"))
    return ContactEvent(
        picked=_whole(sent["picked"], "id", data.count),
        tray=_field(sent["tray"], "mean") is True,
        closed=sent["closed"] is True,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Travel:
    """One picture on its road through a model.

    Parameters
    ----------
    source, seen, decoded, difference
        Addresses: the picture as sent, what the model sees of it, what comes out, how the
        last two differ.
    source_caption, seen_caption
        A few words under the first two.
    sentence
        How close the reconstruction is.
    unusual
        Whether that is unlike the data.
    code
        The code.
    at
        ``(2 or 3,)`` where it lies on the current map, in the map's own coordinates.
    """

    source: str
    seen: str
    decoded: str
    difference: str
    code: CodeBars
    sentence: str = ""
    source_caption: str = ""
    seen_caption: str = ""
    unusual: bool = False
    at: Sequence[float] | NDArray[Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadThumb:
    """One of several pictures: a small view of it, or why it can't be used."""

    name: str
    picture: str = ""
    refused: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoadData:
    """The encode page's road.

    Parameters
    ----------
    image_shape, latent_dim
        The model's ``(C, H, W)`` and D.
    encoder
        What leads from the picture to the code.
    points
        ``(N, 2 or 3)``, the current map's; of a third axis nothing is shown.
    travel
        What travels, or None while there is nothing.
    thumbs, chosen
        All pictures, where there are several, and the one that travels.
    hint
        What to do while nothing travels.
    """

    image_shape: tuple[int, int, int]
    latent_dim: int
    encoder: str = "Encoder"
    points: NDArray[Any] | None = None
    travel: Travel | None = None
    thumbs: Sequence[RoadThumb] = ()
    chosen: int = 0
    hint: str = ROAD_HINT


def draw_road(*, key: str, data: RoadData) -> int | None:
    """Draw the road; gives the index of the thumb chosen since the last run, or None."""
    shown = {
        "image_shape": [int(side) for side in data.image_shape],
        "latent_dim": int(data.latent_dim),
        "encoder": data.encoder,
        "map": None if data.points is None else _cloud(data.points),
        "travel": None if data.travel is None else _travel(data.travel),
        "thumbs": [asdict(thumb) for thumb in data.thumbs[:MAX_THUMBS]],
        "more": max(0, len(data.thumbs) - MAX_THUMBS),
        "chosen": int(data.chosen),
        "hint": data.hint,
    }
    sent = live("road.js", key=key, data=shown, events=("chosen",))
    index = _whole(sent["chosen"], "index", len(data.thumbs))
    return None if index is None or data.thumbs[index].refused else index


def _travel(travel: Travel) -> dict[str, Any]:
    return {
        "source": travel.source,
        "seen": travel.seen,
        "decoded": travel.decoded,
        "difference": travel.difference,
        "source_caption": travel.source_caption,
        "seen_caption": travel.seen_caption,
        "decoded_caption": travel.sentence,
        "unusual": bool(travel.unusual),
        "code": travel.code.as_data(),
        "at": None if travel.at is None else [float(value) for value in travel.at],
    }


def _cloud(points: NDArray[Any]) -> dict[str, Any]:
    """A map's points by address, as the map itself sends them."""
    packed, low, high = quantise(points)
    return {"url": publish(packed), "dims": int(points.shape[1]), "lo": low, "hi": high}


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


def draw_slate(*, key: str, answered: int, hint: str = DRAW_HINT) -> Drawing | None:
    """A slate to draw on; gives what was drawn since the last run, or None.

    While somebody draws, the next state is sent only when `answered` has reached the `seq` of
    the one before (or 1.5 s have passed), at most eight a second; the last is always sent.
    """
    sent = live(
        "draw.js",
        key=key,
        data={"answered": int(answered), "hint": hint, "name": key},
        events=("drawn",),
    )
    return read_drawing(sent["drawn"])


def read_drawing(sent: object) -> Drawing | None:
    """The drawing in what the browser sent; None when it makes no sense."""
    seq, address = _whole(sent, "seq", 2**53), _field(sent, "png")
    if seq is None or not isinstance(address, str) or not address.startswith(_PNG):
        return None
    if len(address) > len(_PNG) + MAX_DRAWING_BYTES * 4 // 3:
        return None
    try:
        png = base64.b64decode(address[len(_PNG) :], validate=True)
    except binascii.Error:
        return None
    final, blank = _field(sent, "final") is True, _field(sent, "blank") is True
    return Drawing(png=png, seq=seq, final=final, blank=blank)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayThumb:
    """One picture in the tray: its key, its address, a few words."""

    key: str
    picture: str
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayEvent:
    """What was done on the tray: at most one of these at a time.

    Parameters
    ----------
    removed, chosen
        A key.
    moved
        A key and the place it goes to, counted without itself.
    cleared
        Whether all go.
    """

    removed: str | None = None
    moved: tuple[str, int] | None = None
    chosen: str | None = None
    cleared: bool = False


def draw_tray(*, key: str, items: Sequence[TrayThumb]) -> TrayEvent:
    """Draw the tray."""
    data = {"items": [asdict(item) for item in items]}
    events = ("removed", "moved", "chosen", "cleared")
    sent = live("tray.js", key=key, data=data, events=events)
    keys = {item.key for item in items}
    moved, to = _key(sent["moved"], keys), _whole(sent["moved"], "to", len(items))
    return TrayEvent(
        removed=_key(sent["removed"], keys),
        moved=None if moved is None or to is None else (moved, to),
        chosen=_key(sent["chosen"], keys),
        cleared=sent["cleared"] is True,
    )


def _rounded(array: Floats) -> list[float]:
    return [float(f"{value:.5g}") for value in array]


def _field(sent: object, name: str) -> object:
    return sent.get(name) if isinstance(sent, dict) else None


def _whole(sent: object, name: str, below: int) -> int | None:
    """The whole number `name` in what was sent, from 0 to `below` - 1, or None."""
    value = _field(sent, name)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < below:
        return None
    return value


def _key(sent: object, known: Collection[str]) -> str | None:
    value = _field(sent, "key")
    return value if isinstance(value, str) and value in known else None
