"""The events of each component, and the check of what a browser sends."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec

from ui.components.contract.payloads import CrossoverState, PadPosition, PathPosition
from ui.components.contract.samples import SampleGridState
from ui.components.contract.specs import Index, Number

Key = Annotated[str, msgspec.Meta(max_length=256)]


class Event(msgspec.Struct, kw_only=True):
    """The value of an event; fields that are not declared are ignored."""


class Sample(Event):
    id: Index


class Slot(Event):
    slot: Key


class SlotAndItem(Event):
    slot: Key
    key: Key


class Region(Event):
    bits: str


class NeighborChoice(Event):
    n_neighbors: Literal[8, 16, 32]
    metric: Literal["euclidean", "cosine"]


class Place(Event):
    at: tuple[Number, Number]


class GridSwitch(Event):
    on: bool


class Order(Event):
    slots: list[Key]
    seconds: list[Number]


class ParentReplaced(Event):
    slot: Key
    state: CrossoverState


class Commit(Event):
    name: Key
    revision: int
    z: list[Number]
    start: str
    label: str
    locked: list[Index]


class StartRequest(Event):
    name: Key
    start: Literal["mean", "mixture", "prior"]


class SavedCode(Event):
    name: Key
    z: list[Number]


class Drawn(Event):
    seq: Index
    png: str
    final: bool
    blank: bool


class EditedAutoencoder(Event):
    picture: list[Number]
    code: list[Number]
    turned_degrees: Number


class MovedPoint(Event):
    index: Index
    at: tuple[Number, Number]


class Thumb(Event):
    index: Index


class Item(Event):
    key: Key


class MovedItem(Event):
    key: Key
    to: Index


class StoredItem(Event):
    picture: Annotated[str, msgspec.Meta(max_length=128 * 1024)]
    label: Key
    model: Key
    code: Annotated[str, msgspec.Meta(max_length=96 * 1024)]
    sample: Index | None


class StoredItems(Event):
    items: Annotated[list[StoredItem], msgspec.Meta(max_length=64)]


class MeanToTray(Event):
    mean: Literal[True]


class PlaceToTray(Event):
    place: Literal[True]


_ENDPOINTS: dict[str, Any] = {"chosen": Slot, "dropped": SlotAndItem, "smooth": bool}
_PATH = _ENDPOINTS | {"moved": PathPosition, "kept": PathPosition}

EVENTS: dict[str, dict[str, Any]] = {
    "crossover/index.js": _ENDPOINTS
    | {"moved": CrossoverState, "kept": CrossoverState, "picked": Sample}
    | {"parent_replaced": ParentReplaced},
    "dimensions/index.js": {"committed": Commit, "wanted": StartRequest, "saved": SavedCode},
    "dimensions/preview.js": {},
    "dimensions/traversal_sheet.js": {},
    "learn/point_plane.js": {"moved": MovedPoint},
    "learn/small_autoencoder.js": {"changed": EditedAutoencoder},
    "learn/step_keys.js": {"turned": Literal["back", "next"]},
    "map/index.js": {"picked": Sample, "region": Region, "placed": Place, "grid": GridSwitch},
    "morph/four_corners.js": _ENDPOINTS | {"moved": PadPosition, "kept": PadPosition},
    "morph/two_endpoints.js": _PATH,
    "morph/waypoints.js": _PATH | {"ordered": Order},
    "panels/code.js": {},
    "panels/contact_sheet.js": {"picked": Sample, "tray": MeanToTray, "closed": bool},
    "panels/decoded_point.js": {"picked": Sample, "tray": PlaceToTray},
    "panels/drawing_pad.js": {"drawn": Drawn},
    "panels/examples.js": {"picked": Sample},
    "panels/inspector.js": {"picked": Sample, "tray": Sample, "neighbors": NeighborChoice},
    "panels/page_header.js": {"presented": bool, "shared": Literal[True]},
    "panels/pipeline.js": {"chosen": Thumb},
    "panels/tray.js": {"removed": Item, "moved": MovedItem, "chosen": Item, "cleared": bool}
    | {"restored": StoredItems},
    "panels/words.js": {"picked": Sample, "closed": bool},
    "samples/index.js": {"changed": SampleGridState},
}
"""The type of each event's value by module."""


def event_error(module: str, event: str, value: Any) -> str | None:
    """What is wrong with the value of an event, in one sentence; None if nothing is."""
    try:
        msgspec.convert(value, EVENTS[module][event])
    except (msgspec.ValidationError, RecursionError) as error:
        return (
            f"The browser sent an invalid event {event!r} ({error}), which was ignored; "
            "reload the page."
        )
    return None
