"""Single-flight locking per cache key, across threads and processes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from latent_core.cache.entry import CacheEntry
from latent_core.files import remove

if TYPE_CHECKING:
    from filelock import BaseFileLock

WaitCallback = Callable[[], None]
"""Called about ten times a second while another thread or process computes; may raise
`CancelledError` to stop waiting."""

POLL_INTERVAL_S = 0.1


def null_wait() -> None:
    """Wait without reporting."""


@dataclass(slots=True, eq=False)
class KeyLock:
    """A key that is being computed in this process; `entry` is an earlier thread's result."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    n_users: int = 0
    owner: int | None = None
    entry: CacheEntry | None = None


class SingleFlight:
    """Serializes the threads of this process that request the same key."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._locks: dict[str, KeyLock] = {}

    @contextmanager
    def acquire(self, key: str, on_wait: WaitCallback) -> Iterator[KeyLock]:
        """Hold the lock of `key`.

        Raises
        ------
        RuntimeError
            This thread holds it already, so that it would wait for itself.
        """
        key_lock = self._register(key)
        try:
            while not key_lock.lock.acquire(timeout=POLL_INTERVAL_S):
                on_wait()
            try:
                key_lock.owner = threading.get_ident()
                yield key_lock
            finally:
                key_lock.owner = None
                key_lock.lock.release()
        finally:
            self._unregister(key, key_lock)

    def _register(self, key: str) -> KeyLock:
        with self._guard:
            key_lock = self._locks.setdefault(key, KeyLock())
            if key_lock.owner == threading.get_ident():
                raise RuntimeError(f"The computation of {key} requests its own result.")
            key_lock.n_users += 1
            return key_lock

    def _unregister(self, key: str, key_lock: KeyLock) -> None:
        with self._guard:
            key_lock.n_users -= 1
            if not key_lock.n_users:
                del self._locks[key]


@contextmanager
def file_lock(path: Path, on_wait: WaitCallback) -> Iterator[None]:
    """Hold the lock file `path`; the system releases it when this process dies.

    Where locking is impossible (a read-only folder, a full disk, a file system without locks)
    no lock is held: computing twice is better than failing.
    """
    lock = _new_file_lock(path)
    while (acquired := _try_acquire(lock, POLL_INTERVAL_S)) is False:
        on_wait()
    try:
        yield
    finally:
        if acquired:
            _remove_and_release(lock, path)


def remove_stale_lock(path: Path) -> None:
    """Remove a lock file that no process holds."""
    lock = _new_file_lock(path)
    if _try_acquire(lock, 0):
        _remove_and_release(lock, path)


def _new_file_lock(path: Path) -> BaseFileLock:
    from filelock import FileLock  # a page whose results are all cached needs no lock

    return FileLock(path, fallback_to_soft=False)


def _try_acquire(lock: BaseFileLock, timeout_s: float) -> bool | None:
    """Whether the lock was acquired, or None if locking is impossible."""
    from filelock import Timeout

    try:
        Path(lock.lock_file).parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=timeout_s)
    except Timeout:
        return False
    except OSError:
        return None
    return True


def _remove_and_release(lock: BaseFileLock, path: Path) -> None:
    """Remove first: a process that then acquires this file sees it is gone, and tries again."""
    remove(path)
    lock.release()
