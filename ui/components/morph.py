"""The components of the page about paths, and what a person did on them since the last run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from ui.components import live
from ui.components.morph_types import (
    BEYOND,
    CHANNEL,
    END,
    EVENTS,
    LEG_SECONDS,
    MIXES,
    SECONDS,
    WAYS,
    FourData,
    Here,
    ManyData,
    MorphEvent,
    Order,
    PadEvent,
    Spot,
    TwoData,
    WalkData,
    packed,
)
from ui.components.validate import read_dropped, read_field, read_number, read_slot


def draw_two(*, key: str, data: TwoData) -> MorphEvent:
    """Draw two ends and what lies between them."""
    shown = _walk(data) | {
        "stops": [{"time": 0, "name": "A"}, {"time": 1, "name": "B"}],
        "seconds": SECONDS,
        "active": data.active,
    }
    sent = live("morph/two_endpoints.js", key=key, data=shown, events=EVENTS)
    return read_event(sent, [card.slot for card in data.cards])


def draw_many(*, key: str, data: ManyData) -> MorphEvent:
    """Draw a path through several pictures."""
    numbers = range(1, len(data.cards) + 1)
    reached = np.append(0.0, np.cumsum(data.seconds)) / sum(data.seconds)
    shown = _walk(data) | {
        "stops": [{"time": t, "name": str(n)} for t, n in zip(reached, numbers, strict=True)],
        "seconds": sum(data.seconds),
        "legs": list(data.seconds),
    }
    sent = live("morph/waypoints.js", key=key, data=shown, events=(*EVENTS, "ordered"))
    return read_event(sent, [card.slot for card in data.cards])


def draw_four(*, key: str, data: FourData) -> PadEvent:
    """Draw a square with a picture at each corner."""
    shown = {
        "decoder": data.decoder,
        "space": data.space,
        "codes": packed(data.codes, "<f4"),
        "position": asdict(data.here),
        "channel": CHANNEL,
        "cards": [asdict(card) for card in data.cards],
        "active": data.active,
        "smooth": data.smooth,
    }
    sent = live("morph/four_corners.js", key=key, data=shown, events=EVENTS)
    return read_pad_event(sent, [card.slot for card in data.cards])


def _walk(data: WalkData) -> dict[str, Any]:
    return {
        "decoder": data.decoder,
        "paths": [road.as_data() for road in data.roads],
        "key": data.drawn,
        "limits": {"near": data.limits.known, "sparse": data.limits.thin},
        "position": asdict(data.here),
        "channel": CHANNEL,
        "cards": [asdict(card) for card in data.cards],
        "waiting": data.waiting,
        "smooth": data.smooth,
    }


def read_event(sent: dict[str, Any], slots: Sequence[str]) -> MorphEvent:
    """What was done, out of what the browser sent; what makes no sense is None."""
    return MorphEvent(
        moved=read_here(sent["moved"]),
        chosen=read_slot(sent["chosen"], slots),
        dropped=read_dropped(sent["dropped"], [*slots, END]),
        kept=read_here(sent["kept"]),
        smooth=sent["smooth"] if isinstance(sent["smooth"], bool) else None,
        ordered=read_order(sent.get("ordered"), slots),
    )


def read_pad_event(sent: dict[str, Any], slots: Sequence[str]) -> PadEvent:
    """As `read_event`, of the square."""
    return PadEvent(
        moved=read_spot(sent["moved"]),
        chosen=read_slot(sent["chosen"], slots),
        dropped=read_dropped(sent["dropped"], [*slots, END]),
        kept=read_spot(sent["kept"]),
        smooth=sent["smooth"] if isinstance(sent["smooth"], bool) else None,
    )


def read_here(sent: object) -> Here | None:
    """Where one is on a path, out of what the browser sent, or None."""
    kind, time = read_field(sent, "kind"), read_number(sent, "time", -BEYOND, 1 + BEYOND)
    return None if kind not in WAYS or time is None else Here(kind=str(kind), time=time)


def read_spot(sent: object) -> Spot | None:
    """Where one is in a square, out of what the browser sent, or None."""
    kind, u, v = (
        read_field(sent, "kind"),
        read_number(sent, "u", 0, 1),
        read_number(sent, "v", 0, 1),
    )
    return None if kind not in MIXES or u is None or v is None else Spot(u=u, v=v, kind=str(kind))


def read_order(sent: object, slots: Sequence[str]) -> Order | None:
    """The order of at least two of `slots`, out of what the browser sent, or None."""
    wanted, seconds = read_field(sent, "slots"), read_field(sent, "seconds")
    if not isinstance(wanted, list) or not isinstance(seconds, list):
        return None
    known = [slot for slot in wanted if isinstance(slot, str) and slot in slots]
    if len(set(known)) != len(wanted) or len(wanted) < 2:
        return None
    least, most = LEG_SECONDS
    checked = [read_number({"s": value}, "s", least, most) for value in seconds]
    if len(checked) != len(wanted) - 1 or None in checked:
        return None
    return Order(
        slots=tuple(wanted), seconds=tuple(value for value in checked if value is not None)
    )
