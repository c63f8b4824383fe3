"""The checks of the lesson on paths, and its figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from latent_core.analysis.support import support_of_encodings
from latent_core.interpolation import build_neighbor_graph
from latent_core.models.realism import load_realism
from ui.components.morph_types import PathPosition
from ui.morphing.default_endpoints import default_samples
from ui.spaces import Space, compute_space
from ui.views.learn.lesson import NOTHING_YET
from ui.views.learn.lessons import between_two_pictures as lesson
from ui.views.learn.morph_scene import DATA, MODEL, MorphState, all_paths
from ui.views.learn.path_figures import center_figures, farthest, halfway_realism
from ui.views.learn.path_steps import CenterState, GifState, HalvesState, PathsState
from ui.views.learn.prediction import Answer

START = MorphState(position=PathPosition(kind="linear", time=0.0))


@pytest.fixture(scope="module")
def space() -> Space:
    return compute_space(MODEL, DATA, lambda _share, _words: None)


@pytest.fixture(scope="module")
def ends(space: Space) -> tuple[np.ndarray, np.ndarray]:
    first, second = default_samples(space)[:2]
    return space.encodings.mean[first], space.encodings.mean[second]


def at(kind: str, time: float, state: MorphState = START) -> MorphState:
    return state.after(PathPosition(kind=kind, time=time))


def test_only_what_was_seen_half_way_counts_as_seen():
    assert at("linear", 0.3).halfway == frozenset()
    both = at("cross-fade", 0.5, at("linear", 0.48))
    assert both.halfway == {"linear", "cross-fade"}
    assert at("linear", 1.0, both).halfway == both.halfway


# ── cross-fade or path


@pytest.fixture(scope="module")
def halves(space: Space) -> HalvesState:
    realism = halfway_realism(space, all_paths(space, None)["linear"])
    return HalvesState(morph=START, answer=Answer(), realism=realism)


def test_the_decoded_image_half_way_is_that_of_the_mean_code(space, ends, halves):
    realism = load_realism(DATA)
    decoded = space.model.decode(np.stack([*ends, sum(ends) / 2]))
    mixed = decoded[:2].mean(axis=0, keepdims=True)
    scores = realism.score(np.concatenate([decoded[2:], mixed]))
    assert halves.realism.scores["linear"] == pytest.approx(scores[0], abs=1e-3)
    assert halves.realism.scores["cross-fade"] == pytest.approx(scores[1], abs=1e-3)
    assert halves.realism.best == "linear"
    why = lesson.why_halves(halves)
    assert f"decoded image “{realism.level(scores[0])}”" in why
    assert f"cross-fade “{realism.level(scores[1])}”" in why


def test_the_halves_are_predicted_then_seen_then_answered(halves):
    assert lesson.check_halves(halves) == NOTHING_YET
    seen = at("cross-fade", 0.5, at("linear", 0.5))
    assert "Predict" in lesson.check_halves(replace(halves, morph=seen)).sentence
    one = replace(halves, answer=Answer("both", "both"), morph=at("linear", 0.5))
    assert "Cross-fade" in lesson.check_halves(one).sentence
    assert "Linear" not in lesson.check_halves(one).sentence
    wrong = lesson.check_halves(replace(one, morph=seen))
    assert not wrong.done
    assert wrong.sentence
    right = lesson.check_halves(replace(one, morph=seen, answer=Answer("linear", "both")))
    assert right.done
    assert "Both" in right.sentence


# ── three paths


@pytest.fixture(scope="module")
def paths(space: Space) -> PathsState:
    graph = build_neighbor_graph(space.encodings.mean)
    far = {kind: farthest(space, path) for kind, path in all_paths(space, graph).items()}
    return PathsState(morph=START, farthest=far)


def test_the_path_along_the_data_is_nearest_to_it(space, paths):
    assert lesson.check_nearest_path(paths) == NOTHING_YET
    assert lesson.check_nearest_path(replace(paths, morph=at("geodesic", 0.0))).done
    for kind in ("linear", "spherical"):
        feedback = lesson.check_nearest_path(replace(paths, morph=at(kind, 0.2)))
        assert not feedback.done
        assert f"{paths.farthest[kind]:.0%}" in feedback.sentence
    assert (
        "no codes" in lesson.check_nearest_path(replace(paths, morph=at("cross-fade", 0))).sentence
    )


def test_without_the_graph_nothing_is_asked(paths):
    waiting = replace(paths, farthest={"linear": 0.5, "spherical": 0.4}, morph=at("spherical", 0))
    assert lesson.check_nearest_path(waiting) == NOTHING_YET


def test_the_reason_names_how_far_each_path_goes(space, ends, paths):
    between = np.linspace(0, 1, 65)[:, None]
    codes = (1 - between) * ends[0] + between * ends[1]
    linear = support_of_encodings(space.encodings).quantile(codes.astype(np.float32)).max()
    assert paths.farthest["linear"] == pytest.approx(linear, abs=0.005)
    why = lesson.why_nearest_path(paths)
    for share in paths.farthest.values():
        assert f"{share:.0%}" in why


# ── the center


@pytest.fixture(scope="module")
def center(space: Space, ends) -> CenterState:
    figures = center_figures(space.encodings.mean, *ends)
    return CenterState(morph=START, answer=Answer(), figures=figures)


def test_hand_made_norms():
    codes = np.array([[3, 4], [0, 1], [0, 2], [0, 3]], np.float32)
    found = center_figures(codes, np.array([-1, 1], np.float32), np.array([3, 1], np.float32))
    assert found.shortest_time == 0.25
    assert found.half == pytest.approx(2**0.5)
    assert found.below == 0.25
    assert found.median == 2.5
    assert found.ends == pytest.approx((2**0.5, 10**0.5))


def test_the_center_is_predicted_then_found(center):
    assert lesson.check_center(center) == NOTHING_YET
    assert "Predict" in lesson.check_center(replace(center, morph=at("linear", 0.5))).sentence
    predicted = replace(center, answer=Answer("shorter", "shorter"))
    assert "move" in lesson.check_center(predicted).sentence
    best = center.figures.shortest_time
    for time, way in ((best - 0.2, "right"), (best + 0.2, "left")):
        feedback = lesson.check_center(replace(predicted, morph=at("linear", time)))
        assert not feedback.done
        assert way in feedback.sentence
    there = replace(predicted, morph=at("linear", best))
    assert lesson.check_center(there).done
    assert not lesson.check_center(replace(there, answer=Answer("longer", "longer"))).done
    fade = replace(predicted, morph=at("cross-fade", best))
    assert "no code" in lesson.check_center(fade).sentence


def test_the_figures_of_the_center_are_those_of_the_codes(space, ends, center):
    codes = space.encodings.mean
    norms = np.linalg.norm(codes, axis=1)
    half = np.linalg.norm(sum(ends) / 2)
    why = lesson.why_center(center)
    assert f"{np.linalg.norm(ends[0]):.2f} at A" in why
    assert f"{half:.2f} half way" in why
    assert f"{(norms < half).mean():.1%} of all codes" in why
    assert f"√16 = {4:.1f}" in why
    rng = np.random.default_rng(5)
    pairs = [rng.choice(len(codes), 2, replace=False) for _ in range(2000)]
    means = np.linalg.norm([(codes[i] + codes[j]) / 2 for i, j in pairs], axis=1)
    share = (means < np.quantile(norms, 0.05)).mean()
    assert center.figures.short_means == pytest.approx(share, abs=0.05)
    assert f"{center.figures.short_means:.0%} have" in why


# ── the GIF


def test_the_file_must_be_made():
    state = GifState(morph=START, size=None, latent_dim=16)
    assert lesson.check_gif(state) == NOTHING_YET
    assert "file" in lesson.check_gif(replace(state, morph=at("geodesic", 0))).sentence
    made = replace(state, size=123_000)
    assert lesson.check_gif(made).done
    assert "123 kB" in lesson.check_gif(made).sentence
    assert "16 numbers" in lesson.why_gif(made)
    assert "16 numbers" not in lesson.why_gif(replace(made, morph=at("cross-fade", 0)))
