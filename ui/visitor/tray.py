"""The tray: the images and codes that a visitor has collected, on every page."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Literal

import numpy as np

from latent_core.types import Floats
from ui import session

MAX_ITEMS = 64
Place = Literal["morph.a", "morph.b", "dimensions.start", "encode.companion"]
"""Where an image can be passed to from another page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrayItem:
    """An image or code that the visitor collected.

    Parameters
    ----------
    image
        The image as a ``data:`` URL, or what makes it: the images of a data set are unpacked only
        when one is shown.
    label
        Short description, shown as text.
    model_id
        The model that the code belongs to.
    code
        ``(D,)``.
    sample
        Index in the data set, or None for anything else.
    key
        Identifies the item in the session.
    """

    image: str | Callable[[], str]
    label: str
    model_id: str
    code: Floats
    sample: int | None = None
    key: str = field(default_factory=lambda: uuid.uuid4().hex[:12])

    @property
    def image_url(self) -> str:
        """The image as a ``data:`` URL."""
        return self.image if isinstance(self.image, str) else self.image()


def items() -> list[TrayItem]:
    """The collected items, in their order."""
    found: list[TrayItem] = session.recall_or_store("tray", [])
    return found


def add(item: TrayItem) -> bool:
    """Add `item` unless its code is there already or the tray is full; says whether it was."""
    if contains(item.model_id, item.code):
        return False
    if len(items()) >= MAX_ITEMS:
        session.notify(f"The tray holds {MAX_ITEMS} images; remove one before you add another.")
        return False
    items().append(replace(item, image=item.image_url))
    return True


def contains(model_id: str, code: Floats) -> bool:
    """Whether this code of this model is in the tray."""
    return any(i.model_id == model_id and np.array_equal(i.code, code) for i in items())


def remove(key: str) -> None:
    """Remove the item `key`."""
    session.remember("tray", [item for item in items() if item.key != key])


def move(key: str, to: int) -> None:
    """Move the item `key` to position `to`."""
    moved = [item for item in items() if item.key == key]
    rest = [item for item in items() if item.key != key]
    session.remember("tray", rest[:to] + moved + rest[to:])


def clear() -> None:
    """Remove all items."""
    session.remember("tray", [])


def click(key: str) -> None:
    """Register a click on the item `key`; selects it on the map if it is a sample."""
    session.remember("tray.clicked", key)
    model_id = session.recall("choice.model")
    for item in items():
        if item.key == key and item.sample is not None and item.model_id == model_id:
            session.select_sample(item.sample)
            session.remember("panel", "sample")


def take_clicked(model_id: str) -> TrayItem | None:
    """The item that was just clicked on this page, if it is of this model; given once."""
    key = session.recall("tray.clicked")
    forget_click()
    return next((i for i in items() if i.key == key and i.model_id == model_id), None)


def forget_click() -> None:
    """Ignore an earlier click."""
    session.forget("tray.clicked")


def pass_on(place: Place, item: TrayItem) -> None:
    """Pass an image to another page, which takes it when it is drawn next."""
    session.remember(f"passed.{place}", item)


def passed(place: Place) -> TrayItem | None:
    """What was passed to `place` and not taken yet."""
    found: TrayItem | None = session.recall(f"passed.{place}")
    return found


def take_passed(place: Place) -> TrayItem | None:
    """What was passed to `place`; given once."""
    found = passed(place)
    session.forget(f"passed.{place}")
    return found
