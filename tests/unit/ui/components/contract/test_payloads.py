"""Payloads and events that are not as declared."""

from __future__ import annotations

import math
from typing import Any

import pytest

from latent_core.errors import InvalidInputError
from ui.components.contract.components import PAYLOADS, check_payload
from ui.components.contract.events import EVENTS, event_error

SHEET = {"url": "/a", "columns": 4, "width": 28, "height": 28}
MAP: dict[str, Any] = {
    "points": {"url": "/p", "count": 3, "dims": 2, "lo": [0.0, 0], "hi": [1.0, 2.5]},
    "color": {
        "kind": "scale",
        "url": "/c",
        "title": "age",
        "help": "",
        "n_missing": 0,
        "lo": 0.0,
        "hi": 1.0,
        "range": [0, 1],
        "high_last": False,
    },
    "labels": {"kind": "class", "url": "/l", "names": ["a"], "n_colored": 1},
    "sheet": SHEET,
    "selected": None,
    "has_selection": False,
    "toolbar": True,
    "marks": [{"at": [0.5, 1.0], "label": "A"}],
    "height": 520,
    "computing": False,
    "note": "",
    "decode": None,
    "lines": [],
    "axes": [],
    "title": "",
    "channel": "",
    "link": "",
    "names": None,
    "sample_noun": "image",
}


def test_a_declared_payload_is_sent() -> None:
    check_payload("map/index.js", MAP)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"height": "520"}, "height"),
        ({"heigth": 520}, "heigth"),
        ({"marks": [{"at": [math.nan, 0.0], "label": ""}]}, "marks"),
        ({"marks": [{"at": [math.inf, 0.0], "label": ""}]}, "marks"),
        ({"color": MAP["color"] | {"kind": "other"}}, "color"),
        ({"selected": -1}, "selected"),
    ],
)
def test_another_field_type_or_number_is_refused(change: dict[str, Any], named: str) -> None:
    with pytest.raises(InvalidInputError, match=named):
        check_payload("map/index.js", MAP | change)


def test_a_missing_field_is_refused() -> None:
    with pytest.raises(InvalidInputError, match="sample_noun"):
        check_payload("map/index.js", {k: v for k, v in MAP.items() if k != "sample_noun"})


def test_every_component_declares_its_payload_and_its_events() -> None:
    assert PAYLOADS.keys() == EVENTS.keys()


@pytest.mark.parametrize(
    ("event", "value"),
    [
        ("picked", {"id": -1}),
        ("picked", {"id": True}),
        ("picked", []),
        ("picked", {"id": 2**70}),
        ("placed", {"at": [1.0]}),
        ("placed", {"at": [math.inf, 0.0]}),
        ("placed", {"at": ["1", 0.0]}),
        ("grid", {"on": 1}),
        ("region", {"bits": None}),
    ],
)
def test_an_invalid_event_is_one_sentence(event: str, value: Any) -> None:
    error = event_error("map/index.js", event, value)
    assert error is not None
    assert event in error
    assert "\n" not in error


@pytest.mark.parametrize(
    ("event", "value"),
    [("picked", {"id": 3}), ("placed", {"at": [1, 2.5]}), ("grid", {"on": False})],
)
def test_a_valid_event_has_no_error(event: str, value: Any) -> None:
    assert event_error("map/index.js", event, value) is None
