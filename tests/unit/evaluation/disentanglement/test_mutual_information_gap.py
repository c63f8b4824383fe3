"""The mutual information gap on codes for which it is known."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.errors import InvalidInputError
from latent_core.evaluation.disentanglement.mutual_information_gap import mutual_information_gap

RNG = np.random.default_rng(0)
ANGLE, SIZE = RNG.uniform(0, 1, 4000), RNG.integers(0, 4, 4000).astype(float)
NOISE = RNG.normal(size=4000)


def codes(*columns: np.ndarray) -> np.ndarray:
    return np.stack(columns, axis=1).astype(np.float32)


def test_a_factor_encoded_in_one_dimension_alone_has_a_gap_of_one():
    gaps = mutual_information_gap(codes(SIZE, ANGLE, NOISE), {"angle": ANGLE, "size": SIZE})
    assert gaps["size"] == pytest.approx(1, abs=0.01)
    assert gaps["angle"] == pytest.approx(1, abs=0.05)


def test_two_equally_informative_dimensions_have_no_gap_and_half_the_bits_half_of_one():
    assert mutual_information_gap(codes(SIZE, SIZE), {"size": SIZE})["size"] == 0
    high = np.floor(SIZE / 2)  # one of its two bits
    one_bit = mutual_information_gap(codes(high, NOISE), {"size": SIZE})
    assert one_bit["size"] == pytest.approx(0.5, abs=0.01)
    both = mutual_information_gap(codes(SIZE, high), {"size": SIZE})
    assert both["size"] == pytest.approx(0.5, abs=0.02)


def test_it_is_invariant_to_scale_and_sign_and_decreases_under_rotation():
    plain = mutual_information_gap(codes(ANGLE, NOISE), {"angle": ANGLE})["angle"]
    scaled = mutual_information_gap(codes(-7 * ANGLE, NOISE), {"angle": ANGLE})["angle"]
    assert scaled == pytest.approx(plain, abs=0.01)
    sum_, difference = ANGLE + 0.3 * NOISE, ANGLE - 0.3 * NOISE
    assert mutual_information_gap(codes(sum_, difference), {"angle": ANGLE})["angle"] < 0.1


def test_a_constant_factor_is_left_out_and_wrong_shapes_are_refused():
    assert mutual_information_gap(codes(SIZE, NOISE), {"same": np.ones(4000)}) == {}
    with pytest.raises(InvalidInputError, match="two dimensions"):
        mutual_information_gap(codes(SIZE), {"size": SIZE})
    with pytest.raises(InvalidInputError, match=r"as many values .*\[3999\]"):
        mutual_information_gap(codes(SIZE, NOISE), {"size": SIZE[:-1]})
