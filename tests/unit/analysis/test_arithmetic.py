"""Arithmetic of codes against cases with known answers."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.analysis.arithmetic import code_arithmetic
from latent_core.errors import InvalidInputError

GRID = np.array([[x, y] for x in range(4) for y in range(4)], np.float32)


def index_of(x: int, y: int) -> int:
    return 4 * x + y


def test_a_parallelogram_is_completed() -> None:
    found = code_arithmetic(GRID, GRID[[index_of(3, 0)]], GRID[[0]], GRID[[index_of(0, 2)]])
    assert found.code.tolist() == [3, 2]
    assert found.nearest[0] == index_of(3, 2)
    assert found.distance[0] == 0


def test_groups_count_by_their_means_and_the_origin_does_not_matter() -> None:
    start, minus, plus = GRID[[0, 2]], GRID[[5, 6, 7]], GRID[[12, 13]]
    found = code_arithmetic(GRID, start, minus, plus)
    np.testing.assert_allclose(found.code, start.mean(0) - minus.mean(0) + plus.mean(0), rtol=1e-6)
    shift = np.array([10, -5], np.float32)
    moved = code_arithmetic(GRID + shift, start + shift, minus + shift, plus + shift)
    np.testing.assert_allclose(moved.code, found.code + shift, rtol=1e-6)
    assert moved.nearest.tolist() == found.nearest.tolist()


def test_terms_are_no_answers_and_baselines_are_neighbors_of_single_terms() -> None:
    terms = [index_of(0, 0), index_of(0, 1), index_of(0, 2)]
    found = code_arithmetic(
        GRID, GRID[terms[:1]], GRID[terms[1:2]], GRID[terms[2:]], n_neighbors=2, exclude=terms
    )
    assert found.nearest[0] == index_of(1, 1), "(0, 1) itself is a term"
    assert not set(terms) & {*found.nearest.tolist(), *found.baselines.ravel().tolist()}
    assert found.baselines[:, 0].tolist() == [index_of(1, 0), index_of(0, 3)]
    everything = code_arithmetic(GRID, GRID[:1], GRID[:1], GRID[:1], n_neighbors=16)
    assert everything.shared == (16, 16), "without a difference the baseline is the answer"


def test_fewer_samples_than_neighbors_and_bad_groups() -> None:
    few = code_arithmetic(GRID[:3], GRID[:1], GRID[1:2], GRID[2:3], exclude=[0, 1])
    assert few.nearest.tolist() == [2]
    assert few.baselines.tolist() == [[2], [2]]
    with pytest.raises(InvalidInputError, match="minus"):
        code_arithmetic(GRID, GRID[:1], GRID[:0], GRID[:1])
    with pytest.raises(InvalidInputError):
        code_arithmetic(GRID, GRID[:1], GRID[:1], np.zeros((1, 3), np.float32))
