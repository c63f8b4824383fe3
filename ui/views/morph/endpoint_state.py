"""The pictures that a visitor goes between, per way of going and per space; and in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from latent_core.errors import InvalidInputError
from ui import session
from ui.sample_sources import adopt, linked_pick, pick_text, sample_pick
from ui.session import TrayItem
from ui.spaces import Space
from ui.views.morph.default_endpoints import beginnings

MODES = {
    "two": "Two ends",
    "four": "Four corners",
    "many": "Several anchors",
    "family": "Family",
}
MARK = "~"
"""Between the parts of a list in the address; it needs no escaping there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Slots:
    """How many pictures a way of going needs, and what they are called in the address."""

    mode: str
    least: int
    most: int
    name: str


TWO = Slots(mode="two", least=2, most=2, name="ends")
FOUR = Slots(mode="four", least=4, most=4, name="corners")
FAMILY = Slots(mode="family", least=2, most=2, name="parents")
MANY = Slots(mode="many", least=2, most=session.TRAY_LIMIT, name="anchors")


def picks(space: Space, slots: Slots) -> list[TrayItem]:
    """The pictures between which one goes, always as many as are needed.

    As left in this session, else as the address says, else those of the model looked at before
    where they are pictures of the same data set, else good ones to begin with.
    """
    kept: list[TrayItem] | None = session.recall(_name(space, slots))
    if kept is None:
        kept = _linked(space, slots) or _carried(space, slots) or _first(space, slots)
        keep(space, slots, kept)
    session.remember(f"morph.last.{slots.mode}", kept)
    return list(kept)


def keep(space: Space, slots: Slots, chosen: Sequence[TrayItem]) -> None:
    """Go between `chosen` from now on."""
    session.remember(_name(space, slots), list(chosen))


def put(space: Space, slots: Slots, index: int, pick: TrayItem) -> None:
    """Put `pick` in place of picture `index`."""
    chosen = picks(space, slots)
    chosen[index] = pick
    keep(space, slots, chosen)


def dropped(space: Space, key: str) -> TrayItem | None:
    """The tray's picture `key` as one of this model, or None with a notice."""
    found = next((item for item in session.tray() if item.key == key), None)
    pick = None if found is None else adopt(space, found)
    if found is not None and pick is None:
        session.notify(
            f"{found.label or 'This picture'} is a code of another model; "
            f"{space.model.card.title} cannot decode it."
        )
    return pick


def clicked_in_tray(space: Space) -> TrayItem | None:
    """The tray's picture that was clicked just now, as one of this space."""
    found = session.chosen_in_tray(space.model.card.id)
    return None if found is None else adopt(space, found)


def texts(chosen: Sequence[TrayItem]) -> str:
    """What the address says of the pictures."""
    return MARK.join(pick_text(pick) for pick in chosen)


def is_linked(space: Space, mode: str) -> bool:
    """Whether the address is about this space and this way of going."""
    wanted = {"model": space.model.card.id, "data": space.data.id, "mode": mode}
    return all(session.linked(name) in (None, value) for name, value in wanted.items())


def _name(space: Space, slots: Slots) -> str:
    return f"morph.{slots.mode} {space.model.card.id} {space.data.id}"


def _linked(space: Space, slots: Slots) -> list[TrayItem] | None:
    text = session.linked(slots.name)
    if text is None or not is_linked(space, slots.mode):
        return None
    parts = text.split(MARK)
    try:
        if not slots.least <= len(parts) <= slots.most:
            raise InvalidInputError(
                f"In the address: {len(parts)} {slots.name}, not {slots.least} to {slots.most}; "
                "showing others."
            )
        return [linked_pick(space, part) for part in parts]
    except InvalidInputError as error:
        session.notify(str(error))
        return None


def _carried(space: Space, slots: Slots) -> list[TrayItem] | None:
    """Those of the model before; in place of one that cannot be carried over, another."""
    before: list[TrayItem] | None = session.recall(f"morph.last.{slots.mode}")
    if before is None:
        return None
    adopted = [adopt(space, pick) for pick in before]
    if None in adopted:
        session.notify(
            f"What only the model before has a code for is replaced: {space.model.card.title} "
            "shows pictures of its own data there."
        )
    fill = iter(_first(space, slots) * len(before))
    return [next(fill) if pick is None else pick for pick in adopted]


def _first(space: Space, slots: Slots) -> list[TrayItem]:
    if slots is MANY:
        own = [pick for item in session.tray() if (pick := adopt(space, item)) is not None]
        if len(own) >= slots.least:
            return own
    count = max(slots.least, 4 if slots is MANY else 0)
    found = beginnings(space)
    return [sample_pick(space, found[k % len(found)]) for k in range(count)]
