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
