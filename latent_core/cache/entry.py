"""Cache entries: named arrays with metadata, and their file format.

A file is ``MAGIC`` (8 bytes), a SHA-256 (32 bytes) over ``MAGIC``, the key and the payload, and
the payload in safetensors format.  A file that is truncated, has any bit flipped, or was renamed
to another key fails the checksum.  Nothing is ever pickled.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from safetensors.numpy import load, save

from latent_core.errors import LatentError
from latent_core.files import open_regular, read_regular_file
from latent_core.types import Array, freeze
from latent_core.untrusted import reading

MAGIC = b"LATENT1\n"
HEADER_SIZE = len(MAGIC) + hashlib.sha256().digest_size

_RESERVED_NAME = "__metadata__"
_DTYPES = frozenset(np.dtype(code).name for code in "?bhiqBHIQefdF")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CacheEntry:
    """One cached result.

    Parameters
    ----------
    arrays
        By name; kept read-only, in C order and native byte order (a writable one is copied).
    meta
        JSON-serializable; kept as a copy that went through JSON (tuples become lists).

    Raises
    ------
    TypeError
        An array has a dtype that only pickle could store (objects, text, …), or `meta` is not
        JSON-serializable.
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


def _checked_array(name: str, array: Array) -> Array:
    if not isinstance(name, str) or name == _RESERVED_NAME:
        raise TypeError(f"An array cannot be called {name!r}; give it another name.")
    if not isinstance(array, np.ndarray) or array.dtype.name not in _DTYPES:
        actual = array.dtype if isinstance(array, np.ndarray) else type(array).__name__
        raise TypeError(
            f"The cache cannot store {name!r} of type {actual}; give a numeric NumPy array."
        )
    if array.flags.writeable or not array.flags.c_contiguous or not array.dtype.isnative:
        array = np.array(array, dtype=array.dtype.newbyteorder("="), order="C")
        freeze(array)
    return array


def serialize(key: str, entry: CacheEntry) -> tuple[bytes, bytes]:
    """Header and payload of the file that stores `entry` under `key`."""
    payload = save(dict(entry.arrays), {"meta": json.dumps(entry.meta)})
    return _header(key, payload), payload


def read_entry(path: Path, key: str) -> CacheEntry | None:
    """The entry that `path` stores under `key`, or None if the file is damaged.

    Raises
    ------
    OSError
        It cannot be read.
    """
    content = read_regular_file(path)
    header, payload = content[:HEADER_SIZE], content[HEADER_SIZE:]
    return _deserialize(payload) if header == _header(key, payload) else None


def verify(path: Path) -> bool | None:
    """Whether the checksum of `path` matches the key in its name; None if the file is gone.

    The file is hashed in blocks, so memory use doesn't depend on its size.
    """
    hasher = _hasher(path.stem)
    try:
        with open_regular(path) as file:
            header = file.read(HEADER_SIZE)
            hashlib.file_digest(file, lambda: hasher)
    except FileNotFoundError:
        return None
    except OSError:
        return False
    return header == MAGIC + hasher.digest()


def _hasher(key: str) -> hashlib._Hash:
    return hashlib.sha256(MAGIC + key.encode())


def _header(key: str, payload: bytes) -> bytes:
    hasher = _hasher(key)
    hasher.update(payload)
    return MAGIC + hasher.digest()


def _deserialize(payload: bytes) -> CacheEntry | None:
    try:
        with reading("The cache entry cannot be read", "compute it again"):
            size = int.from_bytes(payload[:8], "little")
            meta = json.loads(json.loads(payload[8 : 8 + size])[_RESERVED_NAME]["meta"])
            arrays = load(payload)
            for array in arrays.values():
                freeze(array)
            return CacheEntry(arrays=arrays, meta=meta)
    except LatentError:
        return None  # the checksum is right, but `serialize` did not write this payload
