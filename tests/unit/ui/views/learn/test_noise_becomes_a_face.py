"""The checks of the lesson on faces, and its figures."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ui.spaces import Space, compute_space
from ui.views.learn.faces import push, search, sums
from ui.views.learn.faces.readings import (
    DATA,
    MODEL,
    FaceShares,
    first_good_code,
    read_attribute,
)
from ui.views.learn.faces.scenes import OTHERS, PushState, RandomState, SearchState, SumState
from ui.views.learn.lesson import NOTHING_YET
from ui.views.learn.lessons import noise_becomes_a_face as lesson
from ui.views.learn.prediction import Answer
from ui.views.learn.sampling_figures import Verdict, verdicts


@pytest.fixture(scope="module")
def space() -> Space:
    return compute_space(MODEL, DATA, lambda _share, _words: None)


# ── random faces


def test_a_face_near_the_data_is_clicked():
    shares = FaceShares(far=0.2, unlike=0.25)
    start = RandomState(verdict=None, shares=shares, latent_dim=64)
    assert lesson.check_random(start) == NOTHING_YET
    bad = Verdict(support="near data", image="doubtful", worse="sparse")
    assert "doubtful" in lesson.check_random(replace(start, verdict=bad)).sentence
    good = Verdict(support="near data", image="like the data", worse="near data")
    assert lesson.check_random(replace(start, verdict=good)).done
    assert "25%" in lesson.why_random(start)


def test_the_first_face_is_near_the_data(space):
    assert verdicts(space, first_good_code(space)[None])[0].worse == "near data"


# ── arithmetic

SHARES = sums.SumShares(by_count={1: 0.5, 30: 0.8}, random=0.1, n_faces=40)
SUM = SumState(
    add="closed",
    subtract="closed",
    count=10,
    had=False,
    has=False,
    shared=1,
    n_neighbors=8,
    shares=SHARES,
)


def test_the_sum_has_to_change_the_glasses():
    assert lesson.check_sum(SUM) == NOTHING_YET
    mouth = lesson.check_sum(replace(SUM, add="open"))
    assert not mouth.done
    assert "differ in glasses" in mouth.sentence
    wrong = lesson.check_sum(replace(SUM, add="plain", subtract="glasses"))
    assert "Exchange" in wrong.sentence
    assert lesson.check_sum(replace(SUM, add="glasses", subtract="plain", has=True)).done
    assert lesson.check_sum(replace(SUM, add="plain", subtract="glasses", had=True)).done
    why = lesson.why_sum(SUM)
    assert all(figure in why for figure in ("50% with 1", "80% with 30", "10%", "1 of the 8"))


def test_the_groups_are_of_their_factor(space):
    for group, is_member in (
        ("glasses", lambda f: f["glasses"] > 0.5),
        ("plain", lambda f: f["glasses"] < 0.5),
        ("open", lambda f: f["mouth_open"] > 0.5),
        ("closed", lambda f: f["mouth_open"] < 0.05),
    ):
        rows = sums.group_rows(space.data, group, 30)
        assert len(set(rows.tolist())) == 30
        assert is_member(space.data.factors)[rows].all()
        assert set(sums.group_rows(space.data, group, 3)) <= set(rows.tolist())


def test_the_sum_is_face_plus_the_difference_of_means(space):
    face = first_good_code(space)
    found = sums.face_sum(space, face, "glasses", "plain", 10)
    means = [
        space.encodings.mean[sums.group_rows(space.data, name, 10)].mean(axis=0)
        for name in ("glasses", "plain")
    ]
    np.testing.assert_allclose(found.code, face + means[0] - means[1], atol=1e-5)


def test_glasses_are_added_more_often_than_by_chance(space):
    shares = sums.sum_shares(space)
    assert shares.by_count[10] > shares.by_count[1] > 2 * shares.random
    assert 0 < shares.n_faces < sums.N_MEASURED


def test_the_classifier_reads_glasses_in_most_rendered_faces(space):
    rows = np.arange(1, 401, 2)
    truth = space.data.factors["glasses"][rows] > 0.5
    assert (read_attribute(space.data.images(rows), "glasses") == truth).mean() > 0.9


# ── the slider

PUSH = PushState(
    answer=Answer(),
    start=30.0,
    age=30.0,
    reads_old=False,
    threshold=45.0,
    most="greyness",
    changes={"greyness": 0.45, "sex": 0.2, "yaw": 0.01},
    correlation=0.74,
    r2=0.68,
    n_images=8000,
)


def test_the_age_is_pushed_after_a_prediction():
    assert lesson.check_push(PUSH) == NOTHING_YET
    assert "Predict first" in lesson.check_push(replace(PUSH, age=75.0)).sentence
    guessed = replace(PUSH, answer=Answer("smile", "smile"))
    assert "70" in lesson.check_push(guessed).sentence
    assert not lesson.check_push(replace(guessed, age=75.0)).done
    right = lesson.check_push(replace(PUSH, age=75.0, answer=Answer("greyness", "smile")))
    assert right.done
    assert OTHERS["smile"] in right.sentence
    why = lesson.why_push(PUSH)
    assert all(part in why for part in ("0.74", "+0.45", "sex +0.20", "0.68", "under 45"))
    assert "yaw" not in why


def test_the_direction_changes_the_age_that_it_predicts(space):
    direction = push.age_direction(space)
    face = first_good_code(space)
    assert direction.age(direction.at_age(face, 75.0)) == pytest.approx(75.0, abs=0.1)
    assert direction.most(list(OTHERS)) == "greyness"
    assert push.factor_correlation(space, "greyness") > 0.5
    images = space.model.decode(np.stack([direction.at_age(face, age) for age in (15.0, 80.0)]))
    assert read_attribute(images, "age").tolist() == [False, True]
    assert "greyness" in push.leakage_html(direction)


# ── the search


def found_search(left: float) -> search.FaceSearch:
    errors = np.array([0.04, 0.04 * left], np.float32)
    return search.FaceSearch(images=np.zeros((2, 3, 4, 4)), errors=errors, guided_error=0.002)


@pytest.mark.parametrize(("left", "share"), [(0.7, "most"), (0.3, "some"), (0.05, "little")])
def test_the_answer_is_the_share_of_the_error_that_is_left(left, share):
    start = SearchState(answer=Answer(), found=None, own_error=0.001)
    assert lesson.check_search(start) == NOTHING_YET
    asked = replace(start, answer=Answer(share, share))
    assert "search the code" in lesson.check_search(asked).sentence
    seen = replace(asked, found=found_search(left))
    assert lesson.check_search(seen).done
    wrong = next(one for one in search.SHARES if one != share)
    assert not lesson.check_search(replace(seen, answer=Answer(wrong, wrong))).done
    assert f"{left:.0%}" in lesson.why_search(seen)


def test_the_search_starts_at_the_mean_code_and_gets_better(space):
    index = search.offered_faces(space.data)[0]
    found = search.search_face(space, index)
    image = space.data.images([index])[0]
    decoded = space.model.decode(search.mean_code(space)[None])[0]
    assert found.errors[0] == pytest.approx(np.square(image - decoded).mean(), rel=1e-4)
    assert found.errors[-1] < found.errors[4] < found.errors[0]
    assert found.guided_error < found.errors[-1]
    assert len(found.images) == len(search.STEPS)
