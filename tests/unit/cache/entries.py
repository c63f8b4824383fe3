"""Entries and files that the tests of the cache share."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import numpy as np

from latent_core.cache import CacheEntry, Store, content_key

KEY = content_key("test")
OTHER_KEY = content_key("other")
WAIT_S = 20


def make_entry(value: float = 1.0, count: int = 4) -> CacheEntry:
    return CacheEntry(
        arrays={"codes": np.full((count, 2), value, np.float32)}, meta={"value": value}
    )


def value_of(entry: CacheEntry | None) -> float | None:
    return None if entry is None else float(entry.arrays["codes"][0, 0])


def fail_if_computed() -> CacheEntry:
    raise AssertionError("computed although it was stored")


def path_of(store: Store, key: str = KEY) -> Path:
    return store.folder / f"{key}.entry"


def file_names(store: Store) -> list[str]:
    return sorted(path.name for path in store.folder.iterdir())


def in_threads(count: int, work: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_S)
        assert not thread.is_alive()
