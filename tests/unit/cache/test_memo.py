"""Memoization by fingerprint."""

from __future__ import annotations

from latent_core.cache import memo


def test_values_are_computed_once_per_kind_and_fingerprint() -> None:
    computed: list[str] = []

    def value(name: str) -> str | None:
        return memo.memoize("test", name, lambda: computed.append(name))

    for name in ("a", "b", "a", "", ""):
        assert value(name) is None
    assert computed == ["a", "b", "", ""]
    assert memo.memoize("another test", "a", lambda: 1) == 1


def test_the_number_of_values_is_bounded() -> None:
    for number in range(memo.MAX_VALUES + 1):
        memo.memoize("bounded", str(number), lambda: 0)
    assert memo.memoize("bounded", "0", lambda: 1) == 1
