"""The stores that results are looked up in: the cache folder, and what ships with the models."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

from latent_core.cache.entry import CacheEntry
from latent_core.cache.store import Store
from latent_core.installed import MODELS
from latent_core.models.catalog import list_models
from latent_core.progress import ProgressCallback


@cache
def default_store() -> Store:
    """The store that all visitors share: the cache folder, then each model's ``store`` folder."""
    return Store(shipped=shipped_folders)


def shipped_folders() -> list[Path]:
    """The ``store`` folder of each model that has one."""
    folders = (MODELS.find(model_id) / "store" for model_id in list_models())
    return [folder for folder in folders if folder.is_dir()]


def get_or_compute(
    store: Store | None, key: str, compute: Callable[[], CacheEntry], progress: ProgressCallback
) -> CacheEntry:
    """The entry under `key` in `store`, by default the shared one, computed if it is missing.

    With an empty key, see `keys.NO_KEY`, it is computed and not stored.
    """
    if not key:
        return compute()

    def report_waiting() -> None:
        progress(0.0, "waiting for another process that computes this")

    return store_or_default(store).get_or_compute(key, compute, on_wait=report_waiting)


def find(store: Store | None, key: str) -> CacheEntry | None:
    """The entry under `key` in `store`, by default the shared one, if there is one."""
    return store_or_default(store).get(key) if key else None


def store_or_default(store: Store | None) -> Store:
    """`store`, or the shared one if it is None."""
    return default_store() if store is None else store
