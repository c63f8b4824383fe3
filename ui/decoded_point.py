"""A place of the map between the pictures: kept, linked, decoded, and how far to trust it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.analysis.support import SupportLevel, support_level, support_of_encodings
from latent_core.cache.memo import memoize
from latent_core.encoding import round_trip_distance
from latent_core.neighbors import nearest
from latent_core.projection import Projection
from latent_core.projection.inverse import LinearInverse, map_support
from latent_core.types import Floats
from ui import session
from ui.components.decoded_point import PlaceData
from ui.components.decoder import inverse_of_map
from ui.components.map import unpack_place
from ui.images import data_url
from ui.presenters import bars_of, sheet_of
from ui.sample_sources import code_pick
from ui.session import TrayItem
from ui.spaces import Space

Place = tuple[float, float]
NEIGHBOURS = 8
SAMPLED = 300
"""Codes of the data that are sent round, to know how far is usual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
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

    place: Place
    code: Floats
    image: Floats
    code_share: float
    place_share: float
    distance: float
    farther: float

    @property
    def trust(self) -> SupportLevel:
        """The word for it, by whichever share is worse."""
        return support_level(max(self.code_share, self.place_share))

    def support_in_words(self) -> str:
        """How near the data is, compared with what is usual there."""
        if self.place_share > max(0.5, self.code_share):
            return f"On the map {_farther(self.place_share)} points."
        if self.code_share > 0.5:
            return f"Its code is {_farther(self.code_share)} codes."
        nearer = int(100 * (1 - self.code_share))
        return f"Nearer to the data than {nearer} % of the data's own codes are to each other."

    def round_trip_in_words(self) -> str:
        """Where it lands when it is encoded again."""
        if self.farther > 0.5:
            compared = f"farther than {int(100 * self.farther)} %"
        else:
            compared = f"nearer than {int(100 * (1 - self.farther))} %"
        return (
            f"Encoded again, the picture lands {self.distance:.2f} from this code: "
            f"{compared} of the data's codes do."
        )


def _farther(share: float) -> str:
    much = "any" if share >= 1 else f"{int(1000 * share) / 10:g} %"
    return f"farther out than {much} of the data's own"


# ── kept and linked ─────────────────────────────────────────────────────────────────────────


def chosen_place(made: Projection) -> Place | None:
    """The place that is looked at on this map: the last one kept, else the one in the address."""
    kept: tuple[str, Place | None] | None = session.recall("place")
    if kept is None:
        kept = (made.fingerprint, _linked_place(made))
        session.remember("place", kept)
    return kept[1] if kept[0] == made.fingerprint else None


def keep_place(made: Projection, place: Place | None) -> None:
    """Look at a place of this map, or at none."""
    session.remember("place", (made.fingerprint, place))


def place_text(place: Place | None) -> str | None:
    """What the address says of a place."""
    return None if place is None else f"{place[0]:.6g},{place[1]:.6g}"


def _linked_place(made: Projection) -> Place | None:
    text = session.linked("place")
    if text is None:
        return None
    try:
        place = unpack_place({"at": [float(part) for part in text.split(",")]}, made.points)
    except ValueError:
        place = None
    if place is None:
        session.notify(
            f"In the address: there is no place {text[:24]!r} on this map; "
            "click beside the points to choose one."
        )
    return place


# ── decoded ─────────────────────────────────────────────────────────────────────────────────


def find(space: Space, made: Projection, place: Place) -> Found:
    """Decode a place, and see how far to trust what comes out."""
    at = np.array([place], np.float32)
    inverse = inverse_of_map(made)
    codes = inverse.inverse_transform(at)
    near = 0.0
    if not isinstance(inverse, LinearInverse):
        points = memoize("places", made.fingerprint, lambda: map_support(made))
        near = float(points.quantile(at)[0])
    distance = float(round_trip_distance(space.model, codes)[0])
    return Found(
        place=place,
        code=codes[0],
        image=space.model.decode(codes)[0],
        code_share=float(support_of_encodings(space.encodings).quantile(codes)[0]),
        place_share=near,
        distance=distance,
        farther=float((usual_round_trips(space) < distance).mean()),
    )


def usual_round_trips(space: Space) -> Floats:
    """How far some of the data's own codes land from themselves, computed once."""
    codes = space.encodings.mean
    drawn = np.random.default_rng(0).permutation(len(codes))[:SAMPLED]
    return memoize(
        "round trip",
        space.encodings.fingerprint,
        lambda: round_trip_distance(space.model, codes[drawn]),
    )


def place_pick(space: Space, found: Found) -> TrayItem:
    """It as it goes into the tray, called after the nearest real picture where that has a name."""
    name = space.data.label(int(nearest(space.encodings.mean, found.code, 1)[0][0]))
    return code_pick(space, found.code, f"≈ {name}" if name else "place", data_url(found.image))


def place_data(space: Space, made: Projection, found: Found) -> PlaceData:
    """It as its panel shows it."""
    near = nearest(space.encodings.mean, found.code, NEIGHBOURS)[0]
    return PlaceData(
        picture=data_url(found.image),
        width=found.image.shape[2],
        title=f"at {_number(found.place[0])}, {_number(found.place[1])} on this map",
        trust=found.trust,
        support=found.support_in_words(),
        round_trip=found.round_trip_in_words(),
        code=bars_of(space, found.code),
        neighbours=[(int(i), space.data.label(int(i))) for i in near],
        count=len(space.data),
        sheet=sheet_of(space),
        in_tray=session.in_tray(space.model.card.id, found.code),
    )


def _number(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")
