"""Support and round trip: the same distances as a plain loop, and words that mean what they say."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.distance import cdist

import latent_core as lc
from latent_core.analysis.support import NEAR_DATA, SPARSE, Support, fit_support, support_level
from latent_core.encoding import round_trip_distance
from latent_core.errors import InvalidInputError
from latent_core.interpolation import slerp


def codes(count: int = 400, dim: int = 3) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(count, dim)).astype(np.float32)


def test_the_distance_is_the_mean_to_the_five_nearest():
    data, asked = codes(), codes(7) + 1
    expected = np.sort(cdist(asked, data), axis=1)[:, :5].mean(axis=1)
    np.testing.assert_allclose(fit_support(data).distance(asked), expected, rtol=1e-4)


def test_usual_distances_leave_each_code_itself_out():
    data = codes(200)
    apart = cdist(data, data)
    np.fill_diagonal(apart, np.inf)
    own = np.sort(apart, axis=1)[:, :5].mean(axis=1)
    np.testing.assert_allclose(
        fit_support(data).reference_distances, np.quantile(own, np.linspace(0, 1, 201)), rtol=1e-3
    )


def test_the_share_rises_from_the_middle_of_the_data_outwards():
    support = fit_support(codes(2000))
    line = np.linspace(0, 8, 9)[:, None] * np.array([[1, 0, 0]])
    share = support.quantile(line.astype(np.float32))
    assert (np.diff(share[1:]) >= 0).all()
    assert share[:2].max() < 0.5
    assert share[-1] == 1


def test_of_the_data_itself_about_the_promised_share_is_known():
    data = codes(2000, 8)
    fresh = np.random.default_rng(5).normal(size=(2000, 8)).astype(np.float32)
    words = fit_support(data).levels(fresh)
    assert words.count("near data") / 2000 == pytest.approx(NEAR_DATA, abs=0.02)
    assert words.count("far from data") / 2000 == pytest.approx(1 - SPARSE, abs=0.006)


@pytest.mark.parametrize(
    ("share", "word"),
    [(0, "near data"), (0.95, "near data"), (0.96, "sparse"), (0.996, "far from data")],
)
def test_words(share, word):
    assert support_level(share) == word


def test_random_codes_are_known_to_a_model_that_was_taught_on_them():
    data = codes(500, 16) * np.float32(0.1)
    rng = np.random.default_rng(3)
    drawn = rng.normal(size=(2000, 16)).astype(np.float32)
    assert "near data" not in fit_support(data).levels(drawn)
    support = fit_support(data, trained_on_prior_samples=True)
    words = support.levels(drawn)
    assert words.count("near data") / 2000 == pytest.approx(NEAR_DATA, abs=0.02)
    assert words.count("far from data") / 2000 == pytest.approx(1 - SPARSE, abs=0.006)
    far = np.full((1, 16), 3, np.float32)
    assert support.levels(far) == ["far from data"]
    np.testing.assert_allclose(support.distance(far), fit_support(data).distance(far))
    assert (support.quantile(data) <= fit_support(data).quantile(data)).all()


def test_in_many_dimensions_the_hollow_inside_is_not_known_and_the_shell_is():
    data = codes(3000, 16)
    plain, support = fit_support(data), fit_support(data, low_density_center=True)
    middle = np.zeros((1, 16), np.float32)
    assert plain.levels(middle) == ["near data"], "the nearest codes alone don't tell"
    assert support.levels(middle) == ["far from data"]
    fresh = np.random.default_rng(5).normal(size=(2000, 16)).astype(np.float32)
    words = support.levels(fresh)
    assert words.count("near data") / 2000 == pytest.approx(NEAR_DATA, abs=0.02)
    assert words.count("far from data") / 2000 == pytest.approx(1 - SPARSE, abs=0.006)
    outwards = np.linspace(0, 1, 9)[:, None].astype(np.float32) * fresh[:1]
    inside = support.quantile(outwards)
    assert (np.diff(inside[:5]) <= 0).all(), "the nearer to the middle, the less known"
    assert support.distance(fresh).min() >= plain.distance(fresh).min()
    assert (support.distance(fresh) >= plain.distance(fresh) - 1e-6).all()


def test_a_full_middle_is_no_hollow_and_a_ring_has_one():
    assert fit_support(codes(1000, 2), low_density_center=True).shell is None
    ring = codes(1000, 2)
    ring *= 3 / np.linalg.norm(ring, axis=1, keepdims=True)
    support = fit_support(ring + 7, low_density_center=True)
    assert support.levels(np.array([[7, 7], [7, 10]], np.float32)) == ["far from data", "near data"]


def test_a_hollow_is_looked_for_only_where_dimensions_count():
    data = codes(1000, 16)
    wide = np.concatenate([data, 50 + 9 * codes(1000, 1)], axis=1)
    used = np.arange(17) < 16
    found, expected = (
        fit_support(wide, active_dims=used, low_density_center=True),
        fit_support(data, low_density_center=True),
    )
    np.testing.assert_allclose(found.quantile(wide[:50]), expected.quantile(data[:50]), atol=1e-6)


def test_equal_codes_and_few_codes_do_no_harm():
    same = np.zeros((20, 3), np.float32)
    assert fit_support(same).levels(np.array([[0, 0, 0], [0, 0, 1]])) == [
        "near data",
        "far from data",
    ]
    assert fit_support(codes(3)).distance(codes(1)).shape == (1,)


def test_a_silent_dimension_makes_no_difference():
    data, used = codes(300, 4), np.array([True, True, False, True])
    moved = data[:5] + np.array([0, 0, 50, 0], np.float32)
    support = fit_support(data, active_dims=used)
    np.testing.assert_array_equal(support.distance(moved), support.distance(data[:5]))
    np.testing.assert_array_equal(
        support.reference_distances, fit_support(data[:, used]).reference_distances
    )
    assert support.levels(moved) != ["far from data"] * 5


def test_bad_input():
    with pytest.raises(InvalidInputError, match="at least two"):
        fit_support(codes(1))
    with pytest.raises(InvalidInputError, match="201 ascending"):
        Support(codes=codes(), reference_distances=np.arange(5))
    with pytest.raises(InvalidInputError, match="dimensions"):
        fit_support(codes()).quantile(np.zeros((1, 4), np.float32))


def test_a_round_trip_through_an_exact_inverse_goes_nowhere(four_model):
    inside = four_model.encode(np.full((3, 1, 2, 2), 0.5, np.float32)).mean
    assert round_trip_distance(four_model, inside).max() < 1e-6
    outside = inside + 5  # those pixels are cut to [0, 1]
    assert round_trip_distance(four_model, outside).min() > 1


def test_halfway_between_digits_a_straight_line_is_in_the_hollow_more_often_than_the_sphere():
    model = lc.load_model("digits-vae-16")
    mean = lc.encode(model, lc.load_dataset("digits")).mean
    support = fit_support(mean, low_density_center=True)
    a, b = np.random.default_rng(0).integers(0, len(mean), (2, 300))
    straight = support.levels((mean[a] + mean[b]) / 2)
    round_ = support.levels(slerp(mean[a], mean[b], np.full(300, 0.5)).astype(np.float32))
    assert straight.count("near data") < 0.85 * 300 < 0.9 * 300 < round_.count("near data")


def test_far_codes_are_called_so_in_a_real_space():
    model = lc.load_model("digits-vae-16")
    mean = lc.encode(model, lc.load_dataset("digits")).mean
    support = fit_support(mean)
    far = np.random.default_rng(0).normal(0, 3, (200, 16)).astype(np.float32)
    assert support.levels(far).count("far from data") > 190
    assert np.median(round_trip_distance(model, far)) > 5 * np.median(
        round_trip_distance(model, mean[:200])
    )
