"""Mutations of valid files: of their bytes, and of the values of JSON documents."""

from __future__ import annotations

import json
from random import Random
from typing import Any

_INTERESTING = (0, 1, 0x7F, 0x80, 0xFF)
_NUMBERS = (0, 1, 0xFF, 0x7FFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF, 2**63, 2**64 - 1)
_HOSTILE: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 2, 3, 4, 255, 4097, 32_000, 10**9, 10**17, 10**400, -0.0, 0.5,
    1e-320, 1e38, 1e308, float("nan"), float("inf"), "", "a", "é\u202e", "\ud800", "x" * 5000,
    "../../etc/passwd", "0" * 64, [], [1, 2, 3], [0, 0, 0], [-1, 1], [None], {}, {"": 0},
    {"a": {"b": [1]}}, [[[[[[]]]]]],
)  # fmt: skip


def mutated_bytes(data: bytes, rng: Random) -> bytes:
    """`data` after one to four mutations, half of them near its beginning or end."""
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 2, 4))):
        if not changed:
            break
        rng.choice(_BYTE_MUTATIONS)(changed, _position(changed, rng), rng)
    return bytes(changed)


def _position(data: bytearray, rng: Random) -> int:
    near = min(len(data), 128)
    ranges = ((0, near), (len(data) - near, len(data)), (0, len(data)), (0, len(data)))
    return rng.randrange(*rng.choice(ranges))


def _flip(data: bytearray, at: int, rng: Random) -> None:
    data[at] ^= 1 << rng.randrange(8)


def _set(data: bytearray, at: int, rng: Random) -> None:
    data[at] = rng.choice((*_INTERESTING, rng.randrange(256)))


def _number(data: bytearray, at: int, rng: Random) -> None:
    width = rng.choice((2, 4, 8))
    value = rng.choice(_NUMBERS) % 256**width
    data[at : at + width] = value.to_bytes(width, rng.choice(("little", "big")))


def _digits(data: bytearray, at: int, rng: Random) -> None:
    data[at : at + 1] = str(rng.choice(_NUMBERS)).encode()


def _truncate(data: bytearray, at: int, rng: Random) -> None:
    del data[at:]


def _delete(data: bytearray, at: int, rng: Random) -> None:
    del data[at : at + rng.choice((1, 4, 64))]


def _repeat(data: bytearray, at: int, rng: Random) -> None:
    data[at:at] = data[at : at + rng.choice((1, 16, 256))] * rng.choice((1, 1, 8))


def _insert(data: bytearray, at: int, rng: Random) -> None:
    data[at:at] = rng.randbytes(rng.choice((1, 4, 32)))


def _move(data: bytearray, at: int, rng: Random) -> None:
    other, length = rng.randrange(len(data)), rng.choice((4, 16, 64))
    data[at : at + length] = data[other : other + length]


_BYTE_MUTATIONS = (
    _flip, _flip, _set, _set, _number, _digits, _truncate, _delete, _repeat, _insert, _move
)  # fmt: skip


def mutated_value(value: Any, rng: Random) -> Any:
    """A copy of a JSON value with one to three parts replaced, removed, renamed or nested."""
    changed = json.loads(json.dumps(value))
    for _ in range(rng.choice((1, 1, 2, 3))):
        parent, key = rng.choice(list(_places(changed)) or [(None, None)])
        if parent is None:
            return rng.choice(_HOSTILE)
        _replace(parent, key, rng)
    return changed


def mutated_json(value: Any, rng: Random) -> bytes:
    """A mutated JSON document; one in five has also mutated bytes."""
    changed = mutated_value(value, rng)
    try:
        text = json.dumps(changed).encode()
    except (ValueError, RecursionError):  # over 4,300 digits; nested too deeply for this writer
        text = rng.choice((b"1" + b"0" * 5000, b"[" * 5000, b'{"a":' * 5000))
    return mutated_bytes(text, rng) if rng.random() < 0.2 else text


def _places(value: Any, depth: int = 0) -> Any:
    """Every list or object inside `value` with each of its keys, to a depth of 20."""
    if depth == 20:
        return
    keys = (
        value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    )
    for key in list(keys):
        yield value, key
        yield from _places(value[key], depth + 1)


def _replace(parent: Any, key: Any, rng: Random) -> None:
    kind = rng.randrange(10)
    if kind < 6:
        parent[key] = rng.choice(_HOSTILE)
    elif kind == 6:
        del parent[key]
    elif kind == 7 and isinstance(parent, dict):
        parent[rng.choice(("", "a", "z1", "../x", "x" * 300))] = parent.pop(key)
    elif kind == 8:
        for _ in range(rng.choice((1, 40, 400))):
            parent[key] = [parent[key]]
    else:
        parent[key] = [parent[key]] * rng.choice((1, 2, 5))
