"""What simple readers tell, and the mutual information gap, on codes of which it is known."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.errors import InvalidInputError
from latent_core.evaluation.disentanglement import mutual_information_gap
from latent_core.evaluation.probes import N_SPLITS, probe_factors
import numpy as np
import pytest
import latent_core as lc
from latent_core.errors import InvalidInputError
from latent_core.evaluation.evaluator import Evaluator
from latent_core.evaluation.probes import probe_accuracy
from latent_core.models.catalog import evaluator_for

RNG = np.random.default_rng(0)
ANGLE, SIZE = RNG.uniform(0, 1, 4000), RNG.integers(0, 4, 4000).astype(float)
NOISE = RNG.normal(size=4000)


def codes(*columns: np.ndarray) -> np.ndarray:
    return np.stack(columns, axis=1).astype(np.float32)


def test_a_straight_reading_finds_what_is_straight_and_neighbours_what_is_bent():
    around = codes(np.cos(2 * np.pi * ANGLE), np.sin(2 * np.pi * ANGLE))
    found = probe_factors(around, {"across": around[:, 0], "square": around[:, 0] ** 2})
    assert found["linear"].shape == found["knn"].shape == (N_SPLITS, 2)
    assert found["linear"][:, 0].min() > 0.999
    assert found["linear"][:, 1].max() < 0.05, "no straight reading tells a square"
    assert found["knn"].min() > 0.99


def test_noise_tells_nothing_and_a_known_share_is_found():
    assert np.abs(probe_factors(codes(NOISE), {"angle": ANGLE})["linear"]).max() < 0.01
    mixed = probe_factors(codes(SIZE + SIZE.std() * NOISE), {"size": 1000 * SIZE - 7})
    assert mixed["linear"].mean() == pytest.approx(0.5, abs=0.02), "half of it is noise"


def test_the_share_read_is_scikit_learns_on_the_same_halves():
    from sklearn.linear_model import LinearRegression
    from sklearn.neighbors import KNeighborsRegressor

    many = codes(NOISE, SIZE, ANGLE)
    truth = ANGLE + np.sin(3 * SIZE)
    known, asked = np.array_split(np.random.default_rng([0, 2]).permutation(4000), 2)
    found = probe_factors(many, {"one": truth})
    for name, reader in {"linear": LinearRegression(), "knn": KNeighborsRegressor(10)}.items():
        expected = reader.fit(many[known], truth[known]).score(many[asked], truth[asked])
        assert found[name][2, 0] == pytest.approx(expected, abs=2e-4)


def test_more_numbers_than_pictures_are_read_without_being_learned_by_heart():
    wide = np.random.default_rng(1).normal(size=(200, 400)).astype(np.float32)
    assert probe_factors(wide, {"none": ANGLE[:200]})["linear"].mean() > -0.2


@pytest.mark.parametrize("factors", [{}, {"same": np.ones(4000)}, {"few": np.arange(3)}])
def test_factors_that_do_not_fit_are_refused(factors):
    with pytest.raises(InvalidInputError, match="4000 codes need factors that vary"):
        probe_factors(codes(NOISE), factors)


def test_probes_read_what_is_there_and_nothing_else():
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 3, 600)
    plain = np.eye(3)[labels] + rng.normal(0, 0.1, (600, 3))
    told = probe_accuracy(plain, labels)
    assert told["linear"][0] > 0.99
    assert told["knn"][0] > 0.99
    blind = probe_accuracy(rng.normal(size=(600, 3)), labels)
    assert blind["linear"][0] == pytest.approx(1 / 3, abs=0.06)
    assert blind["linear"][1] > 0
    ring = rng.normal(size=(600, 2))
    ring *= (1 + 2 * (labels == 0))[:, None] / np.linalg.norm(ring, axis=1, keepdims=True)
    curved = probe_accuracy(ring, (labels == 0).astype(int))
    assert curved["knn"][0] > 0.99
    assert curved["linear"][0] < 0.8, "no straight line parts a ring from what is inside"


def test_bad_input():
    with pytest.raises(InvalidInputError, match="as many labels"):
        probe_accuracy(np.zeros((5, 2)), np.zeros(4, int))
    with pytest.raises(InvalidInputError, match="two classes"):
        probe_accuracy(np.random.default_rng(0).normal(size=(5, 2)), np.zeros(5, int))
