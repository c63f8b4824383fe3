"""Effects of attribute directions, against a decoder whose effects are known."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.analysis.directions.attribute_directions import fit_attribute_directions
from latent_core.analysis.directions.effects import STEP, fit_reader, measure_effects

RNG = np.random.default_rng(0)
CODES = RNG.normal(size=(3000, 3)).astype(np.float32)
FACTORS = {"one": CODES[:, 0], "two": 5 * CODES[:, 1], "none": RNG.normal(size=3000)}


def decode(codes: np.ndarray) -> np.ndarray:
    """Images of four pixels; the decoder lets the first dimension change the second factor too."""
    pixels = np.stack([codes[:, 0], codes[:, 1] + 0.5 * codes[:, 0], *codes.T[1:]], axis=1)
    return pixels.reshape(-1, 1, 2, 2)


def features(images: np.ndarray) -> np.ndarray:
    return images.reshape(len(images), -1)[:, :2]


def test_effects_are_changes_of_the_readings_in_standard_deviations():
    unentangled = np.stack([CODES[:, 0], CODES[:, 1]], axis=1)  # the features of real images
    reader = fit_reader(features, unentangled, FACTORS)
    assert reader.names == ("one", "two")
    directions = fit_attribute_directions(CODES, FACTORS)
    effects = measure_effects(decode, reader, CODES[:50], directions)
    step = STEP * (directions.high - directions.low)[0] / CODES[:, 0].std()
    assert effects[0, 0] == pytest.approx(step, rel=0.03)
    assert effects[0, 1] == pytest.approx(0.5 * step, rel=0.1)
    assert abs(effects[1, 0]) < 0.05


def test_no_factors_give_no_effects():
    reader = fit_reader(features, CODES[:, :2], {"constant": np.ones(3000)})
    directions = fit_attribute_directions(CODES, {})
    assert measure_effects(decode, reader, CODES[:5], directions).shape == (0, 0)
