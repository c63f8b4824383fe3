"""Single-flight locking: a result is computed once across threads and processes."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from latent_core.cache import CacheEntry, Store, locks
from latent_core.errors import CancelledError
from tests.unit.cache.entries import (
    KEY,
    OTHER_KEY,
    WAIT_S,
    fail_if_computed,
    file_names,
    in_threads,
    make_entry,
    value_of,
)


@pytest.mark.parametrize("case", ["one store", "two stores", "unwritable folder"])
def test_threads_compute_once(folder: Path, case: str) -> None:
    if case == "unwritable folder":
        folder.write_text("a file")
    stores = [Store(folder / "deep", memory_bytes=0) for _ in range(2)]
    numbers, start = iter(range(4)), threading.Barrier(4)
    computed: list[int] = []
    found: list[float | None] = []

    def compute() -> CacheEntry:
        computed.append(1)
        time.sleep(0.2)
        return make_entry(7)

    def request() -> None:
        mine = stores[next(numbers) % 2 if case == "two stores" else 0]
        start.wait(WAIT_S)  # a thread that starts late would rightly compute again
        found.append(value_of(mine.get_or_compute(KEY, compute)))

    in_threads(4, request)
    assert found == [7] * 4
    assert computed == [1]


def test_a_failed_computation_is_raised_and_retried_by_the_next_thread(store: Store) -> None:
    attempts: list[int] = []
    raised: list[str] = []
    found: list[float | None] = []

    def compute() -> CacheEntry:
        attempts.append(1)
        time.sleep(0.05)
        if len(attempts) < 3:
            raise CancelledError("stopped")
        return make_entry(3)

    def request() -> None:
        try:
            found.append(value_of(store.get_or_compute(KEY, compute)))
        except CancelledError as error:
            raised.append(str(error))

    with pytest.raises(ZeroDivisionError):
        store.get_or_compute(KEY, lambda: make_entry(1 / 0))
    assert file_names(store) == []
    in_threads(4, request)
    assert raised == ["stopped"] * 2
    assert found == [3, 3]
    assert store._single_flight._locks == {}
    assert file_names(store) == [f"{KEY}.entry"]


def test_waiting_can_be_cancelled(store: Store) -> None:
    computing, done = threading.Event(), threading.Event()

    def compute() -> CacheEntry:
        computing.set()
        done.wait(WAIT_S)
        return make_entry()

    def cancel() -> None:
        raise CancelledError("cancelled")

    thread = threading.Thread(target=lambda: store.get_or_compute(KEY, compute))
    thread.start()
    computing.wait(WAIT_S)
    for waiter in (store, Store(store.folder)):  # behind a thread; behind a lock file
        with pytest.raises(CancelledError, match="cancelled"):
            waiter.get_or_compute(KEY, fail_if_computed, on_wait=cancel)
    done.set()
    thread.join(WAIT_S)
    assert value_of(store.get_or_compute(KEY, fail_if_computed)) == 1


def test_a_computation_may_request_other_keys_but_not_its_own(store: Store) -> None:
    def whole() -> CacheEntry:
        return store.get_or_compute(OTHER_KEY, lambda: make_entry(4))

    def itself() -> CacheEntry:
        return store.get_or_compute(KEY, fail_if_computed)

    with pytest.raises(RuntimeError, match="requests its own result"):
        store.get_or_compute(KEY, itself)
    assert value_of(store.get_or_compute(KEY, whole)) == 4


COMPUTE_IN_PROCESS = """
import sys, time
from pathlib import Path
import numpy as np
from latent_core.cache import CacheEntry, Store
folder, key, log, wait_s = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), float(sys.argv[4])
def compute():
    with log.open("a") as file:
        file.write("computed\\n")
    time.sleep(wait_s)
    return CacheEntry(arrays={"codes": np.full((1, 2), 8.0, np.float32)}, meta={})
print(Store(folder).get_or_compute(key, compute).arrays["codes"][0, 0])
"""


def start_process(store: Store, log: Path, wait_s: float) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-c",
        COMPUTE_IN_PROCESS,
        str(store.folder),
        KEY,
        str(log),
        str(wait_s),
    ]
    root = Path(__file__).parents[3]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True)


def wait_for(path: Path) -> None:
    until = time.monotonic() + WAIT_S
    while not path.exists():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_processes_compute_once(store: Store, tmp_path: Path) -> None:
    log = tmp_path / "log"
    processes = [start_process(store, log, 0.5) for _ in range(2)]
    wait_for(log)
    assert value_of(store.get_or_compute(KEY, fail_if_computed)) == 8
    for process in processes:
        assert process.communicate(timeout=WAIT_S)[0] == "8.0\n"
    assert log.read_text() == "computed\n"
    assert file_names(store) == [f"{KEY}.entry"]


def test_a_killed_process_releases_its_lock(store: Store, tmp_path: Path) -> None:
    process = start_process(store, tmp_path / "log", WAIT_S)
    wait_for(tmp_path / "log")
    assert file_names(store) == [f"{KEY}.lock"]
    killer = threading.Timer(0.15, process.kill)
    killer.start()
    assert value_of(store.get_or_compute(KEY, lambda: make_entry(6))) == 6
    process.communicate(timeout=WAIT_S)
    assert file_names(store) == [f"{KEY}.entry"]


def test_a_held_lock_is_not_removed(store: Store) -> None:
    def compute() -> CacheEntry:
        os.utime(store.folder / f"{KEY}.lock", (0, 0))
        store.put(OTHER_KEY, make_entry())
        assert (store.folder / f"{KEY}.lock").exists()
        return make_entry()

    store.get_or_compute(KEY, compute)


def test_without_file_locks_results_are_still_computed(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locks, "_try_acquire", lambda lock, timeout_s: None)
    assert value_of(store.get_or_compute(KEY, lambda: make_entry(2))) == 2
    assert value_of(store.get_or_compute(KEY, fail_if_computed)) == 2
