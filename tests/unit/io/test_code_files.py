"""Codes from .npy, .npz and .csv files."""

from __future__ import annotations

import contextlib
import io

import numpy as np
import pytest

from latent_core.errors import InvalidInputError
from latent_core.io.code_files import read_codes
from latent_core.io.export import codes_csv, codes_npz, codes_parquet
from latent_core.types import Posterior, as_codes
from tests.unit.io.samples import SINGLE, flipped

CODES = np.arange(12, dtype=np.float32).reshape(3, 4)


def npy(array: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array)
    return buffer.getvalue()


def npz(**arrays: np.ndarray) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        npy(CODES), npy(CODES.astype(np.float64)), npy(np.asfortranarray(CODES)),
        npz(codes=CODES, other=CODES[:1]), npz(mean=CODES, log_var=CODES), npz(anything=CODES),
        b"z0,z1,z2,z3\n0,1,2,3\n4,5,6,7\n8,9,10,11\n", b"0;1;2;3\n4;5;6;7\n\n8;9;10;11",
        b"\xef\xbb\xbf0\t1\t2\t3\r\n4\t5\t6\t7\r\n8\t9\t10\t11\r\n",
    ],
)  # fmt: skip
def test_codes_are_read(data: bytes) -> None:
    codes = read_codes("codes", data, 4)
    assert codes.dtype == np.float32
    assert np.array_equal(codes, CODES)


def test_a_single_code_becomes_a_row() -> None:
    assert read_codes("a", npy(CODES[0]), 4).shape == (1, 4)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (npy(np.array([[{}]], object)), "must hold numbers, not '|O'"),
        (npy(np.array([["a"]])), "must hold numbers, not '<U1'"),
        (npy(CODES.astype(complex)), "must hold numbers, not '<c16'"),
        (npy(CODES[:, :2]), "These codes have 2 dimensions, the model has 4."),
        (npy(CODES[None]), "Codes must have two axes"),
        (npy(CODES * np.nan), "The codes contain NaN or infinity"),
        (npy(np.full((1, 4), 1e300)), "values beyond the float32 range"),
        (
            npy(CODES)[:-4],
            "declares shape (3, 4), which doesn't fit its size; save it again.",
        ),
        (npy(CODES)[:40], "The .npy is damaged or not a plain array"),
        (npz(a=CODES, b=CODES), "has no array 'codes' or 'mean' (it has a, b)"),
        (b"a,b\n", "The .csv has no rows of numbers"),
        (b"1,2,3,4\n1,2,x,4\n", "Row 2 of the .csv must be 4 numbers; correct it."),
        (b"1,2,3,nan\n", "The codes contain NaN or infinity"),
        (SINGLE["rgb.png"], "codes.npy is PNG; codes are read from .npy, .npz, .csv or .parquet."),
        (b"", "The file is empty"),
    ],
)
def test_invalid_codes_are_rejected(data: bytes, words: str) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read_codes("codes.npy", data, 4)
    assert words in str(caught.value)


def test_a_header_that_exceeds_the_file_is_rejected() -> None:
    claim = npy(CODES).replace(b"(3, 4), }         ", b"(3000000000, 4), }")
    with pytest.raises(InvalidInputError, match="doesn't fit its size"):
        read_codes("a.npy", claim, 4)


def test_flipped_bits_never_crash() -> None:
    rng = np.random.default_rng(0)
    for source in (npy(CODES), npz(codes=CODES)) * 150:
        with contextlib.suppress(InvalidInputError):
            assert read_codes("a", flipped(source, rng, 1), 4).shape[1] == 4


def test_exported_tables_are_read_back():
    codes = np.random.default_rng(0).normal(size=(4, 3)).astype(np.float32)
    posterior = Posterior(mean=codes, log_var=codes)
    names = ["=1+1", "a,b", 'c"d', "e"]
    metadata = {"label": np.array(["x"] * 4), "size": np.arange(4.0)}
    for data in (
        codes_csv(names, posterior, metadata),
        codes_parquet(names, posterior),
        codes_npz(names, posterior),
    ):
        np.testing.assert_allclose(read_codes("codes", data, 3), codes, rtol=1e-6)


def test_columns_of_another_number_of_dimensions_are_not_taken_for_codes():
    codes = np.zeros((2, 4), np.float32)
    with pytest.raises(InvalidInputError):
        read_codes("codes.parquet", codes_parquet(["a", "b"], Posterior(mean=codes)), 3)
    with pytest.raises(InvalidInputError):
        read_codes("codes.csv", codes_csv(["a", "b"], Posterior(mean=codes)), 3)


@pytest.mark.parametrize(
    "shape", [b"(5, 1 6)", b"(0, 100000000000000000000)", b"(0, 3)", b"(5 3,)"]
)
def test_shapes_that_are_none_are_rejected(shape):
    with pytest.raises(InvalidInputError):
        read_codes("a.npy", npy(np.zeros((5, 3), np.float32)).replace(b"(5, 3)", shape), 3)


def test_codes_beyond_float32_are_refused_not_made_infinite():
    for value in (1e300, -1e39):
        with pytest.raises(InvalidInputError, match="float32 range"):
            as_codes(np.array([[value, 0.0]]))
    with pytest.raises(InvalidInputError, match="must be numbers"):
        as_codes(np.array([[1j]]))
