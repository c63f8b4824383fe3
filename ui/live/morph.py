"""The components of the page about paths, and what a person did on them since the last run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

import numpy as np

from ui.live import live
from ui.live.morph_values import (
    BEYOND,
    CHANNEL,
    END,
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
    packed,
)

_EVENTS = ("moved", "chosen", "dropped", "kept", "smooth")


def draw_two(*, key: str, data: TwoData) -> MorphEvent:
    """Draw two ends and what lies between them."""
    shown = _walk(data) | {
        "stops": [{"time": 0, "name": "A"}, {"time": 1, "name": "B"}],
        "seconds": SECONDS,
        "active": data.active,
    }
    sent = live("morph.js", key=key, data=shown, events=_EVENTS)
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
    sent = live("morph_many.js", key=key, data=shown, events=(*_EVENTS, "ordered"))
    return read_event(sent, [card.slot for card in data.cards])


def draw_four(*, key: str, data: FourData) -> PadEvent:
    """Draw a square with a picture at each corner."""
    shown = {
        "decoder": data.decoder,
        "space": data.space,
        "codes": packed(data.codes, "<f4"),
        "here": asdict(data.here),
        "channel": CHANNEL,
        "cards": [asdict(card) for card in data.cards],
        "active": data.active,
        "smooth": data.smooth,
    }
    sent = live("morph_pad.js", key=key, data=shown, events=_EVENTS)
    return read_pad_event(sent, [card.slot for card in data.cards])


def _walk(data: TwoData | ManyData) -> dict[str, Any]:
    return {
        "decoder": data.decoder,
        "paths": [road.as_data() for road in data.roads],
        "drawn": data.drawn,
        "limits": asdict(data.limits),
        "here": asdict(data.here),
        "channel": CHANNEL,
        "cards": [asdict(card) for card in data.cards],
        "waiting": data.waiting,
        "smooth": data.smooth,
    }


def read_event(sent: dict[str, Any], slots: Sequence[str]) -> MorphEvent:
    """What was done, out of what the browser sent; what makes no sense is None."""
    return MorphEvent(
        moved=read_here(sent["moved"]),
        chosen=_slot(sent["chosen"], slots),
        dropped=_dropped(sent["dropped"], slots),
        kept=read_here(sent["kept"]),
        smooth=sent["smooth"] if isinstance(sent["smooth"], bool) else None,
        ordered=read_order(sent.get("ordered"), slots),
    )


def read_pad_event(sent: dict[str, Any], slots: Sequence[str]) -> PadEvent:
    """As `read_event`, of the square."""
    return PadEvent(
        moved=read_spot(sent["moved"]),
        chosen=_slot(sent["chosen"], slots),
        dropped=_dropped(sent["dropped"], slots),
        kept=read_spot(sent["kept"]),
        smooth=sent["smooth"] if isinstance(sent["smooth"], bool) else None,
    )


def read_here(sent: object) -> Here | None:
    """Where one is on a path, out of what the browser sent, or None."""
    kind, time = _field(sent, "kind"), _number(sent, "time", -BEYOND, 1 + BEYOND)
    return None if kind not in WAYS or time is None else Here(kind=str(kind), time=time)


def read_spot(sent: object) -> Spot | None:
    """Where one is in a square, out of what the browser sent, or None."""
    kind, u, v = _field(sent, "kind"), _number(sent, "u", 0, 1), _number(sent, "v", 0, 1)
    return None if kind not in MIXES or u is None or v is None else Spot(u=u, v=v, kind=str(kind))


def read_order(sent: object, slots: Sequence[str]) -> Order | None:
    """The order of at least two of `slots`, out of what the browser sent, or None."""
    wanted, seconds = _field(sent, "slots"), _field(sent, "seconds")
    if not isinstance(wanted, list) or not isinstance(seconds, list):
        return None
    known = [slot for slot in wanted if isinstance(slot, str) and slot in slots]
    if len(set(known)) != len(wanted) or len(wanted) < 2:
        return None
    least, most = LEG_SECONDS
    checked = [_number({"s": value}, "s", least, most) for value in seconds]
    if len(checked) != len(wanted) - 1 or None in checked:
        return None
    return Order(
        slots=tuple(wanted), seconds=tuple(value for value in checked if value is not None)
    )


def _slot(sent: object, slots: Sequence[str]) -> str | None:
    slot = _field(sent, "slot")
    return str(slot) if isinstance(slot, str) and slot in slots else None


def _dropped(sent: object, slots: Sequence[str]) -> tuple[str, str] | None:
    slot, key = _slot(sent, [*slots, END]), _field(sent, "key")
    return (slot, key) if slot is not None and isinstance(key, str) else None


def _number(sent: object, name: str, low: float, high: float) -> float | None:
    """The number `name` in what was sent, from `low` to `high`, or None."""
    value = _field(sent, name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if math.isfinite(value) and low <= value <= high else None


def _field(sent: object, name: str) -> Any:
    return sent.get(name) if isinstance(sent, dict) else None
