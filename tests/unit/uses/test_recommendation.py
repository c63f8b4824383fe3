"""Recommendations with a known order, and their precision."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core import workspace
from latent_core.errors import InvalidInputError
from latent_core.uses.recommendation import SIMILARITIES, recommend, relevance
from latent_core.uses.results import EncodedData
from latent_core.uses.retrieval import draw_queries, measure_retrieval, precision_at

CIRCLE = np.array([[np.cos(a), np.sin(a)] for a in np.linspace(0, 2 * np.pi, 12, endpoint=False)])
"""Twelve codes around their mean."""


@pytest.mark.parametrize("similarity", SIMILARITIES)
def test_the_nearest_on_a_circle_come_first_without_the_query(similarity):
    found = recommend(CIRCLE, CIRCLE[:1], n=4, similarity=similarity, excluded=[0])
    assert set(found[:2]) == {1, 11}
    assert set(found[2:]) == {2, 10}


@pytest.mark.parametrize("similarity", SIMILARITIES)
def test_what_it_should_not_be_like_moves_the_results_away(similarity):
    found = recommend(CIRCLE, CIRCLE[:1], CIRCLE[1:2], similarity=similarity, excluded=[0, 1])
    assert found[0] == 11, "the neighbor on the other side"
    assert list(found).index(2) > list(found).index(10)


def test_rocchio_is_the_mean_and_nearest_is_each_of_them():
    query = CIRCLE[[0, 4]]  # between them lies 2
    assert recommend(CIRCLE, query, excluded=[0, 4])[0] == 2
    nearest = recommend(CIRCLE, query, similarity="nearest", excluded=[0, 4])
    assert set(nearest[:4]) == {11, 1, 3, 5}


def test_relevance_to_the_nearest_is_the_ratio_of_distances():
    codes = np.array([[0.0], [1.0], [3.0]])
    found = relevance(codes, [[0.0]], [[4.0]], similarity="nearest")
    np.testing.assert_allclose(found, [[1, 3 / 4, 1 / 4]])


def test_diverse_results_differ_more_and_begin_with_the_same():
    rng = np.random.default_rng(0)
    codes = rng.normal(size=(500, 4))
    plain, diverse = (recommend(codes, codes[:1], n=12, diversity=d) for d in (0.0, 0.7))

    def mean_cosine(rows):
        unit = codes[rows] - codes.mean(axis=0)
        unit /= np.linalg.norm(unit, axis=1, keepdims=True)
        return (unit @ unit.T)[np.triu_indices(len(rows), 1)].mean()

    assert plain[0] == diverse[0] == 0
    assert mean_cosine(diverse) < mean_cosine(plain) - 0.05
    assert len(set(diverse.tolist())) == 12


def test_everything_else_is_recommended_where_there_are_few():
    found = recommend(np.eye(3), np.eye(3)[:1], n=24, excluded=[0])
    assert sorted(found.tolist()) == [1, 2]
    one_left = recommend(np.eye(2), np.eye(2), n=5, excluded=[0, 1], diversity=0.5)
    assert len(one_left) == 0


@pytest.mark.parametrize(
    ("codes", "parameters"),
    [
        (np.eye(3), {"plus": np.zeros((0, 3))}),
        (np.eye(3), {"plus": np.eye(4)}),
        (np.eye(3), {"plus": np.eye(3), "similarity": "x"}),
        (np.eye(3), {"plus": np.eye(3), "diversity": 1.5}),
        (np.eye(3), {"plus": np.eye(3), "n": 0}),
        (np.ones((5, 3)), {"plus": np.ones((1, 3))}),
    ],
)
def test_what_cannot_be_recommended_is_refused(codes, parameters):
    with pytest.raises(InvalidInputError):
        recommend(codes, **parameters)


def test_queries_are_of_one_class_and_the_others_of_other_classes():
    labels = np.array([0] * 6 + [1] * 8 + [2])
    plus, minus = draw_queries(labels, 100, 5, 3, np.random.default_rng(0))
    assert len(plus) == 14, "the class with one sample is too small"
    for liked, unlike in zip(plus, minus, strict=True):
        assert len(set(labels[liked])) == 1
        assert len(set(liked)) == 5
        assert labels[liked[0]] not in labels[unlike]


def test_precision_of_groups_is_one_and_of_noise_that_of_chance():
    rng = np.random.default_rng(0)
    labels = np.tile([0, 1], 400)
    codes = rng.normal(size=(800, 2)).astype(np.float32)
    far = codes + 50 * np.eye(2, dtype=np.float32)[labels]
    for z, expected in ((far, 1), (codes, 0.5)):
        queries = z[:200, None], z[:200, None][:, :0]
        found = precision_at(z[200:], labels[200:], *queries, labels[:200])
        assert found.mean() == pytest.approx(expected, abs=0.05)


def test_a_data_set_has_precision_above_chance(four):
    model, data = lc.load_model("four"), lc.load_dataset("four")
    encoded = EncodedData(model=model, data=data, encodings=workspace.encode(model, data))
    for similarity in SIMILARITIES:
        row = measure_retrieval(encoded, similarity)[0]
        assert row.queries == ("1", "5", "5+5")
        assert row.precision[0] - 2 * row.half_width[0] > row.chance
        assert (row.n_queries, row.n_candidates) == (150, 150)
