"""What a visitor has on the sliders of each space: a start, a code, and what is locked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from latent_core.errors import LatentError
from latent_core.types import Floats
from ui import session
from ui.components.dimensions import Committed, dimensions_of_encodings
from ui.sample_sources import code_pick, linked_pick, pick_text, sample_pick
from ui.session import TrayItem
from ui.spaces import Space
from ui.url_codec import pack_code, unpack_code

T = TypeVar("T")
FIRST_PICTURE = 0
"""Of the data set: where a visitor begins who chose nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
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
    turn: int = 0

    @property
    def words(self) -> str:
        """What the start is called."""
        if self.start.sample is None or self.start.label.startswith("picture"):
            return self.start.label
        return f"{self.start.label} · picture {self.start.sample:,}"

    @property
    def address(self) -> dict[str, str | None]:
        """What the address says of it: the code only where it isn't the start's."""
        moved = not np.array_equal(self.code, self.start.code)
        return {"start": pick_text(self.start), "z": pack_code(self.code) if moved else None}


def _place(space: Space) -> str:
    return f"dimensions {space.encodings.fingerprint}"


def sitting_of(space: Space) -> Sitting:
    """What the visitor left on these sliders, else what the address says, else a first picture."""
    kept: Sitting | None = session.recall(_place(space))
    if kept is None:
        kept = _linked(space) or _first(space)
        session.remember(_place(space), kept)
    return kept


def _first(space: Space) -> Sitting:
    """The picture that the visitor last looked at, else the first."""
    index = session.recall("picture")
    known = isinstance(index, int) and index < len(space.data)
    start = sample_pick(space, index if known else FIRST_PICTURE)
    return Sitting(start=start, code=start.code)


def _linked(space: Space) -> Sitting | None:
    """Start and code of the address, if they are of this space and make sense."""
    if session.linked("model") != space.model.card.id or session.linked("data") != space.data.id:
        return None
    code = _read("z", lambda text: _code(space, text))
    start = _read("start", lambda text: linked_pick(space, text))
    if start is None and code is not None:
        start = code_pick(space, code, "the link")
    if start is None:
        return None
    return Sitting(start=start, code=start.code if code is None else code)


def _read(name: str, read: Callable[[str], T]) -> T | None:
    """What `read` makes of `name` in the address; what it refuses is told and left out."""
    text = session.linked(name)
    try:
        return None if text is None else read(text)
    except LatentError as error:
        session.notify(str(error))
        return None


def _code(space: Space, text: str) -> Floats:
    dims = dimensions_of_encodings(space.encodings)
    return dims.check(unpack_code(text, len(dims)))


def begin(space: Space, start: TrayItem) -> None:
    """Make `start` the code, but for the numbers that are locked; the browser is told."""
    now = sitting_of(space)
    code = np.array(start.code, np.float32)
    code[list(now.locked)] = now.code[list(now.locked)]
    session.remember(_place(space), replace(now, start=start, code=code, turn=now.turn + 1))


def commit(space: Space, done: Committed) -> bool:
    """Keep what the browser has, unless a newer start is on its way to it.

    Says whether that has another start than was known.

    Raises
    ------
    BadInput
        The start that it names is none of this space.
    """
    now = sitting_of(space)
    if done.turn != now.turn:
        return False
    start = now.start
    another = done.start != pick_text(start)
    if another:
        start = linked_pick(space, done.start)
        start = start if start.sample is not None else replace(start, label=done.label)
    session.remember(_place(space), replace(now, start=start, code=done.code, locked=done.locked))
    return another


def kept_of(space: Space, code: Floats, start: TrayItem) -> TrayItem:
    """A code as it goes into the tray: its start itself where nothing was changed."""
    if np.array_equal(code, start.code):
        return start
    return code_pick(space, code, label_of(code, start.code))


def label_of(code: Floats, start: Floats) -> str:
    """A few words for a code of one's own: what was changed, where that is one number."""
    changed = np.flatnonzero(code != start)
    if len(changed) != 1:
        return "own code"
    return f"z{changed[0] + 1} = {code[changed[0]]:.1f}".replace("-", "−")
