"""The store: keys that never collide, entries that are never wrong, work done once."""

import copy
import dataclasses
import errno
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from latent_core.cache import entry as entry_module
from latent_core.cache import locks
from latent_core.cache.store import CacheEntry, Store, content_key, default_folder
from latent_core.errors import CancelledError, InvalidInputError

KEY = content_key("test")
OTHER = content_key("other")
WAIT_S = 20


def entry(value: float = 1.0, count: int = 4) -> CacheEntry:
    return CacheEntry(
        arrays={"codes": np.full((count, 2), value, np.float32)}, meta={"value": value}
    )


def value_of(found: CacheEntry | None) -> float | None:
    return None if found is None else float(found.arrays["codes"][0, 0])


def fail() -> CacheEntry:
    raise AssertionError("computed although it was there")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache"


@pytest.fixture
def store(folder: Path) -> Store:
    return Store(folder, memory_bytes=0)


def file_of(store: Store, key: str = KEY) -> Path:
    return store.folder / f"{key}.entry"


def names_in(store: Store) -> list[str]:
    return sorted(path.name for path in store.folder.iterdir())


# Keys


SPEC_FIELDS = ("dims", "perplexity", "metric", "seed", "exact", "ranges")


@dataclasses.dataclass(frozen=True, kw_only=True)
class Spec:
    cache_name: ClassVar[str] = "Spec"
    cache_fields: ClassVar[dict[str, str]] = {name: name for name in SPEC_FIELDS}

    dims: int = 2
    perplexity: float = 30.0
    metric: str = "euclidean"
    seed: int | None = 0
    exact: bool = False
    ranges: tuple[float, ...] = (0.0, 1.0)


@dataclasses.dataclass(frozen=True, kw_only=True)
class Twin(Spec):
    cache_name: ClassVar[str] = "Twin"


arrays = st.builds(
    lambda values, dtype, wide: np.array(values, dtype).reshape((1, -1) if wide else -1),
    st.lists(st.integers(0, 9), max_size=3),
    st.sampled_from(["u1", "<f4", ">f4", "f8", "i8", "?", "U2"]),
    st.booleans(),
)
atoms = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.sampled_from([0, 0.0, -0.0, False, 1, 1.0, True, "", b"", "1", b"1", (), np.float64(1)])
    | st.text(max_size=3)
    | st.binary(max_size=3)
    | arrays
    | st.builds(Spec, dims=st.integers(2, 3))
    | st.builds(Twin, dims=st.integers(2, 3))
)
values = st.recursive(
    atoms,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.lists(inner, max_size=3).map(tuple)
        | st.dictionaries(st.text(max_size=2) | st.integers(0, 2), inner, max_size=3)
    ),
    max_leaves=6,
)


def described(value: object) -> str:
    """The same distinctions as a key's, told in another way."""
    if isinstance(value, np.ndarray | np.generic):
        about = (type(value).__name__, value.dtype.str, value.shape, value.tobytes())
        return repr(about)
    if isinstance(value, list | tuple):
        return f"{type(value).__name__}({','.join(described(item) for item in value)})"
    if isinstance(value, dict):
        return str(sorted((described(k), described(v)) for k, v in value.items()))
    return repr(value)


@settings(max_examples=80, deadline=None, database=None)
@given(values, values)
def test_keys_are_equal_exactly_when_parts_are(one: object, two: object) -> None:
    same = content_key("k", part=one) == content_key("k", part=two)
    assert same == (described(one) == described(two))
    assert content_key("k", part=one) == content_key("k", part=copy.deepcopy(one))


@pytest.mark.parametrize(
    ("field", "other"),
    [
        ("dims", 3),
        ("perplexity", 30),
        ("metric", "cosine"),
        ("seed", None),
        ("exact", True),
        ("ranges", (0.0, 1.5)),
    ],
)
def test_every_field_of_a_spec_changes_the_key(field: str, other: object) -> None:
    changed = dataclasses.replace(Spec(), **{field: other})
    assert content_key("map", spec=changed) != content_key("map", spec=Spec())


def test_kind_names_and_class_change_the_key() -> None:
    keys = [
        content_key("map", a=1),
        content_key("maps", a=1),
        content_key("map", b=1),
        content_key("map", a=1, b=None),
        content_key("map", kind=1),
        content_key("map", a=Spec()),
        content_key("map", a=Twin()),
        content_key("map", a=("ab", "c")),
        content_key("map", a=("a", "bc")),
    ]
    assert len(set(keys)) == len(keys)


def test_a_key_sees_every_byte_of_an_array_and_its_order_in_memory_does_not_count() -> None:
    array = np.zeros((1000, 700), np.uint8)
    changed = array.copy()
    changed[601, 333] = 1
    assert content_key("k", a=array) != content_key("k", a=changed)
    assert content_key("k", a=changed) == content_key("k", a=np.asfortranarray(changed))
    assert content_key("k", a=float("nan")) == content_key("k", a=-float("nan"))


@dataclasses.dataclass(frozen=True, kw_only=True)
class RenamedSpec:
    cache_name: ClassVar[str] = "Spec"
    cache_fields: ClassVar[dict[str, str]] = {
        **{name: name for name in SPEC_FIELDS if name not in ("dims", "seed")},
        "n_components": "dims",
        "random_state": "seed",
    }

    n_components: int = 2
    perplexity: float = 30.0
    metric: str = "euclidean"
    random_state: int | None = 0
    exact: bool = False
    ranges: tuple[float, ...] = (0.0, 1.0)


def test_renaming_a_class_and_its_fields_keeps_the_key() -> None:
    assert content_key("map", spec=RenamedSpec()) == content_key("map", spec=Spec())


def test_a_key_needs_explicit_names() -> None:
    @dataclasses.dataclass(frozen=True)
    class Unnamed:
        seed: int = 0

    @dataclasses.dataclass(frozen=True, kw_only=True)
    class InheritedName(Spec):
        pass

    @dataclasses.dataclass(frozen=True, kw_only=True)
    class NewField(Spec):
        cache_name: ClassVar[str] = "NewField"
        added: int = 0

    for part, missing in (
        (Unnamed(), "cache_name"),
        (InheritedName(), "cache_name"),
        (NewField(), "NewField.added"),
    ):
        with pytest.raises(TypeError, match=missing):
            content_key("map", part=part)


def test_a_key_is_the_same_tomorrow() -> None:
    key = content_key("map", spec=Spec(), codes=np.arange(3, dtype="<f4"), version=1)
    assert key == "f0a8ac1056672b42f5fca4d531495e3d3638174a762dde769132dfa3d8740e77"


@dataclasses.dataclass
class Mutable:
    dims: int = 2


@pytest.mark.parametrize(
    "part",
    [
        {1, 2},
        object(),
        Mutable(),
        Spec,
        Path("x"),
        len,
        np.array([None]),
        np.zeros(2, np.longdouble),
        np.zeros(2, [("a", "i4")]),
        np.ma.masked_array([1, 2], [True, False]),
        [1, {"deep": range(2)}],
    ],
)
def test_a_key_of_anything_else_is_refused(part: object) -> None:
    with pytest.raises(TypeError, match="A key cannot be made of"):
        content_key("k", part=part)


# Entries


def test_round_trip(store: Store) -> None:
    arrays = {letter: np.arange(6).reshape(2, 3).astype(letter) for letter in "?bhilqBHILQefdF"} | {
        "scalar": np.array(3.5),
        "empty": np.zeros((0, 3), np.float32),
        "fortran": np.asfortranarray(np.arange(6.0).reshape(2, 3)),
        "strided": np.arange(12.0)[::2],
        "big endian": np.arange(3, dtype=">f4"),
    }
    meta = {"words": "ē\x00é", "list": [1, None, True], "deep": {"nan": float("inf")}}
    store.put(KEY, CacheEntry(arrays=arrays, meta=meta))
    found = store.get(KEY)
    assert found is not None
    assert found.meta == meta
    assert found.arrays.keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(found.arrays[name], array)
        assert found.arrays[name].dtype == array.dtype.newbyteorder("=")
        assert found.arrays[name].shape == array.shape
    assert store.notice is None


def test_an_entry_without_arrays(store: Store) -> None:
    store.put(KEY, CacheEntry(arrays={}, meta={"a": 1}))
    found = store.get(KEY)
    assert found is not None
    assert found.meta == {"a": 1}


def test_what_is_kept_cannot_be_changed_from_outside(folder: Path) -> None:
    mine = np.zeros((2, 2), np.float32)
    store = Store(folder)
    store.put(KEY, CacheEntry(arrays={"codes": mine}, meta={"list": []}))
    mine[:] = 9
    for _ in range(2):
        found = store.get(KEY)
        assert found is not None
        assert found.arrays["codes"].max() == 0
        assert found.meta == {"list": []}
        with pytest.raises(ValueError, match="read-only"):
            found.arrays["codes"][0] = 1
        with pytest.raises(TypeError):
            found.arrays["more"] = mine  # type: ignore[index]
        found.meta["list"].append(1)


@pytest.mark.parametrize(
    "array",
    [
        np.array([None, 1], object),
        np.array(["text"]),
        np.zeros(2, "M8[s]"),
        np.zeros(2, complex),
        np.zeros(2, [("a", "i4")]),
        [1.0],
    ],
)
def test_nothing_that_needs_pickle_is_taken(array: object) -> None:
    with pytest.raises(TypeError, match="The store cannot keep 'codes' of"):
        CacheEntry(arrays={"codes": array})  # type: ignore[dict-item]


def test_meta_that_is_not_json_and_hostile_names_are_refused() -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        CacheEntry(arrays={}, meta={"a": np.float32(1)})
    with pytest.raises(TypeError, match="cannot be called"):
        CacheEntry(arrays={"__metadata__": np.zeros(1)})


@pytest.mark.parametrize("key", ["", "../../etc/passwd", KEY.upper(), KEY + "\n", KEY[:-1]])
def test_only_a_key_names_a_file(store: Store, key: str) -> None:
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        store.put(key, entry())


# Damage


def test_every_flipped_bit_is_found(store: Store) -> None:
    store.put(KEY, entry())
    whole = file_of(store).read_bytes()
    rng = np.random.default_rng(0)
    for at in range(len(whole)):
        damaged = bytearray(whole)
        damaged[at] ^= 1 << int(rng.integers(8))
        file_of(store).write_bytes(damaged)
        assert store.get(KEY) is None, at
        assert not file_of(store).exists()


def test_every_truncation_is_found(store: Store) -> None:
    store.put(KEY, entry())
    whole = file_of(store).read_bytes()
    for length in [*range(0, len(whole), 7), len(whole) - 1]:
        file_of(store).write_bytes(whole[:length])
        assert store.get(KEY) is None, length
    file_of(store).write_bytes(whole + b"\0")
    assert store.get(KEY) is None


def test_an_entry_under_another_key_is_not_taken(store: Store) -> None:
    store.put(KEY, entry())
    file_of(store).rename(file_of(store, OTHER))
    assert store.get(OTHER) is None


def test_a_whole_file_of_another_format_is_not_taken(store: Store) -> None:
    store.put(KEY, entry())
    for payload in (b"", b"\x02\0\0\0\0\0\0\0{}", b"\xff" * 50, b"\x80\x04N."):
        file_of(store).write_bytes(entry_module._head(KEY, payload) + payload)
        assert store.get(KEY) is None, payload


def test_a_damaged_entry_is_computed_again(store: Store) -> None:
    store.put(KEY, entry(1))
    file_of(store).write_bytes(b"nonsense")
    assert value_of(store.get_or_compute(KEY, lambda: entry(1))) == 1
    assert value_of(store.get_or_compute(KEY, fail)) == 1


def test_verify_removes_what_is_damaged_and_lists_what_was_shipped(tmp_path: Path) -> None:
    shipped = Store(tmp_path / "shipped")
    store = Store(tmp_path / "cache", shipped=[shipped.folder])
    for one in (shipped, store):
        one.put(KEY, entry())
        one.put(OTHER, entry())
        file_of(one).write_bytes(b"nonsense")
    report = store.verify()
    assert report.n_valid == 2
    assert report.removed == (file_of(store),)
    assert report.damaged == (file_of(shipped),)
    assert str(report).startswith("2 sound, 1 damaged and removed, 1 damaged and left alone.\n")
    assert not file_of(store).exists()
    assert file_of(shipped).exists()


# One computation


def test_computed_once_then_found(store: Store) -> None:
    assert store.get(KEY) is None
    assert value_of(store.get_or_compute(KEY, lambda: entry(5))) == 5
    assert value_of(store.get_or_compute(KEY, fail)) == 5
    assert value_of(Store(store.folder).get_or_compute(KEY, fail)) == 5
    assert names_in(store) == [f"{KEY}.entry"]
    store.delete(KEY)
    store.delete(KEY)
    assert store.get(KEY) is None


def in_threads(count: int, work: Callable[[], None]) -> None:
    threads = [threading.Thread(target=work, daemon=True) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_S)
        assert not thread.is_alive()


@pytest.mark.parametrize("place", ["one store", "two stores", "nowhere to write"])
def test_threads_compute_once(folder: Path, place: str) -> None:
    if place == "nowhere to write":
        folder.write_text("a file")
    stores = [Store(folder / "deep", memory_bytes=0) for _ in range(2)]
    numbers = iter(range(4))
    computed: list[int] = []
    found: list[float | None] = []

    def compute() -> CacheEntry:
        computed.append(1)
        time.sleep(0.2)
        return entry(7)

    def ask() -> None:
        mine = stores[next(numbers) % 2 if place == "two stores" else 0]
        found.append(value_of(mine.get_or_compute(KEY, compute)))

    in_threads(4, ask)
    assert found == [7] * 4
    assert computed == [1]


def test_a_failure_is_raised_leaves_nothing_and_the_next_one_tries(store: Store) -> None:
    tries: list[int] = []
    raised: list[str] = []
    found: list[float | None] = []

    def compute() -> CacheEntry:
        tries.append(1)
        time.sleep(0.05)
        if len(tries) < 3:
            raise CancelledError("stopped")
        return entry(3)

    def ask() -> None:
        try:
            found.append(value_of(store.get_or_compute(KEY, compute)))
        except CancelledError as error:
            raised.append(str(error))

    with pytest.raises(ZeroDivisionError):
        store.get_or_compute(KEY, lambda: entry(1 / 0))
    assert names_in(store) == []
    in_threads(4, ask)
    assert raised == ["stopped"] * 2
    assert found == [3, 3]
    assert store._single_flight._turns == {}
    assert names_in(store) == [f"{KEY}.entry"]


def test_whoever_waits_is_told_and_may_give_up(store: Store) -> None:
    computing, done = threading.Event(), threading.Event()

    def compute() -> CacheEntry:
        computing.set()
        done.wait(WAIT_S)
        return entry()

    def give_up() -> None:
        raise CancelledError("enough")

    thread = threading.Thread(target=lambda: store.get_or_compute(KEY, compute))
    thread.start()
    computing.wait(WAIT_S)
    for asker in (store, Store(store.folder)):  # behind a thread; behind a lock file
        with pytest.raises(CancelledError, match="enough"):
            asker.get_or_compute(KEY, fail, waiting=give_up)
    done.set()
    thread.join(WAIT_S)
    assert value_of(store.get_or_compute(KEY, fail)) == 1


def test_a_computation_may_ask_for_others_but_not_for_itself(store: Store) -> None:
    def whole() -> CacheEntry:
        return store.get_or_compute(OTHER, lambda: entry(4))

    def itself() -> CacheEntry:
        return store.get_or_compute(KEY, fail)

    with pytest.raises(RuntimeError, match="asks for its own result"):
        store.get_or_compute(KEY, itself)
    assert value_of(store.get_or_compute(KEY, whole)) == 4


ASK = """
import sys, time
from pathlib import Path
import numpy as np
from latent_core.cache.store import Entry, Store
folder, key, log, wait_s = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), float(sys.argv[4])
def compute():
    with log.open("a") as file:
        file.write("computed\\n")
    time.sleep(wait_s)
    return Entry(arrays={"codes": np.full((1, 2), 8.0, np.float32)}, meta={})
print(Store(folder).get_or_compute(key, compute).arrays["codes"][0, 0])
"""


def asker(store: Store, log: Path, wait_s: float) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", ASK, str(store.folder), KEY, str(log), str(wait_s)]
    root = Path(__file__).parents[2]
    return subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, text=True)


def wait_for(path: Path) -> None:
    until = time.monotonic() + WAIT_S
    while not path.exists():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_processes_compute_once(store: Store, tmp_path: Path) -> None:
    log = tmp_path / "log"
    processes = [asker(store, log, 0.5) for _ in range(2)]
    wait_for(log)
    assert value_of(store.get_or_compute(KEY, fail)) == 8
    for process in processes:
        assert process.communicate(timeout=WAIT_S)[0] == "8.0\n"
    assert log.read_text() == "computed\n"
    assert names_in(store) == [f"{KEY}.entry"]


def test_another_takes_over_when_the_computing_process_is_killed(
    store: Store, tmp_path: Path
) -> None:
    process = asker(store, tmp_path / "log", WAIT_S)
    wait_for(tmp_path / "log")
    assert names_in(store) == [f"{KEY}.lock"]
    killer = threading.Timer(0.15, process.kill)
    killer.start()
    assert value_of(store.get_or_compute(KEY, lambda: entry(6))) == 6
    process.communicate(timeout=WAIT_S)
    assert names_in(store) == [f"{KEY}.entry"]


# The cap


def put_three(store: Store) -> list[str]:
    keys = [content_key("n", n=n) for n in range(3)]
    for n, key in enumerate(keys):
        store.put(key, entry(n, 1000))
    return keys


def test_the_least_recently_used_goes_first(folder: Path) -> None:
    store = Store(folder, max_bytes=3 * 8400)
    first, second, third = put_three(store)
    assert [stored.key for stored in store.entries()] == [first, second, third]
    assert store.get(first) is not None  # from memory, and still a use
    store.put(KEY, entry(9, 1000))
    assert [stored.key for stored in store.entries()] == [third, first, KEY]
    assert store.size() == sum(p.stat().st_size for p in folder.iterdir()) <= store.max_bytes
    store.clear()
    assert (store.entries(), store.size(), store.get(KEY)) == ([], 0, None)


def test_the_entry_just_written_stays(folder: Path) -> None:
    store = Store(folder, max_bytes=8400)
    for key in put_three(store):
        in_future = time.time() + 99
        with suppress(FileNotFoundError):
            os.utime(file_of(store, key), (in_future, in_future))
    store.put(KEY, entry(9, 1000))
    assert [stored.key for stored in store.entries()] == [KEY]


def test_an_entry_over_the_cap_is_served_but_not_kept(folder: Path) -> None:
    store = Store(folder, max_bytes=1000, memory_bytes=0)
    assert value_of(store.get_or_compute(KEY, lambda: entry(2, 1000))) == 2
    assert store.notice == (
        "A result of 0.0 MB is shown but not kept, because the cache may hold 0.0 MB; raise "
        "LATENT_CACHE_MAX_MB to keep it."
    )
    assert store.get(KEY) is None
    store.put(OTHER, entry(1, 1))
    assert store.notice is None


def test_many_writers_over_the_cap(folder: Path) -> None:
    stores = [Store(folder, max_bytes=2 * 8400, memory_bytes=0) for _ in range(3)]
    numbers = iter(range(3))

    def write() -> None:
        number = next(numbers)
        store = stores[number]
        for n in np.random.default_rng(number).integers(6, size=8).tolist():
            key = content_key("n", n=n)
            assert value_of(store.get_or_compute(key, lambda: entry(5, 1000))) == 5

    in_threads(3, write)
    assert {store.notice for store in stores} == {None}
    stores[0].put(KEY, entry(5, 1000))
    assert stores[0].size() <= stores[0].max_bytes
    assert stores[0].verify().removed == ()


def test_memory_is_bounded(folder: Path) -> None:
    recent = entry_module.LRU(2 * (8000 + 4096))
    for n in range(3):
        recent.add(str(n), entry(n, 1000))
    assert [value_of(recent.find(str(n))) for n in range(3)] == [None, 1, 2]
    recent.add("huge", entry(0, 10_000))
    assert recent.find("huge") is None
    recent.clear()
    assert recent._room == 2 * (8000 + 4096)


def test_what_dead_writers_left_is_swept_and_what_is_not_ours_stays(store: Store) -> None:
    store.put(KEY, entry())
    stale = [f"{OTHER}.0123abcd.tmp", f"{OTHER}.lock"]
    theirs = ["notes.tmp", "package.lock", "photo.entry"]
    for name in stale + theirs:
        (store.folder / name).touch()
        os.utime(store.folder / name, (0, 0))
    fresh = store.folder / f"{OTHER}.89abcdef.tmp"
    fresh.touch()
    store.put(KEY, entry())
    assert names_in(store) == sorted([f"{KEY}.entry", fresh.name, *theirs])
    store.verify()
    store.clear()
    assert names_in(store) == sorted([fresh.name, *theirs])


def test_a_lock_in_use_is_not_swept(store: Store) -> None:
    def compute() -> CacheEntry:
        os.utime(store.folder / f"{KEY}.lock", (0, 0))
        store.put(OTHER, entry())
        assert (store.folder / f"{KEY}.lock").exists()
        return entry()

    store.get_or_compute(KEY, compute)


# Nowhere to write


def test_below_a_file_results_are_served_uncached(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    store = Store(tmp_path / "file" / "cache")
    assert value_of(store.get_or_compute(KEY, lambda: entry(2))) == 2
    assert store.notice == (
        f"Results are shown but not kept, because {store.folder} cannot be written (Not a "
        "directory); set LATENT_CACHE to a folder that can."
    )
    assert value_of(store.get_or_compute(KEY, fail)) == 2  # from memory
    store.delete(KEY)
    store.clear()
    assert (store.get(KEY), store.entries(), store.verify().n_valid) == (None, [], 0)


def test_in_a_read_only_folder_what_is_there_is_found(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put(KEY, entry(1))
    store.put(OTHER, entry(1))
    file_of(store, OTHER).write_bytes(b"nonsense")

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
    assert value_of(store.get_or_compute(KEY, fail)) == 1
    assert value_of(store.get_or_compute(OTHER, lambda: entry(4))) == 4
    assert "(Read-only file system)" in (store.notice or "")
    assert store.verify().damaged == (file_of(store, OTHER),)


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_on_a_full_disk_results_are_served_uncached(
    store: Store, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(*((os, "fsync") if step == "fsync" else (Path, "replace")), refuse)
        assert value_of(store.get_or_compute(KEY, lambda: entry(2))) == 2
    assert store.notice == (
        f"Results are shown but not kept, because the disk of {store.folder} is full; free some "
        "space, or set LATENT_CACHE to another folder."
    )
    assert names_in(store) == []
    store.put(KEY, entry(2))
    assert store.notice is None


def test_errors_of_a_computation_are_not_taken_for_the_stores_own(store: Store) -> None:
    def compute() -> CacheEntry:
        raise OSError(errno.ENOSPC, "theirs")

    with pytest.raises(OSError, match="theirs"):
        store.get_or_compute(KEY, compute)


def test_without_locks_it_still_computes(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locks, "_try", lambda lock, timeout_s: None)
    assert value_of(store.get_or_compute(KEY, lambda: entry(2))) == 2
    assert value_of(store.get_or_compute(KEY, fail)) == 2


# What ships


def test_shipped_entries_are_found_and_never_changed(tmp_path: Path) -> None:
    shipped = Store(tmp_path / "models" / "m" / "store")
    shipped.put(KEY, entry(3))
    before = file_of(shipped).stat()
    folders = [tmp_path / "absent", shipped.folder]
    store = Store(tmp_path / "cache", shipped=lambda: folders, memory_bytes=0)
    assert value_of(store.get_or_compute(KEY, fail)) == 3
    store.delete(KEY)
    store.clear()
    assert value_of(store.get(KEY)) == 3
    assert file_of(shipped).stat().st_mtime_ns == before.st_mtime_ns
    assert not store.folder.exists()


def test_a_damaged_shipped_entry_is_computed_into_the_cache(tmp_path: Path) -> None:
    shipped = Store(tmp_path / "shipped")
    shipped.put(KEY, entry(3))
    file_of(shipped).write_bytes(b"nonsense")
    store = Store(tmp_path / "cache", shipped=[shipped.folder], memory_bytes=0)
    assert value_of(store.get_or_compute(KEY, lambda: entry(3))) == 3
    assert value_of(store.get_or_compute(KEY, fail)) == 3
    assert file_of(shipped).read_bytes() == b"nonsense"


# Where, and how much


def test_the_folder_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    home = Path("/home/someone")
    for name in ("LATENT_CACHE", "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", lambda: home)
    name = "latent-space-explorer"
    assert default_folder() == home / ".cache" / name
    monkeypatch.setenv("XDG_CACHE_HOME", "relative/is/ignored")
    assert default_folder() == home / ".cache" / name
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache")
    assert default_folder() == Path("/var/cache") / name
    monkeypatch.setattr(sys, "platform", "darwin")
    assert default_folder() == home / "Library" / "Caches" / name
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", "/local")
    assert default_folder() == Path("/local") / name
    monkeypatch.setenv("LATENT_CACHE", "/elsewhere")
    assert Store().folder == default_folder() == Path("/elsewhere")


def test_the_cap_follows_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LATENT_CACHE_MAX_MB", raising=False)
    assert Store().max_bytes == 2 * 2**30
    monkeypatch.setenv("LATENT_CACHE_MAX_MB", "5")
    assert Store().max_bytes == 5_000_000
    for text in ("0", "-1", "lots", "1.5", "²"):
        monkeypatch.setenv("LATENT_CACHE_MAX_MB", text)
        with pytest.raises(InvalidInputError, match="must be a positive whole number, not"):
            Store()
