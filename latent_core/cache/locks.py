"""Who computes: of many askers of one key, one at a time, in threads and in processes."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from latent_core.cache.entry import CacheEntry, remove

if TYPE_CHECKING:
    from filelock import BaseFileLock

WaitCallback = Callable[[], None]
"""Called about ten times a second while another one computes; raises `Cancelled` to give up."""

WAIT_S = 0.1


def null_wait() -> None:
    """Wait in silence."""


@dataclass(slots=True, eq=False)
class KeyLock:
    """One key being computed in this process; `entry` is what an earlier thread computed."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    n_waiting: int = 0
    owner: int | None = None
    entry: CacheEntry | None = None


class SingleFlight:
    """Lets the threads that ask for one key in one after the other."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._turns: dict[str, KeyLock] = {}

    @contextmanager
    def acquire(self, key: str, waiting: WaitCallback) -> Iterator[KeyLock]:
        """Wait for this thread's turn at `key`.

        Raises
        ------
        RuntimeError
            It is this thread's turn already, so that it would wait for itself.
        """
        turn = self._join(key)
        try:
            while not turn.lock.acquire(timeout=WAIT_S):
                waiting()
            try:
                turn.owner = threading.get_ident()
                yield turn
            finally:
                turn.owner = None
                turn.lock.release()
        finally:
            self._leave(key, turn)

    def _join(self, key: str) -> KeyLock:
        with self._guard:
            turn = self._turns.setdefault(key, KeyLock())
            if turn.owner == threading.get_ident():
                raise RuntimeError(f"The computation of {key} asks for its own result.")
            turn.n_waiting += 1
            return turn

    def _leave(self, key: str, turn: KeyLock) -> None:
        with self._guard:
            turn.n_waiting -= 1
            if not turn.n_waiting:
                del self._turns[key]


@contextmanager
def file_lock(path: Path, waiting: WaitCallback) -> Iterator[None]:
    """Hold the lock file `path`, which the system lets go when this process dies.

    Where there can be no lock (a read-only folder, a full disk, a file system without locks)
    everyone is let in: work done twice is better than none.
    """
    lock = _lock_of(path)
    while (held := _try(lock, WAIT_S)) is False:
        waiting()
    try:
        yield
    finally:
        if held:
            _remove_and_release(lock, path)


def remove_stale_lock(path: Path) -> None:
    """Remove a lock file that nobody holds."""
    lock = _lock_of(path)
    if _try(lock, 0):
        _remove_and_release(lock, path)


def _lock_of(path: Path) -> BaseFileLock:
    from filelock import FileLock  # the first screen, all of it found, needs no lock

    return FileLock(path, fallback_to_soft=False)


def _try(lock: BaseFileLock, timeout_s: float) -> bool | None:
    """Whether the lock is now held, or None if there can be no lock."""
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
    """Remove first: who waits on this file sees, once it has it, that it is gone, and asks anew."""
    remove(path)
    lock.release()
