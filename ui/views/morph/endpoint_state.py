"""The pictures that a visitor goes between, per way of going and per space; and in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from latent_core.errors import InvalidInputError
from ui import session, tray
from ui.sample_sources import convert_item, item_from_sample, item_from_text, item_to_text
from ui.spaces import Space
from ui.tray import TrayItem
from ui.views.morph.default_endpoints import default_samples

MODES = {
    "two": "Two ends",
    "four": "Four corners",
    "many": "Several anchors",
    "family": "Family",
}
SEPARATOR = "~"
"""Between the parts of a list in the address; it needs no escaping there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointSpec:
    """How many pictures a way of going needs, and what they are called in the address."""

    mode: str
    min_count: int
    max_count: int
    parameter: str


TWO = EndpointSpec(mode="two", min_count=2, max_count=2, parameter="ends")
FOUR = EndpointSpec(mode="four", min_count=4, max_count=4, parameter="corners")
FAMILY = EndpointSpec(mode="family", min_count=2, max_count=2, parameter="parents")
MANY = EndpointSpec(mode="many", min_count=2, max_count=tray.MAX_ITEMS, parameter="anchors")


def get_endpoints(space: Space, slots: EndpointSpec) -> list[TrayItem]:
    """The pictures between which one goes, always as many as are needed.

    As left in this session, else as the address says, else those of the model looked at before
    where they are pictures of the same data set, else good ones to begin with.
    """
    kept: list[TrayItem] | None = session.recall(_state_key(space, slots))
    if kept is None:
        kept = (
            _linked_endpoints(space, slots)
            or _carried_over(space, slots)
            or _defaults(space, slots)
        )
        set_endpoints(space, slots, kept)
    session.remember(f"morph.last.{slots.mode}", kept)
    return list(kept)


def set_endpoints(space: Space, slots: EndpointSpec, chosen: Sequence[TrayItem]) -> None:
    """Go between `chosen` from now on."""
    session.remember(_state_key(space, slots), list(chosen))


def replace_endpoint(space: Space, slots: EndpointSpec, index: int, pick: TrayItem) -> None:
    """Put `pick` in place of picture `index`."""
    chosen = get_endpoints(space, slots)
    chosen[index] = pick
    set_endpoints(space, slots, chosen)


def dropped_item(space: Space, key: str) -> TrayItem | None:
    """The tray's picture `key` as one of this model, or None with a notice."""
    found = next((item for item in tray.items() if item.key == key), None)
    pick = None if found is None else convert_item(space, found)
    if found is not None and pick is None:
        session.notify(
            f"{found.label or 'This picture'} is a code of another model; "
            f"{space.model.card.title} cannot decode it."
        )
    return pick


def take_clicked(space: Space) -> TrayItem | None:
    """The tray's picture that was clicked just now, as one of this space."""
    found = tray.take_clicked(space.model.card.id)
    return None if found is None else convert_item(space, found)


def endpoints_to_text(chosen: Sequence[TrayItem]) -> str:
    """What the address says of the pictures."""
    return SEPARATOR.join(item_to_text(pick) for pick in chosen)


def is_linked(space: Space, mode: str) -> bool:
    """Whether the address is about this space and this way of going."""
    wanted = {"model": space.model.card.id, "data": space.data.id, "mode": mode}
    return all(session.linked(parameter) in (None, value) for parameter, value in wanted.items())


def _state_key(space: Space, slots: EndpointSpec) -> str:
    return f"morph.{slots.mode} {space.model.card.id} {space.data.id}"


def _linked_endpoints(space: Space, slots: EndpointSpec) -> list[TrayItem] | None:
    text = session.linked(slots.parameter)
    if text is None or not is_linked(space, slots.mode):
        return None
    parts = text.split(SEPARATOR)
    try:
        if not slots.min_count <= len(parts) <= slots.max_count:
            raise InvalidInputError(
                f"In the address: {len(parts)} {slots.parameter}, not {slots.min_count} to {slots.max_count}; "
                "showing others."
            )
        return [item_from_text(space, part) for part in parts]
    except InvalidInputError as error:
        session.notify(str(error))
        return None


def _carried_over(space: Space, slots: EndpointSpec) -> list[TrayItem] | None:
    """Those of the model before; in place of one that cannot be carried over, another."""
    before: list[TrayItem] | None = session.recall(f"morph.last.{slots.mode}")
    if before is None:
        return None
    adopted = [convert_item(space, pick) for pick in before]
    if None in adopted:
        session.notify(
            f"What only the model before has a code for is replaced: {space.model.card.title} "
            "shows pictures of its own data there."
        )
    fill = iter(_defaults(space, slots) * len(before))
    return [next(fill) if pick is None else pick for pick in adopted]


def _defaults(space: Space, slots: EndpointSpec) -> list[TrayItem]:
    if slots is MANY:
        own = [pick for item in tray.items() if (pick := convert_item(space, item)) is not None]
        if len(own) >= slots.min_count:
            return own
    count = max(slots.min_count, 4 if slots is MANY else 0)
    found = default_samples(space)
    return [item_from_sample(space, found[k % len(found)]) for k in range(count)]
