"""What stands beside a morph: the map with its paths, to pick pictures from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from latent_core.projection import Projection
from latent_core.types import Floats
from ui import decoded_point, presenters
from ui.components.decoded_point import map_decoder
from ui.components.map import MapLine, Mark, draw_map
from ui.components.map_types import Tone
from ui.components.morph_types import CHANNEL, AnnotatedPath
from ui.point_colors import color_of, default_color, label_colors
from ui.sample_sources import item_from_sample
from ui.spaces import Space
from ui.tray import TrayItem
from ui.views.morph.pending import PendingResult, draw_pending

MAP_HEIGHT = 430
TONES: dict[str, Tone] = {"linear": "first", "spherical": "second", "geodesic": "third"}
NAMES = {"linear": "straight", "spherical": "spherical", "geodesic": "along the data"}


def draw_side_map(
    space: Space,
    pending: PendingResult[Projection],
    annotated_paths: Sequence[AnnotatedPath],
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
    projection = pending.result
    if projection is None:
        draw_pending(pending, "The map")
        return None
    stars = projection.transform(np.stack([code for _, code in marks]))
    live = map_decoder(space.model.card, space.encodings, projection)
    event = draw_map(
        key="morph.map",
        points=projection.points,
        fingerprint=projection.fingerprint,
        color=color_of(space, default_color(space)),
        labels=label_colors(space),
        sheet=presenters.image_sheet(space),
        selected=None if pick is None else pick.sample,
        marks=[Mark(position=at, label=name) for (name, _), at in zip(marks, stars, strict=True)],
        toolbar=False,
        height=MAP_HEIGHT,
        lines=[
            _line(annotated, annotated.map_points)
            for annotated in annotated_paths
            if annotated.map_points is not None
        ],
        channel=CHANNEL,
        decoder=None if live is None else replace(live, choosing=True),
    )
    if event.picked is not None:
        return item_from_sample(space, event.picked)
    if event.placed is not None:
        return decoded_point.point_item(
            space, decoded_point.decode_point(space, projection, event.placed)
        )
    return None


def _line(annotated: AnnotatedPath, at: Floats) -> MapLine:
    path = annotated.path
    between = (path.times >= 0) & (path.times <= 1)
    return MapLine(points=at[between], name=NAMES[path.kind], tone=TONES[path.kind])
