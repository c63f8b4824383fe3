"""Saved directions are read again as they were; other files are refused."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.analysis.directions.files import directions_csv, directions_npz, read_directions
from latent_core.analysis.directions.principal_components import principal_directions
from latent_core.errors import InvalidInputError
from latent_core.io.export import npz

CODES = np.random.default_rng(0).normal(size=(50, 6)).astype(np.float32)
FOUND = principal_directions(CODES, 3)


def test_saved_directions_are_read_again():
    again = read_directions(directions_npz(FOUND), 6)
    assert again.names == FOUND.names
    for name in ("weights", "offsets", "directions", "low", "high"):
        np.testing.assert_array_equal(getattr(again, name), getattr(FOUND, name))


def test_a_csv_has_a_row_per_direction():
    head, *rows = (line.split(",") for line in directions_csv(FOUND).decode().splitlines())
    assert head == ["name", "low", "high", "z1", "z2", "z3", "z4", "z5", "z6"]
    assert [row[0] for row in rows] == ["PC1", "PC2", "PC3"]
    np.testing.assert_allclose(np.array([row[3:] for row in rows], float), FOUND.directions)


@pytest.mark.parametrize("name", ["weights", "offsets", "directions", "low", "high", "name"])
def test_a_file_without_an_array_is_refused(name):
    arrays = {n: getattr(FOUND, n) for n in ("weights", "offsets", "directions", "low", "high")}
    arrays["name"] = np.array(FOUND.names)
    del arrays[name]
    with pytest.raises(InvalidInputError, match=f"'{name}'"):
        read_directions(npz(arrays), 6)


def test_another_dimension_damage_and_empty_ranges_are_refused():
    data = directions_npz(FOUND)
    with pytest.raises(InvalidInputError, match="6 dimensions"):
        read_directions(data, 7)
    for damaged in (b"", b"PK\x03\x04", data[: len(data) // 2]):
        with pytest.raises(InvalidInputError):
            read_directions(damaged, 6)
    arrays = {n: getattr(FOUND, n) for n in ("weights", "offsets", "directions", "low")}
    same = npz({**arrays, "high": FOUND.low, "name": np.array(FOUND.names)})
    with pytest.raises(InvalidInputError, match="empty range"):
        read_directions(same, 6)
