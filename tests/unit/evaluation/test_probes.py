"""Linear and kNN probes on codes for which their results are known."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.errors import InvalidInputError
from latent_core.evaluation.probes import fit_logistic, fit_ridge, probe_accuracy, probe_factors

RNG = np.random.default_rng(0)
ANGLE, SIZE = RNG.uniform(0, 1, 4000), RNG.integers(0, 4, 4000).astype(float)
NOISE = RNG.normal(size=4000)


def codes(*columns: np.ndarray) -> np.ndarray:
    return np.stack(columns, axis=1).astype(np.float32)


def halves(x, y):
    """The first half for training, the second for testing."""
    n = len(x) // 2
    if isinstance(y, dict):
        return (x[:n], {k: v[:n] for k, v in y.items()}), (x[n:], {k: v[n:] for k, v in y.items()})
    return (x[:n], y[:n]), (x[n:], y[n:])


def test_classes_are_predicted_from_separable_codes_and_at_chance_from_noise():
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, 600)
    separable = probe_accuracy(*halves(np.eye(3)[labels] + rng.normal(0, 0.1, (600, 3)), labels))
    assert separable["linear"][0] > 0.99
    assert separable["knn"][0] > 0.99
    noise = probe_accuracy(*halves(rng.normal(size=(600, 3)), labels))
    assert noise["linear"][0] == pytest.approx(1 / 3, abs=0.08)
    assert noise["linear"][1] == pytest.approx((1 / 3 * 2 / 3 / 300) ** 0.5, rel=0.3)
    rings = rng.normal(size=(600, 2))
    rings *= (1 + 2 * (labels == 0))[:, None] / np.linalg.norm(rings, axis=1, keepdims=True)
    concentric = probe_accuracy(*halves(rings, (labels == 0).astype(int)))
    assert concentric["knn"][0] > 0.99
    assert concentric["linear"][0] < 0.8, "concentric rings are not linearly separable"


def test_labels_of_another_count_or_of_one_class_are_refused():
    four = np.zeros(4, int)
    with pytest.raises(InvalidInputError, match=r"as many labels.* 4 labels"):
        probe_accuracy((np.zeros((5, 2)), four), (np.zeros((4, 2)), four))
    with pytest.raises(InvalidInputError, match="two classes"):
        probe_accuracy((np.zeros((4, 2)), four), (np.zeros((4, 2)), four))


def test_a_linear_probe_finds_linear_factors_and_knn_curved_ones():
    circle = codes(np.cos(2 * np.pi * ANGLE), np.sin(2 * np.pi * ANGLE))
    factors = {"linear": circle[:, 0], "squared": circle[:, 0] ** 2}
    scores = probe_factors(*halves(circle, factors))
    assert scores["linear"].by_factor["linear"] > 0.999
    assert scores["linear"].by_factor["squared"] < 0.05, "a linear probe cannot predict a square"
    assert min(scores["knn"].by_factor.values()) > 0.99


def test_r2_is_zero_for_noise_and_the_explained_variance_otherwise():
    noise = probe_factors(*halves(codes(NOISE), {"angle": ANGLE}))["linear"]
    assert abs(noise.mean) < 0.01
    mixed = probe_factors(*halves(codes(SIZE + SIZE.std() * NOISE), {"size": 1000 * SIZE - 7}))
    assert mixed["linear"].mean == pytest.approx(0.5, abs=0.03), "half of the variance is noise"


def test_r2_is_that_of_scikit_learn():
    from sklearn.linear_model import LinearRegression

    x, y = codes(NOISE, SIZE, ANGLE), ANGLE + np.sin(3 * SIZE)
    expected = LinearRegression().fit(x[:2000], y[:2000]).score(x[2000:], y[2000:])
    scores = probe_factors(*halves(x, {"y": y}))
    assert scores["linear"].mean == pytest.approx(expected, abs=1e-3)


def test_penalties_are_chosen_in_the_training_half_and_for_each_factor_by_itself():
    x = RNG.normal(size=(400, 150)).astype(np.float32)
    targets = np.stack([x[:, 0], RNG.normal(size=400)], axis=1)
    signal, noise = fit_ridge(x, targets)[-1].alpha_
    assert signal < noise, "noise needs more regularization than a linear factor"
    labels = RNG.integers(0, 2, 400)
    search = fit_logistic(x, labels)[-1]
    assert search.best_params_["C"] < 0.1


def test_more_dimensions_than_samples_do_not_overfit():
    wide = np.random.default_rng(1).normal(size=(200, 400)).astype(np.float32)
    assert probe_factors(*halves(wide, {"none": ANGLE[:200]}))["linear"].mean > -0.2


@pytest.mark.parametrize("factors", [{}, {"same": np.ones(4000)}, {"few": np.arange(3)}])
def test_constant_factors_and_those_of_another_length_are_refused(factors):
    x = codes(NOISE)
    with pytest.raises(InvalidInputError, match="4000 codes need factors that vary"):
        probe_factors((x, factors), (x, factors))
