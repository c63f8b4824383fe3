"""A place of the map between the pictures: how it is decoded, and the panel that shows one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from latent_core.analysis.support import SupportLevel
from latent_core.models.card import ModelCard
from latent_core.projection import Projection
from latent_core.types import Encodings
from ui.components import live
from ui.components.code_bars import CodeBars
from ui.components.decoder import decoder_data, inverse_data, space_data
from ui.components.map import LiveMap, Sheet, unpack_pick


def live_map(card: ModelCard, encodings: Encodings, made: Projection) -> LiveMap | None:
    """What decodes any place of a flat map in the browser; None for a map in 3D.

    None as well for a model without a decoder.
    """
    inverse = inverse_data(made)
    if inverse is None or not card.decodes:
        return None
    return LiveMap(decoder=decoder_data(card), space=space_data(encodings), inverse=inverse)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceData:
    """A place of the map, decoded, as its panel shows it.

    Parameters
    ----------
    picture
        Its address, as `ui.pictures` makes them.
    width
        Of the picture, in pixels.
    title
        Where it is, in a few quiet words.
    trust
        The word for how well the data supports it.
    support, round_trip
        A sentence each: how near the data is, and where the picture lands when encoded again.
    code
        Its code.
    neighbours
        Ids and labels of the pictures with the nearest codes, the nearest first.
    count
        Of the data set.
    sheet
        Where the neighbours' pictures are.
    in_tray
        Whether its code is there already.
    """

    picture: str
    width: int
    title: str
    trust: SupportLevel
    support: str
    round_trip: str
    code: CodeBars
    neighbours: Sequence[tuple[int, str]]
    count: int
    sheet: Sheet
    in_tray: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceEvent:
    """What was done on the panel: the id to look at next; whether to put it in the tray."""

    picked: int | None = None
    tray: bool = False


def draw_place(*, key: str, data: PlaceData) -> PlaceEvent:
    """Draw a place of the map, decoded."""
    sent = live("panels/decoded_point.js", key=key, data=_place(data), events=("picked", "tray"))
    return PlaceEvent(picked=unpack_pick(sent["picked"], data.count), tray=sent["tray"] is not None)


def _place(data: PlaceData) -> dict[str, Any]:
    return {
        "image": data.picture,
        "width": int(data.width),
        "title": data.title,
        "support_level": data.trust,
        "support_sentence": data.support,
        "round_trip": data.round_trip,
        "code": data.code.as_data(),
        "neighbors": [{"id": int(index), "label": label} for index, label in data.neighbours],
        "sheet": asdict(data.sheet),
        "in_tray": bool(data.in_tray),
    }
