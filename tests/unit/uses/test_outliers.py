"""Outlier scores on hand-made codes with known outliers, and thresholds with known rates."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from sklearn.covariance import LedoitWolf
from sklearn.metrics import roc_auc_score

import latent_core as lc
from latent_core import workspace
from latent_core.errors import InvalidInputError
from latent_core.uses.detection import auroc, evaluate_detection
from latent_core.uses.outlier_scores import cross_scores, knn_distances, mahalanobis_distances
from latent_core.uses.outliers import KNN, MAHALANOBIS, RECONSTRUCTION, measure_outliers
from latent_core.uses.results import CODE, PCA, PIXELS, EncodedData
from tests.conftest import MEAN, ROTATION, add_dataset


@pytest.fixture
def rng() -> np.random.Generator:
    return np.random.default_rng(0)


def test_knn_distances_are_means_of_the_nearest(rng):
    known, queries = rng.normal(size=(50, 3)), rng.normal(size=(7, 3))
    expected = np.sort(cdist(queries, known), axis=1)[:, :5].mean(axis=1)
    np.testing.assert_allclose(knn_distances(known, queries, n_neighbors=5), expected, rtol=1e-4)
    np.testing.assert_allclose(
        knn_distances(known, queries, n_neighbors=99), cdist(queries, known).mean(1), rtol=1e-4
    )


def test_mahalanobis_distances_are_scikit_learns_and_follow_the_spread(rng):
    known = rng.normal(size=(2000, 2)) * [10, 0.1]
    along, across = mahalanobis_distances(known, [[10, 0], [0, 10]])
    assert across > 5 * along
    expected = np.sqrt(LedoitWolf().fit(known).mahalanobis([[10, 0]]))
    np.testing.assert_allclose(along, expected[0], rtol=1e-3)


def test_a_constant_dimension_has_distances(rng):
    known = np.c_[rng.normal(size=(40, 2)), np.ones(40)]
    assert np.isfinite(mahalanobis_distances(known, known)).all()


@pytest.mark.parametrize("score", [knn_distances, mahalanobis_distances])
def test_hidden_outliers_come_first(rng, score):
    codes = rng.normal(size=(400, 8)).astype(np.float32)
    hidden = rng.choice(400, 10, replace=False)
    codes[hidden] += 20 * np.sign(rng.normal(size=(10, 8)))
    first = np.argsort(-cross_scores(score, codes))[:10]
    assert sorted(first) == sorted(hidden)
    method = score.__name__.partition("_")[0]
    np.testing.assert_array_equal(lc.outlier_scores(codes, method), cross_scores(score, codes))


def test_no_code_is_scored_against_itself(rng):
    codes = rng.normal(size=(20, 2))
    scores = cross_scores(lambda known, z: cdist(z, known).min(axis=1), codes)
    assert (scores > 0).all()


def test_auroc_is_scikit_learns_and_its_error_shrinks_with_the_sample(rng):
    low, high = rng.normal(size=300), rng.normal(1, 1, 200).round(1)
    area, std = auroc(low, high)
    truth = np.r_[np.zeros(300), np.ones(200)]
    assert area == pytest.approx(roc_auc_score(truth, np.r_[low, high]))
    drawn = [auroc(rng.normal(size=300), rng.normal(1, 1, 200))[0] for _ in range(200)]
    assert std == pytest.approx(np.std(drawn), rel=0.3)


def test_a_threshold_has_its_false_alarm_rate_on_other_inliers(rng):
    found = evaluate_detection(
        rng.normal(size=20_000), rng.normal(size=20_000), np.full(5, 9.0), false_alarm_rate=0.05
    )
    assert found.threshold == pytest.approx(1.645, abs=0.05)
    assert found.false_alarm_rate == pytest.approx(0.05, abs=0.01)
    assert (found.detection_rate, found.auroc, found.n_outliers) == (1, 1, 5)


def test_without_outliers_there_is_a_threshold_only(rng):
    found = evaluate_detection(rng.normal(size=9), rng.normal(size=9), None, false_alarm_rate=0.1)
    assert (found.auroc, found.auroc_std, found.detection_rate) == (None, None, None)
    assert found.n_outliers == 0


@pytest.mark.parametrize("rate", [0, 1, float("nan")])
def test_a_rate_that_is_none_is_refused(rate):
    with pytest.raises(InvalidInputError, match="rate"):
        evaluate_detection([1.0, 2.0], [1.0], None, false_alarm_rate=rate)


def test_too_few_or_equal_codes_are_refused():
    with pytest.raises(InvalidInputError, match="3"):
        cross_scores(knn_distances, np.eye(3))
    with pytest.raises(InvalidInputError, match="covariance"):
        mahalanobis_distances(np.ones((9, 2)), np.ones((1, 2)))
    with pytest.raises(InvalidInputError, match="mahalanobis"):
        lc.outlier_scores(np.eye(9), "x")
    with pytest.raises(InvalidInputError):
        knn_distances(np.zeros((0, 2)), np.ones((1, 2)))


def test_a_data_set_is_scored_in_code_and_pixels(four):
    add_dataset(four / "data" / "other", 40)
    model, data = lc.load_model("four"), lc.load_dataset("four")
    encoded = EncodedData(model=model, data=data, encodings=workspace.encode(model, data))
    foreign = lc.load_dataset("other")
    found = {(s.method, s.representation): s for s in measure_outliers(encoded, foreign)}
    assert PCA not in {representation for _, representation in found}, "no fewer than pixels"
    assert set(found) == {
        (RECONSTRUCTION, CODE),
        *((method, space) for method in (KNN, MAHALANOBIS) for space in (CODE, PIXELS)),
    }
    codes = (data.images(slice(None)).reshape(300, 4) - MEAN) @ ROTATION.T
    for score in found.values():
        assert score.scores.shape == (300,)
        assert score.foreign.shape == (40,)
    expected = cross_scores(knn_distances, codes)
    np.testing.assert_allclose(found[KNN, CODE].scores, expected, atol=1e-4)
    np.testing.assert_allclose(found[KNN, PIXELS].scores, expected, atol=1e-3)
    again = measure_outliers(encoded, foreign)
    np.testing.assert_array_equal(again[0].scores, found[RECONSTRUCTION, CODE].scores)
