"""What stands beside a morph: the map with its paths, to pick pictures from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from latent_core.projection import Projection
from latent_core.types import Floats
from ui import decoded_point, presenters
from ui.components.decoded_point import live_map
from ui.components.map import MapLine, Mark, draw_map
from ui.components.map_types import Tone
from ui.components.morph_types import CHANNEL, Road
from ui.point_colors import colour_of, labels_of, usual_colour
from ui.sample_sources import sample_pick
from ui.session import TrayItem
from ui.spaces import Space
from ui.views.morph.pending import Asked, draw_waiting

MAP_HEIGHT = 430
TONES: dict[str, Tone] = {"linear": "first", "spherical": "second", "geodesic": "third"}
NAMES = {"linear": "straight", "spherical": "spherical", "geodesic": "along the data"}


def draw_side(
    space: Space,
    asked: Asked[Projection],
    roads: Sequence[Road],
    marks: Sequence[tuple[str, Floats]],
    pick: TrayItem | None,
) -> TrayItem | None:
    """The map, or how far it is; gives the picture or place that was clicked just now.

    Parameters
    ----------
    roads
        Drawn from their first to their last picture; where one goes beyond, the mark shows.
    marks
        Names and codes ``(D,)`` of the pictures between which one goes.
    pick
        The one that a click replaces, ringed.
    """
    made = asked.result
    if made is None:
        draw_waiting(asked, "The map")
        return None
    stars = made.transform(np.stack([code for _, code in marks]))
    live = live_map(space.model.card, space.encodings, made)
    event = draw_map(
        key="morph.map",
        points=made.points,
        fingerprint=made.fingerprint,
        colour=colour_of(space, usual_colour(space)),
        labels=labels_of(space),
        sheet=presenters.sheet_of(space),
        selected=None if pick is None else pick.sample,
        marks=[Mark(position=at, label=name) for (name, _), at in zip(marks, stars, strict=True)],
        tools=False,
        height=MAP_HEIGHT,
        lines=[_line(road, road.places) for road in roads if road.places is not None],
        follow=CHANNEL,
        decoder=None if live is None else replace(live, choosing=True),
    )
    if event.picked is not None:
        return sample_pick(space, event.picked)
    if event.placed is not None:
        return decoded_point.place_pick(space, decoded_point.find(space, made, event.placed))
    return None


def _line(road: Road, at: Floats) -> MapLine:
    path = road.path
    between = (path.times >= 0) & (path.times <= 1)
    return MapLine(points=at[between], name=NAMES[path.kind], tone=TONES[path.kind])
