"""Attribute directions against linear regression in scikit-learn."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.linalg import sqrtm
from sklearn.linear_model import LinearRegression
from sklearn.metrics import r2_score
from sklearn.model_selection import KFold, cross_val_predict

from latent_core.analysis.directions.attribute_directions import MIN_R2, fit_attribute_directions
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


def test_predictions_and_r2_are_those_of_linear_regression(directions):
    for f, name in enumerate(directions.names):
        expected = LinearRegression().fit(CODES, FACTORS[name])
        residual = directions.predict(CODES)[:, f] - expected.predict(CODES)
        assert np.square(residual).mean() < 0.01 * np.var(FACTORS[name] - expected.predict(CODES))
        held_out = cross_val_predict(
            LinearRegression(), CODES, FACTORS[name], cv=KFold(5, shuffle=True, random_state=0)
        )
        assert directions.r2[f] == pytest.approx(r2_score(FACTORS[name], held_out), abs=0.005)


def test_a_collapsed_dimension_gets_no_large_weight():
    rng = np.random.default_rng(0)
    collapsed = 0.05 * (CODES[:, :1] + 1e-7 * rng.normal(size=(COUNT, 1)))  # condition over 10⁷
    codes = np.hstack([CODES.astype(np.float64), collapsed])
    least_squares = np.linalg.lstsq(np.hstack([codes, np.ones((COUNT, 1))]), AGE, rcond=None)[0]
    found = fit_attribute_directions(codes, FACTORS)
    usual = fit_attribute_directions(CODES, FACTORS)
    assert np.abs(found.weights[0]).max() < 2 * np.abs(usual.weights[0]).max()
    assert np.abs(least_squares[:-1]).max() > 1e3 * np.abs(usual.weights[0]).max()
    moved = codes[:1].copy()
    moved[0, 6] += 0.1
    change = found.predict(moved.astype(np.float32)) - found.predict(codes[:1].astype(np.float32))
    assert abs(change[0, 0]) < 1  # year


def test_inactive_dimensions_are_left_out():
    codes, active = np.hstack([CODES, CODES[:, :1]]), np.arange(7) < 6
    found = fit_attribute_directions(codes, FACTORS, active_dims=active)
    expected = fit_attribute_directions(CODES, FACTORS)
    np.testing.assert_array_equal(found.weights[:, :6], expected.weights)
    np.testing.assert_array_equal(found.directions[:, :6], expected.directions)
    assert not found.weights[:, 6].any()
    assert not found.directions[:, 6].any()


def test_unpredictable_and_constant_factors_get_no_direction(directions):
    assert directions.names == ("age", "smile", "beard")
    assert (directions.r2 >= MIN_R2).all()
    assert (
        fit_attribute_directions(CODES, {"nothing": NONE, "always the same": np.ones(COUNT)}).names
        == ()
    )


def test_directions_are_halfway_between_normal_and_mean_change(directions):
    covariance = np.cov(CODES, rowvar=False)
    for f, name in enumerate(directions.names):
        twice = sqrtm(covariance) @ directions.directions[f]
        slope = LinearRegression().fit(FACTORS[name][:, None], CODES).coef_[:, 0]
        cosine = twice @ slope / np.linalg.norm(twice) / np.linalg.norm(slope)
        assert cosine == pytest.approx(1, abs=1e-3), name


def test_directions_move_correlated_factors(directions):
    old, young = (
        directions.move_to(CODES[3], "age", 80.0),
        directions.move_to(CODES[3], "age", 10.0),
    )
    change = (directions.predict(old[None]) - directions.predict(young[None]))[0]
    beard, smile = (change[directions.names.index(name)] for name in ("beard", "smile"))
    assert beard > 0.2
    assert abs(smile) < 0.5 * beard


def test_move_to_reaches_the_requested_prediction(directions):
    for name, value in [("age", 80.0), ("smile", 0.1), ("beard", 0.5)]:
        moved = directions.move_to(CODES[7], name, value)
        predicted = directions.predict(moved[None])[0]
        assert predicted[directions.names.index(name)] == pytest.approx(value, rel=1e-3)
    with pytest.raises(InvalidInputError, match=r"'nothing'.* age, smile, beard"):
        directions.move_to(CODES[7], "nothing", 1.0)


def test_slider_ranges_cover_99_percent_of_the_predictions(directions):
    predicted = directions.predict(CODES)
    inside = (predicted >= directions.low) & (predicted <= directions.high)
    np.testing.assert_allclose(inside.mean(axis=0), 0.99, atol=0.002)


def test_factors_need_one_value_per_code():
    with pytest.raises(InvalidInputError, match="one value for each"):
        fit_attribute_directions(CODES, {"age": AGE[:5]})
    assert fit_attribute_directions(CODES[:200], {"nothing": NONE[:200]}).names == ()
    assert fit_attribute_directions(CODES, {}).names == ()
