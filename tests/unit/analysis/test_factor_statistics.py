"""Ground truth against scipy, and against what is known of random selections."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import spearmanr

from latent_core.analysis.factor_statistics import (
    compare_selection,
    most_atypical,
    percentile_ranks,
    rank_correlations,
)
from latent_core.errors import InvalidInputError

RNG = np.random.default_rng(0)
FACTORS = {
    "age": RNG.uniform(5, 85, 400).astype("f"),
    "glasses": (RNG.uniform(size=400) < 0.3).astype("f"),
    "yaw": RNG.normal(0, 20, 400).astype("f"),
}


def test_correlations_are_those_of_scipy():
    codes = np.stack([FACTORS["age"] ** 3, FACTORS["yaw"] + 30 * RNG.normal(size=400)], 1)
    found = rank_correlations(codes.astype("f"), FACTORS)
    expected = [[spearmanr(code, values)[0] for values in FACTORS.values()] for code in codes.T]
    np.testing.assert_allclose(found, expected, atol=1e-6)
    assert found[0, 0] == pytest.approx(1), "a rank correlation sees no curve"


def test_what_never_varies_is_correlated_with_nothing():
    still = rank_correlations(np.ones((400, 1), "f"), FACTORS)
    np.testing.assert_array_equal(still, np.zeros((1, 3)))
    assert rank_correlations(np.ones((400, 2), "f"), {}).shape == (2, 0)


def test_a_standing_is_the_share_below_and_half_of_the_ties():
    shares = percentile_ranks({"x": np.array([1, 3, 3, 7], "f")})["x"]
    np.testing.assert_allclose(shares, [0.125, 0.5, 0.5, 0.875])


def test_the_most_telling_factor_is_the_most_unusual_one():
    ranked = percentile_ranks(FACTORS)
    oldest = int(FACTORS["age"].argmax())
    assert most_atypical(ranked, oldest)[0] == "age"
    assert set(most_atypical(ranked, oldest)) == set(FACTORS)


def test_a_selection_by_one_factor_differs_in_that_one_most():
    old = np.flatnonzero(FACTORS["age"] > 60)
    first = compare_selection(FACTORS, old)[0]
    assert first.name == "age"
    assert first.is_significant
    assert first.selection_mean == pytest.approx(FACTORS["age"][old].mean())
    spread = FACTORS["age"].std()
    assert first.effect_size == pytest.approx(
        (first.selection_mean - first.overall_mean) / spread, rel=1e-5
    )


def test_random_selections_differ_by_one_standard_error():
    draws = [compare_selection(FACTORS, RNG.permutation(400)[:100]) for _ in range(400)]
    errors = [one.z_score for draw in draws for one in draw if one.name == "yaw"]
    assert np.std(errors) == pytest.approx(1, abs=0.12)
    assert sum(one.is_significant for draw in draws for one in draw) < 12  # of 1,200


def test_all_pictures_do_not_differ_from_the_whole():
    assert not any(one.is_significant for one in compare_selection(FACTORS, np.arange(400)))


def test_nothing_selected_is_told():
    with pytest.raises(InvalidInputError, match="at least one picture"):
        compare_selection(FACTORS, np.array([], np.int64))
