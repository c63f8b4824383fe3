"""Attribute directions against linear regression in scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.metrics import r2_score
from sklearn.model_selection import KFold, cross_val_predict

from latent_core.analysis.attribute_directions import MIN_R2, fit_attribute_directions
from latent_core.errors import InvalidInputError

RNG = np.random.default_rng(0)
COUNT = 4000
AGE, SMILE, NONE = RNG.uniform(5, 85, COUNT), RNG.uniform(0, 1, COUNT), RNG.normal(size=COUNT)
BEARD = np.clip((AGE - 20) / 60 + RNG.normal(0, 0.2, COUNT), 0, 1)  # correlated with age
CODES = (
    np.stack([(AGE - 45) / 23, 3 * SMILE, 4 * BEARD], axis=1) @ RNG.normal(size=(3, 6))
    + RNG.normal(0, 0.3, (COUNT, 6))
).astype(np.float32)
FACTORS = {"age": AGE, "smile": SMILE, "nothing": NONE, "beard": BEARD}


@pytest.fixture(scope="module")
def directions():
    return fit_attribute_directions(CODES, FACTORS)


def test_predictions_and_r2_equal_scikit_learn(directions):
    for f, name in enumerate(directions.names):
        expected = LinearRegression().fit(CODES, FACTORS[name])
        np.testing.assert_allclose(directions.weights[f], expected.coef_, rtol=1e-3, atol=1e-5)
        np.testing.assert_allclose(
            directions.predict(CODES)[:, f], expected.predict(CODES), atol=2e-3
        )
        held_out = cross_val_predict(
            LinearRegression(), CODES, FACTORS[name], cv=KFold(2, shuffle=True, random_state=0)
        )
        assert directions.r2[f] == pytest.approx(r2_score(FACTORS[name], held_out), abs=0.02)


def test_unpredictable_and_constant_factors_get_no_direction(directions):
    assert directions.names == ("age", "smile", "beard")
    assert (directions.r2 >= MIN_R2).all()
    assert (
        fit_attribute_directions(CODES, {"nothing": NONE, "always the same": np.ones(COUNT)}).names
        == ()
    )


def test_directions_are_regression_slopes_and_move_correlated_factors(directions):
    for f, name in enumerate(directions.names):
        slope = LinearRegression().fit(FACTORS[name][:, None], CODES).coef_[:, 0]
        direction = directions.directions[f]
        cosine = direction @ slope / np.linalg.norm(direction) / np.linalg.norm(slope)
        assert cosine == pytest.approx(1, abs=1e-4), name
    old, young = (
        directions.move_to(CODES[3], "age", 80.0),
        directions.move_to(CODES[3], "age", 10.0),
    )
    change = (directions.predict(old[None]) - directions.predict(young[None]))[0]
    assert change[directions.names.index("beard")] > 0.5
    assert abs(change[directions.names.index("smile")]) < 0.1


def test_move_to_reaches_the_requested_prediction(directions):
    for name, value in [("age", 80.0), ("smile", 0.1), ("beard", 0.5)]:
        moved = directions.move_to(CODES[7], name, value)
        predicted = directions.predict(moved[None])[0]
        assert predicted[directions.names.index(name)] == pytest.approx(value, rel=1e-3)
    with pytest.raises(
        InvalidInputError, match="'nothing'; choose one of these factors: age, smile, beard"
    ):
        directions.move_to(CODES[7], "nothing", 1.0)


def test_slider_ranges_cover_99_percent_of_the_predictions(directions):
    predicted = directions.predict(CODES)
    inside = (predicted >= directions.low) & (predicted <= directions.high)
    np.testing.assert_allclose(inside.mean(axis=0), 0.99, atol=0.002)


def test_factors_need_one_value_per_code():
    with pytest.raises(InvalidInputError, match="one value for each"):
        fit_attribute_directions(CODES, {"age": AGE[:5]})
    assert fit_attribute_directions(CODES[:9], {"nothing": NONE[:9]}).names == ()
    assert fit_attribute_directions(CODES, {}).names == ()
