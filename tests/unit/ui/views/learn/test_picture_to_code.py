"""The checks of the first lesson: the right action passes, another says what is missing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ui.views.learn.lesson import NOTHING_YET
from ui.views.learn.lessons import picture_to_code as lesson
from ui.views.learn.small_pictures import learn_small_pictures, shape_picture

LEARNED = learn_small_pictures()
START = lesson.start_state()


def of_picture(picture):
    return replace(START, picture=picture, code=LEARNED.encoder(picture))


def with_flipped(count):
    picture = START.picture.copy()
    picture[:count] = 1 - picture[:count]
    return of_picture(picture)


@pytest.mark.parametrize("step", lesson.LESSON.steps, ids=lambda step: step.title)
def test_at_the_start_nothing_is_done_and_nothing_is_said(step):
    assert step.check(START) == NOTHING_YET


def test_three_changed_cells_pass():
    assert lesson.check_changed_cells(with_flipped(3)).done
    feedback = lesson.check_changed_cells(with_flipped(2))
    assert not feedback.done
    assert "2 of 3" in feedback.sentence


def test_the_drawn_letter_passes_and_another_shape_is_named():
    assert lesson.check_drawn_goal(of_picture(shape_picture("T"))).done
    feedback = lesson.check_drawn_goal(of_picture(shape_picture("frame")))
    assert not feedback.done
    assert "of a frame" in feedback.sentence
    wrong = int(np.sum(shape_picture("frame") != shape_picture("T")))
    assert f"{wrong} cells" in feedback.sentence


def test_a_turned_plot_passes_and_a_small_turn_says_how_far():
    assert lesson.check_turned(replace(START, turned_degrees=60)).done
    feedback = lesson.check_turned(replace(START, turned_degrees=59))
    assert not feedback.done
    assert "59°" in feedback.sentence


def test_the_target_passes_and_the_farthest_number_is_named():
    at_target = replace(START, code=np.array([0.44, 0.3, 0.76], np.float32))
    assert lesson.check_at_target(at_target).done
    feedback = lesson.check_at_target(replace(START, code=np.array([0.4, 0.3, 0.5], np.float32)))
    assert not feedback.done
    assert "z3" in feedback.sentence
    assert "0.8" in feedback.sentence


def test_a_picture_worse_than_all_test_pictures_passes():
    corner = np.zeros(25, np.float32)
    corner[[0, 1, 5, 6]] = 1
    feedback = lesson.check_lost(of_picture(corner))
    assert feedback.done
    assert f"{float(LEARNED.errors(corner[None])[0]):.3f}" in feedback.sentence
    known = lesson.check_lost(of_picture(shape_picture("cross")))
    assert not known.done
    assert f"{LEARNED.errors(LEARNED.test_pictures).max():.3f}" in known.sentence


def test_the_reasons_give_computed_figures():
    why_lost = lesson.LESSON.steps[-1].reason(START)
    assert f"{LEARNED.errors(LEARNED.test_pictures).mean():.3f}" in why_lost
    assert f"{LEARNED.mean_picture_error:.3f}" in why_lost
    point = replace(START, code=np.array(lesson.TARGET, np.float32))
    distance = np.linalg.norm(LEARNED.codes - point.code, axis=1).min()
    assert f"{distance:.2f} away" in lesson.LESSON.steps[3].reason(point)
