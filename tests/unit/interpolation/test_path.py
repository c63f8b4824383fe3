"""A path as a value: interpolation, immutability and validation."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.interpolation import (
    LatentPath,
)
from latent_core.types import Array


def test_at_interpolates_linearly_and_clips_at_the_ends():
    path = LatentPath(kind="linear", times=[0, 1, 3], codes=[[0, 5], [2, 5], [6, -1]])
    expected = [[0, 5], [1, 5], [2, 5], [4, 2], [6, -1], [6, -1]]
    np.testing.assert_array_equal(path.at([-9, 0.5, 1, 2, 3, 9]), np.float32(expected))
    assert path.at([]).shape == (0, 2)


def test_path_copies_its_arrays():
    codes, times = np.eye(2, dtype=np.float32), np.arange(2.0)
    path = LatentPath(kind="linear", times=times, codes=codes)
    codes[0, 0] = times[0] = 7
    assert (path.codes[0, 0], path.times[0]) == (1, 0)
    assert not path.codes.flags.writeable


@pytest.mark.parametrize(
    ("times", "codes", "message"),
    [
        ([0, 1, 1], np.eye(3), "must ascend"),
        ([0, np.nan], np.eye(2), "finite numbers"),
        ([[0, 1]], np.eye(2), "one axis"),
        ([0, 1], np.eye(3), "3 codes has 2 times"),
        ([0], np.ones((1, 2)), "at least two"),
        ([0, 1], [[0, np.inf], [0, 1]], "NaN or infinity"),
    ],
)
def test_path_rejects_invalid_times_and_codes(times: list[float], codes: Array, message: str):
    with pytest.raises(InvalidInputError, match=message):
        LatentPath(kind="linear", times=times, codes=codes)


def test_unknown_kind_lists_the_known_kinds():
    with pytest.raises(
        UnknownNameError, match=r"geodesic, linear, spherical.* Did you mean 'spherical'"
    ):
        LatentPath(kind="sperical", times=[0, 1], codes=np.eye(2))
