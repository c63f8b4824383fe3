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


def test_of_itself_it_is_nothing():
    assert frechet_distance(features(), features()) == pytest.approx(0, abs=1e-3)


def test_a_shift_costs_its_square():
    data = features()
    shift = np.array([3, 0, 0, -4, 0, 0])
    assert frechet_distance(data, data + shift) == pytest.approx(25, rel=1e-3)


def test_in_one_dimension_it_is_the_difference_of_deviations_squared():
    data = np.random.default_rng(0).normal(size=(5000, 1))
    expected = (3 * data.std(ddof=1) - data.std(ddof=1)) ** 2 + (2 * data.mean()) ** 2
    assert frechet_distance(data, 3 * data) == pytest.approx(expected, rel=1e-3)


def test_against_the_formula_with_a_matrix_root():
    one, two = features(seed=1), features(seed=2) + 1
    a, b = np.cov(one.T), np.cov(two.T)
    gap = one.mean(0) - two.mean(0)
    expected = gap @ gap + np.trace(a + b - 2 * sqrtm(a @ b).real)
    assert frechet_distance(one, two) == pytest.approx(expected, rel=1e-4)


def test_flat_features_do_no_harm():
    flat = features()
    flat[:, 3:] = 0
    assert np.isfinite(frechet_distance(flat, features()))


def test_bad_input():
    with pytest.raises(InvalidInputError, match="dimensions"):
        frechet_distance(features(), features(dim=5))
    with pytest.raises(InvalidInputError, match="too few"):
        frechet_distance(features(1), features())
