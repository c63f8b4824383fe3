"""The Learn page: an overview of the lessons, or one step of a lesson."""

from __future__ import annotations

import streamlit as st

from ui.components.step_keys import draw_step_keys
from ui.views.learn import progress
from ui.views.learn.catalog import all_lessons
from ui.views.learn.lesson import NOTHING_YET, Feedback, Lesson, Step
from ui.views.learn.style import STYLE
from ui.wording.info import with_meanings
from ui.wording.text import escape_markdown

TITLE = "What is a latent space?"
HINT = (
    "Short lessons, to be done rather than read: each step shows a real model, asks for one action "
    "and tells why it is so."
)


def heading() -> tuple[str, str]:
    """Title and hint of the page: those of the lesson that is shown."""
    lesson = progress.current_lesson()
    return (TITLE, HINT) if lesson is None else (lesson.title, lesson.summary)


def tour_name() -> str:
    """Name of the tour: the one of the overview or the one of a lesson."""
    return "learn" if progress.current_lesson() is None else "lesson"


def draw_learn_page() -> None:
    """Draw the content of the page."""
    st.html(STYLE)
    lesson = progress.current_lesson()
    if lesson is None:
        _draw_overview()
    else:
        _draw_step(lesson, progress.current_step(lesson))
    progress.write_link(lesson)


def _draw_overview() -> None:
    """Draw a card per lesson, with its progress and a button."""
    with st.container(key="learn-overview"):
        for lesson in all_lessons().values():
            with st.container(key=f"learn-card-{lesson.id}", border=True):
                _draw_card(lesson)


def _draw_card(lesson: Lesson) -> None:
    n_done, n_steps = progress.count_done(lesson), len(lesson.steps)
    st.header(f"{lesson.icon} {lesson.title}", anchor=False)
    st.markdown(escape_markdown(lesson.summary))
    st.progress(n_done / n_steps, text=f"{n_done} of {n_steps} steps done")
    label = "Start" if n_done == 0 else "Again" if n_done == n_steps else "Continue"
    st.button(
        label,
        key=f"learn.open.{lesson.id}",
        type="secondary" if n_done == n_steps else "primary",
        on_click=progress.go_to,
        args=(lesson.id, progress.first_open_step(lesson)),
        width="stretch",
    )


def _draw_step(lesson: Lesson, index: int) -> None:
    """Draw text, component, feedback and navigation of one step."""
    step = lesson.steps[index]
    with st.container(key="learn-step"):
        text = st.container(key="learn-text")
        with st.container(key="learn-scene"):
            state = step.draw()
        feedback = step.check(state)
        if feedback.done:
            progress.mark_done(lesson, index)
        with text:  # after the check, for the marks of the steps that are done
            _draw_text(lesson, index, step)
        with st.container(key="learn-feedback"):
            reason = step.reason(state) if feedback.done else ""
            _draw_feedback(feedback, reason, done_before=progress.is_done(lesson, index))
            _draw_navigation(lesson, index)


def _draw_text(lesson: Lesson, index: int, step: Step) -> None:  # type: ignore[type-arg]
    marks = "".join(
        f'<i class="{"done" if progress.is_done(lesson, other) else ""}'
        f'{" here" if other == index else ""}"></i>'
        for other in range(len(lesson.steps))
    )
    st.html(
        f'<div class="ls-learn-steps"><span>{marks}</span>Step {index + 1} of {len(lesson.steps)}'
        f"</div><h2>{with_meanings(step.title)}</h2><p>{with_meanings(step.text())}</p>"
        f'<p class="ls-learn-action" id="learn-action">{with_meanings(step.action)}</p>'
    )


def _draw_feedback(feedback: Feedback, reason: str, *, done_before: bool) -> None:
    """Draw what the check found, announced to screen readers."""
    kind = "done" if feedback.done else "missing" if feedback != NOTHING_YET else "nothing"
    sentence = feedback.sentence
    if done_before and not feedback.done:
        sentence = f"This step is done already. {sentence}".strip()
        kind = "before"
    mark = "✓ " if feedback.done else ""
    why = f"<p><b>Why?</b> {with_meanings(reason)}</p>" if reason else ""
    text = f"<p>{mark}{with_meanings(sentence)}</p>" if sentence or mark else ""
    st.html(f'<div class="ls-learn-feedback" data-kind="{kind}" role="status">{text}{why}</div>')


def _draw_navigation(lesson: Lesson, index: int) -> None:
    """Draw back and next, also on the arrow keys and the keys of a presenter's remote control."""
    is_last = index + 1 == len(lesson.steps)
    before = (lesson.id, index - 1) if index else (progress.OVERVIEW, 0)
    after = (progress.OVERVIEW, 0) if is_last else (lesson.id, index + 1)
    with st.container(key="learn-navigation", horizontal=True):
        st.button(
            "Back" if index else "All lessons",
            key="learn.back",
            icon=":material/arrow_back:",
            on_click=progress.go_to,
            args=before,
        )
        st.button(
            "Finish" if is_last else "Next",
            key="learn.next",
            icon=":material/check:" if is_last else ":material/arrow_forward:",
            icon_position="right",
            type="primary" if progress.is_done(lesson, index) else "secondary",
            on_click=progress.go_to,
            args=after,
        )
    draw_step_keys(
        key="learn.keys",
        on_back=lambda: progress.go_to(*before),
        on_next=lambda: progress.go_to(*after),
    )
