"""What simple readers tell, and the mutual information gap, on codes of which it is known."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.errors import InvalidInputError
from latent_core.evaluation.disentanglement import mutual_information_gap
from latent_core.evaluation.probes import N_SPLITS, probe_factors

RNG = np.random.default_rng(0)
ANGLE, SIZE = RNG.uniform(0, 1, 4000), RNG.integers(0, 4, 4000).astype(float)
NOISE = RNG.normal(size=4000)


def codes(*columns: np.ndarray) -> np.ndarray:
    return np.stack(columns, axis=1).astype(np.float32)


def test_a_dimension_that_tells_all_alone_leaves_a_gap_of_one():
    gaps = mutual_information_gap(codes(SIZE, ANGLE, NOISE), {"angle": ANGLE, "size": SIZE})
    assert gaps["size"] == pytest.approx(1, abs=0.01)
    assert gaps["angle"] == pytest.approx(1, abs=0.05)


def test_two_that_tell_alike_leave_none_and_half_the_bits_leave_half():
    assert mutual_information_gap(codes(SIZE, SIZE), {"size": SIZE})["size"] == 0
    high = np.floor(SIZE / 2)  # one of its two bits
    assert mutual_information_gap(codes(high, NOISE), {"size": SIZE})["size"] == pytest.approx(
        0.5, abs=0.01
    )
    assert mutual_information_gap(codes(SIZE, high), {"size": SIZE})["size"] == pytest.approx(
        0.5, abs=0.02
    )


def test_it_does_not_see_scale_or_sign_and_falls_when_axes_are_turned():
    plain = mutual_information_gap(codes(ANGLE, NOISE), {"angle": ANGLE})["angle"]
    scaled = mutual_information_gap(codes(-7 * ANGLE, NOISE), {"angle": ANGLE})["angle"]
    assert scaled == pytest.approx(plain, abs=0.01)
    sum_, difference = ANGLE + 0.3 * NOISE, ANGLE - 0.3 * NOISE
    assert mutual_information_gap(codes(sum_, difference), {"angle": ANGLE})["angle"] < 0.1


def test_what_never_varies_is_left_out_and_what_does_not_fit_is_refused():
    assert mutual_information_gap(codes(SIZE, NOISE), {"same": np.ones(4000)}) == {}
    with pytest.raises(InvalidInputError, match="two dimensions"):
        mutual_information_gap(codes(SIZE), {"size": SIZE})
    with pytest.raises(InvalidInputError, match="as many"):
        mutual_information_gap(codes(SIZE, NOISE), {"size": SIZE[:-1]})


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
