"""Memoization by content fingerprint, for derived values that are the same for every visitor."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar, cast

from latent_core.cache.lru import LRU
from latent_core.cache.memory import DERIVED, memory_share, size_in_bytes

T = TypeVar("T")
MIN_VALUES = 64
"""Values that are kept however large they are: those that one page needs."""

_memo: LRU[tuple[str, str], tuple[Any]] = LRU(  # in tuples, since a value may be None
    partial(memory_share, DERIVED), lambda value: size_in_bytes(value) + 1, MIN_VALUES
)


def memoize(kind: str, fingerprint: str, compute: Callable[[], T]) -> T:
    """The result of `compute`, remembered under `kind` and `fingerprint`.

    An empty fingerprint means that the input has no identity: nothing is remembered then.  Two
    threads may compute the same value at once; the later one is kept.

    Parameters
    ----------
    kind
        What is computed, e.g. ``"support"``; separates results for one fingerprint.
    fingerprint
        SHA-256 over all that `compute` depends on, or "".
    compute
        Called if the value is not remembered.
    """
    if not fingerprint:
        return compute()
    key = (kind, fingerprint)
    if (found := _memo.get(key)) is not None:
        return cast(T, found[0])
    value = compute()
    _memo.put(key, (value,))
    return value
