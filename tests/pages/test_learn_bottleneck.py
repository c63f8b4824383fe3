"""The lesson on the bottleneck: its steps follow what is picked, predicted and chosen."""

from __future__ import annotations

from typing import Any

import pytest

from tests.pages.test_learn import feedback, opened
from ui.components import examples, pipeline
from ui.views.learn.bottleneck.digit_drawing import first_of_classes
from ui.views.learn.bottleneck.pca_widths import DATASET, WIDTHS, fit_pca_widths

LESSON = "bottleneck"


@pytest.fixture
def seen(monkeypatch) -> dict[str, Any]:
    """The last payload of the pipeline; "sends" is the next event of the examples."""
    found: dict[str, Any] = {"sends": None}

    def draw_pipeline(_module: str, *, data: dict[str, Any], **_how: Any) -> dict[str, Any]:
        found["data"] = data
        return {"chosen": None}

    def draw_examples(_module: str, **_how: Any) -> dict[str, Any]:
        sends, found["sends"] = found["sends"], None
        return {"picked": sends}

    monkeypatch.setattr(pipeline, "draw_component", draw_pipeline)
    monkeypatch.setattr(examples, "draw_component", draw_examples)
    return found


def test_a_picked_digit_goes_through_all_steps(app, seen):
    opened(app, lesson=LESSON)
    assert seen["data"]["current"] is None
    assert 'data-kind="nothing"' in feedback(app)
    seen["sends"] = {"id": first_of_classes(DATASET)[7]}
    app.run()
    assert 'data-kind="done"' in feedback(app)
    picture = seen["data"]["current"]["model_input"]

    app.button(key="learn.next").click().run()
    assert 'data-kind="nothing"' in feedback(app)
    app.radio(key="radio.lesson.two").set_value("other").run()
    assert 'data-kind="done"' in feedback(app)
    assert seen["data"]["current"]["model_input"] == picture
    assert seen["data"]["latent_dim"] == 2

    app.button(key="learn.next").click().run()
    kinds = []
    for width in WIDTHS:
        app.segmented_control(key="segments.bottleneck").set_value(str(width)).run()
        kinds.append('data-kind="done"' in feedback(app))
        assert seen["data"]["latent_dim"] == width
    assert kinds.count(True) == 1
    assert not app.exception


def test_something_else_than_a_digit_is_asked_for(app, seen):
    opened(app, lesson=LESSON, step="4")
    seen["sends"] = {"id": first_of_classes("fashion")[4]}
    app.run()
    assert 'data-kind="done"' in feedback(app)


def test_the_curve_is_read(app, seen):
    opened(app, lesson=LESSON, step="5")
    plot = next(block.body for block in app.get("html") if "ls-errors" in block.body)
    pca = fit_pca_widths()
    assert all(f"<b>{pca.mean_error(width):.3f}</b>" in plot for width in WIDTHS)
    app.radio(key="radio.lesson.needs").set_value("2").run()
    assert 'data-kind="missing"' in feedback(app)
    app.radio(key="radio.lesson.needs").set_value("16").run()
    assert 'data-kind="done"' in feedback(app)
