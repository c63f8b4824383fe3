"""The memory that caches may take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest

from latent_core.cache import memory
from latent_core.cache.lru import LRU
from latent_core.errors import InvalidInputError


@dataclass(frozen=True)
class Pair:
    first: object
    second: object


def test_the_shares_are_all_of_it():
    shares = (memory.IMAGES, memory.NETWORKS, memory.BLOBS, memory.DERIVED)
    assert sum(shares) == pytest.approx(1)


def test_the_environment_says_how_much(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("LATENT_MEMORY_MB", "100")
    assert memory.memory_share(0.5) == 50_000_000
    monkeypatch.setenv("LATENT_MEMORY_MB", "much")
    with pytest.raises(InvalidInputError, match="LATENT_MEMORY_MB"):
        memory.memory_share(0.5)


def test_a_changed_bound_holds_from_the_next_value_on():
    bound = [3]
    cache: LRU[str, str] = LRU(lambda: bound[0])
    for name in "abc":
        cache.put(name, name)
    bound[0] = 2
    cache.put("d", "d")
    assert [cache.get(name) for name in "abcd"] == [None, None, "c", "d"]


@pytest.mark.parametrize(
    ("value", "size"),
    [
        (np.zeros((3, 4), np.float32), 48),
        ((b"abc", "de", None, 7), 5),
        ({"a": [b"abc"], "b": Pair(np.zeros(8, np.uint8), b"x")}, 12),
    ],
)
def test_the_size_of_a_value_is_that_of_its_arrays_and_bytes(value: object, size: int):
    assert memory.size_in_bytes(value) == size
