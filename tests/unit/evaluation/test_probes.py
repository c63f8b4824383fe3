"""Linear and kNN probes on codes for which their results are known."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.errors import InvalidInputError
from latent_core.evaluation.probes import N_SPLITS, probe_accuracy, probe_factors

RNG = np.random.default_rng(0)
ANGLE, SIZE = RNG.uniform(0, 1, 4000), RNG.integers(0, 4, 4000).astype(float)
NOISE = RNG.normal(size=4000)


def codes(*columns: np.ndarray) -> np.ndarray:
    return np.stack(columns, axis=1).astype(np.float32)


def test_classes_are_predicted_from_separable_codes_and_at_chance_from_noise():
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, 600)
    separable = probe_accuracy(np.eye(3)[labels] + rng.normal(0, 0.1, (600, 3)), labels)
    assert separable["linear"][0] > 0.99
    assert separable["knn"][0] > 0.99
    noise = probe_accuracy(rng.normal(size=(600, 3)), labels)
    assert noise["linear"][0] == pytest.approx(1 / 3, abs=0.06)
    assert noise["linear"][1] > 0
    rings = rng.normal(size=(600, 2))
    rings *= (1 + 2 * (labels == 0))[:, None] / np.linalg.norm(rings, axis=1, keepdims=True)
    concentric = probe_accuracy(rings, (labels == 0).astype(int))
    assert concentric["knn"][0] > 0.99
    assert concentric["linear"][0] < 0.8, "concentric rings are not linearly separable"


def test_labels_of_another_count_or_of_one_class_are_refused():
    with pytest.raises(InvalidInputError, match=r"as many labels.* 4 labels"):
        probe_accuracy(np.zeros((5, 2)), np.zeros(4, int))
    with pytest.raises(InvalidInputError, match="two classes"):
        probe_accuracy(np.random.default_rng(0).normal(size=(5, 2)), np.zeros(5, int))


def test_a_linear_probe_finds_linear_factors_and_knn_curved_ones():
    circle = codes(np.cos(2 * np.pi * ANGLE), np.sin(2 * np.pi * ANGLE))
    r2 = probe_factors(circle, {"linear": circle[:, 0], "squared": circle[:, 0] ** 2})
    assert r2["linear"].shape == r2["knn"].shape == (N_SPLITS, 2)
    assert r2["linear"][:, 0].min() > 0.999
    assert r2["linear"][:, 1].max() < 0.05, "a linear probe cannot predict a square"
    assert r2["knn"].min() > 0.99


def test_r2_is_zero_for_noise_and_the_explained_variance_otherwise():
    assert np.abs(probe_factors(codes(NOISE), {"angle": ANGLE})["linear"]).max() < 0.01
    mixed = probe_factors(codes(SIZE + SIZE.std() * NOISE), {"size": 1000 * SIZE - 7})
    assert mixed["linear"].mean() == pytest.approx(0.5, abs=0.02), "half of the variance is noise"


def test_r2_is_that_of_scikit_learn_on_the_same_splits():
    from sklearn.linear_model import LinearRegression
    from sklearn.neighbors import KNeighborsRegressor

    x = codes(NOISE, SIZE, ANGLE)
    y = ANGLE + np.sin(3 * SIZE)
    train, test = np.array_split(np.random.default_rng([0, 2]).permutation(4000), 2)
    r2 = probe_factors(x, {"y": y})
    for name, probe in {"linear": LinearRegression(), "knn": KNeighborsRegressor(10)}.items():
        expected = probe.fit(x[train], y[train]).score(x[test], y[test])
        assert r2[name][2, 0] == pytest.approx(expected, abs=2e-4)


def test_more_dimensions_than_samples_do_not_overfit():
    wide = np.random.default_rng(1).normal(size=(200, 400)).astype(np.float32)
    assert probe_factors(wide, {"none": ANGLE[:200]})["linear"].mean() > -0.2


@pytest.mark.parametrize("factors", [{}, {"same": np.ones(4000)}, {"few": np.arange(3)}])
def test_constant_factors_and_those_of_another_length_are_refused(factors):
    with pytest.raises(InvalidInputError, match="4000 codes need factors that vary"):
        probe_factors(codes(NOISE), factors)
