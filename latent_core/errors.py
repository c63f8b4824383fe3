"""What can go wrong, as one tree.

::

    LatentError                 show its message to the person
    ├── BadInput                a file, an array or a number that cannot be used
    │   └── TooLarge            … because it is over a cap
    ├── UnknownName             a model, data set, method or column that does not exist
    ├── BadCard                 a card or weights that are incomplete, damaged or don't match
    └── Cancelled               the person asked to stop

A message says what was wrong, what is allowed, and what to do next.  Anything else
that is raised is a defect and stays loud.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class LatentError(Exception):
    """A problem to be shown to the person, in one sentence."""


class InvalidInputError(LatentError):
    """A file, an array or a number that cannot be used."""


class InputTooLargeError(InvalidInputError):
    """Input over a cap on bytes, pixels, files or memory."""


class UnknownNameError(LatentError):
    """A name that does not exist.

    Parameters
    ----------
    kind
        What was named, e.g. ``"model"``.
    name
        The name as given.
    known
        The names that exist.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = get_close_matches(name, names, n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        listed = ", ".join(names) if names else "none"
        super().__init__(f"There is no {kind} {name[:80]!r}; known: {listed}.{hint}")


class InvalidCardError(LatentError):
    """A card or weights that are incomplete, damaged or don't match."""


class CancelledError(LatentError):
    """The person asked to stop."""
