"""What was made for the browser and is the same for everyone, kept a while."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")
MAX_KEPT = 64

_kept: OrderedDict[tuple[str, str], Any] = OrderedDict()
_lock = Lock()


def memoize(kind: str, fingerprint: str, make: Callable[[], T]) -> T:
    """What `make` gives, remembered under `kind` and `fingerprint` unless that is empty.

    The least recently used go first.
    """
    if not fingerprint:
        return make()
    name = (kind, fingerprint)
    with _lock:
        if name in _kept:
            _kept.move_to_end(name)
            kept: T = _kept[name]
            return kept
    made = make()
    with _lock:
        _kept[name] = made
        while len(_kept) > MAX_KEPT:
            _kept.popitem(last=False)
    return made
