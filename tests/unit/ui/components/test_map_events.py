"""Checked events of the map: regions, clicked samples, selected points, the grid."""

from __future__ import annotations

import base64
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.components import map as map_component
from ui.components.drawing_pad import parse_drawing
from ui.components.map import (
    parse_grid,
    parse_map_point,
    parse_region,
    parse_sample_id,
)
from ui.components.validate import parse_number

JS = Path(map_component.__file__).parents[1] / "frontend"


@given(ids=st.sets(st.integers(0, 1002), max_size=300), count=st.integers(1003, 1040))
@settings(max_examples=40, deadline=None)
def test_a_region_names_exactly_its_ids(ids: set[int], count: int) -> None:
    inside = np.zeros(count, np.uint8)
    inside[list(ids)] = 1
    bits = base64.b64encode(np.packbits(inside, bitorder="little").tobytes()).decode()
    found = parse_region({"bits": bits}, count)
    assert found is not None
    assert found.tolist() == sorted(ids)


def test_a_region_cannot_name_samples_that_are_not_there() -> None:
    found = parse_region({"bits": base64.b64encode(b"\xff\xff").decode()}, 10)
    assert found is not None
    assert found.tolist() == list(range(10))


@pytest.mark.parametrize(
    "sent",
    [
        None,
        7,
        "AA==",
        {},
        {"bits": 3},
        {"bits": "A"},
        {"bits": "A" * 10_000},
        {"bits": "????"},
        {"bits": "AAAA"},
    ],
)
def test_nonsense_for_a_region_is_no_event(sent: object) -> None:
    assert parse_region(sent, 10) is None


@pytest.mark.parametrize(
    "sent", [None, {}, {"id": -1}, {"id": 10}, {"id": True}, {"id": 1.0}, {"id": "1"}, 3]
)
def test_nonsense_for_a_pick_is_no_event(sent: object) -> None:
    assert parse_sample_id(sent, 10) is None


def test_a_pick_is_a_sample() -> None:
    assert parse_sample_id({"id": 9}, 10) == 9


# ── places between the points ──────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "sent",
    [
        None,
        3,
        {},
        {"at": "1,2"},
        {"at": [1]},
        {"at": [1, 2, 3]},
        {"at": [1, "2"]},
        {"at": [1, None]},
        {"at": [True, 0]},
        {"at": [float("nan"), 0]},
        {"at": [0, float("inf")]},
        {"at": [0, -1e300]},
        {"at": [10**400, 0]},
        {"at": [400.1, 0]},
    ],
)
def test_nonsense_for_a_place_is_no_event(sent: object) -> None:
    square = np.array([[-100.0, -100.0], [100.0, 100.0], [0.0, 60.0]])
    assert parse_map_point(sent, square) is None


def test_a_place_has_six_digits_and_may_lie_a_little_outside() -> None:
    square = np.array([[-100.0, -100.0], [100.0, 100.0], [0.0, 60.0]])
    assert parse_map_point({"at": [12.3456789, -299]}, square) == (12.3457, -299.0)
    assert parse_map_point({"at": [0, 0]}, np.zeros((3, 3))) is None


@pytest.mark.parametrize("sent", [None, True, {}, {"on": 1}, {"on": None}, [True]])
def test_nonsense_for_the_grid_is_no_event(sent: object) -> None:
    assert parse_grid(sent) is None


def test_text_that_is_not_ascii_and_huge_numbers_are_invalid():
    assert parse_region({"bits": "éAA="}, 10) is None
    assert parse_drawing({"seq": 1, "png": "data:image/png;base64,é"}) is None
    assert parse_number({"value": 10**400}, "value", 0, 1) is None
