"""Results cached in files: addressed by content, computed at most once, verified when read.

A folder holds ``<key>.entry`` (see `latent_core.cache.entry`) and, temporarily, ``<key>.lock``
(being computed) and ``<key>.<random>.tmp`` (being written).  A file's modification time is the
time of its last use.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from latent_core.cache.config import default_folder, max_bytes_from_env
from latent_core.cache.entry import CacheEntry, read_entry, serialize, verify
from latent_core.cache.locks import (
    SingleFlight,
    WaitCallback,
    file_lock,
    null_wait,
    remove_stale_lock,
)
from latent_core.cache.lru import LRU
from latent_core.cache.report import CacheFile, VerifyReport, too_large_notice, write_error_notice
from latent_core.files import remove, touch, write_atomically

KEY = "[0-9a-f]{64}"
ENTRY, LOCK, TEMPORARY = rf"{KEY}\.entry", rf"{KEY}\.lock", rf"{KEY}\.[0-9a-f]{{8}}\.tmp"
MEMORY_BYTES = 256 * 2**20
ENTRY_OVERHEAD = 4096
"""Bytes of memory that an entry is counted with beside its arrays."""
STALE_S = 3600.0
"""Age in seconds from which a temporary file or a lock may have been left by a dead process."""


class Store:
    """Cache entries by key, in a folder that many threads and processes may share.

    Parameters
    ----------
    folder
        Created by the first write, for this user only; by default `default_folder`.
    max_bytes
        Size limit of the folder; by default the environment's ``LATENT_CACHE_MAX_MB``, else
        2 GiB.  The least recently used entries are removed first.
    memory_bytes
        Size limit of the copies that are also kept in memory.
    shipped
        Folders of read-only entries, or a function returning them; searched after `folder`.

    Attributes
    ----------
    notice
        Why the last result could not be stored, as a sentence to show; else None.

    Raises
    ------
    InvalidInputError
        ``LATENT_CACHE_MAX_MB`` is not a positive integer.
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
        self.max_bytes = max_bytes_from_env() if max_bytes is None else max_bytes
        self.notice: str | None = None
        self._shipped = shipped
        self._memory: LRU[str, CacheEntry] = LRU(
            memory_bytes, lambda entry: entry.nbytes + ENTRY_OVERHEAD
        )
        self._single_flight = SingleFlight()

    def get(self, key: str) -> CacheEntry | None:
        """The entry under `key`, or None; a damaged one is removed."""
        path = self._path(key)
        entry = self._memory.get(key)
        if entry is None:
            entry = self._read(path) or self._read_shipped(path.name)
            if entry is None:
                return None
            self._memory.put(key, entry)
        with suppress(OSError):
            touch(path)
        return replace(entry)  # its own copy of `meta`

    def put(self, key: str, entry: CacheEntry) -> None:
        """Store `entry` under `key`; where that is impossible, `notice` says why."""
        path = self._path(key)
        self._memory.put(key, entry)
        header, payload = serialize(key, entry)
        if (size := len(header) + len(payload)) > self.max_bytes:
            self.notice = too_large_notice(size, self.max_bytes)
            return
        try:
            self._make_folder()
            write_atomically(path, header, payload)
        except OSError as error:
            self.notice = write_error_notice(self.folder, error)
            return
        self.notice = None
        self._evict(just_written=key)

    def get_or_compute(
        self, key: str, compute: Callable[[], CacheEntry], *, on_wait: WaitCallback = null_wait
    ) -> CacheEntry:
        """The entry under `key`, computed now if there is none.

        Of several threads or processes that request one key, one computes and the others wait
        for its result; if it fails or dies, the next one computes.

        Parameters
        ----------
        key
            From `content_key`, over all that `compute` depends on.
        compute
            Called at most once; its exceptions are passed on, and nothing is stored then.  It
            may request other keys, but not this one.
        on_wait
            Called about ten times a second while another one computes; may raise
            `CancelledError`.
        """
        if (found := self.get(key)) is not None:
            return found
        lock_path = self._path(key).with_suffix(".lock")
        with suppress(OSError):  # `put` reports it
            self._make_folder()
        with self._single_flight.acquire(key, on_wait) as key_lock, file_lock(lock_path, on_wait):
            found = key_lock.entry or self.get(key)
            if found is None:
                found = compute()
                self.put(key, found)
                key_lock.entry = found
            return replace(found)

    def delete(self, key: str) -> None:
        """Remove the entry under `key`; a shipped one stays."""
        self._memory.discard(key)
        remove(self._path(key))

    def entries(self) -> list[CacheFile]:
        """The files of the folder, least recently used first; shipped entries are not listed."""
        files = []
        for path in self._files(ENTRY):
            with suppress(OSError):  # another process removed it
                stat = path.stat()
                files.append(
                    CacheFile(key=path.stem, size_bytes=stat.st_size, used_s=stat.st_mtime_ns / 1e9)
                )
        return sorted(files, key=lambda file: (file.used_s, file.key))

    def size(self) -> int:
        """Bytes of all entries in the folder."""
        return sum(file.size_bytes for file in self.entries())

    def verify(self) -> VerifyReport:
        """Check every entry; damaged ones are removed, or listed if they are shipped."""
        n_valid = 0
        removed: list[Path] = []
        damaged: list[Path] = []
        shipped = (path for folder in self._shipped_folders() for path in folder.glob("*.entry"))
        for path in (*self._files(ENTRY), *shipped):
            valid = verify(path)
            if valid:
                n_valid += 1
            elif valid is not None:
                is_removed = path.parent == self.folder and remove(path)
                (removed if is_removed else damaged).append(path)
        return VerifyReport(n_valid=n_valid, removed=tuple(removed), damaged=tuple(damaged))

    def clear(self) -> None:
        """Remove every entry except the shipped ones."""
        self._memory.clear()
        for path in self._files(ENTRY):
            remove(path)
        self._remove_stale_files()

    def _make_folder(self) -> None:
        """Create the folder, where it is missing, for this user only: results are private."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)

    def _path(self, key: str) -> Path:
        if not re.fullmatch(KEY, key):
            raise ValueError(f"A key is 64 hexadecimal digits from content_key, not {key[:80]!r}.")
        return self.folder / f"{key}.entry"

    def _files(self, pattern: str) -> list[Path]:
        """The store's own files; the folder may hold others, which are never touched."""
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
        entries = (self._read(folder / name) for folder in self._shipped_folders())
        return next((entry for entry in entries if entry is not None), None)

    def _evict(self, just_written: str) -> None:
        """Remove the least recently used entries over the limit, and stale files."""
        files = self.entries()
        total = sum(file.size_bytes for file in files)
        for file in files:
            if total <= self.max_bytes:
                break
            if file.key != just_written and remove(self._path(file.key)):
                total -= file.size_bytes
        self._remove_stale_files()

    def _remove_stale_files(self) -> None:
        """Remove temporary files and locks that dead processes left."""
        for pattern, remove_file in ((TEMPORARY, remove), (LOCK, remove_stale_lock)):
            for path in self._files(pattern):
                with suppress(OSError):  # another process removed it
                    if path.stat().st_mtime < time.time() - STALE_S:
                        remove_file(path)
