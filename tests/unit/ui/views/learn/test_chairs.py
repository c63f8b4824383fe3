"""The checks of the lesson on chairs and desks, and the figures of its texts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.spatial import cKDTree

from ui.components.point_plane import PlanePoint, parse_moved
from ui.spaces import Space, compute_space
from ui.views.learn.chairs import color, furniture, morph, on_paper, on_the_map
from ui.views.learn.lesson import NOTHING_YET


@pytest.fixture(scope="module")
def space(tmp_path_factory) -> Space:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LATENT_CACHE", str(tmp_path_factory.mktemp("cache")))
        return compute_space(furniture.MODEL, furniture.DATASET, lambda *_: None)


@pytest.fixture(scope="module")
def measured(space) -> furniture.Figures:
    return furniture.figures(space)


# ── on paper ────────────────────────────────────────────────────────────────────────────────


def test_the_desk_at_its_code_passes_and_the_wrong_number_is_named():
    assert on_paper.check_paper(on_paper.PaperState()) == NOTHING_YET
    feedback = on_paper.check_paper(on_paper.PaperState(desk=(0.6, 0.5)))
    assert not feedback.done
    assert "second number is 0.50 and should be 0.75" in feedback.sentence
    assert "first" not in feedback.sentence
    assert on_paper.check_paper(on_paper.PaperState(desk=(0.62, 0.73))).done


def test_the_distances_are_those_of_numpy():
    state = on_paper.PaperState(desk=on_paper.DESK)
    a, b, desk = map(np.array, (*on_paper.CHAIRS, on_paper.DESK))
    expected = [np.linalg.norm(a - b), np.linalg.norm(a - desk), np.linalg.norm(b - desk)]
    np.testing.assert_allclose(state.distances(), expected)
    sentence = on_paper.check_paper(state).sentence
    assert all(f"{value:.2f}" in sentence for value in expected)
    times = min(expected[1:]) / expected[0]
    assert f"{times:.0f} times" in on_paper.why_paper(state)
    for code in (*on_paper.CHAIRS, on_paper.DESK):
        assert on_paper.code_text(code) in on_paper.paper_text()


def test_only_a_movable_point_moves_and_only_on_the_plane():
    points = [
        PlanePoint(name="a", at=(0, 0), group=0),
        PlanePoint(name="b", at=(1, 1), group=1, movable=True),
    ]
    assert parse_moved({"index": 1, "at": [0.25, 1]}, points) == (1, (0.25, 1))
    for sent in (
        None,
        {"index": 0, "at": [0.25, 1]},
        {"index": 2, "at": [0.25, 1]},
        {"index": 1, "at": [0.25, 1.5]},
        {"index": 1, "at": [0.25]},
        {"index": 1, "at": "00"},
    ):
        assert parse_moved(sent, points) is None


# ── the model's plane ───────────────────────────────────────────────────────────────────────


def map_state(measured, **changes) -> on_the_map.MapState:
    state = on_the_map.MapState(chair=None, desk=None, other="", distance=None, measured=measured)
    return replace(state, **changes)


def test_a_chair_and_a_desk_pass_and_other_furniture_is_named(measured):
    assert on_the_map.check_chosen(map_state(measured)) == NOTHING_YET
    table = on_the_map.check_chosen(map_state(measured, other="Table"))
    assert not table.done
    assert "a table" in table.sentence
    chair = on_the_map.check_chosen(map_state(measured, chair=3))
    assert not chair.done
    assert "desk" in chair.sentence
    both = on_the_map.check_chosen(map_state(measured, chair=3, desk=0, distance=2.345))
    assert both.done
    assert "2.35" in both.sentence or "2.34" in both.sentence
    assert f"{measured.median_distance:.2f}" in both.sentence


def test_figures_of_random_images_are_those_of_all(space, measured):
    """Over all 8,000 images and with SciPy, they are the same up to the sample."""
    codes, labels = space.encodings.mean, space.data.labels
    near = cKDTree(codes).query(codes, k=2)[1][:, 1]
    other = np.random.default_rng(5).permutation(len(codes))
    hues = space.data.factors["hue"]

    def degrees(a, b):
        return np.degrees(np.abs(np.angle(np.exp(2j * np.pi * (a - b)))))

    assert measured.same_class == pytest.approx(np.mean(labels == labels[near]), abs=0.02)
    assert measured.same_class_chance == pytest.approx(0.25, abs=0.03)
    assert measured.hue_difference == pytest.approx(degrees(hues, hues[near]).mean(), abs=3)
    assert measured.hue_difference_chance == pytest.approx(90, abs=3)
    distances = np.linalg.norm(codes - codes[other], axis=1)
    assert measured.median_distance == pytest.approx(np.median(distances), rel=0.05)
    assert measured.n_images == furniture.N_PAIRS


def test_the_reasons_give_the_measured_figures(measured):
    why = on_the_map.why_near(map_state(measured))
    assert f"{100 * measured.same_class:.0f} %" in why
    assert f"{100 * measured.same_class_chance:.0f} %" in why
    assert "2,000 random images" in why
    why = color.why_color(color_state(measured))
    assert f"{measured.hue_difference:.0f}°" in why
    assert f"{measured.hue_difference_chance:.0f}°" in why


def test_a_hue_difference_goes_the_short_way_around():
    np.testing.assert_allclose(furniture.circle_degrees([0.95, 0.5], [0.05, 0.0]), [36, 180])


@pytest.mark.parametrize("kind", furniture.KINDS)
def test_the_typical_image_is_a_test_image_of_its_class(space, kind):
    index = furniture.typical(space, kind)
    assert index % 2 == 1
    assert space.data.label(index) == kind


# ── color ───────────────────────────────────────────────────────────────────────────────────


def color_state(measured, **changes) -> color.ColorState:
    state = color.ColorState(neighbor=None, hue_degrees=0, distance=0, measured=measured)
    return replace(state, **changes)


def test_a_neighbor_of_another_color_passes(measured):
    assert color.check_color(color_state(measured)) == NOTHING_YET
    alike = color.check_color(color_state(measured, neighbor=5, hue_degrees=12, distance=0.05))
    assert not alike.done
    assert "12°" in alike.sentence
    other = color.check_color(color_state(measured, neighbor=5, hue_degrees=140, distance=0.05))
    assert other.done
    assert "140°" in other.sentence
    assert "0.050" in other.sentence


def test_nearly_every_chair_has_a_neighbor_of_another_color(space):
    chairs = np.flatnonzero(space.data.labels == 0)[:200]
    found = [
        max(
            furniture.hue_difference(space, int(chair), near)
            for near in furniture.neighbors_of(space, int(chair), color.N_NEIGHBORS)
        )
        for chair in chairs
    ]
    assert np.mean(np.array(found) >= color.OTHER_HUE_DEGREES) > 0.98


def test_neighbors_are_the_nearest_other_images(space):
    codes = space.encodings.mean
    near = furniture.neighbors_of(space, 7, 5)
    distances = np.linalg.norm(codes - codes[7], axis=1)
    assert 7 not in near
    np.testing.assert_allclose(distances[near], np.sort(distances)[1:6], rtol=1e-5)


def test_decoded_neighbors_look_the_same_whatever_their_color(space):
    """What the feedback claims: the decoded pair differs far less than the images do."""
    chair = furniture.typical(space, "Chair")
    for near in furniture.neighbors_of(space, chair, color.N_NEIGHBORS):
        images = space.data.images(np.array([chair, near]))
        decoded = space.model.decode(space.encodings.mean[[chair, near]])
        between = np.mean((images[0] - images[1]) ** 2)
        assert np.mean((decoded[0] - decoded[1]) ** 2) < between / 10


# ── morph ───────────────────────────────────────────────────────────────────────────────────

CLASSES = ("Chair",) * 40 + ("Table",) * 30 + ("Desk",) * 31
UNTOUCHED = morph.MorphState(time=None, classes=CLASSES)


def test_the_slider_at_the_first_change_passes():
    assert morph.check_morph(UNTOUCHED) == NOTHING_YET
    assert UNTOUCHED.change == 0.4
    early = morph.check_morph(replace(UNTOUCHED, time=0.2))
    assert not early.done
    assert "20 %" in early.sentence
    assert "chair" in early.sentence
    late = morph.check_morph(replace(UNTOUCHED, time=0.9))
    assert not late.done
    assert "desk" in late.sentence
    assert morph.check_morph(replace(UNTOUCHED, time=0.43)).done
    assert "chair, table, desk" in morph.why_morph(UNTOUCHED)


def test_beyond_the_ends_counts_as_the_ends():
    assert replace(UNTOUCHED, time=-0.4).here == "Chair"
    assert replace(UNTOUCHED, time=1.5).here == "Desk"


def test_a_line_within_one_class_is_said():
    same = morph.MorphState(time=0.5, classes=("Chair",) * 101)
    assert not morph.check_morph(same).done
    assert "choose two" in morph.check_morph(same).sentence


def test_the_classes_between_the_typical_ones_begin_and_end_with_theirs(space):
    chair, desk = (furniture.typical(space, kind) for kind in furniture.KINDS)
    classes = morph.classes_between(space, chair, desk)
    assert len(classes) == morph.STEPS + 1
    assert (classes[0], classes[-1]) == furniture.KINDS
