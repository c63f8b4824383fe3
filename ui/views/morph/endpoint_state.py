"""The endpoints, corners, waypoints or parents, per mode and space, and in links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from latent_core.errors import InvalidInputError
from ui import session
from ui.morphing.default_endpoints import default_samples
from ui.sample_sources import convert_item, item_from_sample, item_from_text, item_to_text
from ui.spaces import Space
from ui.visitor import tray
from ui.visitor.tray import TrayItem

MODES = {
    "two": "Two endpoints",
    "four": "Four corners",
    "many": "Several waypoints",
    "family": "Family",
}
SEPARATOR = "~"
"""Between the parts of a list in a link; needs no escaping there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndpointSpec:
    """How many endpoints a mode has, and the query parameter that lists them."""

    mode: str
    min_count: int
    max_count: int
    parameter: str


TWO = EndpointSpec(mode="two", min_count=2, max_count=2, parameter="endpoints")
FOUR = EndpointSpec(mode="four", min_count=4, max_count=4, parameter="corners")
FAMILY = EndpointSpec(mode="family", min_count=2, max_count=2, parameter="parents")
MANY = EndpointSpec(mode="many", min_count=2, max_count=tray.MAX_ITEMS, parameter="waypoints")


def get_endpoints(space: Space, spec: EndpointSpec) -> list[TrayItem]:
    """The endpoints of a mode, always as many as it needs.

    Those of this session, else of the link, else those chosen with the previous model as far as
    they are samples of the same data set, else default samples.
    """
    kept: list[TrayItem] | None = session.recall(_state_key(space, spec))
    if kept is None:
        kept = (
            _linked_endpoints(space, spec) or _carried_over(space, spec) or _defaults(space, spec)
        )
        set_endpoints(space, spec, kept)
    if spec is TWO and (passed := _passed_ends(space)):
        kept = [passed.get(index, item) for index, item in enumerate(kept)]
        set_endpoints(space, spec, kept)
    session.remember(f"morph.last.{spec.mode}", kept)
    return list(kept)


def set_endpoints(space: Space, spec: EndpointSpec, chosen: Sequence[TrayItem]) -> None:
    """Store the endpoints for this session."""
    session.remember(_state_key(space, spec), list(chosen))


def replace_endpoint(space: Space, spec: EndpointSpec, index: int, item: TrayItem) -> None:
    """Replace endpoint `index` by `item`."""
    chosen = get_endpoints(space, spec)
    chosen[index] = item
    set_endpoints(space, spec, chosen)


def dropped_item(space: Space, key: str) -> TrayItem | None:
    """The tray item `key` as one of this space, or None with a notice."""
    found = next((entry for entry in tray.items() if entry.key == key), None)
    item = None if found is None else convert_item(space, found)
    if found is not None and item is None:
        session.notify(
            f"{found.label or 'This image'} is a code of another model; "
            f"{space.model.card.title} cannot decode it."
        )
    return item


def take_clicked(space: Space) -> TrayItem | None:
    """The tray item that was just clicked, as one of this space."""
    found = tray.take_clicked(space.model.card.id)
    return None if found is None else convert_item(space, found)


def endpoints_to_text(chosen: Sequence[TrayItem]) -> str:
    """The endpoints as text for a link."""
    return SEPARATOR.join(item_to_text(item) for item in chosen)


def is_linked(space: Space, mode: str) -> bool:
    """Whether the link is about this space and mode."""
    current = {"model": space.model.card.id, "data": space.data.id, "mode": mode}
    return all(session.linked(parameter) in (None, value) for parameter, value in current.items())


def _passed_ends(space: Space) -> dict[int, TrayItem]:
    """The ends that were chosen on the map since the last run."""
    places: tuple[tray.Place, tray.Place] = ("morph.a", "morph.b")
    found = {index: tray.take_passed(place) for index, place in enumerate(places)}
    items = {index: convert_item(space, item) for index, item in found.items() if item is not None}
    if None in items.values():
        session.notify(f"{space.model.card.title} cannot decode the code of another model.")
    return {index: item for index, item in items.items() if item is not None}


def _state_key(space: Space, spec: EndpointSpec) -> str:
    return f"morph.{spec.mode} {space.model.card.id} {space.data.id}"


def _linked_endpoints(space: Space, spec: EndpointSpec) -> list[TrayItem] | None:
    text = session.linked(spec.parameter)
    if text is None or not is_linked(space, spec.mode):
        return None
    parts = text.split(SEPARATOR)
    try:
        if not spec.min_count <= len(parts) <= spec.max_count:
            raise InvalidInputError(
                f"In the link: {len(parts)} {spec.parameter}, not {spec.min_count} to "
                f"{spec.max_count}; showing others."
            )
        return [item_from_text(space, part) for part in parts]
    except InvalidInputError as error:
        session.notify(str(error))
        return None


def _carried_over(space: Space, spec: EndpointSpec) -> list[TrayItem] | None:
    """The endpoints of the previous model; those that this one cannot decode are replaced."""
    previous: list[TrayItem] | None = session.recall(f"morph.last.{spec.mode}")
    if previous is None:
        return None
    converted = [convert_item(space, item) for item in previous]
    if None in converted:
        session.notify(
            f"Codes of the previous model are replaced by images of the data set, since "
            f"{space.model.card.title} cannot decode them."
        )
    defaults = iter(_defaults(space, spec) * len(previous))
    return [next(defaults) if item is None else item for item in converted]


def _defaults(space: Space, spec: EndpointSpec) -> list[TrayItem]:
    if spec is MANY:
        own = [item for entry in tray.items() if (item := convert_item(space, entry)) is not None]
        if len(own) >= spec.min_count:
            return own
    count = max(spec.min_count, 4 if spec is MANY else 0)
    found = default_samples(space)
    return [item_from_sample(space, found[k % len(found)]) for k in range(count)]
