"""Cache keys: a SHA-256 over everything that a result depends on.

The serialization is injective: each value is written as a tag, its length or count, and its
content, so no two different values give the same bytes (``"ab", "c"`` and ``"a", "bc"``;
``1``, ``1.0`` and ``True``; a tuple and a list).
"""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np

from latent_core.types import Array

_SCALARS: dict[type, tuple[bytes, Callable[[Any], bytes]]] = {
    type(None): (b"n", lambda value: b""),
    bool: (b"t", lambda value: b"1" if value else b"0"),
    int: (b"i", lambda value: b"%d" % value),
    float: (b"f", lambda value: struct.pack(">d", math.nan if math.isnan(value) else value)),
    str: (b"s", lambda value: value.encode("utf-8", "surrogatepass")),
    bytes: (b"b", bytes),
}


def content_key(kind: str, /, **parts: Any) -> str:
    """The key under which a result is stored, 64 hexadecimal digits.

    Parameters
    ----------
    kind
        What the result is, e.g. ``"encodings"``.
    parts
        All that it depends on: None, numbers, strings, bytes, NumPy arrays (all their bytes,
        dtype and shape), frozen dataclasses, and tuples, lists and dictionaries of these.  The
        order of a dictionary doesn't matter, and all NaNs are equal.  A dataclass declares the
        names under which it is hashed, ``cache_name`` for the class and ``cache_fields``
        (attribute name to key name) for its fields, so that renaming it in Python changes no
        key; a field that does not count in ``==`` (``compare=False``) is in no key.

    Raises
    ------
    TypeError
        A part has any other type.

    Examples
    --------
    >>> content_key("map", dims=2) == content_key("map", dims=2)
    True
    >>> content_key("map", dims=2) == content_key("map", dims=2.0)
    False
    """
    hasher = hashlib.sha256()
    for chunk in _serialize({"kind": kind, "parts": parts}):
        hasher.update(chunk)
    return hasher.hexdigest()


def _serialize(value: Any) -> Iterator[bytes]:
    kind = type(value)
    if kind in _SCALARS:
        tag, to_bytes = _SCALARS[kind]
        yield from _sized(tag, to_bytes(value))
    elif kind in (tuple, list):
        yield _prefix(b"T" if kind is tuple else b"L", len(value))
        for item in value:
            yield from _serialize(item)
    elif kind is dict:
        yield _prefix(b"D", len(value))
        for name, item in sorted((b"".join(_serialize(k)), v) for k, v in value.items()):
            yield name
            yield from _serialize(item)
    elif kind in (np.ndarray, np.memmap) or isinstance(value, np.generic):
        yield from _serialize_array(
            b"G" if isinstance(value, np.generic) else b"A", np.asarray(value)
        )
    elif _is_frozen(value):
        yield _prefix(b"C", 2)
        yield from _serialize(_cache_name(kind))
        yield from _serialize(dict(_cache_fields(value)))
    else:
        raise TypeError(f"A key cannot be made of {kind.__name__}; see content_key for what can.")


def _serialize_array(tag: bytes, array: Array) -> Iterator[bytes]:
    if array.dtype.kind not in "biufcSUmM" or array.dtype.char in "gG":  # long doubles have padding
        raise TypeError(f"A key cannot be made of an array of {array.dtype}; give a numeric array.")
    yield _prefix(tag, 3)
    yield from _serialize(array.dtype.str)
    yield from _serialize(array.shape)
    yield from _sized(b"b", array.tobytes())


def _cache_name(kind: type) -> str:
    """The name that a class declares for keys; a subclass must declare its own."""
    if "cache_name" not in kind.__dict__:
        raise TypeError(f"{kind.__name__} needs a `cache_name` of its own; see content_key.")
    name: str = kind.__dict__["cache_name"]
    return name


def _cache_fields(value: Any) -> Iterator[tuple[str, Any]]:
    """The fields that two equal values share, under the names that the class declares for keys."""
    names: Mapping[str, str] = type(value).cache_fields
    for field in fields(value):
        if not field.compare:
            continue
        if field.name not in names:
            where = type(value).__name__
            raise TypeError(f"{where}.{field.name} needs a name in `cache_fields` of {where}.")
        yield names[field.name], getattr(value, field.name)


def _is_frozen(value: Any) -> bool:
    if isinstance(value, type) or not is_dataclass(value):
        return False
    return bool(getattr(type(value), "__dataclass_params__").frozen)  # noqa: B009 - mypy doesn't know the attribute


def _sized(tag: bytes, content: bytes) -> Iterator[bytes]:
    yield _prefix(tag, len(content))
    yield content


def _prefix(tag: bytes, length: int) -> bytes:
    return tag + struct.pack(">Q", length)
