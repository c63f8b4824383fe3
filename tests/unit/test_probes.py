"""The mutual information gap, on codes of which it is known."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.errors import BadInput
from latent_core.probes import mutual_information_gap

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
    with pytest.raises(BadInput, match="two dimensions"):
        mutual_information_gap(codes(SIZE), {"size": SIZE})
    with pytest.raises(BadInput, match="as many"):
        mutual_information_gap(codes(SIZE, NOISE), {"size": SIZE[:-1]})
