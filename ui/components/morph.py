"""The components of the Morph page: two endpoints, waypoints, four corners."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from ui.components import draw_component
from ui.components.morph_types import (
    BILINEAR_KINDS,
    CHANNEL,
    DEFAULT_SECONDS,
    END_SLOT,
    EVENTS,
    EXTRAPOLATION,
    LEG_SECONDS,
    MIN_WAYPOINTS,
    PATH_KINDS,
    FourCornersData,
    MorphEvent,
    PadEvent,
    PadPosition,
    PathPosition,
    PathsData,
    TwoEndpointsData,
    WaypointOrder,
    WaypointsData,
)
from ui.components.quantize import to_base64
from ui.components.validate import get_field, parse_dropped, parse_number, parse_slot


def draw_path_slider(*, key: str, data: TwoEndpointsData) -> MorphEvent:
    """Draw two endpoints and the slider between them."""
    shown = _paths_payload(data) | {
        "stops": [{"time": 0, "name": "A"}, {"time": 1, "name": "B"}],
        "seconds": DEFAULT_SECONDS,
        "active": data.active,
    }
    sent = draw_component("morph/two_endpoints.js", key=key, data=shown, events=EVENTS)
    return parse_event(sent, [card.slot for card in data.cards])


def draw_waypoint_slider(*, key: str, data: WaypointsData) -> MorphEvent:
    """Draw waypoints and the slider of the path through them."""
    numbers = range(1, len(data.cards) + 1)
    reached = np.append(0.0, np.cumsum(data.seconds)) / sum(data.seconds)
    shown = _paths_payload(data) | {
        "stops": [{"time": t, "name": str(n)} for t, n in zip(reached, numbers, strict=True)],
        "seconds": sum(data.seconds),
        "legs": list(data.seconds),
    }
    sent = draw_component("morph/waypoints.js", key=key, data=shown, events=(*EVENTS, "ordered"))
    return parse_event(sent, [card.slot for card in data.cards])


def draw_corner_pad(*, key: str, data: FourCornersData) -> PadEvent:
    """Draw the square between four corners."""
    shown = {
        "decoder": data.decoder,
        "space": data.space,
        "codes": to_base64(data.codes, "<f4"),
        "position": asdict(data.position),
        "channel": CHANNEL,
        "cards": [asdict(card) for card in data.cards],
        "active": data.active,
        "smooth": data.smooth,
    }
    sent = draw_component("morph/four_corners.js", key=key, data=shown, events=EVENTS)
    return parse_pad_event(sent, [card.slot for card in data.cards])


def _paths_payload(data: PathsData) -> dict[str, Any]:
    return {
        "decoder": data.decoder,
        "paths": [path.as_data() for path in data.paths],
        "key": data.key,
        "limits": {"near": data.limits.near, "sparse": data.limits.sparse},
        "position": asdict(data.position),
        "channel": CHANNEL,
        "cards": [asdict(card) for card in data.cards],
        "waiting": data.waiting,
        "smooth": data.smooth,
    }


def parse_event(sent: dict[str, Any], slots: Sequence[str]) -> MorphEvent:
    """The checked events of a path; invalid values are None."""
    return MorphEvent(
        moved=parse_path_position(sent["moved"]),
        chosen=parse_slot(sent["chosen"], slots),
        dropped=parse_dropped(sent["dropped"], [*slots, END_SLOT]),
        kept=parse_path_position(sent["kept"]),
        smooth=sent["smooth"] if isinstance(sent["smooth"], bool) else None,
        ordered=parse_order(sent.get("ordered"), slots),
    )


def parse_pad_event(sent: dict[str, Any], slots: Sequence[str]) -> PadEvent:
    """The checked events of the square; invalid values are None."""
    return PadEvent(
        moved=parse_pad_position(sent["moved"]),
        chosen=parse_slot(sent["chosen"], slots),
        dropped=parse_dropped(sent["dropped"], [*slots, END_SLOT]),
        kept=parse_pad_position(sent["kept"]),
        smooth=sent["smooth"] if isinstance(sent["smooth"], bool) else None,
    )


def parse_path_position(sent: object) -> PathPosition | None:
    """A checked position on a path, or None."""
    kind, time = (
        get_field(sent, "kind"),
        parse_number(sent, "time", -EXTRAPOLATION, 1 + EXTRAPOLATION),
    )
    return (
        None if kind not in PATH_KINDS or time is None else PathPosition(kind=str(kind), time=time)
    )


def parse_pad_position(sent: object) -> PadPosition | None:
    """A checked position in the square, or None."""
    kind, u, v = (
        get_field(sent, "kind"),
        parse_number(sent, "u", 0, 1),
        parse_number(sent, "v", 0, 1),
    )
    return (
        None
        if kind not in BILINEAR_KINDS or u is None or v is None
        else PadPosition(u=u, v=v, kind=str(kind))
    )


def parse_order(sent: object, slots: Sequence[str]) -> WaypointOrder | None:
    """A checked order of at least two of `slots`, or None."""
    order, seconds = get_field(sent, "slots"), get_field(sent, "seconds")
    if not isinstance(order, list) or not isinstance(seconds, list):
        return None
    known = [slot for slot in order if isinstance(slot, str) and slot in slots]
    if len(set(known)) != len(order) or len(order) < MIN_WAYPOINTS:
        return None
    low, high = LEG_SECONDS
    checked = [parse_number({"s": value}, "s", low, high) for value in seconds]
    if len(checked) != len(order) - 1 or None in checked:
        return None
    return WaypointOrder(
        slots=tuple(order), seconds=tuple(value for value in checked if value is not None)
    )
