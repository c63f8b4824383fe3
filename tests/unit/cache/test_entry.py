"""Cache entries: lossless, immutable, never pickled, and damage is detected."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from latent_core.cache import CacheEntry, Store
from latent_core.cache import entry as entry_module
from tests.unit.cache.entries import KEY, OTHER_KEY, make_entry, path_of


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


def test_an_entry_may_have_no_arrays(store: Store) -> None:
    store.put(KEY, CacheEntry(arrays={}, meta={"a": 1}))
    found = store.get(KEY)
    assert found is not None
    assert found.meta == {"a": 1}


def test_stored_entries_are_immutable(folder: Path) -> None:
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
def test_arrays_that_need_pickle_are_rejected(array: object) -> None:
    with pytest.raises(TypeError, match="The cache cannot store 'codes' of"):
        CacheEntry(arrays={"codes": array})  # type: ignore[dict-item]


def test_meta_that_is_not_json_and_reserved_names_are_rejected() -> None:
    with pytest.raises(TypeError, match="not JSON serializable"):
        CacheEntry(arrays={}, meta={"a": np.float32(1)})
    with pytest.raises(TypeError, match="cannot be called"):
        CacheEntry(arrays={"__metadata__": np.zeros(1)})


@pytest.mark.parametrize("key", ["", "../../etc/passwd", KEY.upper(), KEY + "\n", KEY[:-1]])
def test_malformed_keys_are_rejected(store: Store, key: str) -> None:
    with pytest.raises(ValueError, match="64 hexadecimal digits"):
        store.put(key, make_entry())


def test_every_flipped_bit_is_detected(store: Store) -> None:
    store.put(KEY, make_entry())
    whole = path_of(store).read_bytes()
    rng = np.random.default_rng(0)
    for at in range(len(whole)):
        damaged = bytearray(whole)
        damaged[at] ^= 1 << int(rng.integers(8))
        path_of(store).write_bytes(damaged)
        assert store.get(KEY) is None, at
        assert not path_of(store).exists()


def test_every_truncation_is_detected(store: Store) -> None:
    store.put(KEY, make_entry())
    whole = path_of(store).read_bytes()
    for length in [*range(0, len(whole), 7), len(whole) - 1]:
        path_of(store).write_bytes(whole[:length])
        assert store.get(KEY) is None, length
    path_of(store).write_bytes(whole + b"\0")
    assert store.get(KEY) is None


def test_a_file_renamed_to_another_key_is_rejected(store: Store) -> None:
    store.put(KEY, make_entry())
    path_of(store).rename(path_of(store, OTHER_KEY))
    assert store.get(OTHER_KEY) is None


def test_a_payload_of_another_format_is_rejected(store: Store) -> None:
    store.put(KEY, make_entry())
    for payload in (b"", b"\x02\0\0\0\0\0\0\0{}", b"\xff" * 50, b"\x80\x04N."):
        path_of(store).write_bytes(entry_module._header(KEY, payload) + payload)
        assert store.get(KEY) is None, payload
