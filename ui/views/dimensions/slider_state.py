"""The state of the sliders for each space: start, current code, and locked dimensions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from latent_core.errors import LatentError
from latent_core.types import Floats
from ui import session
from ui.components.dimensions import dimensions_of_encodings
from ui.components.dimensions_types import Commit
from ui.sample_sources import (
    convert_item,
    item_from_code,
    item_from_sample,
    item_from_text,
    item_to_text,
)
from ui.spaces import Space
from ui.url_codec import pack_code, unpack_code
from ui.visitor import tray
from ui.visitor.tray import TrayItem
from ui.wording.text import format_number

T = TypeVar("T")
MAX_LINKED = 512
"""Codes of more dimensions are too long for a link."""
FIRST_SAMPLE = 0
"""The start where the visitor has chosen none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SliderState:
    """The state of the sliders for one space.

    Parameters
    ----------
    start
        The sample or code that the sliders were set to.
    code
        ``(D,)``, the current code.
    locked
        Dimensions that a new start does not change.
    revision
        Increases with each new start.
    """

    start: TrayItem
    code: Floats
    locked: tuple[int, ...] = ()
    revision: int = 0

    @property
    def start_label(self) -> str:
        """The label of the start, with the sample's index."""
        if self.start.sample is None or self.start.label.startswith("image"):
            return self.start.label
        return f"{self.start.label} · image {self.start.sample:,}"

    @property
    def url_parameters(self) -> dict[str, str | None]:
        """The state as query parameters; the code only where it differs from the start's.

        Codes of more than `MAX_LINKED` dimensions are left out.
        """
        short = len(self.code) <= MAX_LINKED
        moved = not np.array_equal(self.code, self.start.code)
        has_start = short or self.start.sample is not None
        return {
            "start": item_to_text(self.start) if has_start else None,
            "z": pack_code(self.code) if moved and short else None,
        }


def _state_key(space: Space) -> str:
    return f"dimensions {space.encodings.fingerprint}"


def current_state(space: Space) -> SliderState:
    """The state in this session, else that of the link, else a default start."""
    kept: SliderState | None = session.recall(_state_key(space))
    if kept is None:
        kept = _linked_state(space) or _default_state(space)
        session.remember(_state_key(space), kept)
    passed = tray.take_passed("dimensions.start")
    start = None if passed is None else convert_item(space, passed)
    if start is None:
        return kept
    set_start(space, start)
    return current_state(space)


def _default_state(space: Space) -> SliderState:
    """The sample that is selected on the map, else `FIRST_SAMPLE`."""
    index = session.recall("sample")
    valid = isinstance(index, int) and index < len(space.data)
    start = item_from_sample(space, index if valid else FIRST_SAMPLE)
    return SliderState(start=start, code=start.code)


def _linked_state(space: Space) -> SliderState | None:
    """Start and code of the link, if they are valid for this space."""
    current = {"model": space.model.card.id, "data": space.data.id}
    if any(session.linked(name) not in (None, value) for name, value in current.items()):
        return None
    code = _parse_linked("z", lambda text: _parse_code(space, text))
    start = _parse_linked("start", lambda text: item_from_text(space, text))
    if start is None and code is not None:
        start = item_from_code(space, code, "from the link")
    if start is None:
        return None
    return SliderState(start=start, code=start.code if code is None else code)


def _parse_linked(name: str, parse: Callable[[str], T]) -> T | None:
    """The query parameter `name` converted by `parse`; on an error, a notice and None."""
    text = session.linked(name)
    try:
        return None if text is None else parse(text)
    except LatentError as error:
        session.notify(str(error))
        return None


def _parse_code(space: Space, text: str) -> Floats:
    dims = dimensions_of_encodings(space.encodings)
    return dims.check(unpack_code(text, len(dims)))


def set_start(space: Space, start: TrayItem) -> None:
    """Set the sliders to `start`, except for locked dimensions."""
    now = current_state(space)
    code = np.array(start.code, np.float32)
    code[list(now.locked)] = now.code[list(now.locked)]
    session.remember(
        _state_key(space), replace(now, start=start, code=code, revision=now.revision + 1)
    )


def apply_commit(space: Space, commit: Commit) -> bool:
    """Store the browser's state; ignored if a newer start has not reached the browser yet.

    Returns
    -------
    bool
        Whether the start is another one than before.

    Raises
    ------
    InvalidInputError
        The start is no sample or code of this space.
    """
    now = current_state(space)
    if commit.revision != now.revision:
        return False
    start = now.start
    start_changed = commit.start != item_to_text(start)
    if start_changed:
        start = item_from_text(space, commit.start)
        start = start if start.sample is not None else replace(start, label=commit.label)
    session.remember(
        _state_key(space), replace(now, start=start, code=commit.code, locked=commit.locked)
    )
    return start_changed


def item_of_code(space: Space, code: Floats, start: TrayItem) -> TrayItem:
    """A code for the tray: the start itself where no dimension was changed."""
    if np.array_equal(code, start.code):
        return start
    return item_from_code(space, code, code_label(code, start.code))


def code_label(code: Floats, start: Floats) -> str:
    """A label for a code: the changed dimension and its value, where only one was changed."""
    changed = np.flatnonzero(code != start)
    if len(changed) != 1:
        return "edited code"
    return f"z{changed[0] + 1} = {format_number(code[changed[0]], 1)}"
