"""Where a visitor is in the lessons, and which steps are done: in the session and in the link."""

from __future__ import annotations

from ui import session
from ui.views.learn.catalog import all_lessons
from ui.views.learn.lesson import Lesson

OVERVIEW = "overview"


def current_lesson() -> Lesson | None:
    """The chosen lesson; None for the overview."""
    lessons = all_lessons()
    return lessons.get(session.chosen("lesson", [OVERVIEW, *lessons], OVERVIEW))


def current_step(lesson: Lesson) -> int:
    """The index of the chosen step."""
    numbers = [str(number) for number in range(1, len(lesson.steps) + 1)]
    return int(session.chosen("step", numbers, "1")) - 1


def go_to(lesson_id: str, step: int = 0) -> None:
    """Choose a lesson, or `OVERVIEW`, and the index of a step."""
    session.choose("lesson", lesson_id)
    session.choose("step", str(step + 1))


def mark_done(lesson: Lesson, step: int) -> None:
    """Remember that a step is done."""
    _done_steps().add((lesson.id, step))


def is_done(lesson: Lesson, step: int) -> bool:
    """Whether a step was done in this session."""
    return (lesson.id, step) in _done_steps()


def count_done(lesson: Lesson) -> int:
    """How many steps of a lesson were done in this session."""
    return sum(is_done(lesson, step) for step in range(len(lesson.steps)))


def first_open_step(lesson: Lesson) -> int:
    """The index of the first step that is not done; the first where all are done."""
    steps = range(len(lesson.steps))
    return next((step for step in steps if not is_done(lesson, step)), 0)


def _done_steps() -> set[tuple[str, int]]:
    done: set[tuple[str, int]] = session.recall_or_store("learn.done", set())
    return done


def write_link(lesson: Lesson | None) -> None:
    """Make the URL a link to the step that is shown."""
    if lesson is None:
        session.write_url()
    else:
        session.write_url(lesson=lesson.id, step=current_step(lesson) + 1)
