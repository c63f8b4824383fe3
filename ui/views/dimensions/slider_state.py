"""What a visitor has on the sliders of each space: a start, a code, and what is locked."""

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
from ui.sample_sources import item_from_code, item_from_sample, item_from_text, item_to_text
from ui.spaces import Space
from ui.tray import TrayItem
from ui.url_codec import pack_code, unpack_code

T = TypeVar("T")
FIRST_SAMPLE = 0
"""Of the data set: where a visitor begins who chose nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SliderState:
    """What a visitor has on the sliders of one space.

    Parameters
    ----------
    start
        Where the code began.
    code
        ``(D,)`` where it is now.
    locked
        Dimensions that a new start leaves alone.
    turn
        Counts the starts.
    """

    start: TrayItem
    code: Floats
    locked: tuple[int, ...] = ()
    revision: int = 0

    @property
    def start_label(self) -> str:
        """What the start is called."""
        if self.start.sample is None or self.start.label.startswith("picture"):
            return self.start.label
        return f"{self.start.label} · picture {self.start.sample:,}"

    @property
    def url_parameters(self) -> dict[str, str | None]:
        """What the address says of it: the code only where it isn't the start's."""
        moved = not np.array_equal(self.code, self.start.code)
        return {"start": item_to_text(self.start), "z": pack_code(self.code) if moved else None}


def _state_key(space: Space) -> str:
    return f"dimensions {space.encodings.fingerprint}"


def current_state(space: Space) -> SliderState:
    """What the visitor left on these sliders, else what the address says, else a first picture."""
    kept: SliderState | None = session.recall(_state_key(space))
    if kept is None:
        kept = _linked_state(space) or _default_state(space)
        session.remember(_state_key(space), kept)
    return kept


def _default_state(space: Space) -> SliderState:
    """The picture that the visitor last looked at, else the first."""
    index = session.recall("picture")
    known = isinstance(index, int) and index < len(space.data)
    start = item_from_sample(space, index if known else FIRST_SAMPLE)
    return SliderState(start=start, code=start.code)


def _linked_state(space: Space) -> SliderState | None:
    """Start and code of the address, if they are of this space and make sense."""
    if session.linked("model") != space.model.card.id or session.linked("data") != space.data.id:
        return None
    code = _parse_linked("z", lambda text: _parse_code(space, text))
    start = _parse_linked("start", lambda text: item_from_text(space, text))
    if start is None and code is not None:
        start = item_from_code(space, code, "the link")
    if start is None:
        return None
    return SliderState(start=start, code=start.code if code is None else code)


def _parse_linked(name: str, read: Callable[[str], T]) -> T | None:
    """What `read` makes of `name` in the address; what it refuses is told and left out."""
    text = session.linked(name)
    try:
        return None if text is None else read(text)
    except LatentError as error:
        session.notify(str(error))
        return None


def _parse_code(space: Space, text: str) -> Floats:
    dims = dimensions_of_encodings(space.encodings)
    return dims.check(unpack_code(text, len(dims)))


def set_start(space: Space, start: TrayItem) -> None:
    """Make `start` the code, but for the numbers that are locked; the browser is told."""
    now = current_state(space)
    code = np.array(start.code, np.float32)
    code[list(now.locked)] = now.code[list(now.locked)]
    session.remember(
        _state_key(space), replace(now, start=start, code=code, revision=now.revision + 1)
    )


def apply_commit(space: Space, commit: Commit) -> bool:
    """Keep what the browser has, unless a newer start is on its way to it.

    Says whether that has another start than was known.

    Raises
    ------
    BadInput
        The start that it names is none of this space.
    """
    now = current_state(space)
    if commit.revision != now.revision:
        return False
    start = now.start
    another = commit.start != item_to_text(start)
    if another:
        start = item_from_text(space, commit.start)
        start = start if start.sample is not None else replace(start, label=commit.label)
    session.remember(
        _state_key(space), replace(now, start=start, code=commit.code, locked=commit.locked)
    )
    return another


def item_of_code(space: Space, code: Floats, start: TrayItem) -> TrayItem:
    """A code as it goes into the tray: its start itself where nothing was changed."""
    if np.array_equal(code, start.code):
        return start
    return item_from_code(space, code, code_label(code, start.code))


def code_label(code: Floats, start: Floats) -> str:
    """A few words for a code of one's own: what was changed, where that is one number."""
    changed = np.flatnonzero(code != start)
    if len(changed) != 1:
        return "own code"
    return f"z{changed[0] + 1} = {code[changed[0]]:.1f}".replace("-", "−")
