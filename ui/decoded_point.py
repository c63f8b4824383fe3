"""A point of the map that is not a sample: selected, linked, decoded, and its support."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.analysis.support import SupportLevel, support_level, support_of_encodings
from latent_core.cache.memo import memoize
from latent_core.encoding import round_trip_distance
from latent_core.models.realism import RealismLevel
from latent_core.neighbors import nearest
from latent_core.projection import Projection
from latent_core.projection.inverse import LinearInverse, map_support
from latent_core.projection.inverse_quality import ExplainedVariance, explained_image_variance
from latent_core.types import Floats
from ui import session
from ui.components.decoded_point import DecodedPointData
from ui.components.decoder import image_realism, map_inverse
from ui.components.map import parse_map_point
from ui.images import data_url
from ui.presenters import code_bars, image_sheet, nearest_samples
from ui.sample_sources import item_from_code
from ui.spaces import Space
from ui.visitor import tray
from ui.visitor.tray import TrayItem

MapPoint = tuple[float, float]
N_ROUND_TRIPS = 300
"""Codes of the data whose round-trip distances are the reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecodedPoint:
    """A point of the map with its code, its image, and how near the data is.

    Parameters
    ----------
    point
        ``(x, y)`` in the map's coordinates.
    code, image
        ``(D,)`` and ``(C, H, W)`` in [0, 1].
    image_level
        Whether the image is like the data; None without a realism network.
    code_quantile, map_quantile
        Fraction of the data's own kNN distances that are smaller, in [0, 1]: between codes, and
        between points of the map.  The latter is 0 where the inverse of the map is linear, since
        it then does not depend on neighbors.
    round_trip_distance
        ‖encode(decode(z)) − z‖.
    round_trip_quantile
        Fraction of the data's codes with a smaller round-trip distance, in [0, 1].
    """

    point: MapPoint
    code: Floats
    image: Floats
    image_level: RealismLevel | None
    code_quantile: float
    map_quantile: float
    round_trip_distance: float
    round_trip_quantile: float

    @property
    def support_level(self) -> SupportLevel:
        """Near data, sparse or far from data; the worse of the two quantiles decides."""
        return support_level(max(self.code_quantile, self.map_quantile))

    def support_sentence(self) -> str:
        """How near the data is, compared with the data's own distances."""
        if self.map_quantile > max(0.5, self.code_quantile):
            return f"On the map {_farther_than(self.map_quantile)} points."
        if self.code_quantile > 0.5:
            return f"Its code is {_farther_than(self.code_quantile)} codes."
        nearer = int(100 * (1 - self.code_quantile))
        return f"Nearer to the data than {nearer} % of the data's own codes are to each other."

    def round_trip_sentence(self) -> str:
        """How far the code moves when its image is encoded again."""
        if self.round_trip_quantile > 0.5:
            compared = f"farther than {int(100 * self.round_trip_quantile)} %"
        else:
            compared = f"nearer than {int(100 * (1 - self.round_trip_quantile))} %"
        return (
            f"Encoded again, the image has a code at distance {self.round_trip_distance:.2f} from "
            f"this one: {compared} of the data's codes."
        )


def _farther_than(quantile: float) -> str:
    fraction = "any" if quantile >= 1 else f"{int(1000 * quantile) / 10:g} %"
    return f"farther out than {fraction} of the data's own"


# ── selected and linked ─────────────────────────────────────────────────────────────────────


def selected_point(projection: Projection) -> MapPoint | None:
    """The selected point of this map: the last one selected, else the one in the link."""
    kept: tuple[str, MapPoint | None] | None = session.recall("point")
    if kept is None:
        kept = (projection.fingerprint, _linked_point(projection))
        session.remember("point", kept)
    return kept[1] if kept[0] == projection.fingerprint else None


def select_point(projection: Projection, point: MapPoint | None) -> None:
    """Select a point of this map, or none."""
    session.remember("point", (projection.fingerprint, point))


def point_to_text(point: MapPoint | None) -> str | None:
    """A point as text for a link."""
    return None if point is None else f"{point[0]:.6g},{point[1]:.6g}"


def _linked_point(projection: Projection) -> MapPoint | None:
    text = session.linked("point")
    if text is None:
        return None
    try:
        point = parse_map_point(
            {"at": [float(part) for part in text.split(",")]}, projection.points
        )
    except ValueError:
        point = None
    if point is None:
        session.notify(
            f"In the link: there is no point {text[:24]!r} on this map; "
            "click between the samples to select one."
        )
    return point


# ── decoded ─────────────────────────────────────────────────────────────────────────────────


def decode_point(space: Space, projection: Projection, point: MapPoint) -> DecodedPoint:
    """The code at a point, its image, and how near the data is."""
    at = np.array([point], np.float32)
    inverse = map_inverse(projection)
    codes = inverse.inverse_transform(at)
    map_quantile = 0.0
    if not isinstance(inverse, LinearInverse):
        support = memoize("map support", projection.fingerprint, lambda: map_support(projection))
        map_quantile = float(support.quantile(at)[0])
    distance = float(round_trip_distance(space.model, codes)[0])
    images, realism = space.model.decode(codes), image_realism(space.model.card)
    return DecodedPoint(
        point=point,
        code=codes[0],
        image=images[0],
        image_level=None if realism is None else realism.levels(images)[0],
        code_quantile=float(support_of_encodings(space.encodings).quantile(codes)[0]),
        map_quantile=map_quantile,
        round_trip_distance=distance,
        round_trip_quantile=float((reference_round_trips(space) < distance).mean()),
    )


def reference_round_trips(space: Space) -> Floats:
    """Round-trip distances of `N_ROUND_TRIPS` of the data's codes, computed once."""
    codes = space.encodings.mean
    subset = np.random.default_rng(0).permutation(len(codes))[:N_ROUND_TRIPS]
    return memoize(
        "round trip",
        space.encodings.fingerprint,
        lambda: round_trip_distance(space.model, codes[subset]),
    )


def point_item(space: Space, decoded: DecodedPoint) -> TrayItem:
    """The point for the tray, labeled like the nearest sample where that has a label."""
    label = space.data.label(int(nearest(space.encodings.mean, decoded.code, 1)[0][0]))
    name = f"≈ {label}" if label else "map point"
    return item_from_code(space, decoded.code, name, data_url(decoded.image))


def panel_data(space: Space, projection: Projection, decoded: DecodedPoint) -> DecodedPointData:
    """The point for its panel beside the map."""
    x, y = (_format_number(value) for value in decoded.point)
    return DecodedPointData(
        image=data_url(decoded.image),
        width=decoded.image.shape[2],
        title=f"at {x}, {y} on this map",
        support_level=decoded.support_level,
        image_level=decoded.image_level,
        support_sentence=decoded.support_sentence(),
        round_trip=f"{decoded.round_trip_sentence()} {explained_sentence(space, projection)}",
        code=code_bars(space, decoded.code),
        neighbors=nearest_samples(space, decoded.code),
        count=len(space.data),
        sheet=image_sheet(space),
        in_tray=tray.contains(space.model.card.id, decoded.code),
    )


def explained_sentence(space: Space, projection: Projection) -> str:
    """How much of an image a place on this map determines, computed once per map."""
    found: ExplainedVariance = memoize(
        "explained variance",
        f"{projection.fingerprint} {space.model.card.id}",
        lambda: explained_image_variance(projection, space.model.decode, map_inverse(projection)),
    )
    measured = f"measured on {found.n_points} held-out points"
    if found.fraction <= 0:
        return (
            "A place on this map does not determine an image: on average the mean image is as near "
            f"to the right one, {measured}."
        )
    return (
        f"A place on this map determines {100 * found.fraction:.0f} % of the images' variance, "
        f"{measured}."
    )


def _format_number(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")
