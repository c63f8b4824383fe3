"""The lesson on uses on its page, without a browser."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages.test_learn import feedback, opened
from tests.pages.test_learn_faces import until_done
from ui.components import examples

LESSON = "what-codes-are-good-for"


@pytest.fixture
def seen(monkeypatch) -> dict[str, Any]:
    """The last payload of the images; "picked" is their next event."""
    found: dict[str, Any] = {"picked": None}

    def draw(_module: str, *, data: dict[str, Any], **_how: Any) -> dict[str, Any]:
        found["examples"] = data["examples"]
        picked, found["picked"] = found["picked"], None
        return {"picked": picked}

    monkeypatch.setattr(examples, "draw_component", draw)
    return found


def answers_that_are_right(app, name: str, options: tuple[str, ...]) -> int:
    found = 0
    for option in options:
        app.button(key=f"learn.ask.{name}.{option}").click().run()
        found += 'data-kind="done"' in feedback(app)
        assert 'data-kind="nothing"' not in feedback(app)
    return found


def test_labels_are_given(app, seen):
    opened(app, lesson=LESSON)
    until_done(app)
    app.select_slider(key="slider.learn.labels").set_value("100").run()
    assert 'data-kind="missing"' in feedback(app)
    assert answers_that_are_right(app, "labels", ("few", "some", "many")) == 1


def test_the_odd_one_is_found(app, seen):
    opened(app, lesson=LESSON, step="2")
    until_done(app)
    kinds = []
    for one in seen["examples"]:
        seen["picked"] = {"id": one["id"]}
        app.run()
        kinds.append('data-kind="done"' in feedback(app))
    assert kinds.count(True) == 1


@pytest.mark.parametrize(
    ("step", "name", "options"),
    [("3", "denoise", ("code", "median")), ("4", "bytes", ("less", "more", "most"))],
)
def test_one_answer_is_right(app, seen, step, name, options):
    opened(app, lesson=LESSON, step=step)
    until_done(app)
    assert answers_that_are_right(app, name, options) == 1
