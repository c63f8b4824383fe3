"""Support: distances against scipy, and the frequencies of the levels on new samples."""

from __future__ import annotations

from functools import partial

import numpy as np
import pytest
from scipy.spatial.distance import cdist

import latent_core as lc
from latent_core.analysis.support import NEAR_DATA, SPARSE, Support, fit_support, support_level
from latent_core.encoding import round_trip_distance
from latent_core.errors import InvalidInputError
from latent_core.interpolation import (
    build_neighbor_graph,
    geodesic_path,
    linear_path,
    spherical_path,
)


def codes(count: int = 400, dim: int = 3) -> np.ndarray:
    return np.random.default_rng(0).normal(size=(count, dim)).astype(np.float32)


def scaled_distance(distances: np.ndarray, own: np.ndarray) -> np.ndarray:
    """From distances ``(M, N)`` to the data and ``(N, N)`` within it to d / √r."""
    index = np.argsort(distances, axis=1)[:, :5]
    mean = np.take_along_axis(distances, index, axis=1).mean(axis=1)
    local = np.sort(own, axis=1)[:, :5].mean(axis=1)
    return mean / np.sqrt(local[index].mean(axis=1))


def distances_within(data: np.ndarray) -> np.ndarray:
    distances = cdist(data, data)
    np.fill_diagonal(distances, np.inf)
    return distances


def test_distance_is_scaled_by_the_distances_of_the_neighbors():
    data, queries = codes(), codes(7) + 1
    expected = scaled_distance(cdist(queries, data), distances_within(data))
    np.testing.assert_allclose(fit_support(data).distance(queries), expected, rtol=1e-4)


def test_reference_distances_exclude_the_code_itself():
    data = codes(200)
    own = distances_within(data)
    expected = np.quantile(scaled_distance(own, own), np.linspace(0, 1, 201))
    np.testing.assert_allclose(fit_support(data).reference_distances, expected, rtol=1e-3)


def test_a_code_between_dense_clusters_is_farther_than_one_as_near_to_its_neighbors():
    rng = np.random.default_rng(0)
    clusters = rng.normal(size=(3, 500, 2)) * np.reshape([0.05, 0.05, 1], (3, 1, 1))
    data = (clusters + np.reshape([0, -3, 0, 3, 9, 0], (3, 1, 2))).reshape(-1, 2).astype(np.float32)
    between, beside = np.float32([[0, 0]]), np.float32([[12.3, 0]])
    own = [np.sort(cdist(query, data))[0, :5].mean() for query in (between, beside)]
    support = fit_support(data)
    scaled = [support.distance(query)[0] for query in (between, beside)]
    assert scaled[0] / scaled[1] > 2 * own[0] / own[1]


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
    [(0, "near data"), (0.8, "near data"), (0.81, "sparse"), (0.991, "far from data")],
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


def test_geodesic_paths_are_nearer_to_the_data_than_linear_and_spherical_ones():
    codes = lc.encode(lc.load_model("digits-vae-16"), lc.load_dataset("digits")).mean
    graph, support = build_neighbor_graph(codes), fit_support(codes)
    pairs = codes[np.random.default_rng(0).integers(0, len(codes), (60, 2))]
    kinds = [linear_path, spherical_path, partial(geodesic_path, graph=graph)]
    linear, spherical, geodesic = (
        np.mean([support.quantile(path(a, b).at([0.25, 0.5, 0.75])) for a, b in pairs])
        for path in kinds
    )
    assert geodesic < 0.7 * linear < linear < spherical


def test_far_codes_of_a_shipped_model_are_far_from_data():
    model = lc.load_model("digits-vae-16")
    mean = lc.encode(model, lc.load_dataset("digits")).mean
    support = fit_support(mean)
    far = np.random.default_rng(0).normal(0, 3, (200, 16)).astype(np.float32)
    assert support.levels(far).count("far from data") > 190
    assert np.median(round_trip_distance(model, far)) > 5 * np.median(
        round_trip_distance(model, mean[:200])
    )
