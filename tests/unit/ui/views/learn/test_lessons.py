"""What holds for every lesson."""

from __future__ import annotations

import re

import numpy as np
import pytest

from ui.components.small_autoencoder import parse_state
from ui.views.learn.catalog import all_lessons
from ui.wording.glossary import meaning_of

STEPS = [(lesson.id, step) for lesson in all_lessons().values() for step in lesson.steps]
MAX_WORDS = 60


def test_lessons_have_places_of_their_own():
    positions = [lesson.position for lesson in all_lessons().values()]
    assert positions == sorted(set(positions))


@pytest.mark.parametrize(
    ("lesson_id", "step"), STEPS, ids=lambda value: getattr(value, "title", value)
)
def test_a_step_is_short_and_its_terms_are_in_the_glossary(lesson_id, step):
    text = step.text()
    assert len(text.split()) <= MAX_WORDS, lesson_id
    for found in re.findall(r"\[([^\]]+)\]", text + step.action):
        words, _, term = found.partition("|")
        assert meaning_of(term or words)


def test_a_state_from_the_browser_is_checked():
    sent = {"picture": [0.0] * 25, "code": [0, 0.5, 1], "turned_degrees": 12}
    state = parse_state(sent, 25)
    assert state is not None
    np.testing.assert_allclose(state.code, [0, 0.5, 1])
    for change in (
        {"picture": [0.0] * 24},
        {"picture": [2.0] * 25},
        {"code": [0, 0]},
        {"code": ["0", 0, 0]},
        {"turned_degrees": -1},
    ):
        assert parse_state(sent | change, 25) is None
    assert parse_state(None, 25) is None
