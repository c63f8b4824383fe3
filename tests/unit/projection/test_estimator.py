"""Every projection method is an estimator of scikit-learn."""

from __future__ import annotations

import pickle
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.exceptions import NotFittedError as SklearnNotFittedError
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.utils.validation import check_is_fitted

from latent_core.cache.keys import content_key
from latent_core.errors import CancelledError, InvalidInputError, NotFittedError, UnknownNameError
from latent_core.projection import METHODS, PCA, TSNE, UMAP, project
from tests.unit.projection.data import CODES

SMALL, NEW = CODES[:60], CODES[60:70]
EVERY = pytest.mark.parametrize("kind", METHODS.values(), ids=METHODS)


def small(kind: Any, **params: Any) -> Any:
    return kind(**params | ({"perplexity": 5} if kind is TSNE else {}))


@EVERY
def test_fit_transform_and_inverse_transform_are_those_of_the_projection(kind):
    estimator, projection = small(kind), project(SMALL, small(kind))
    assert estimator.fit(SMALL) is estimator
    assert estimator.n_features_in_ == SMALL.shape[1]
    np.testing.assert_array_equal(estimator.embedding_, projection.points)
    np.testing.assert_array_equal(small(kind).fit_transform(SMALL), projection.points)
    np.testing.assert_array_equal(estimator.transform(NEW), projection.transform(NEW))
    codes = estimator.inverse_transform(estimator.embedding_[:3])
    np.testing.assert_array_equal(codes, projection.inverse_transform(projection.points[:3]))
    assert codes.shape == (3, SMALL.shape[1])
    assert list(estimator.get_feature_names_out()) == [
        f"{kind.__name__.lower()}{i}" for i in (0, 1)
    ]


@EVERY
def test_a_clone_has_the_parameters_and_is_not_fitted(kind):
    fitted = small(kind, random_state=3, n_jobs=1).fit(SMALL)
    copy = clone(fitted)
    assert copy == fitted
    assert copy.get_params() == fitted.get_params()
    check_is_fitted(fitted)
    with pytest.raises(SklearnNotFittedError):
        check_is_fitted(copy)
    for name in ("embedding_", "n_features_in_", "projection_"):
        assert not hasattr(copy, name)
    with pytest.raises(NotFittedError, match="call fit"):
        copy.transform(NEW)


@EVERY
def test_it_is_a_step_of_a_pipeline(kind):
    pipeline = make_pipeline(StandardScaler(), small(kind))
    points = pipeline.fit_transform(SMALL)
    scaled = StandardScaler().fit(SMALL)
    np.testing.assert_array_equal(points, project(scaled.transform(SMALL), small(kind)).points)
    assert pipeline.transform(NEW).shape == (len(NEW), 2)
    assert pipeline.inverse_transform(points[:2]).shape == (2, SMALL.shape[1])
    name = kind.__name__.lower()
    pipeline.set_params(**{f"{name}__random_state": 7})
    assert pipeline.get_params()[f"{name}__random_state"] == 7


@EVERY
def test_a_pickled_estimator_stays_fitted(kind):
    fitted = small(kind).fit(SMALL)
    restored = pickle.loads(pickle.dumps(fitted))  # noqa: S301 - of this process
    np.testing.assert_array_equal(restored.transform(NEW), fitted.transform(NEW))


def test_parameters_change_all_or_none():
    method = TSNE(perplexity=5)
    assert method.set_params(perplexity=6, random_state=1) is method
    assert (method.perplexity, method.random_state) == (6.0, 1)
    for wrong, error in (({"random_state": 2, "perplexity": 1}, InvalidInputError),):
        with pytest.raises(error):
            method.set_params(**wrong)
    with pytest.raises(UnknownNameError, match="Did you mean 'perplexity'"):
        method.set_params(random_state=2, perplexty=7)
    assert (method.perplexity, method.random_state) == (6.0, 1)


def test_a_projection_keeps_the_parameters_it_was_fitted_with():
    method = PCA().fit(SMALL)
    method.set_params(n_components=3)
    assert method.projection_.method == PCA(n_components=2)
    assert method.transform(NEW).shape == (len(NEW), 2)


def test_threads_and_a_fit_change_neither_equality_nor_cache_keys():
    plain, other = UMAP(), UMAP(n_jobs=2)
    keys = {content_key("map", spec=method) for method in (plain, other, other.fit(SMALL))}
    assert len(keys) == 1
    assert plain == other
    assert hash(plain) == hash(other)


@pytest.mark.parametrize("n_jobs", [0, -2, 1.5, True, "all"])
def test_an_invalid_number_of_threads_is_refused(n_jobs):
    with pytest.raises(InvalidInputError, match="n_jobs of PCA"):
        PCA(n_jobs=n_jobs)


@pytest.mark.parametrize("n_jobs", [1, -1])
def test_threads_are_limited_during_the_fit_only(n_jobs, monkeypatch):
    from threadpoolctl import threadpool_info

    def counts():
        return [pool["num_threads"] for pool in threadpool_info()]

    before, during = counts(), []
    PCA(n_jobs=n_jobs).fit(SMALL, callback=lambda points: during.append(counts()))
    assert counts() == before
    if n_jobs == 1:
        assert set(during[0]) == {1}


def test_data_frames_and_lists_are_codes():
    frame = pd.DataFrame(SMALL, columns=[f"z{i}" for i in range(SMALL.shape[1])])
    expected = PCA().fit_transform(SMALL)
    np.testing.assert_array_equal(PCA().fit_transform(frame), expected)
    np.testing.assert_array_equal(PCA().fit_transform(SMALL.tolist()), expected)


def test_a_callback_sees_points_and_may_stop_the_fit():
    def stop(points):
        assert points.shape == (len(SMALL), 2)
        raise CancelledError("stopped")

    method = TSNE(perplexity=5)
    with pytest.raises(CancelledError):
        method.fit(SMALL, callback=stop)
    assert not hasattr(method, "embedding_")


def test_points_of_another_dimension_are_refused():
    with pytest.raises(InvalidInputError, match="3 dimensions"):
        PCA().fit(SMALL).inverse_transform(np.zeros((1, 3)))
