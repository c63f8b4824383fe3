"""The lesson on faces on its page, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

from tests.pages.test_learn import feedback, opened
from ui.components import examples, sample_grid
from ui.components.sample_grid import GridState
from ui.spaces import compute_space
from ui.views.learn.faces.readings import DATA, MODEL
from ui.views.learn.sampling_figures import random_codes, verdicts

LESSON = "noise-becomes-a-face"


@pytest.fixture
def seen(monkeypatch) -> dict[str, Any]:
    """The last payload of the grid; "change" and "picked" are its next event and the examples'."""
    found: dict[str, Any] = {"change": None, "picked": None}

    def draw(
        _module: str, *, data: dict[str, Any], on_events: Callable[..., None], **_how: Any
    ) -> dict[str, Any]:
        found["data"] = data
        change, found["change"] = found["change"], None
        if change is not None:
            on_events({"changed": asdict(change)})
        return {"changed": None}

    def draw_examples(_module: str, *, data: dict[str, Any], **_how: Any) -> dict[str, Any]:
        found["examples"] = data
        picked, found["picked"] = found["picked"], None
        return {"picked": picked}

    monkeypatch.setattr(sample_grid, "draw_component", draw)
    monkeypatch.setattr(examples, "draw_component", draw_examples)
    return found


def until_done(app):
    """Run again while the page waits for a job."""
    for _ in range(60):
        if any("ls-learn-feedback" in block.body for block in app.get("html")):
            return
        app.run()


def test_a_random_face_is_chosen_and_gets_glasses(app, seen):
    opened(app, lesson=LESSON)
    until_done(app)
    space = compute_space(MODEL, DATA, lambda _share, _words: None)
    found = verdicts(space, random_codes(space).sample(40))
    worse = [one.worse for one in found]
    for index, kind in (
        (worse.index("far from data"), "missing"),
        (worse.index("near data"), "done"),
    ):
        seen["change"] = GridState(selected=index)
        app.run()
        app.run()
        assert f'data-kind="{kind}"' in feedback(app)

    app.button(key="learn.next").click().run()
    until_done(app)
    assert 'data-kind="nothing"' in feedback(app)
    app.button_group(key="segments.learn.sum.add").set_value("open").run()
    assert 'data-kind="missing"' in feedback(app)
    app.button_group(key="segments.learn.sum.add").set_value("glasses").run()
    app.button_group(key="segments.learn.sum.subtract").set_value("plain").run()
    for count in ("1", "3", "30"):
        if 'data-kind="done"' not in feedback(app):
            app.button_group(key="segments.learn.sum.count").set_value(count).run()
    assert 'data-kind="done"' in feedback(app)
    assert "Why?" in feedback(app)


def test_the_age_is_pushed(app, seen):
    opened(app, lesson=LESSON, step="3")
    until_done(app)
    app.button(key="learn.ask.age.smile").click().run()
    assert 'data-kind="missing"' in feedback(app)
    app.select_slider(key="slider.learn.age").set_value("75").run()
    assert 'data-kind="missing"' in feedback(app)
    app.button(key="learn.ask.age.greyness").click().run()
    assert 'data-kind="done"' in feedback(app)


def test_the_code_of_a_face_is_searched(app, seen):
    opened(app, lesson=LESSON, step="4")
    until_done(app)
    app.button(key="learn.ask.search.most").click().run()
    assert 'data-kind="missing"' in feedback(app)
    app.button(key="learn.search.start").click().run()
    until_done(app)
    kinds = {}
    for share in ("most", "some", "little"):
        app.button(key=f"learn.ask.search.{share}").click().run()
        kinds[share] = 'data-kind="done"' in feedback(app)
    assert sum(kinds.values()) == 1
    other = seen["examples"]["examples"][1]["id"]
    seen["picked"] = {"id": other}
    app.run()
    until_done(app)
    assert seen["examples"]["chosen"] == other
    assert not app.exception
