"""The checks of the lesson on maps, and its figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LinearRegression
from sklearn.manifold import trustworthiness

from latent_core import workspace
from ui.spaces import Space, compute_space
from ui.views.learn import map_figures as figures
from ui.views.learn.lesson import NOTHING_YET
from ui.views.learn.lessons import maps_lie_a_little as lesson
from ui.views.learn.map_scene import (
    DATA,
    METHODS,
    MODEL,
    ClustersState,
    RollState,
    TrustFigures,
    TrustState,
    trust_figures,
)
from ui.views.learn.prediction import Answer


@pytest.fixture(scope="module")
def space() -> Space:
    return compute_space(MODEL, DATA, lambda _share, _words: None)


@pytest.fixture(scope="module")
def measured(space: Space) -> TrustFigures:
    return trust_figures(space, lambda _share, _words: None)


# ── the roll


def test_the_order_share_is_the_r2_of_scikit_learn(space):
    points, along = space.encodings.mean, space.data.factors["t"]
    expected = LinearRegression().fit(points, along).score(points, along)
    assert figures.order_share(points, along) == pytest.approx(expected, abs=1e-4)
    assert figures.order_share(np.array([[0.0], [2], [4]]), np.array([1, 2, 3])) == 1


@pytest.mark.parametrize(("method", "unrolls"), [("pca", False), ("lle", True), ("isomap", True)])
def test_what_unrolls_passes(space, method, unrolls):
    projection = workspace.project(space.encodings, METHODS[method], measure=False)
    order = figures.order_share(projection.points, space.data.factors["t"])
    state = RollState(method=method, order=order, order_3d=0.0759, n_points=3000)
    feedback = lesson.check_roll(state)
    assert feedback.done == unrolls
    assert f"{order:.0%}" in feedback.sentence
    assert "8%" in lesson.why_roll(state)
    assert "3,000" in lesson.why_roll(state)


def test_the_roll_itself_and_a_map_that_is_computed_are_no_answers():
    start = RollState(method="latent", order=0.0759, order_3d=0.0759, n_points=3000)
    assert lesson.check_roll(start) == NOTHING_YET
    assert lesson.check_roll(replace(start, method="isomap", order=None)) == NOTHING_YET


# ── trustworthiness


def test_trustworthiness_is_that_of_scikit_learn(space, measured):
    codes, k = space.encodings.mean, measured.n_neighbors
    for method, value in measured.trust.items():
        points = workspace.project(space.encodings, METHODS[method], measure=False).points
        assert value == pytest.approx(trustworthiness(codes, points, n_neighbors=k), abs=2e-3)
    assert measured.random == pytest.approx(0.5, abs=0.03)


def test_the_measure_is_equal_where_the_shape_is_not(measured):
    start = TrustState(answer=Answer(), seen=frozenset(), figures=measured)
    assert lesson.check_trust(start) == NOTHING_YET
    assert lesson.best_trust(start) == "equal"
    assert measured.order["isomap"] > measured.order["tsne"] + 0.2
    some = replace(start, answer=Answer("isomap", "isomap"), seen=frozenset({"pca", "isomap"}))
    assert "t-SNE" in lesson.check_trust(some).sentence
    wrong = lesson.check_trust(replace(some, seen=frozenset(measured.trust)))
    assert not wrong.done
    assert wrong.sentence
    right = replace(some, seen=frozenset(measured.trust), answer=Answer("equal", "isomap"))
    assert lesson.check_trust(right).done
    assert "Isomap" in lesson.check_trust(right).sentence
    why = lesson.why_trust(start)
    for value in measured.trust.values():
        assert f"{value:.3f}" in why
    for value in measured.order.values():
        assert f"{value:.0%}" in why
    assert f"{measured.random:.2f}" in why


def test_a_larger_measure_wins(measured):
    better = replace(measured, trust=measured.trust | {"isomap": 0.9})
    state = TrustState(answer=Answer(), seen=frozenset(), figures=better)
    assert lesson.best_trust(state) == "tsne"


# ── clusters


def test_hand_made_distances():
    points = np.array([[0, 0], [0, 2], [6, 0]], float)
    assert figures.distance_ratio(points, np.arange(3)) == 3


def test_pca_keeps_the_distances_of_the_clusters_and_tsne_does_not():
    codes, clusters = figures.cluster_codes()
    gaps = figures.CLUSTER_GAPS
    true = figures.distance_ratio(codes, clusters)
    assert true == pytest.approx(gaps["C"] / gaps["B"], rel=0.05)
    assert figures.distance_ratio(figures.flat_clusters(), clusters) == pytest.approx(true, rel=0.1)
    for perplexity, seed in ((15, 0), (90, 1)):
        ratio = figures.distance_ratio(figures.cluster_map(perplexity, seed), clusters)
        assert 0.7 < ratio < 1.6


def test_clusters_are_predicted_then_seen_with_other_settings():
    start = ClustersState(
        answer=Answer(), perplexities=frozenset(), seeds=frozenset(), ratio=1.1, true_ratio=4.92
    )
    assert lesson.check_clusters(start) == NOTHING_YET
    one = replace(
        start, answer=Answer("5", "5"), perplexities=frozenset({"15"}), seeds=frozenset({"0"})
    )
    assert "perplexity" in lesson.check_clusters(one).sentence
    two = replace(one, perplexities=frozenset({"15", "90"}))
    assert "seed" in lesson.check_clusters(two).sentence
    all_seen = replace(two, seeds=frozenset({"0", "1"}))
    wrong = lesson.check_clusters(all_seen)
    assert not wrong.done
    assert "1.1 times" in wrong.sentence
    right = lesson.check_clusters(replace(all_seen, answer=Answer("1", "5")))
    assert right.done
    assert "5 times" in right.sentence
    assert "4.9 times" in lesson.why_clusters(start)
