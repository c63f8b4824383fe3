"""What a result is: arrays and a few words, and how they lie in a file.

A file is ``MAGIC`` (8 bytes), a SHA-256 (32 bytes) over ``MAGIC``, the key and the payload, and
the payload in safetensors' format.  A file that was cut, flipped in any bit, or renamed to
another key is not accepted.  Nothing is ever pickled.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from safetensors import SafetensorError
from safetensors.numpy import load, save

from latent_core.types import Array, freeze

MAGIC = b"LATENT1\n"
HEAD_SIZE = len(MAGIC) + hashlib.sha256().digest_size

_OVERHEAD = 4096  # bytes that an entry without arrays counts for
_RESERVED = "__metadata__"
_DTYPES = frozenset(np.dtype(letter).name for letter in "?bhiqBHIQefdF")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CacheEntry:
    """One result.

    Parameters
    ----------
    arrays
        By name; kept read-only, in C order and native byte order (a writable one is copied).
    meta
        JSON-able; a copy, as JSON gives it back (tuples become lists).

    Raises
    ------
    TypeError
        An array is of objects, text or another type that only pickle could keep, or `meta` is
        not JSON-able.
    """

    arrays: Mapping[str, Array]
    meta: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        arrays = {name: _checked_array(name, array) for name, array in self.arrays.items()}
        object.__setattr__(self, "arrays", MappingProxyType(arrays))
        object.__setattr__(self, "meta", json.loads(json.dumps(self.meta)))

    @property
    def nbytes(self) -> int:
        """Bytes of all arrays."""
        return sum(array.nbytes for array in self.arrays.values())


class LRU:
    """The entries used last, in memory, within a number of bytes."""

    def __init__(self, max_bytes: int) -> None:
        self._guard = threading.Lock()
        self._entries: OrderedDict[str, CacheEntry] = OrderedDict()
        self._room = max_bytes

    def find(self, key: str) -> CacheEntry | None:
        """The entry under `key`, now the last used."""
        with self._guard:
            if key in self._entries:
                self._entries.move_to_end(key)
            return self._entries.get(key)

    def add(self, key: str, entry: CacheEntry) -> None:
        """Keep `entry`, at the cost of those used longest ago."""
        with self._guard:
            self._drop(key)
            self._entries[key] = entry
            self._room -= entry.nbytes + _OVERHEAD
            while self._room < 0:
                self._drop(next(iter(self._entries)))

    def drop(self, key: str) -> None:
        """Forget the entry under `key`."""
        with self._guard:
            self._drop(key)

    def clear(self) -> None:
        """Forget all."""
        with self._guard:
            while self._entries:
                self._drop(next(iter(self._entries)))

    def _drop(self, key: str) -> None:
        if (entry := self._entries.pop(key, None)) is not None:
            self._room += entry.nbytes + _OVERHEAD


def _checked_array(name: str, array: Array) -> Array:
    if not isinstance(name, str) or name == _RESERVED:
        raise TypeError(f"An array cannot be called {name!r}; give it another name.")
    if not isinstance(array, np.ndarray) or array.dtype.name not in _DTYPES:
        what = array.dtype if isinstance(array, np.ndarray) else type(array).__name__
        raise TypeError(f"The store cannot keep {name!r} of {what}; give an array of numbers.")
    if array.flags.writeable or not array.flags.c_contiguous or not array.dtype.isnative:
        array = np.array(array, dtype=array.dtype.newbyteorder("="), order="C")
        freeze(array)
    return array


def serialize(key: str, entry: CacheEntry) -> tuple[bytes, bytes]:
    """Head and payload of the file that keeps `entry` under `key`."""
    payload = save(dict(entry.arrays), {"meta": json.dumps(entry.meta)})
    return _head(key, payload), payload


def write_file(path: Path, *parts: bytes) -> None:
    """Write `path` so that whoever looks sees all of it or nothing, even after a power cut.

    Raises
    ------
    OSError
        It cannot be written; then nothing is left of it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.stem}.{secrets.token_hex(4)}.tmp")
    try:
        with temporary.open("xb") as file:
            file.writelines(parts)
            file.flush()
            os.fsync(file.fileno())
        touch(temporary)
        temporary.replace(path)
    finally:
        remove(temporary)
    with suppress(OSError):  # not every system can
        _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def touch(path: Path) -> None:
    """Note that `path` was used now, finer than the system's own clock for files."""
    now = time.time_ns()
    os.utime(path, ns=(now, now))


def remove(path: Path) -> bool:
    """Whether `path` is now gone."""
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


def read_entry(path: Path, key: str) -> CacheEntry | None:
    """What `path` keeps under `key`, or None if the file is damaged.

    Raises
    ------
    OSError
        It cannot be read.
    """
    with path.open("rb") as file:
        head, payload = file.read(HEAD_SIZE), file.read()
    return _parse(payload) if head == _head(key, payload) else None


def verify(path: Path) -> bool | None:
    """Whether `path` is undamaged and of the key that its name says; None if it is gone.

    It is read piece by piece, so that its size doesn't matter.
    """
    hasher = _hasher(path.stem)
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_SIZE)
            hashlib.file_digest(file, lambda: hasher)
    except FileNotFoundError:
        return None
    except OSError:
        return False
    return head == MAGIC + hasher.digest()


def _hasher(key: str) -> hashlib._Hash:
    return hashlib.sha256(MAGIC + key.encode())


def _head(key: str, payload: bytes) -> bytes:
    hasher = _hasher(key)
    hasher.update(payload)
    return MAGIC + hasher.digest()


def _parse(payload: bytes) -> CacheEntry | None:
    try:
        size = int.from_bytes(payload[:8], "little")
        meta = json.loads(json.loads(payload[8 : 8 + size])[_RESERVED]["meta"])
        arrays = load(payload)
        for array in arrays.values():
            freeze(array)
        return CacheEntry(arrays=arrays, meta=meta)
    except (SafetensorError, ValueError, LookupError, TypeError):  # whole, but not by `pack`
        return None
