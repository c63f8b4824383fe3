"""Clusters that were made by hand are found, and no others."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core import workspace
from latent_core.errors import CancelledError, InvalidInputError
from latent_core.uses.cluster_figures import (
    GAUSSIAN,
    cluster_agreement,
    cluster_figures,
    explained_variance,
)
from latent_core.uses.clusters import MAX_FITTED, METHODS, cluster_codes
from latent_core.uses.dataset_clusters import find_clusters, measure_clusters
from latent_core.uses.results import CODE, EncodedData

SIZES = (300, 200, 100, 60)


@pytest.fixture
def groups() -> tuple[np.ndarray, np.ndarray]:
    """Codes ``(660, 3)`` in four groups far from each other, and the group of each, shuffled."""
    rng = np.random.default_rng(0)
    labels = rng.permutation(np.repeat(range(4), SIZES))
    centers = 20 * np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]])
    return (rng.normal(size=(660, 3)) + centers[labels]).astype(np.float32), labels


@pytest.mark.parametrize("method", METHODS)
def test_groups_far_apart_are_found_the_biggest_first(groups, method):
    codes, labels = groups
    found = cluster_codes(codes, method, min_cluster_size=20)
    assert found.n_clusters == 4, "the number is suggested"
    members = found.assignments >= 0
    assert members.mean() > 0.9
    np.testing.assert_array_equal(found.assignments[members], labels[members])
    np.testing.assert_array_equal(found.sizes, np.bincount(found.assignments[members]))
    for k in range(4):
        mean = codes[found.assignments == k].mean(axis=0)
        np.testing.assert_allclose(found.centers[k], mean, atol=1e-4)
    order = found.members(codes, 2)
    distances = np.linalg.norm(codes[order] - found.centers[2], axis=1)
    assert (np.diff(distances) >= 0).all()
    again = cluster_codes(codes, method, min_cluster_size=20)
    np.testing.assert_array_equal(found.assignments, again.assignments)


@pytest.mark.parametrize("method", METHODS)
def test_of_many_codes_a_sample_is_fitted_and_all_are_assigned(method):
    rng = np.random.default_rng(0)
    labels = rng.integers(0, 2, 2 * MAX_FITTED)
    codes = rng.normal(size=(len(labels), 2)) + 30 * labels[:, None]
    found = cluster_codes(codes, method, n_clusters=2)
    assert found.n_fitted == MAX_FITTED
    assert len(found.numbers) == 0
    assert cluster_agreement(found.assignments, labels)[0] > 0.95


def test_agreement_of_equal_and_of_random_clusters():
    labels = np.repeat([0, 1, 2], 500)
    renamed = np.array([2, 0, 1])[labels]
    assert cluster_agreement(renamed, labels) == pytest.approx((1, 1))
    random = np.random.default_rng(0).integers(0, 3, 1500)
    assert cluster_agreement(random, labels)[0] == pytest.approx(0, abs=0.01)
    half_missing = np.where(np.arange(1500) % 2, np.nan, labels)
    assert cluster_agreement(renamed, half_missing) == pytest.approx((1, 1)), "NaN is no label"


def test_explained_variance_is_one_of_equal_values_and_zero_by_chance():
    rng = np.random.default_rng(0)
    clusters = rng.integers(0, 20, 400)
    values = np.stack([clusters.astype(float), np.ones(400)], axis=1)
    assert explained_variance(clusters, values) == pytest.approx(1), "the constant is left out"
    chance = [explained_variance(rng.permutation(clusters), values) for _ in range(50)]
    assert np.mean(chance) == pytest.approx(0, abs=0.02)
    assert np.isnan(explained_variance(clusters, values[:, 1:]))


def test_groups_are_stable_and_one_gaussian_is_not(groups):
    codes, labels = groups
    found = cluster_figures(codes, "kmeans", 4, labels)
    assert found.stability == pytest.approx(1)
    assert found.ari == pytest.approx(1)
    assert found.nmi_shuffled < 0.05
    noise = np.random.default_rng(0).normal(size=(600, 8)).astype(np.float32)
    assert cluster_figures(noise, "kmeans", 6, None).stability < 0.5
    without = cluster_figures(noise, "hdbscan", 50, None)
    assert (without.n_clusters, without.stability) == (0, None), "nothing found is not stable"


@pytest.mark.parametrize(
    ("codes", "parameters", "word"),
    [
        (np.ones((50, 3)), {}, "equal"),
        (np.eye(3), {"n_clusters": 4}, "3 different"),
        (np.eye(3), {"method": "hdbscan"}, "minimum size"),
        (np.eye(3), {"method": "x"}, "method"),
        (np.ones((1, 3)), {}, "equal"),
        (np.zeros((0, 3)), {}, "equal"),
        ([[np.nan, 1.0]], {}, "NaN"),
    ],
)
def test_what_cannot_be_clustered_is_refused(codes, parameters, word):
    with pytest.raises(InvalidInputError, match=word):
        cluster_codes(codes, **parameters)


def test_few_codes_and_constant_dimensions_have_clusters():
    codes = np.array([[0, 0, 1], [0, 1, 1], [9, 0, 1], [9, 1, 1]], np.float32)
    for method in ("kmeans", "mixture"):
        assert cluster_codes(codes, method).n_clusters >= 2
    assert cluster_codes(codes[:2]).n_clusters == 2


def test_one_class_or_no_labels_have_no_agreement(groups):
    codes, _ = groups
    assert cluster_figures(codes, "kmeans", 2, np.zeros(660, np.int64)).ari is None
    with pytest.raises(InvalidInputError, match="classes"):
        cluster_agreement([0, 1], [1, 1])


def test_a_data_set_has_clusters_and_figures_that_are_cached(four):
    model, data = lc.load_model("four"), lc.load_dataset("four")
    encoded = EncodedData(model=model, data=data, encodings=workspace.encode(model, data))
    found = find_clusters(encoded, "kmeans")
    assert len(found.numbers) == len(found.scores) > 1
    rows = measure_clusters(encoded, "kmeans", found.n_clusters)
    assert rows[0].representation == CODE
    assert rows[-1].representation == GAUSSIAN
    assert rows[-1].ari is None
    assert rows[0].n_labelled == len(data)
    assert measure_clusters(encoded, "kmeans", found.n_clusters)[0].ari == rows[0].ari
    np.testing.assert_array_equal(find_clusters(encoded, "kmeans").assignments, found.assignments)


def test_clustering_can_be_stopped(groups):
    def stop(_fraction: float, _message: str) -> None:
        raise CancelledError("stopped")

    with pytest.raises(CancelledError):
        cluster_codes(groups[0], progress=stop)
