"""Memoization by fingerprint."""

from __future__ import annotations

import numpy as np

from latent_core.cache import memo


def test_values_are_computed_once_per_kind_and_fingerprint() -> None:
    computed: list[str] = []

    def value(name: str) -> str | None:
        return memo.memoize("test", name, lambda: computed.append(name))

    for name in ("a", "b", "a", "", ""):
        assert value(name) is None
    assert computed == ["a", "b", "", ""]
    assert memo.memoize("another test", "a", lambda: 1) == 1


def test_large_values_are_bounded_by_their_bytes(monkeypatch) -> None:
    monkeypatch.setenv("LATENT_MEMORY_MB", "1")
    for number in range(memo.MIN_VALUES + 1):
        memo.memoize("bounded", str(number), lambda: [np.zeros(100_000, np.uint8)])
    assert memo.memoize("bounded", "0", lambda: 1) == 1
    assert memo.memoize("bounded", str(memo.MIN_VALUES), lambda: 1) != 1
