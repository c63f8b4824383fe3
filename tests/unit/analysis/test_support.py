"""Support: distances against scipy, and the frequencies of the levels on new samples."""

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


def test_distance_is_the_mean_to_the_five_nearest_codes():
    data, queries = codes(), codes(7) + 1
    expected = np.sort(cdist(queries, data), axis=1)[:, :5].mean(axis=1)
    np.testing.assert_allclose(fit_support(data).distance(queries), expected, rtol=1e-4)


def test_reference_distances_exclude_the_code_itself():
    data = codes(200)
    distances = cdist(data, data)
    np.fill_diagonal(distances, np.inf)
    own = np.sort(distances, axis=1)[:, :5].mean(axis=1)
    np.testing.assert_allclose(
        fit_support(data).reference_distances, np.quantile(own, np.linspace(0, 1, 201)), rtol=1e-3
    )


def test_quantile_increases_with_the_distance_from_the_data():
    support = fit_support(codes(2000))
    line = np.linspace(0, 8, 9)[:, None] * np.array([[1, 0, 0]])
    quantile = support.quantile(line.astype(np.float32))
    assert (np.diff(quantile[1:]) >= 0).all()
    assert quantile[:2].max() < 0.5
    assert quantile[-1] == 1


def test_levels_of_new_samples_have_the_declared_frequencies():
    data = codes(2000, 8)
    fresh = np.random.default_rng(5).normal(size=(2000, 8)).astype(np.float32)
    levels = fit_support(data).levels(fresh)
    assert levels.count("near data") / 2000 == pytest.approx(NEAR_DATA, abs=0.02)
    assert levels.count("far from data") / 2000 == pytest.approx(1 - SPARSE, abs=0.006)


@pytest.mark.parametrize(
    ("quantile", "level"),
    [(0, "near data"), (0.95, "near data"), (0.96, "sparse"), (0.996, "far from data")],
)
def test_support_level_thresholds(quantile, level):
    assert support_level(quantile) == level


def test_prior_samples_are_near_data_for_a_model_trained_on_them():
    data = codes(500, 16) * np.float32(0.1)
    rng = np.random.default_rng(3)
    drawn = rng.normal(size=(2000, 16)).astype(np.float32)
    assert "near data" not in fit_support(data).levels(drawn)
    support = fit_support(data, trained_on_prior_samples=True)
    levels = support.levels(drawn)
    assert levels.count("near data") / 2000 == pytest.approx(NEAR_DATA, abs=0.02)
    assert levels.count("far from data") / 2000 == pytest.approx(1 - SPARSE, abs=0.006)
    far = np.full((1, 16), 3, np.float32)
    assert support.levels(far) == ["far from data"]
    np.testing.assert_allclose(support.distance(far), fit_support(data).distance(far))
    assert (support.quantile(data) <= fit_support(data).quantile(data)).all()


def test_low_density_center_is_far_from_data_and_the_shell_is_near():
    data = codes(3000, 16)
    plain, support = fit_support(data), fit_support(data, low_density_center=True)
    center = np.zeros((1, 16), np.float32)
    assert plain.levels(center) == ["near data"], "distances alone do not detect it"
    assert support.levels(center) == ["far from data"]
    fresh = np.random.default_rng(5).normal(size=(2000, 16)).astype(np.float32)
    levels = support.levels(fresh)
    assert levels.count("near data") / 2000 == pytest.approx(NEAR_DATA, abs=0.02)
    assert levels.count("far from data") / 2000 == pytest.approx(1 - SPARSE, abs=0.006)
    outwards = np.linspace(0, 1, 9)[:, None].astype(np.float32) * fresh[:1]
    inside = support.quantile(outwards)
    assert (np.diff(inside[:5]) <= 0).all(), "quantiles increase toward the center"
    assert support.distance(fresh).min() >= plain.distance(fresh).min()
    assert (support.distance(fresh) >= plain.distance(fresh) - 1e-6).all()


def test_only_data_with_an_empty_center_has_a_shell():
    assert fit_support(codes(1000, 2), low_density_center=True).shell is None
    ring = codes(1000, 2)
    ring *= 3 / np.linalg.norm(ring, axis=1, keepdims=True)
    support = fit_support(ring + 7, low_density_center=True)
    assert support.levels(np.array([[7, 7], [7, 10]], np.float32)) == ["far from data", "near data"]


def test_shell_uses_active_dimensions_only():
    data = codes(1000, 16)
    wide = np.concatenate([data, 50 + 9 * codes(1000, 1)], axis=1)
    used = np.arange(17) < 16
    found, expected = (
        fit_support(wide, active_dims=used, low_density_center=True),
        fit_support(data, low_density_center=True),
    )
    np.testing.assert_allclose(found.quantile(wide[:50]), expected.quantile(data[:50]), atol=1e-6)


def test_equal_codes_and_few_codes_are_accepted():
    same = np.zeros((20, 3), np.float32)
    assert fit_support(same).levels(np.array([[0, 0, 0], [0, 0, 1]])) == [
        "near data",
        "far from data",
    ]
    assert fit_support(codes(3)).distance(codes(1)).shape == (1,)


def test_inactive_dimensions_have_no_effect():
    data, used = codes(300, 4), np.array([True, True, False, True])
    moved = data[:5] + np.array([0, 0, 50, 0], np.float32)
    support = fit_support(data, active_dims=used)
    np.testing.assert_array_equal(support.distance(moved), support.distance(data[:5]))
    np.testing.assert_array_equal(
        support.reference_distances, fit_support(data[:, used]).reference_distances
    )
    assert support.levels(moved) != ["far from data"] * 5


def test_invalid_codes_are_rejected():
    with pytest.raises(InvalidInputError, match="at least two"):
        fit_support(codes(1))
    with pytest.raises(InvalidInputError, match="201 ascending"):
        Support(codes=codes(), reference_distances=np.arange(5))
    with pytest.raises(InvalidInputError, match="dimensions"):
        fit_support(codes()).quantile(np.zeros((1, 4), np.float32))


def test_linear_midpoints_are_in_the_low_density_center_more_often_than_spherical_ones():
    model = lc.load_model("digits-vae-16")
    mean = lc.encode(model, lc.load_dataset("digits")).mean
    support = fit_support(mean, low_density_center=True)
    a, b = np.random.default_rng(0).integers(0, len(mean), (2, 300))
    linear = support.levels((mean[a] + mean[b]) / 2)
    spherical = support.levels(slerp(mean[a], mean[b], np.full(300, 0.5)).astype(np.float32))
    assert linear.count("near data") < 0.85 * 300 < 0.9 * 300 < spherical.count("near data")


def test_far_codes_of_a_shipped_model_are_far_from_data():
    model = lc.load_model("digits-vae-16")
    mean = lc.encode(model, lc.load_dataset("digits")).mean
    support = fit_support(mean)
    far = np.random.default_rng(0).normal(0, 3, (200, 16)).astype(np.float32)
    assert support.levels(far).count("far from data") > 190
    assert np.median(round_trip_distance(model, far)) > 5 * np.median(
        round_trip_distance(model, mean[:200])
    )
