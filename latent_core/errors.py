"""The exceptions of the library, as one tree.

::

    LatentError                 its message is meant for the user
    ├── InvalidInputError       a file, an array or a value that cannot be used
    │   ├── InputTooLargeError  … because it exceeds a limit
    │   └── NotFittedError      a result of an estimator before its `fit`
    ├── UnknownNameError        a model, data set, method or column that does not exist
    ├── InvalidCardError        a card or weights that are incomplete, damaged or do not match
    └── CancelledError          the user stopped the computation

A message gives the wrong value, what is allowed, and what to do next.  Any other exception is a
defect and is not caught.
"""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


class LatentError(Exception):
    """A problem to be shown to the user, in one sentence."""


class InvalidInputError(LatentError):
    """A file, an array or a value that cannot be used."""


class InputTooLargeError(InvalidInputError):
    """Input over a limit on bytes, pixels, files or memory."""


class NotFittedError(InvalidInputError, AttributeError):
    """A result of an estimator before its `fit`; an attribute of it does not exist yet."""


class UnknownNameError(LatentError):
    """A name that does not exist; the message has the closest that do, or all if they are few.

    Parameters
    ----------
    kind
        What the name stands for, such as ``"model"``.
    name
        The unknown name.
    known
        The names that exist.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        names = sorted(known)
        near = get_close_matches(name[:80], names, n=3)
        hint = f" Did you mean {' or '.join(map(repr, near))}?" if near else ""
        super().__init__(f"There is no {kind} {name[:80]!r}; {_known(kind, names)}.{hint}")


_MAX_LISTED = 10
_LIST_COMMANDS = {
    "model": "python -m latent_core models",
    "data set": "python -m latent_core datasets",
}


def _known(kind: str, names: list[str]) -> str:
    if len(names) <= _MAX_LISTED:
        return f"known: {', '.join(names) or 'none'}"
    command = _LIST_COMMANDS.get(kind)
    how = f"`{command}` lists" if command else f"for example {', '.join(names[:3])}, of"
    return f"{how} all {len(names)}"


class InvalidCardError(LatentError):
    """A card or weights that are incomplete, damaged or do not match."""


class CancelledError(LatentError):
    """The user stopped the computation."""
