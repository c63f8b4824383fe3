"""The Fréchet distance against closed forms."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import sqrtm

from latent_core.errors import InvalidInputError
from latent_core.evaluation.frechet import frechet_distance


def features(count: int = 4000, dim: int = 6, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return rng.normal(size=(count, dim)) @ rng.normal(size=(dim, dim))


def test_the_distance_of_equal_sets_is_zero():
    assert frechet_distance(features(), features()) == pytest.approx(0, abs=1e-3)


def test_a_shift_has_the_distance_of_its_squared_length():
    data = features()
    shift = np.array([3, 0, 0, -4, 0, 0])
    assert frechet_distance(data, data + shift) == pytest.approx(25, rel=1e-3)


def test_in_one_dimension_it_is_the_squared_difference_of_means_and_stds():
    data = np.random.default_rng(0).normal(size=(5000, 1))
    expected = (3 * data.std(ddof=1) - data.std(ddof=1)) ** 2 + (2 * data.mean()) ** 2
    assert frechet_distance(data, 3 * data) == pytest.approx(expected, rel=1e-3)


def test_it_is_that_of_the_formula_with_a_matrix_square_root():
    first, second = features(seed=1), features(seed=2) + 1
    a, b = np.cov(first.T), np.cov(second.T)
    difference = first.mean(0) - second.mean(0)
    expected = difference @ difference + np.trace(a + b - 2 * sqrtm(a @ b).real)
    assert frechet_distance(first, second) == pytest.approx(expected, rel=1e-4)


def test_constant_features_give_a_finite_distance():
    constant = features()
    constant[:, 3:] = 0
    assert np.isfinite(frechet_distance(constant, features()))


def test_different_dimensions_and_single_rows_are_refused():
    with pytest.raises(InvalidInputError, match="dimensions"):
        frechet_distance(features(), features(dim=5))
    with pytest.raises(InvalidInputError, match="too few"):
        frechet_distance(features(1), features())
