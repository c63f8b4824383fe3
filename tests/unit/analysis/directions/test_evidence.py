"""Evidence for directions: known relations, none at all, and conditional directions."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.metrics import r2_score, roc_auc_score

from latent_core.analysis.directions import evidence as module
from latent_core.analysis.directions.attribute_directions import fit_attribute_directions
from latent_core.analysis.directions.evidence import direction_evidence, hold_fixed, leakage
from latent_core.errors import InvalidInputError

RNG = np.random.default_rng(0)
CODES = RNG.normal(size=(1200, 10)).astype(np.float32)
AGE = CODES[:, 0] + 0.5 * RNG.normal(size=1200)
SMILE = CODES[:, 1] + 0.4 * CODES[:, 0] + 0.3 * RNG.normal(size=1200)


def test_a_linear_attribute_has_its_r2_on_held_out_samples_and_exceeds_its_control():
    found = direction_evidence(CODES, AGE)
    assert found.measure == "R²"
    assert found.score == pytest.approx(1 / 1.25, abs=0.05)
    assert found.low < found.score < found.high
    assert 0.02 < found.high - found.low < 0.15
    assert found.random_directions.mean() == pytest.approx(found.score / 10, abs=0.04)
    assert np.abs(found.shuffled_labels).max() < 0.05
    assert (found.n_fitted, found.n_held_out) == (600, 600)
    assert found.exceeds_control


def test_noise_does_not_exceed_its_control():
    values = np.random.default_rng(3).normal(size=1200)
    assert not direction_evidence(CODES, values).exceeds_control
    assert not direction_evidence(CODES, values > 0).exceeds_control


def test_two_values_are_scored_by_theauroc():
    found = direction_evidence(CODES, AGE > 0.3)
    assert found.measure == "AUROC"
    assert 0.9 < found.low < found.score < found.high < 1
    assert 0.5 < found.random_directions.mean() < 0.7
    assert found.exceeds_control


def test_scores_are_those_of_scikit_learn():
    y, predicted = AGE[:50] > 0, np.round(CODES[:50, 0], 1)
    assert module.auroc(y.astype(float), predicted) == pytest.approx(roc_auc_score(y, predicted))
    assert module._r2(AGE, CODES[:, 0]) == pytest.approx(r2_score(AGE, CODES[:, 0]))


def test_unknown_values_are_left_out():
    values = np.where(np.arange(1200) < 300, AGE, np.nan)
    found = direction_evidence(CODES, values)
    assert found.n_fitted + found.n_held_out == 300
    assert found.score > 0.5


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (np.full(1200, np.nan), "not 0"),
        (np.ones(1200), "two different values"),
        (np.arange(1200) == 7, "rarer value"),
    ],
)
def test_too_few_samples_or_one_class_are_refused(values, words):
    with pytest.raises(InvalidInputError, match=words):
        direction_evidence(CODES, values)


def test_along_a_conditional_direction_the_fixed_attribute_does_not_change():
    directions = fit_attribute_directions(CODES, {"age": AGE, "smile": SMILE})
    before = leakage(CODES, directions)
    assert before[1, 0] > 0.2, "smile moves age"
    fixed = hold_fixed(directions, ["age"])
    assert fixed.names == ("smile",)
    moved = fixed.move_to(CODES[5], "smile", 1.0)
    start, end = directions.predict(np.stack([CODES[5], moved]))
    assert end[0] == pytest.approx(start[0], abs=1e-4)
    assert end[1] == pytest.approx(1, abs=1e-4)


def test_leakage_is_the_change_in_standard_deviations_of_each_prediction():
    directions = fit_attribute_directions(CODES, {"age": AGE, "smile": SMILE})
    step = 0.25 * (directions.high[1] - directions.low[1])
    moved = CODES + step * directions.directions[1]
    change = (directions.predict(moved) - directions.predict(CODES)).mean(axis=0)
    expected = change / directions.predict(CODES).std(axis=0)
    np.testing.assert_allclose(leakage(CODES, directions)[1], expected, rtol=1e-3)


def test_a_direction_that_keeps_nothing_is_left_out():
    directions = fit_attribute_directions(CODES, {"age": AGE, "years": 2 * AGE + 1})
    assert hold_fixed(directions, ["age"]).names == ()
    assert hold_fixed(directions, []) is directions
    with pytest.raises(InvalidInputError, match="'beard'"):
        hold_fixed(directions, ["beard"])
