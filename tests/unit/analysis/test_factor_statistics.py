"""Statistics of factors against scipy and the distribution over random selections."""

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


def test_rank_correlations_equal_scipy():
    codes = np.stack([FACTORS["age"] ** 3, FACTORS["yaw"] + 30 * RNG.normal(size=400)], 1)
    found = rank_correlations(codes.astype("f"), FACTORS)
    expected = [[spearmanr(code, values)[0] for values in FACTORS.values()] for code in codes.T]
    np.testing.assert_allclose(found, expected, atol=1e-6)
    assert found[0, 0] == pytest.approx(1), "rank correlation is invariant to monotonic functions"


def test_constant_dimensions_have_zero_correlation():
    constant = rank_correlations(np.ones((400, 1), "f"), FACTORS)
    np.testing.assert_array_equal(constant, np.zeros((1, 3)))
    assert rank_correlations(np.ones((400, 2), "f"), {}).shape == (2, 0)


def test_percentile_rank_counts_half_of_the_ties():
    ranks = percentile_ranks({"x": np.array([1, 3, 3, 7], "f")})["x"]
    np.testing.assert_allclose(ranks, [0.125, 0.5, 0.5, 0.875])


def test_most_atypical_factor_comes_first():
    ranks = percentile_ranks(FACTORS)
    oldest = int(FACTORS["age"].argmax())
    assert most_atypical(ranks, oldest)[0] == "age"
    assert set(most_atypical(ranks, oldest)) == set(FACTORS)


def test_selection_by_a_factor_has_the_largest_effect_in_it():
    old = np.flatnonzero(FACTORS["age"] > 60)
    first = compare_selection(FACTORS, old)[0]
    assert first.name == "age"
    assert first.is_significant
    assert first.selection_mean == pytest.approx(FACTORS["age"][old].mean())
    std = FACTORS["age"].std()
    assert first.effect_size == pytest.approx(
        (first.selection_mean - first.overall_mean) / std, rel=1e-5
    )


def test_z_scores_of_random_selections_have_unit_std():
    contrasts = [compare_selection(FACTORS, RNG.permutation(400)[:100]) for _ in range(400)]
    z_scores = [one.z_score for selection in contrasts for one in selection if one.name == "yaw"]
    assert np.std(z_scores) == pytest.approx(1, abs=0.12)
    assert sum(one.is_significant for selection in contrasts for one in selection) < 12  # of 1,200


def test_selection_of_all_images_has_no_significant_factor():
    assert not any(one.is_significant for one in compare_selection(FACTORS, np.arange(400)))


def test_empty_selection_is_rejected():
    with pytest.raises(InvalidInputError, match="at least one image"):
        compare_selection(FACTORS, np.array([], np.int64))
