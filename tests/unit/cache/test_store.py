"""The store: results are stored, found, evicted and verified."""

from __future__ import annotations

import errno
import os
import time
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from latent_core.cache import CacheEntry, Store, content_key
from tests.unit.cache.entries import (
    KEY,
    OTHER_KEY,
    fail_if_computed,
    file_names,
    in_threads,
    make_entry,
    path_of,
    value_of,
)


def test_a_result_is_computed_once(store: Store) -> None:
    assert store.get(KEY) is None
    assert value_of(store.get_or_compute(KEY, lambda: make_entry(5))) == 5
    assert value_of(store.get_or_compute(KEY, fail_if_computed)) == 5
    assert value_of(Store(store.folder).get_or_compute(KEY, fail_if_computed)) == 5
    assert file_names(store) == [f"{KEY}.entry"]
    store.delete(KEY)
    store.delete(KEY)
    assert store.get(KEY) is None


def test_a_damaged_entry_is_computed_again(store: Store) -> None:
    store.put(KEY, make_entry(1))
    path_of(store).write_bytes(b"nonsense")
    assert value_of(store.get_or_compute(KEY, lambda: make_entry(1))) == 1
    assert value_of(store.get_or_compute(KEY, fail_if_computed)) == 1


def test_verify_removes_damaged_entries_and_lists_shipped_ones(tmp_path: Path) -> None:
    shipped = Store(tmp_path / "shipped")
    store = Store(tmp_path / "cache", shipped=[shipped.folder])
    for one in (shipped, store):
        one.put(KEY, make_entry())
        one.put(OTHER_KEY, make_entry())
        path_of(one).write_bytes(b"nonsense")
    report = store.verify()
    assert report.n_valid == 2
    assert report.removed == (path_of(store),)
    assert report.damaged == (path_of(shipped),)
    assert str(report).startswith("2 valid, 1 damaged and removed, 1 damaged and not removed.\n")
    assert not path_of(store).exists()
    assert path_of(shipped).exists()


def put_three(store: Store) -> list[str]:
    keys = [content_key("n", n=n) for n in range(3)]
    for n, key in enumerate(keys):
        store.put(key, make_entry(n, 1000))
    return keys


def test_the_least_recently_used_entries_are_evicted(folder: Path) -> None:
    store = Store(folder, max_bytes=3 * 8400)
    first, second, third = put_three(store)
    assert [file.key for file in store.entries()] == [first, second, third]
    assert store.get(first) is not None  # from memory, and still a use
    store.put(KEY, make_entry(9, 1000))
    assert [file.key for file in store.entries()] == [third, first, KEY]
    assert store.size() == sum(p.stat().st_size for p in folder.iterdir()) <= store.max_bytes
    store.clear()
    assert (store.entries(), store.size(), store.get(KEY)) == ([], 0, None)


def test_the_entry_just_written_is_not_evicted(folder: Path) -> None:
    store = Store(folder, max_bytes=8400)
    for key in put_three(store):
        in_future = time.time() + 99
        with suppress(FileNotFoundError):
            os.utime(path_of(store, key), (in_future, in_future))
    store.put(KEY, make_entry(9, 1000))
    assert [file.key for file in store.entries()] == [KEY]


def test_an_entry_over_the_limit_is_returned_but_not_stored(folder: Path) -> None:
    store = Store(folder, max_bytes=1000, memory_bytes=0)
    assert value_of(store.get_or_compute(KEY, lambda: make_entry(2, 1000))) == 2
    assert store.notice is not None
    assert "not stored" in store.notice
    assert "limited to 0.0 MB; raise LATENT_CACHE_MAX_MB" in store.notice
    assert store.get(KEY) is None
    store.put(OTHER_KEY, make_entry(1, 1))
    assert store.notice is None


def test_concurrent_writers_over_the_limit(folder: Path) -> None:
    stores = [Store(folder, max_bytes=2 * 8400, memory_bytes=0) for _ in range(3)]
    numbers = iter(range(3))

    def write() -> None:
        number = next(numbers)
        store = stores[number]
        for n in np.random.default_rng(number).integers(6, size=8).tolist():
            key = content_key("n", n=n)
            assert value_of(store.get_or_compute(key, lambda: make_entry(5, 1000))) == 5

    in_threads(3, write)
    assert {store.notice for store in stores} == {None}
    stores[0].put(KEY, make_entry(5, 1000))
    assert stores[0].size() <= stores[0].max_bytes
    assert stores[0].verify().removed == ()


def test_stale_files_are_removed_and_foreign_files_are_not(store: Store) -> None:
    store.put(KEY, make_entry())
    stale = [f"{OTHER_KEY}.0123abcd.tmp", f"{OTHER_KEY}.lock"]
    foreign = ["notes.tmp", "package.lock", "photo.entry"]
    for name in stale + foreign:
        (store.folder / name).touch()
        os.utime(store.folder / name, (0, 0))
    fresh = store.folder / f"{OTHER_KEY}.89abcdef.tmp"
    fresh.touch()
    store.put(KEY, make_entry())
    assert file_names(store) == sorted([f"{KEY}.entry", fresh.name, *foreign])
    store.verify()
    store.clear()
    assert file_names(store) == sorted([fresh.name, *foreign])


def test_an_impossible_folder_leaves_results_unstored(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = Store(tmp_path / "file" / "cache")
    assert value_of(store.get_or_compute(KEY, lambda: make_entry(2))) == 2
    assert store.notice is not None
    assert f"not stored, because {store.folder} cannot be written (Not a" in store.notice
    assert "set LATENT_CACHE to a writable folder" in store.notice
    assert value_of(store.get_or_compute(KEY, fail_if_computed)) == 2  # from memory
    store.delete(KEY)
    store.clear()
    assert (store.get(KEY), store.entries(), store.verify().n_valid) == (None, [], 0)


def test_a_read_only_folder_is_still_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put(KEY, make_entry(1))
    store.put(OTHER_KEY, make_entry(1))
    path_of(store, OTHER_KEY).write_bytes(b"nonsense")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    for name in ("unlink", "replace", "utime", "mkdir"):
        monkeypatch.setattr(os, name, refuse)
    opened, path_opened = os.open, Path.open
    monkeypatch.setattr(
        os, "open", lambda p, flags, *a: refuse() if flags & os.O_CREAT else opened(p, flags, *a)
    )
    monkeypatch.setattr(
        Path, "open", lambda p, mode: path_opened(p, mode) if mode == "rb" else refuse()
    )
    assert value_of(store.get_or_compute(KEY, fail_if_computed)) == 1
    assert value_of(store.get_or_compute(OTHER_KEY, lambda: make_entry(4))) == 4
    assert "(Read-only file system)" in (store.notice or "")
    assert store.verify().damaged == (path_of(store, OTHER_KEY),)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_results_unstored(
    store: Store, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), refuse)
        assert value_of(store.get_or_compute(KEY, lambda: make_entry(2))) == 2
    assert store.notice is not None
    assert (
        f"not stored, because the disk of {store.folder} is full; free some space" in store.notice
    )
    assert "set LATENT_CACHE to another folder" in store.notice
    assert file_names(store) == []
    store.put(KEY, make_entry(2))
    assert store.notice is None


def test_errors_of_a_computation_are_not_mistaken_for_write_errors(store: Store) -> None:
    def compute() -> CacheEntry:
        raise OSError(errno.ENOSPC, "foreign")

    with pytest.raises(OSError, match="foreign"):
        store.get_or_compute(KEY, compute)


def test_shipped_entries_are_read_and_never_changed(tmp_path: Path) -> None:
    shipped = Store(tmp_path / "models" / "m" / "store")
    shipped.put(KEY, make_entry(3))
    before = path_of(shipped).stat()
    folders = [tmp_path / "absent", shipped.folder]
    store = Store(tmp_path / "cache", shipped=lambda: folders, memory_bytes=0)
    assert value_of(store.get_or_compute(KEY, fail_if_computed)) == 3
    store.delete(KEY)
    store.clear()
    assert value_of(store.get(KEY)) == 3
    assert path_of(shipped).stat().st_mtime_ns == before.st_mtime_ns
    assert not store.folder.exists()


def test_a_damaged_shipped_entry_is_computed_and_cached(tmp_path: Path) -> None:
    shipped = Store(tmp_path / "shipped")
    shipped.put(KEY, make_entry(3))
    path_of(shipped).write_bytes(b"nonsense")
    store = Store(tmp_path / "cache", shipped=[shipped.folder], memory_bytes=0)
    assert value_of(store.get_or_compute(KEY, lambda: make_entry(3))) == 3
    assert value_of(store.get_or_compute(KEY, fail_if_computed)) == 3
    assert path_of(shipped).read_bytes() == b"nonsense"


def test_a_new_folder_is_for_this_user_only(tmp_path: Path) -> None:
    store = Store(tmp_path / "a" / "cache")
    store.put(KEY, make_entry())
    assert store.folder.stat().st_mode & 0o777 == 0o700


def test_a_pipe_as_an_entry_is_computed_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    os.mkfifo(path_of(store))
    assert store.get(KEY) is None
    assert store.verify().n_valid == 0
    assert value_of(store.get_or_compute(KEY, lambda: make_entry(2))) == 2
