"""A point of the map that is not a sample: how the browser decodes it, and its panel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from latent_core.analysis.support import SupportLevel
from latent_core.models.card import ModelCard
from latent_core.models.realism import RealismLevel
from latent_core.projection import Projection
from latent_core.types import Encodings
from ui.components import draw_component
from ui.components.code_bars import CodeBars
from ui.components.decoder import decoder_data, inverse_data, is_wide, space_data
from ui.components.inspector import neighbors_payload
from ui.components.map import MapDecoder, Sheet, parse_sample_id
from ui.components.map_transform import transform_data


def map_decoder(
    card: ModelCard, encodings: Encodings, projection: Projection, *, follows_code: bool = False
) -> MapDecoder | None:
    """What the browser needs to decode any point of a 2D map.

    None for a 3D map, for a model without a decoder, and for codes too wide for the browser.

    Parameters
    ----------
    follows_code
        Whether a mark on the map follows codes that are changed in the browser.
    """
    if projection.n_components != 2 or not card.decodes or is_wide(encodings):
        return None
    return MapDecoder(
        decoder=decoder_data(card),
        space=space_data(encodings),
        inverse=inverse_data(projection),
        transform=transform_data(projection) if follows_code else None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedPointData:
    """A decoded code, for its panel.

    Parameters
    ----------
    image
        The decoded image as a ``data:`` URL, see `ui.images`.
    width
        Of the image, in pixels.
    title
        Where the code is from.
    support_level
        Near data, sparse or far from data.
    image_level
        Whether the image is like the data; None without a realism network.
    support_sentence, round_trip
        How near the data is; how far the code moves when the image is encoded again.
    code
        Its code.
    neighbors
        Ids, labels and distances of the samples with the nearest codes, the nearest first.
    count
        Number of samples in the data set.
    sheet
        Sprite sheet with the neighbors' images.
    in_tray
        Whether the code is in the tray.
    heading, nearest_heading
        What was decoded; what the neighbors are.
    """

    image: str
    width: int
    title: str
    support_level: SupportLevel
    image_level: RealismLevel | None
    support_sentence: str
    round_trip: str
    code: CodeBars
    neighbors: Sequence[tuple[int, str, float]]
    count: int
    sheet: Sheet
    in_tray: bool = False
    heading: str = "Decoded here"
    nearest_heading: str = "nearest images of the data set"


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedPointEvent:
    """Events of the panel: the id of a clicked neighbor; whether to add the point to the tray."""

    picked: int | None = None
    tray: bool = False


def draw_decoded_point(*, key: str, data: DecodedPointData) -> DecodedPointEvent:
    """Draw the panel of a decoded point."""
    sent = draw_component(
        "panels/decoded_point.js", key=key, data=_payload(data), events=("picked", "tray")
    )
    return DecodedPointEvent(
        picked=parse_sample_id(sent["picked"], data.count), tray=sent["tray"] is not None
    )


def _payload(data: DecodedPointData) -> dict[str, Any]:
    return {
        "heading": data.heading,
        "nearest_heading": data.nearest_heading,
        "image": data.image,
        "width": int(data.width),
        "title": data.title,
        "support_level": data.support_level,
        "image_level": data.image_level,
        "support_sentence": data.support_sentence,
        "round_trip": data.round_trip,
        "code": data.code.as_data(),
        "neighbors": neighbors_payload(data.neighbors),
        "sheet": asdict(data.sheet),
        "in_tray": bool(data.in_tray),
    }
