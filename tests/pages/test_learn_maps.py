"""The lesson on maps on its page, without a browser."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages.test_learn import feedback, opened
from ui.components import map as map_component

LESSON = "maps-lie-a-little"


@pytest.fixture
def seen(monkeypatch) -> dict[str, Any]:
    """The last payload of the map."""
    found: dict[str, Any] = {}

    def draw(_module: str, *, data: dict[str, Any], events: Any, **_how: Any) -> dict[str, Any]:
        found["data"] = data
        return dict.fromkeys(events)

    monkeypatch.setattr(map_component, "draw_component", draw)
    return found


def test_the_roll_is_shown_in_3d_and_unrolled_by_isomap(app, seen):
    opened(app, lesson=LESSON)
    assert seen["data"]["points"]["dims"] == 3
    app.button_group(key="segments.learn.roll").set_value("pca").run()
    assert 'data-kind="missing"' in feedback(app)
    app.button_group(key="segments.learn.roll").set_value("isomap").run()
    assert 'data-kind="done"' in feedback(app)


def test_the_measure_is_shown_after_the_prediction(app, seen):
    opened(app, lesson=LESSON, step="2")
    assert seen["data"]["note"] == ""
    app.button(key="learn.ask.trust.tsne").click().run()
    assert "trustworthiness" in seen["data"]["note"]
    for method in ("isomap", "tsne"):
        app.button_group(key="segments.learn.trust").set_value(method).run()
    app.button(key="learn.ask.trust.equal").click().run()
    assert 'data-kind="done"' in feedback(app)


def test_tsne_is_drawn_after_the_prediction(app, seen):
    opened(app, lesson=LESSON, step="3")
    assert "PCA" in seen["data"]["note"]
    app.button(key="learn.ask.clusters.1").click().run()
    assert "t-SNE" in seen["data"]["note"]
    app.select_slider(key="slider.learn.perplexity").set_value("60").run()
    app.select_slider(key="slider.learn.seed").set_value("1").run()
    assert 'data-kind="done"' in feedback(app)
