"""The LRU: bounded by count or size."""

from __future__ import annotations

from latent_core.cache import LRU
from tests.unit.cache.entries import in_threads


def test_the_least_recently_used_value_is_discarded() -> None:
    cache: LRU[str, int] = LRU(max_size=2)
    cache.put("a", 1)
    cache.put("b", 2)
    assert cache.get("a") == 1
    cache.put("c", 3)
    assert [cache.get(key) for key in "abc"] == [1, None, 3]


def test_the_size_is_bounded() -> None:
    cache: LRU[int, bytes] = LRU(max_size=20, size_of=len)
    for key in range(3):
        cache.put(key, bytes(10))
    assert [cache.get(key) is not None for key in range(3)] == [False, True, True]
    assert cache.size == 20
    cache.put(1, bytes(3))
    assert cache.size == 13
    cache.discard(2)
    cache.discard(2)
    assert (cache.size, len(cache)) == (3, 1)
    cache.clear()
    assert (cache.size, len(cache)) == (0, 0)


def test_a_value_over_the_bound_is_kept_only_by_a_minimum_count() -> None:
    for min_count in (0, 1):
        cache: LRU[str, bytes] = LRU(max_size=20, size_of=len, min_count=min_count)
        cache.put("small", bytes(5))
        cache.put("large", bytes(100))
        assert cache.get("small") is None
        assert (cache.get("large") is not None) == (min_count == 1)


def test_threads_keep_the_size_consistent() -> None:
    cache: LRU[int, int] = LRU(max_size=50, size_of=lambda value: value)

    def put_many() -> None:
        for number in range(500):
            cache.put(number % 30, number % 7 + 1)
            cache.get((number * 7) % 30)

    in_threads(4, put_many)
    assert cache.size <= 50
    cache.clear()
    assert cache.size == 0
