"""Ridge regression against scikit-learn's, and its choice of the penalty."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import Ridge
from sklearn.metrics import r2_score

from latent_core.analysis import ridge
from latent_core.analysis.ridge import PENALTIES, fit_ridge

RNG = np.random.default_rng(0)
CODES = RNG.normal(size=(1000, 5)) * [3, 2, 1, 1, 0.5] + 7
TARGETS = CODES @ RNG.normal(size=(5, 2)) + RNG.normal(size=(1000, 2))


@pytest.mark.parametrize("penalty", [1e-3, 1.0])
def test_weights_equal_scikit_learn(monkeypatch: pytest.MonkeyPatch, penalty: float) -> None:
    monkeypatch.setattr(ridge, "PENALTIES", np.array([penalty]))
    alpha = penalty * CODES.var(axis=0).mean() * len(CODES)
    expected = Ridge(alpha=alpha).fit(CODES, TARGETS)
    found = fit_ridge(CODES, TARGETS)
    np.testing.assert_allclose(found.weights, expected.coef_, rtol=1e-8)
    np.testing.assert_allclose(found.offsets, expected.intercept_, rtol=1e-8)


def test_r2_is_that_of_new_codes() -> None:
    weights = np.array([1.0, -0.5, 0.3, 0, 2])
    codes = RNG.normal(size=(6000, 5))
    target = codes @ weights + RNG.normal(size=6000)
    found = fit_ridge(codes[:1000], target[:1000, None])
    predicted = codes[1000:] @ found.weights[0] + found.offsets[0]
    assert found.r2[0] == pytest.approx(r2_score(target[1000:], predicted), abs=0.02)


def test_targets_that_codes_do_not_predict_get_the_largest_penalty() -> None:
    noise = np.random.default_rng(3).normal(size=(1000, 1))
    found = fit_ridge(CODES, noise)
    assert found.r2[0] < 0.01
    largest = PENALTIES[-1] * CODES.var(axis=0).mean() * len(CODES)
    np.testing.assert_allclose(
        found.weights, Ridge(alpha=largest).fit(CODES, noise[:, 0]).coef_[None]
    )


def test_no_targets_and_constant_codes_are_accepted() -> None:
    assert fit_ridge(CODES, np.empty((1000, 0))).weights.shape == (0, 5)
    assert not fit_ridge(np.ones((1000, 5)), TARGETS).weights.any()
