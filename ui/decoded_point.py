"""A place of the map between the pictures: kept, linked, decoded, and how far to trust it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.analysis.support import SupportLevel, support_level, support_of_encodings
from latent_core.cache.memo import memoize
from latent_core.encoding import round_trip
from latent_core.neighbors import nearest
from latent_core.projection import Projection
from latent_core.projection.inverse import LinearInverse, map_support
from latent_core.types import Floats
from ui import session, tray
from ui.components.decoded_point import DecodedPointData
from ui.components.decoder import map_inverse
from ui.components.map import parse_map_point
from ui.images import data_url
from ui.presenters import code_bars, image_sheet
from ui.sample_sources import item_from_code
from ui.tray import TrayItem
from ui.spaces import Space

MapPoint = tuple[float, float]
N_NEIGHBORS = 8
N_ROUND_TRIPS = 300
"""Codes of the data that are sent round, to know how far is usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedPoint:
    """What is decoded at a place.

    Parameters
    ----------
    place
        In the map's own coordinates.
    code, image
        ``(D,)`` and ``(C, H, W)`` in [0, 1].
    code_share, place_share
        The share of the data that lies nearer to the rest, in [0, 1]: by codes, and by the
        map's points where the way back goes by them (else 0).
    distance, farther
        How far encode(decode(code)) lands from the code, and the share of the data's own codes
        that land nearer, in [0, 1].
    """

    point: MapPoint
    code: Floats
    image: Floats
    code_quantile: float
    map_quantile: float
    round_trip_distance: float
    round_trip_quantile: float

    @property
    def support_level(self) -> SupportLevel:
        """The word for it, by whichever share is worse."""
        return support_level(max(self.code_quantile, self.map_quantile))

    def support_sentence(self) -> str:
        """How near the data is, compared with what is usual there."""
        if self.map_quantile > max(0.5, self.code_quantile):
            return f"On the map {_farther_than(self.map_quantile)} points."
        if self.code_quantile > 0.5:
            return f"Its code is {_farther_than(self.code_quantile)} codes."
        nearer = int(100 * (1 - self.code_quantile))
        return f"Nearer to the data than {nearer} % of the data's own codes are to each other."

    def round_trip_sentence(self) -> str:
        """Where it lands when it is encoded again."""
        if self.round_trip_quantile > 0.5:
            compared = f"farther than {int(100 * self.round_trip_quantile)} %"
        else:
            compared = f"nearer than {int(100 * (1 - self.round_trip_quantile))} %"
        return (
            f"Encoded again, the picture lands {self.round_trip_distance:.2f} from this code: "
            f"{compared} of the data's codes do."
        )


def _farther_than(share: float) -> str:
    much = "any" if share >= 1 else f"{int(1000 * share) / 10:g} %"
    return f"farther out than {much} of the data's own"


# ── kept and linked ─────────────────────────────────────────────────────────────────────────


def selected_point(made: Projection) -> MapPoint | None:
    """The place that is looked at on this map: the last one kept, else the one in the address."""
    kept: tuple[str, MapPoint | None] | None = session.recall("place")
    if kept is None:
        kept = (made.fingerprint, _linked_point(made))
        session.remember("place", kept)
    return kept[1] if kept[0] == made.fingerprint else None


def select_point(made: Projection, point: MapPoint | None) -> None:
    """Look at a place of this map, or at none."""
    session.remember("place", (made.fingerprint, point))


def point_to_text(point: MapPoint | None) -> str | None:
    """What the address says of a place."""
    return None if point is None else f"{point[0]:.6g},{point[1]:.6g}"


def _linked_point(made: Projection) -> MapPoint | None:
    text = session.linked("place")
    if text is None:
        return None
    try:
        point = parse_map_point({"at": [float(part) for part in text.split(",")]}, made.points)
    except ValueError:
        point = None
    if point is None:
        session.notify(
            f"In the address: there is no place {text[:24]!r} on this map; "
            "click beside the points to choose one."
        )
    return point


# ── decoded ─────────────────────────────────────────────────────────────────────────────────


def decode_point(space: Space, made: Projection, point: MapPoint) -> DecodedPoint:
    """Decode a place, and see how far to trust what comes out."""
    at = np.array([point], np.float32)
    inverse = map_inverse(made)
    codes = inverse.codes(at)
    near = 0.0
    if not isinstance(inverse, LinearInverse):
        points = memoize("places", made.fingerprint, lambda: map_support(made))
        near = float(points.quantile(at)[0])
    round_trip_distance = float(round_trip(space.model, codes)[0])
    return DecodedPoint(
        point=point,
        code=codes[0],
        image=space.model.decode(codes)[0],
        code_quantile=float(support_of_encodings(space.encodings).quantile(codes)[0]),
        map_quantile=near,
        round_trip_distance=round_trip_distance,
        round_trip_quantile=float((reference_round_trips(space) < round_trip_distance).mean()),
    )


def reference_round_trips(space: Space) -> Floats:
    """How far some of the data's own codes land from themselves, computed once."""
    codes = space.encodings.mean
    drawn = np.random.default_rng(0).permutation(len(codes))[:N_ROUND_TRIPS]
    return memoize(
        "round trip", space.encodings.fingerprint, lambda: round_trip(space.model, codes[drawn])
    )


def point_item(space: Space, decoded: DecodedPoint) -> TrayItem:
    """It as it goes into the tray, called after the nearest real picture where that has a name."""
    name = space.data.label(int(nearest(space.encodings.mean, decoded.code, 1)[0][0]))
    return item_from_code(space, decoded.code, f"≈ {name}" if name else "place", data_url(decoded.image))


def panel_data(space: Space, made: Projection, decoded: DecodedPoint) -> DecodedPointData:
    """It as its panel shows it."""
    near = nearest(space.encodings.mean, decoded.code, N_NEIGHBORS)[0]
    return DecodedPointData(
        image=data_url(decoded.image),
        width=decoded.image.shape[2],
        title=f"at {_format_number(decoded.point[0])}, {_format_number(decoded.point[1])} on this map",
        support_level=decoded.support_level,
        support=decoded.support_sentence(),
        round_trip=decoded.round_trip_sentence(),
        code=code_bars(space, decoded.code),
        neighbors=[(int(i), space.data.label(int(i))) for i in near],
        count=len(space.data),
        sheet=image_sheet(space),
        in_tray=tray.contains(space.model.card.id, decoded.code),
    )


def _format_number(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")
