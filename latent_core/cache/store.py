"""Results kept on disk: asked for by content, computed at most once, never trusted unread.

A folder holds ``<key>.entry`` (see `entries`), and for moments ``<key>.lock`` (who computes)
and ``<key>.<random>.tmp`` (being written).  A file's modification time is its last use.
"""

from __future__ import annotations

import errno
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from latent_core.cache.entry import (
    LRU,
    CacheEntry,
    read_entry,
    remove,
    serialize,
    touch,
    verify,
    write_file,
)
from latent_core.cache.keys import content_key
from latent_core.cache.locks import (
    SingleFlight,
    WaitCallback,
    file_lock,
    null_wait,
    remove_stale_lock,
)
from latent_core.errors import InvalidInputError

__all__ = ["CacheEntry", "CacheFile", "Store", "VerifyReport", "content_key", "default_folder"]

KEY = "[0-9a-f]{64}"
ENTRY, LOCK, TEMPORARY = rf"{KEY}\.entry", rf"{KEY}\.lock", rf"{KEY}\.[0-9a-f]{{8}}\.tmp"
MB = 1_000_000
MAX_BYTES = 2 * 2**30
MEMORY_BYTES = 256 * 2**20
STALE_S = 3600.0
"""Age at which a temporary file's writer or a lock's holder may be dead."""


def default_folder() -> Path:
    """Where results are kept: the environment's ``LATENT_CACHE``, else the user's cache folder."""
    if given := os.environ.get("LATENT_CACHE"):
        return Path(given).expanduser()
    return _caches() / "latent-space-explorer"


def _caches() -> Path:
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    windows = sys.platform == "win32"
    given = Path(os.environ.get("LOCALAPPDATA" if windows else "XDG_CACHE_HOME", ""))
    if given.is_absolute():
        return given
    return Path.home() / ("AppData/Local" if windows else ".cache")


def _max_bytes_from_env() -> int:
    text = os.environ.get("LATENT_CACHE_MAX_MB") or ""
    if text and not (text.isascii() and text.isdigit() and int(text) > 0):
        raise InvalidInputError(
            f"LATENT_CACHE_MAX_MB must be a positive whole number, not {text[:40]!r}."
        )
    return int(text) * MB if text else MAX_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class CacheFile:
    """One file of the store: its key, its size, and when it was last used (``time.time``)."""

    key: str
    size_bytes: int
    used_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifyReport:
    """What `Store.verify` found; as text, one sentence.

    Parameters
    ----------
    sound
        How many entries are undamaged, shipped ones included.
    removed
        Damaged entries that were thrown away.
    damaged
        Damaged entries that stay, because they were shipped or cannot be removed.
    """

    n_valid: int
    removed: tuple[Path, ...] = ()
    damaged: tuple[Path, ...] = ()

    def __str__(self) -> str:
        kept = f", {len(self.damaged)} damaged and left alone" if self.damaged else ""
        names = "".join(f"\n  {path}" for path in (*self.removed, *self.damaged))
        return f"{self.n_valid} sound, {len(self.removed)} damaged and removed{kept}.{names}"


class Store:
    """Entries by key, in a folder that many threads and processes may share.

    Parameters
    ----------
    folder
        Made when first written to; by default `default_folder`.
    max_bytes
        What the folder may hold; by default the environment's ``LATENT_CACHE_MAX_MB``, else
        2 GiB.  The least recently used entries go first.
    memory_bytes
        What of it is also kept in memory.
    shipped
        Folders of entries that are read but never changed, or a function giving them; looked
        through after `folder`.

    Attributes
    ----------
    notice
        Why the last result could not be kept, in one sentence for the person; else None.

    Raises
    ------
    BadInput
        ``LATENT_CACHE_MAX_MB`` is not a positive whole number.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        max_bytes: int | None = None,
        memory_bytes: int = MEMORY_BYTES,
        shipped: Callable[[], Iterable[Path]] | Sequence[Path] = (),
    ) -> None:
        self.folder = (folder or default_folder()).absolute()
        self.max_bytes = _max_bytes_from_env() if max_bytes is None else max_bytes
        self.notice: str | None = None
        self._shipped = shipped
        self._memory = LRU(memory_bytes)
        self._single_flight = SingleFlight()

    def get(self, key: str) -> CacheEntry | None:
        """The entry under `key`, or None; a damaged one is thrown away."""
        path = self._path(key)
        entry = self._memory.find(key)
        if entry is None:
            entry = self._read(path) or self._read_shipped(path.name)
            if entry is None:
                return None
            self._memory.add(key, entry)
        with suppress(OSError):
            touch(path)
        return replace(entry)  # its own copy of `meta`

    def put(self, key: str, entry: CacheEntry) -> None:
        """Keep `entry` under `key`; where that is impossible, say why in `notice`."""
        path = self._path(key)
        self._memory.add(key, entry)
        head, payload = serialize(key, entry)
        if (size := len(head) + len(payload)) > self.max_bytes:
            self.notice = (
                f"A result of {size / MB:,.1f} MB is shown but not kept, because the cache may "
                f"hold {self.max_bytes / MB:,.1f} MB; raise LATENT_CACHE_MAX_MB to keep it."
            )
            return
        try:
            write_file(path, head, payload)
        except OSError as error:
            self.notice = _why_not_kept(self.folder, error)
            return
        self.notice = None
        self._evict(just_written=key)

    def get_or_compute(
        self, key: str, compute: Callable[[], CacheEntry], *, waiting: WaitCallback = null_wait
    ) -> CacheEntry:
        """The entry under `key`, computed now if there is none.

        Of many askers, in threads or processes, one computes and the others wait for it; if it
        fails or dies, the next one tries.

        Parameters
        ----------
        key
            From `content_key`, over all that `compute` depends on.
        compute
            Called at most once; what it raises is raised here, and nothing is kept.  It may ask
            for other keys, but not for this one.
        waiting
            Called about ten times a second while another one computes; may raise `Cancelled`.
        """
        if (found := self.get(key)) is not None:
            return found
        lock = self._path(key).with_suffix(".lock")
        with self._single_flight.acquire(key, waiting) as turn, file_lock(lock, waiting):
            found = turn.entry or self.get(key)
            if found is None:
                found = compute()
                self.put(key, found)
                turn.entry = found
            return replace(found)

    def delete(self, key: str) -> None:
        """Forget the entry under `key`, unless it was shipped."""
        self._memory.drop(key)
        remove(self._path(key))

    def entries(self) -> list[CacheFile]:
        """What the folder holds, the least recently used first; shipped entries don't count."""
        found = []
        for path in self._files(ENTRY):
            with suppress(OSError):  # another process removed it
                stat = path.stat()
                found.append(
                    CacheFile(key=path.stem, size_bytes=stat.st_size, used_s=stat.st_mtime_ns / 1e9)
                )
        return sorted(found, key=lambda stored: (stored.used_s, stored.key))

    def size(self) -> int:
        """Bytes of all entries in the folder."""
        return sum(stored.size_bytes for stored in self.entries())

    def verify(self) -> VerifyReport:
        """Check every entry; damaged ones are removed, or listed where they were shipped."""
        sound = 0
        removed: list[Path] = []
        damaged: list[Path] = []
        shipped = (path for folder in self._shipped_folders() for path in folder.glob("*.entry"))
        for path in (*self._files(ENTRY), *shipped):
            good = verify(path)
            if good:
                sound += 1
            elif good is not None:
                gone = path.parent == self.folder and remove(path)
                (removed if gone else damaged).append(path)
        return VerifyReport(n_valid=sound, removed=tuple(removed), damaged=tuple(damaged))

    def clear(self) -> None:
        """Remove every entry but the shipped ones."""
        self._memory.clear()
        for path in self._files(ENTRY):
            remove(path)
        self._remove_stale_files()

    def _path(self, key: str) -> Path:
        if not re.fullmatch(KEY, key):
            raise ValueError(f"A key is 64 hexadecimal digits from content_key, not {key[:80]!r}.")
        return self.folder / f"{key}.entry"

    def _files(self, pattern: str) -> list[Path]:
        """The store's own files; whatever else lies in the folder is left alone."""
        try:
            return sorted(p for p in self.folder.iterdir() if re.fullmatch(pattern, p.name))
        except OSError:
            return []

    def _read(self, path: Path) -> CacheEntry | None:
        try:
            entry = read_entry(path, path.stem)
        except OSError:
            return None
        if entry is None and path.parent == self.folder:
            remove(path)
        return entry

    def _shipped_folders(self) -> list[Path]:
        folders = self._shipped() if callable(self._shipped) else self._shipped
        return [folder for folder in folders if folder.absolute() != self.folder]

    def _read_shipped(self, name: str) -> CacheEntry | None:
        read = (self._read(folder / name) for folder in self._shipped_folders())
        return next((entry for entry in read if entry is not None), None)

    def _evict(self, just_written: str) -> None:
        """Keep within the cap, and sweep."""
        entries = self.entries()
        total = sum(stored.size_bytes for stored in entries)
        for stored in entries:
            if total <= self.max_bytes:
                break
            if stored.key != just_written and remove(self._path(stored.key)):
                total -= stored.size_bytes
        self._remove_stale_files()

    def _remove_stale_files(self) -> None:
        """Remove what dead writers and dead holders of locks left."""
        for pattern, sweep in ((TEMPORARY, remove), (LOCK, remove_stale_lock)):
            for path in self._files(pattern):
                with suppress(OSError):  # another process removed it
                    if path.stat().st_mtime < time.time() - STALE_S:
                        sweep(path)


def _why_not_kept(folder: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return (
            f"Results are shown but not kept, because the disk of {folder} is full; free some "
            "space, or set LATENT_CACHE to another folder."
        )
    return (
        f"Results are shown but not kept, because {folder} cannot be written "
        f"({error.strerror or error}); set LATENT_CACHE to a folder that can."
    )
