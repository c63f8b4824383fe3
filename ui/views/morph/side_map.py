"""The map beside a morph: shows the paths; a click chooses a sample or a point."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from latent_core.projection import Projection
from latent_core.types import Floats
from ui import decoded_point, presenters
from ui.components.decoded_point import map_decoder
from ui.components.map import MapEvent, MapLine, Mark, draw_map
from ui.components.map_types import Tone
from ui.components.morph_types import CHANNEL, AnnotatedPath
from ui.morphing.pending import PendingResult, draw_pending
from ui.point_colors import color_of, default_color, label_colors
from ui.sample_sources import item_from_sample
from ui.spaces import Space
from ui.visitor.tray import TrayItem

MAP_HEIGHT = 430
TONES: dict[str, Tone] = {"linear": "first", "spherical": "second", "geodesic": "third"}
NAMES = {"linear": "linear", "spherical": "spherical", "geodesic": "along the data"}


def draw_side_map(
    space: Space,
    pending: PendingResult[Projection],
    paths: Sequence[AnnotatedPath],
    marks: Sequence[tuple[str, Floats]],
    item: TrayItem | None,
) -> TrayItem | None:
    """Draw the map, or the progress of its computation; gives what was just clicked.

    Parameters
    ----------
    paths
        Drawn from their first to their last endpoint, without extrapolation.
    marks
        Names and codes ``(D,)`` of the endpoints.
    item
        The endpoint that a click replaces, marked with a ring if it is a sample.
    """
    projection = pending.result
    if projection is None:
        draw_pending(pending, "Map")
        return None
    event = _draw_map(space, projection, paths, marks, item)
    if event.picked is not None:
        return item_from_sample(space, event.picked)
    if event.placed is not None:
        decoded = decoded_point.decode_point(space, projection, event.placed)
        return decoded_point.point_item(space, decoded)
    return None


def _draw_map(
    space: Space,
    projection: Projection,
    paths: Sequence[AnnotatedPath],
    marks: Sequence[tuple[str, Floats]],
    item: TrayItem | None,
) -> MapEvent:
    positions = projection.transform(np.stack([code for _, code in marks]))
    decoder = map_decoder(space.model.card, space.encodings, projection, follows_code=True)
    return draw_map(
        key="morph.map",
        points=projection.points,
        fingerprint=projection.fingerprint,
        color=color_of(space, default_color(space)),
        labels=label_colors(space),
        sheet=presenters.image_sheet(space),
        selected=None if item is None else item.sample,
        marks=[
            Mark(position=position, label=name)
            for (name, _), position in zip(marks, positions, strict=True)
        ],
        toolbar=False,
        height=MAP_HEIGHT,
        lines=[_line(one, one.map_points) for one in paths if one.map_points is not None],
        channel=CHANNEL,
        decoder=None if decoder is None else replace(decoder, choosing=True),
    )


def _line(annotated: AnnotatedPath, map_points: Floats) -> MapLine:
    path = annotated.path
    between = (path.times >= 0) & (path.times <= 1)
    return MapLine(points=map_points[between], name=NAMES[path.kind], tone=TONES[path.kind])
