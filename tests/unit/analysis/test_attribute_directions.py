"""Directions of known factors, where the truth can be computed."""

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
BEARD = np.clip((AGE - 20) / 60 + RNG.normal(0, 0.2, COUNT), 0, 1)  # tied to age
CODES = (
    np.stack([(AGE - 45) / 23, 3 * SMILE, 4 * BEARD], axis=1) @ RNG.normal(size=(3, 6))
    + RNG.normal(0, 0.3, (COUNT, 6))
).astype(np.float32)
FACTORS = {"age": AGE, "smile": SMILE, "nothing": NONE, "beard": BEARD}


@pytest.fixture(scope="module")
def steering():
    return fit_attribute_directions(CODES, FACTORS)


def test_readings_are_those_of_scikit_learn(steering):
    for f, name in enumerate(steering.names):
        other = LinearRegression().fit(CODES, FACTORS[name])
        np.testing.assert_allclose(steering.weights[f], other.coef_, rtol=1e-3, atol=1e-5)
        np.testing.assert_allclose(steering.predict(CODES)[:, f], other.predict(CODES), atol=2e-3)
        held = cross_val_predict(
            LinearRegression(), CODES, FACTORS[name], cv=KFold(2, shuffle=True, random_state=0)
        )
        assert steering.r2[f] == pytest.approx(r2_score(FACTORS[name], held), abs=0.02)


def test_what_codes_do_not_tell_is_left_out(steering):
    assert steering.names == ("age", "smile", "beard")
    assert (steering.r2 >= MIN_R2).all()
    assert (
        fit_attribute_directions(CODES, {"nothing": NONE, "always the same": np.ones(COUNT)}).names
        == ()
    )


def test_a_direction_is_what_codes_change_by_and_what_is_tied_goes_along(steering):
    for f, name in enumerate(steering.names):
        slope = LinearRegression().fit(FACTORS[name][:, None], CODES).coef_[:, 0]
        direction = steering.directions[f]
        cosine = direction @ slope / np.linalg.norm(direction) / np.linalg.norm(slope)
        assert cosine == pytest.approx(1, abs=1e-4), name
    old, young = steering.move_to(CODES[3], "age", 80.0), steering.move_to(CODES[3], "age", 10.0)
    more = (steering.predict(old[None]) - steering.predict(young[None]))[0]
    assert more[steering.names.index("beard")] > 0.5
    assert abs(more[steering.names.index("smile")]) < 0.1


def test_a_pushed_code_reads_as_was_wanted(steering):
    for name, value in [("age", 80.0), ("smile", 0.1), ("beard", 0.5)]:
        pushed = steering.move_to(CODES[7], name, value)
        read = steering.predict(pushed[None])[0]
        assert read[steering.names.index(name)] == pytest.approx(value, rel=1e-3)
    with pytest.raises(InvalidInputError, match="age, smile, beard can"):
        steering.move_to(CODES[7], "nothing", 1.0)


def test_sliders_reach_as_far_as_the_data(steering):
    read = steering.predict(CODES)
    inside = (read >= steering.low) & (read <= steering.high)
    np.testing.assert_allclose(inside.mean(axis=0), 0.99, atol=0.002)


def test_values_must_belong_to_the_codes():
    with pytest.raises(InvalidInputError, match="one value for each"):
        fit_attribute_directions(CODES, {"age": AGE[:5]})
    assert fit_attribute_directions(CODES[:9], {"nothing": NONE[:9]}).names == ()
    assert fit_attribute_directions(CODES, {}).names == ()
