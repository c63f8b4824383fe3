"""A place of the map between the pictures: how it is decoded, and the panel that shows one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from latent_core.analysis.support_sentence import SupportLevel
from latent_core.models.card import ModelCard
from latent_core.projection import Projection
from latent_core.types import Encodings
from ui.components import draw_component
from ui.components.code_bars import CodeBars
from ui.components.decoder import decoder_data, inverse_data, space_data
from ui.components.map import MapDecoder, Sheet, parse_sample_id


def map_decoder(card: ModelCard, encodings: Encodings, made: Projection) -> MapDecoder | None:
    """What decodes any place of a flat map in the browser; None for a map in 3D.

    None as well for a model without a decoder.
    """
    inverse = inverse_data(made)
    if inverse is None or not card.decodes:
        return None
    return MapDecoder(decoder=decoder_data(card), space=space_data(encodings), inverse=inverse)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedPointData:
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

    image: str
    width: int
    title: str
    support_level: SupportLevel
    support_sentence: str
    round_trip: str
    code: CodeBars
    neighbors: Sequence[tuple[int, str]]
    count: int
    sheet: Sheet
    in_tray: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedPointEvent:
    """What was done on the panel: the id to look at next; whether to put it in the tray."""

    picked: int | None = None
    tray: bool = False


def draw_decoded_point(*, key: str, data: DecodedPointData) -> DecodedPointEvent:
    """Draw a place of the map, decoded."""
    sent = draw_component("panels/decoded_point.js", key=key, data=_payload(data), events=("picked", "tray"))
    return DecodedPointEvent(picked=parse_sample_id(sent["picked"], data.count), tray=sent["tray"] is not None)


def _payload(data: DecodedPointData) -> dict[str, Any]:
    return {
        "image": data.image,
        "width": int(data.width),
        "title": data.title,
        "support_level": data.support_level,
        "support_sentence": data.support_sentence,
        "round_trip": data.round_trip,
        "code": data.code.as_data(),
        "neighbors": [{"id": int(index), "label": label} for index, label in data.neighbors],
        "sheet": asdict(data.sheet),
        "in_tray": bool(data.in_tray),
    }
