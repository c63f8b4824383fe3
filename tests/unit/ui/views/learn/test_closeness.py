"""The checks of the lesson on nearness, and the figures of its texts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial.distance import cosine
from sklearn.neighbors import NearestNeighbors

from ui.spaces import Space, compute_space
from ui.views.learn.bottleneck.spaces import NETWORKS
from ui.views.learn.closeness import angle, guess, measured, two_lists
from ui.views.learn.lesson import NOTHING_YET


@pytest.fixture(scope="module")
def spaces(tmp_path_factory) -> dict[int, Space]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LATENT_CACHE", str(tmp_path_factory.mktemp("cache")))
        return {n: compute_space(name, "digits", lambda *_: None) for n, name in NETWORKS.items()}


@pytest.fixture(scope="module")
def found(spaces) -> measured.Nearness:
    return measured.nearness(spaces[16])


def same_class(labels, points, rows, metric) -> float:
    search = NearestNeighbors(n_neighbors=measured.N_NEIGHBORS + 1, metric=metric).fit(points)
    near = search.kneighbors(points[rows], return_distance=False)[:, 1:]
    return float(np.mean(labels[near] == labels[rows][:, None]))


def test_the_fractions_are_those_of_scikit_learn(spaces, found):
    data, codes = spaces[16].data, spaces[16].encodings.mean
    rows = measured.query_rows(data)
    assert len(rows) == measured.N_QUERIES
    assert np.all(rows % 2 == 1)
    pixels = measured.pixels_of(data)
    for value, points, metric in (
        (found.pixels, pixels, "euclidean"),
        (found.code, codes, "euclidean"),
        (found.cosine, codes, "cosine"),
    ):
        assert value == pytest.approx(same_class(data.labels, points, rows, metric), abs=1e-3)
    assert found.chance == pytest.approx(0.1, abs=0.02)
    assert 0 < found.shared < 1


def test_the_plane_is_measured_as_scikit_learn_does(spaces):
    space = spaces[2]
    plane = measured.plane_nearness(space)
    rows = measured.query_rows(space.data)
    expected = same_class(space.data.labels, space.encodings.mean, rows, "euclidean")
    assert plane.same_class == pytest.approx(expected, abs=1e-3)
    assert plane.confused_with["4"] == "9"


# ── guess ───────────────────────────────────────────────────────────────────────────────────


def guess_state(spaces, **changes) -> guess.GuessState:
    state = guess.GuessState(
        guess=None,
        guess_class="4",
        code=(1.0, 2.0),
        code_class="4",
        distance=0.0,
        measured=measured.plane_nearness(spaces[2]),
    )
    return replace(state, **changes)


def test_a_guess_is_compared_with_the_code(spaces):
    assert guess.check_guess(guess_state(spaces)) == NOTHING_YET
    near = guess.check_guess(guess_state(spaces, guess=(1, 1), distance=1.0))
    assert near.done
    assert "1.0 from your guess; at both" in near.sentence
    far = guess.check_guess(guess_state(spaces, guess=(9, 1), distance=8.1, guess_class="6"))
    assert far.done
    assert "of a 6, at its code of a 4" in far.sentence
    plane = measured.plane_nearness(spaces[2])
    why = guess.why_guess(guess_state(spaces))
    assert f"{100 * plane.same_class:.0f} %" in why
    assert f"mostly a {plane.confused_with['4']}" in why


# ── two lists ───────────────────────────────────────────────────────────────────────────────


def test_more_neighbors_of_the_class_in_the_code_pass(found):
    state = two_lists.ListsState(label=None, by_pixels=0, by_code=0, measured=found)
    assert two_lists.check_lists(state) == NOTHING_YET
    better = two_lists.check_lists(replace(state, label="7", by_pixels=3, by_code=6))
    assert better.done
    assert "3 are a 7 in pixels and 6 in the code" in better.sentence
    equal = two_lists.check_lists(replace(state, label="7", by_pixels=8, by_code=8))
    assert not equal.done
    assert "another digit" in equal.sentence
    why = two_lists.why_lists(state)
    for value in (found.code, found.pixels):
        assert f"{100 * value:.1f} %" in why


def test_the_offered_digits_are_not_those_of_the_figures_and_some_pass(spaces, found):
    offered = np.array(found.offered)
    assert np.all(offered % 2 == 0)
    assert len(set(found.offered)) == 2 * measured.N_OF_EACH
    labels, codes = spaces[16].data.labels, spaces[16].encodings.mean
    pixels = measured.pixels_of(spaces[16].data)
    counts = [
        (labels[measured.neighbors(points, offered, "euclidean")] == labels[offered][:, None]).sum(
            1
        )
        for points in (pixels, codes)
    ]
    passes = counts[1] > counts[0]
    assert passes.sum() == measured.N_OF_EACH


# ── Euclidean and cosine ────────────────────────────────────────────────────────────────────


def test_the_point_between_the_distances_passes(found):
    state = angle.AngleState(at=angle.START, measured=found)
    assert angle.check_angle(state) == NOTHING_YET
    assert angle.check_angle(replace(state, at=(0.3, 0.15))).done
    high = angle.check_angle(replace(state, at=(0.2, 0.6)))
    assert not high.done
    assert "go down" in high.sentence
    right = angle.check_angle(replace(state, at=(0.8, 0.3)))
    assert not right.done
    assert "go left" in right.sentence
    assert not angle.check_angle(replace(state, at=(0.0, 0.0))).done


def test_the_distances_are_those_of_scipy(found):
    state = angle.AngleState(at=(0.3, 0.15), measured=found)
    for value, end in zip(state.euclidean(), (angle.A, angle.B), strict=True):
        assert value == pytest.approx(np.linalg.norm(np.subtract(state.at, end)))
    for value, end in zip(state.cosine(), (angle.A, angle.B), strict=True):
        assert value == pytest.approx(cosine(state.at, end))
    why = angle.why_angle(state)
    for value in (100 * found.code, 100 * found.cosine):
        assert f"{value:.1f} %" in why
    assert f"{100 * found.shared:.0f} %" in why
