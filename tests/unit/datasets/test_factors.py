"""Ground-truth factors: read, and checked against card and images."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core import card_files
from latent_core.datasets.factors import write_factors
from latent_core.errors import InvalidCardError


def add_factors(folder, **factors):
    """Add factors to the data set in `folder` and name them on its card."""
    (folder / "factors.parquet").write_bytes(write_factors(factors))
    card = card_files.read_json(folder / "card.json")
    digest = card_files.sha256_file(folder / "factors.parquet")
    fields = {name: {"range": [0, 1], "description": name} for name in factors}
    checksums = card["sha256"] | {"factors.parquet": digest}
    card_files.update_card(folder, factors=fields, sha256=checksums)


def test_factors_are_read(four):
    size, hue = np.linspace(0, 1, 300, dtype="f"), np.ones(300, "f")
    add_factors(four / "data" / "four", size=size, hue=hue)
    data = lc.load_dataset("four")
    assert list(data.factors) == ["size", "hue"]
    np.testing.assert_array_equal(data.factors["size"], size)
    assert data.factors["size"].dtype == np.float32
    assert not data.factors["size"].flags.writeable


def test_a_data_set_without_factors_has_none(four):
    assert lc.load_dataset("four").factors == {}


def test_factors_of_another_count_are_rejected(four):
    add_factors(four / "data" / "four", size=np.zeros(299, "f"))
    with pytest.raises(InvalidCardError, match="300 images but factors for 299"):
        _ = lc.load_dataset("four").factors


def test_factors_that_are_not_finite_are_rejected(four):
    add_factors(four / "data" / "four", size=np.full(300, np.nan, "f"))
    with pytest.raises(InvalidCardError, match="'size' of 'four' contains NaN"):
        _ = lc.load_dataset("four").factors


def test_factors_that_differ_from_the_card_are_rejected(four):
    folder = four / "data" / "four"
    add_factors(folder, size=np.zeros(300, "f"))
    card_files.update_card(folder, factors={"width": {}})
    with pytest.raises(InvalidCardError, match=r"differ between card and .*: size, width"):
        _ = lc.load_dataset("four").factors


def test_factors_without_a_table_are_rejected(four):
    card_files.update_card(four / "data" / "four", factors={"size": {}})
    with pytest.raises(InvalidCardError, match=r"names no factors\.parquet"):
        _ = lc.load_dataset("four").factors


def test_a_damaged_table_is_rejected(four):
    folder = four / "data" / "four"
    add_factors(folder, size=np.zeros(300, "f"))
    (folder / "factors.parquet").write_bytes(b"PAR1 no table")
    digest = card_files.sha256_file(folder / "factors.parquet")
    checksums = card_files.read_json(folder / "card.json")["sha256"]
    card_files.update_card(folder, sha256=checksums | {"factors.parquet": digest})
    with pytest.raises(InvalidCardError, match="cannot be read as a Parquet table"):
        _ = lc.load_dataset("four").factors
