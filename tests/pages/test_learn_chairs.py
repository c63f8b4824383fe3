"""The lesson on chairs and desks: its steps follow what is dragged, clicked and picked."""

from __future__ import annotations

from typing import Any

import pytest

import latent_core as lc
from tests.pages.test_learn import feedback, opened
from ui.components import examples, morph, point_plane
from ui.components import map as map_component
from ui.views.learn.chairs.furniture import DATASET
from ui.views.learn.chairs.on_paper import DESK

LESSON = "two-chairs-and-a-desk"


@pytest.fixture
def seen(monkeypatch) -> dict[str, Any]:
    """The payloads of the components by module, and under "sends" the next event of each."""
    found: dict[str, Any] = {"sends": {}}

    def draw(module: str, *, data, events, on_events=None, **_how: Any) -> dict[str, Any]:
        found[module] = data
        sent = dict.fromkeys(events) | found["sends"].pop(module, {})
        if on_events is not None and any(value is not None for value in sent.values()):
            on_events(sent)
        return sent

    for component in (examples, map_component, morph, point_plane):
        monkeypatch.setattr(component, "draw_component", draw)
    return found


def send(app, seen, module: str, **event: Any) -> str:
    """The feedback after an event of a component."""
    seen["sends"][module] = event
    app.run()
    assert not app.exception
    return feedback(app)


def test_the_desk_is_dragged_to_its_code(app, seen):
    opened(app, lesson=LESSON)
    wrong = send(app, seen, "learn/point_plane.js", moved={"index": 2, "at": [0.1, 0.1]})
    assert 'data-kind="missing"' in wrong
    right = send(app, seen, "learn/point_plane.js", moved={"index": 2, "at": list(DESK)})
    assert 'data-kind="done"' in right
    app.run()
    assert seen["learn/point_plane.js"]["points"][2]["at"] == DESK


def test_a_chair_and_a_desk_are_kept_for_the_next_steps(app, seen):
    opened(app, lesson=LESSON, step="2")
    data = lc.load_dataset(DATASET)
    first = {
        kind: int((data.labels == place).argmax()) for place, kind in enumerate(data.class_names)
    }
    missing = send(app, seen, "map/index.js", picked={"id": first["Stool"]})
    assert "stool" in missing
    assert "desk" in send(app, seen, "map/index.js", picked={"id": first["Chair"]})
    done = send(app, seen, "map/index.js", picked={"id": first["Desk"]})
    assert 'data-kind="done"' in done
    app.run()
    assert [mark["label"] for mark in seen["map/index.js"]["marks"]] == ["Chair", "Desk"]
    app.button(key="learn.next").click().run()
    near = [example["id"] for example in seen["panels/examples.js"]["examples"]]
    assert first["Chair"] not in near
    kinds = [send(app, seen, "panels/examples.js", picked={"id": index}) for index in near]
    assert any('data-kind="done"' in text for text in kinds)


def test_the_slider_is_moved_to_the_change(app, seen):
    opened(app, lesson=LESSON, step="4")
    assert 'data-kind="nothing"' in feedback(app)
    kinds = [
        'data-kind="done"'
        in send(app, seen, "morph/two_endpoints.js", moved={"kind": "linear", "time": time / 10})
        for time in range(11)
    ]
    assert 1 <= sum(kinds) <= 2
    assert not kinds[0]
    assert not kinds[-1]
