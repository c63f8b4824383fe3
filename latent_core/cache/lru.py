"""A bounded mapping in memory that discards the least recently used values."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class LRU(Generic[K, V]):
    """A least-recently-used cache, safe to share between threads.

    Parameters
    ----------
    max_size
        Upper bound of the total size, in the unit of `size_of`; or what gives it at each `put`.
    size_of
        Size of one value, e.g. in bytes; by default each value counts 1, so that `max_size` is
        a number of values.
    min_count
        How many of the most recently used values are kept even if they exceed `max_size`.

    Examples
    --------
    >>> cache = LRU(max_size=2)
    >>> for name in "abc":
    ...     cache.put(name, name.upper())
    >>> cache.get("a") is None, cache.get("c"), len(cache)
    (True, 'C', 2)
    """

    def __init__(
        self,
        max_size: int | Callable[[], int],
        size_of: Callable[[V], int] | None = None,
        min_count: int = 0,
    ) -> None:
        self._max_size = max_size if callable(max_size) else lambda: max_size
        self._size_of = size_of or (lambda value: 1)
        self._min_count = min_count
        self._values: OrderedDict[K, V] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def __len__(self) -> int:
        return len(self._values)

    @property
    def size(self) -> int:
        """Total size of all values."""
        return self._size

    def get(self, key: K) -> V | None:
        """The value under `key`, marked as the most recently used; None if there is none."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def put(self, key: K, value: V) -> None:
        """Add or replace a value, and discard the least recently used ones over the bound."""
        max_size = self._max_size()
        with self._lock:
            self._discard(key)
            self._values[key] = value
            self._size += self._size_of(value)
            while self._size > max_size and len(self._values) > self._min_count:
                self._discard(next(iter(self._values)))

    def discard(self, key: K) -> None:
        """Remove the value under `key`, if any."""
        with self._lock:
            self._discard(key)

    def clear(self) -> None:
        """Remove all values."""
        with self._lock:
            self._values.clear()
            self._size = 0

    def _discard(self, key: K) -> None:
        if key in self._values:
            self._size -= self._size_of(self._values.pop(key))
