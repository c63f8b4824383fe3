"""The Learn page: overview, steps, links, progress."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ui.components import small_autoencoder
from ui.views.learn.catalog import all_lessons
from ui.views.learn.lessons.picture_to_code import start_state

PAGE = str(Path(__file__).resolve().parents[2] / "pages" / "learn.py")
LESSON = "picture-to-code"


@pytest.fixture
def seen(monkeypatch) -> dict[str, Any]:
    """The last payload of the small autoencoder; "sends" is its next event."""
    found: dict[str, Any] = {"sends": None}

    def draw(_module: str, *, data: dict[str, Any], **_how: Any) -> dict[str, Any]:
        found["data"] = data
        sends, found["sends"] = found["sends"], None
        return {"changed": sends}

    monkeypatch.setattr(small_autoencoder, "draw_component", draw)
    return found


def opened(app, **query: str):
    app.switch_page(PAGE)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    assert not app.error
    return app


def feedback(app) -> str:
    return next(
        block.body
        for block in app.get("html")
        if "ls-learn-feedback" in block.body and "role" in block.body
    )


def sent(**changes: Any) -> dict[str, Any]:
    state = start_state()
    return {
        "picture": state.picture.tolist(),
        "code": state.code.tolist(),
        "turned_degrees": 0,
    } | changes


def test_each_lesson_has_a_card_and_opens_at_its_first_step(app):
    opened(app)
    for lesson in all_lessons().values():
        assert app.button(key=f"learn.open.{lesson.id}").label == "Start"
    app.button(key=f"learn.open.{LESSON}").click().run()
    assert app.title[0].value == all_lessons()[LESSON].title
    assert app.query_params["lesson"] in (LESSON, [LESSON])
    assert app.query_params["step"] in ("1", ["1"])


def test_a_link_opens_its_step(app, seen):
    opened(app, lesson=LESSON, step="4")
    assert seen["data"]["edits_code"]
    np.testing.assert_allclose(seen["data"]["target"], (0.4, 0.3, 0.8))


@pytest.mark.parametrize(
    ("name", "value"), [("lesson", "picture-to-cod"), ("step", "6"), ("step", "<b>")]
)
def test_an_invalid_link_gives_a_notice_and_the_page_works(app, seen, name, value):
    opened(app, **{"lesson": LESSON, name: value})
    assert any(value[:5] in warning.value.replace("\\", "") for warning in app.warning)


def test_an_action_is_checked_and_remembered(app, seen):
    opened(app, lesson=LESSON, step="3")
    seen["sends"] = sent(turned_degrees=20)
    app.run()
    assert 'data-kind="missing"' in feedback(app)
    seen["sends"] = sent(turned_degrees=75)
    app.run()
    assert 'data-kind="done"' in feedback(app)
    assert "Why?" in feedback(app)
    app.button(key="learn.next").click().run()
    assert seen["data"]["edits_code"], "the fourth step"
    app.button(key="learn.back").click().run()
    assert 'data-kind="done"' in feedback(app)


def test_the_overview_continues_at_the_first_open_step(app, seen):
    opened(app, lesson=LESSON)
    picture = 1 - start_state().picture
    seen["sends"] = sent(picture=picture.tolist())
    app.run()
    app.button(key="learn.back").click().run()
    button = app.button(key=f"learn.open.{LESSON}")
    assert button.label == "Continue"
    button.click().run()
    assert app.query_params["step"] in ("2", ["2"])
