"""The lesson on paths on its page, without a browser."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from tests.pages.test_learn import feedback, opened
from ui.components import morph

LESSON = "between-two-pictures"


@pytest.fixture
def seen(monkeypatch) -> dict[str, Any]:
    """The last payload of the slider; "moved" is its next event."""
    found: dict[str, Any] = {"moved": None}

    def draw(_module: str, *, data: dict[str, Any], events: Any, **_how: Any) -> dict[str, Any]:
        found["data"] = data
        moved, found["moved"] = found["moved"], None
        return dict.fromkeys(events) | {"moved": moved}

    monkeypatch.setattr(morph, "draw_component", draw)
    return found


def move(app, seen, kind: str, time: float) -> None:
    seen["moved"] = {"kind": kind, "time": time}
    app.run()
    assert not app.exception


def test_a_prediction_is_remembered_and_compared(app, seen):
    opened(app, lesson=LESSON)
    assert [path["kind"] for path in seen["data"]["paths"]] == ["linear"]
    app.button(key="learn.ask.halves.both").click().run()
    assert 'data-kind="missing"' in feedback(app)
    move(app, seen, "linear", 0.5)
    move(app, seen, "cross-fade", 0.5)
    app.button(key="learn.ask.halves.linear").click().run()
    assert 'data-kind="done"' in feedback(app)
    assert "Your prediction was: Both" in feedback(app)


def test_the_path_along_the_data_is_the_answer(app, seen):
    opened(app, lesson=LESSON, step="2")
    assert len(seen["data"]["paths"]) == 3
    move(app, seen, "spherical", 0.0)
    assert 'data-kind="missing"' in feedback(app)
    move(app, seen, "geodesic", 0.0)
    assert 'data-kind="done"' in feedback(app)


def test_the_norms_are_drawn_after_the_prediction(app, seen):
    opened(app, lesson=LESSON, step="3")
    assert not any("ls-norms" in block.body for block in app.get("html"))
    app.button(key="learn.ask.norms.shorter").click().run()
    move(app, seen, "linear", 0.5)
    assert any("ls-norms" in block.body for block in app.get("html"))
    assert 'data-kind="done"' in feedback(app)


def test_the_gif_is_made_of_the_chosen_path(app, seen):
    opened(app, lesson=LESSON, step="4")
    move(app, seen, "geodesic", 0.0)
    assert 'data-kind="missing"' in feedback(app)
    app.button(key="learn.gif.make").click().run()
    assert 'data-kind="done"' in feedback(app)
    _, content = app.session_state["kept.export.made"]
    image = Image.open(BytesIO(content))
    assert image.format == "GIF"
    assert image.n_frames > 20
