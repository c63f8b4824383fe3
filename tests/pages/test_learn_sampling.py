"""The lesson on sampling on its page, without a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import pytest

from tests.pages.test_learn import feedback, opened
from ui.components import code_bars, sample_grid
from ui.components.sample_grid import GridState
from ui.spaces import compute_space
from ui.views.learn.lessons.a_space_one_can_sample import FAR
from ui.views.learn.sampling_figures import random_codes, verdicts
from ui.views.learn.sampling_scene import AE, DATA, VAE

LESSON = "a-space-one-can-sample"


@pytest.fixture
def seen(monkeypatch) -> dict[str, Any]:
    """The last payload of the grid; "change" is its next event."""
    found: dict[str, Any] = {"change": None}

    def draw(
        _module: str, *, data: dict[str, Any], on_events: Callable[..., None], **_how: Any
    ) -> dict[str, Any]:
        found["data"] = data
        change, found["change"] = found["change"], None
        if change is not None:
            on_events({"changed": asdict(change)})
        return {"changed": None}

    monkeypatch.setattr(sample_grid, "draw_component", draw)
    monkeypatch.setattr(code_bars, "draw_component", lambda *_given, **_how: {})
    return found


def test_both_models_are_looked_at_after_the_prediction(app, seen):
    opened(app, lesson=LESSON)
    assert seen["data"]["decoder"]["model"] == AE
    app.button(key="learn.ask.samples.equal").click().run()
    assert 'data-kind="missing"' in feedback(app)
    app.button_group(key="segments.learn.sampled").set_value(VAE).run()
    assert seen["data"]["decoder"]["model"] == VAE
    app.button(key=f"learn.ask.samples.{VAE}").click().run()
    assert 'data-kind="done"' in feedback(app)
    assert "Equally often" in feedback(app)


def test_a_sample_in_a_hole_is_found(app, seen):
    opened(app, lesson=LESSON, step="2")
    space = compute_space(VAE, DATA, lambda _share, _words: None)
    found = verdicts(space, random_codes(space).sample(60))
    far = next(index for index, one in enumerate(found) if one.worse == FAR)
    near = next(index for index, one in enumerate(found) if one.worse != FAR)
    for index, kind in ((near, "missing"), (far, "done")):
        seen["change"] = GridState(selected=index)
        app.run()
        app.run()
        assert f'data-kind="{kind}"' in feedback(app)


def test_noise_is_raised_until_the_digit_is_lost(app, seen):
    opened(app, lesson=LESSON, step="3")
    slider = app.select_slider(key="slider.learn.noise")
    slider.set_value("1").run()
    assert 'data-kind="missing"' in feedback(app)
    app.select_slider(key="slider.learn.noise").set_value("80").run()
    assert 'data-kind="done"' in feedback(app)


def test_the_row_is_chosen(app, seen):
    opened(app, lesson=LESSON, step="4")
    app.button(key="learn.ask.price.first").click().run()
    assert 'data-kind="missing"' in feedback(app)
    app.button(key="learn.ask.price.second").click().run()
    assert 'data-kind="done"' in feedback(app)
    assert "nats" in feedback(app)
