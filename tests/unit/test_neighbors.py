from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial.distance import cdist
from sklearn.neighbors import NearestNeighbors

from latent_core.neighbors import nearest

RNG = np.random.default_rng(0)


@pytest.mark.parametrize("metric", ["euclidean", "cosine", "manhattan"])
@pytest.mark.parametrize("count", [3, 40])
def test_nearest_of_many_queries_equals_scipy(metric: str, count: int) -> None:
    codes = RNG.normal(size=(300, 6)).astype(np.float32)
    queries = RNG.normal(size=(count, 6)).astype(np.float32)
    distances = cdist(queries, codes, {"manhattan": "cityblock"}.get(metric, metric))
    index, distance = nearest(codes, queries, 5, metric)
    np.testing.assert_array_equal(index, np.argsort(distances, axis=1)[:, :5])
    np.testing.assert_allclose(distance, np.sort(distances, axis=1)[:, :5], rtol=1e-3, atol=1e-5)


def test_nearest_of_the_reference_itself_excludes_each_code() -> None:
    codes = RNG.normal(size=(50, 4)).astype(np.float32)
    index, distance = nearest(codes, None, 3)
    assert not (index == np.arange(50)[:, None]).any()
    assert (distance > 0).all()


def test_nearest_of_one_query_equals_scikit_learn():
    codes = RNG.normal(size=(500, 8)).astype(np.float32)
    query = RNG.normal(size=8).astype(np.float32)
    distance, index = NearestNeighbors(n_neighbors=9).fit(codes).kneighbors(query[None])
    found_index, found_distance = nearest(codes, query, 9)
    np.testing.assert_array_equal(found_index, index[0])
    np.testing.assert_allclose(found_distance, distance[0], rtol=1e-4)


def test_nearest_returns_at_most_all_codes():
    index, _ = nearest(np.eye(3, dtype=np.float32), np.zeros(3, np.float32), 8)
    assert index.tolist() == [0, 1, 2]


def test_ties_of_few_queries_are_broken_by_index() -> None:
    codes = np.zeros((40, 3), np.float32)
    codes[5] = 1
    index, distance = nearest(codes, codes[:1], 30)
    np.testing.assert_array_equal(index[0], [i for i in range(31) if i != 5])
    np.testing.assert_array_equal(distance, np.zeros((1, 30)))
