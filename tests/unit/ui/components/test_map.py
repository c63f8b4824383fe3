"""The payload of the map component."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from latent_core.errors import InvalidInputError
from ui.components import map as map_component
from ui.components.assets import BLOBS
from ui.components.map import (
    ClassColor,
    MapDecoder,
    MapEvent,
    MapLine,
    Mark,
    ScaleColor,
    Sheet,
    draw_map,
    payload_bytes,
)
from ui.components.quantize import dequantize, quantize

JS = Path(map_component.__file__).parents[1] / "frontend"


def cloud(count: int = 500, dims: int = 2) -> np.ndarray:
    return (
        np.random.default_rng(0).normal(size=(count, dims)).astype(np.float32) * [40, 3, 0.1][:dims]
    )


def classes(count: int = 500) -> ClassColor:
    return ClassColor(values=np.arange(count) % 10, names=tuple("0123456789"))


@pytest.mark.parametrize("dims", [2, 3])
def test_places_come_back_within_a_step(dims: int) -> None:
    points = cloud(5000, dims)
    data, lo, hi = quantize(points)
    span = points.max(axis=0) - points.min(axis=0)
    assert (np.abs(dequantize(data, lo, hi) - points) <= span / 65535).all()


def test_stored_little_endian_row_after_row() -> None:
    data, lo, hi = quantize(np.array([[0.0, 10.0], [1.0, 20.0], [0.5, 10.0]]))
    assert data == bytes.fromhex("0000 0000 ffff ffff 0080 0000")
    assert (lo, hi) == ([0.0, 10.0], [1.0, 20.0])


def test_a_column_without_spread_survives() -> None:
    data, lo, hi = quantize(np.full((4, 2), 7.0))
    assert (dequantize(data, lo, hi) == 7.0).all()


@pytest.mark.parametrize("bad", [np.zeros(3), np.zeros((0, 2)), np.array([[np.nan, 0.0]])])
def test_unusable_points_are_refused(bad: np.ndarray) -> None:
    with pytest.raises(InvalidInputError, match=r"must have shape|not finite"):
        quantize(bad)


def test_seventy_thousand_points_in_3d_with_colours_stay_under_2_mb() -> None:
    points = cloud(70_000, 3)
    values = np.linspace(0, 1, 70_000)
    assert payload_bytes(points, classes(70_000)) == 70_000 * 7
    assert payload_bytes(points, ScaleColor(values=values, title="error")) <= 2 * 2**20


def test_colours_are_checked() -> None:
    with pytest.raises(InvalidInputError, match="between 0 and 1"):
        ClassColor(values=np.array([0, 2]), names=("a", "b"))
    with pytest.raises(InvalidInputError, match="1 to 256"):
        ClassColor(values=np.array([0]), names=())
    with pytest.raises(InvalidInputError, match="'error' are not finite"):
        ScaleColor(values=np.array([np.inf]), title="error")
    with pytest.raises(InvalidInputError, match=r"must have shape \(N,\)"):
        ScaleColor(values=np.zeros((2, 2)), title="error")


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What the browser was sent; and, under `answers`, what it will say."""
    seen: dict[str, Any] = {"answers": {}}

    def live(module: str, **sent: Any) -> dict[str, Any]:
        seen.update(sent, module=module)
        answers: dict[str, Any] = seen["answers"]
        return {event: answers.get(event) for event in sent["events"]}

    monkeypatch.setattr(map_component, "draw_component", live)
    return seen


def test_arrays_travel_by_address_and_the_rest_is_small(browser: dict[str, Any]) -> None:
    points = cloud(70_000, 3)
    sheet = Sheet(url="/live/blob/pictures", columns=100, width=28, height=28)
    draw_map(
        key="k",
        points=points,
        color=classes(70_000),
        sheet=sheet,
        marks=[Mark(position=points[0], label="<b>")],
    )
    data = browser["data"]
    assert len(repr(data)) < 1200
    blob = BLOBS.get(data["points"]["url"].rsplit("/", 1)[1])
    assert blob is not None
    assert blob[0] == quantize(points)[0]
    assert data["sheet"] == {
        "url": "/live/blob/pictures",
        "columns": 100,
        "width": 28,
        "height": 28,
    }
    assert data["marks"] == [{"at": [pytest.approx(float(v)) for v in points[0]], "label": "<b>"}]


def test_events_are_given_as_values(browser: dict[str, Any]) -> None:
    bits = base64.b64encode(
        np.packbits([1, 0, 1] + [0] * 497, bitorder="little").tobytes()
    ).decode()
    browser["answers"] = {"picked": {"id": 5}, "region": {"bits": bits}}
    event = draw_map(key="k", points=cloud(), color=classes())
    assert event.picked == 5
    assert event.region is not None
    assert event.region.tolist() == [0, 2]
    browser["answers"] = {"picked": {"id": 500}, "region": None}
    assert draw_map(key="k", points=cloud(), color=classes()) == MapEvent()
    at = cloud().mean(axis=0).tolist()
    browser["answers"] = {"placed": {"at": at}, "grid": {"on": False}}
    event = draw_map(key="k", points=cloud(), color=classes())
    assert event.placed == pytest.approx(at, rel=1e-5)
    assert event.grid is False


def test_only_a_flat_map_decodes_places(browser: dict[str, Any]) -> None:
    decoder = MapDecoder(decoder={"model": "m"}, space={}, inverse={}, grid=True, place=(1.0, 2.0))
    draw_map(key="k", points=cloud(), color=classes(), decoder=decoder)
    assert browser["data"]["decode"]["decoder"] == {"model": "m"}
    assert browser["data"]["decode"]["place"] == (1.0, 2.0)
    draw_map(key="k", points=cloud(dims=3), color=classes(), decoder=decoder)
    assert browser["data"]["decode"] is None


def test_names_travel_by_address_one_a_line(browser: dict[str, Any]) -> None:
    names = [f"näme {k}" for k in range(len(cloud()))]
    draw_map(key="k", points=cloud(), color=classes(), names=names, sample_noun="word")
    address = browser["data"]["names"]["url"]
    stored = BLOBS.get(address.rsplit("/", 1)[1])
    assert stored
    assert stored[0].decode().split("\n") == names
    assert browser["data"]["sample_noun"] == "word"
    draw_map(key="k", points=cloud(), color=classes())
    assert browser["data"]["names"] is None
    with pytest.raises(InvalidInputError, match="points but 2 names"):
        draw_map(key="k", points=cloud(), color=classes(), names=["a", "b"])


# ── lines ──────────────────────────────────────────────────────────────────────────────────


def test_lines_travel_with_the_page_and_never_by_a_shared_address(browser: dict[str, Any]) -> None:
    path = cloud(30)
    line = MapLine(points=path, name="straight", tone="second")
    draw_map(key="k", points=cloud(), color=classes())
    before = len(BLOBS)
    draw_map(key="k", points=cloud(), color=classes(), lines=[line], channel="here")
    sent = browser["data"]["lines"][0]
    assert (sent["name"], sent["tone"]) == ("straight", "second")
    np.testing.assert_allclose(np.reshape(sent["points"], path.shape), path, rtol=1e-5)
    assert len(BLOBS) == before
    assert browser["data"]["channel"] == "here"


def test_lines_that_make_no_sense_are_refused(browser: dict[str, Any]) -> None:
    with pytest.raises(InvalidInputError, match="2 to 4096 points"):
        MapLine(points=np.zeros((1, 2)), name="x")
    with pytest.raises(InvalidInputError, match="'x' are not finite"):
        MapLine(points=np.array([[0, 0], [np.nan, 1]]), name="x")
    with pytest.raises(InvalidInputError, match="tone is one of"):
        MapLine(points=np.zeros((2, 2)), name="x", tone="red")  # type: ignore[arg-type]
    flat = MapLine(points=np.zeros((2, 2)), name="x")
    with pytest.raises(InvalidInputError, match="must have 3 numbers each"):
        draw_map(key="k", points=cloud(dims=3), color=classes(), lines=[flat])
    with pytest.raises(InvalidInputError, match="at most 24"):
        draw_map(key="k", points=cloud(), color=classes(), lines=[flat] * 25)


def test_named_points_are_packed_once_and_unnamed_ones_each_time(
    browser: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    packed = []
    monkeypatch.setattr(
        map_component, "quantize", lambda values: packed.append(1) or quantize(values)
    )
    for name, calls in (("", 2), ("this very map", 1)):
        packed.clear()
        for _ in range(2):
            draw_map(key="k", points=cloud(), color=classes(), fingerprint=name)
        assert len(packed) == calls


def test_what_does_not_fit_is_refused(browser: dict[str, Any]) -> None:
    with pytest.raises(InvalidInputError, match=r"\(N, 2\) or \(N, 3\)"):
        draw_map(key="k", points=cloud()[:, :1], color=classes())
    with pytest.raises(InvalidInputError, match="500 points but 400 colors"):
        draw_map(key="k", points=cloud(), color=classes(400))
    with pytest.raises(InvalidInputError, match="must have 2 numbers"):
        draw_map(key="k", points=cloud(), color=classes(), marks=[Mark(position=[1, 2, 3])])
    with pytest.raises(InvalidInputError, match="at most 64"):
        draw_map(key="k", points=cloud(), color=classes(), marks=[Mark(position=[1, 2])] * 65)


def test_a_selected_sample_that_is_not_there_is_none(browser: dict[str, Any]) -> None:
    draw_map(key="k", points=cloud(), color=classes(), selected=500)
    assert browser["data"]["selected"] is None


def test_a_robust_scale_leaves_out_the_outermost_values() -> None:
    values = np.append(np.linspace(0, 1, 1000), 500.0)
    assert ScaleColor(values=values, title="t").color_range() == (0.0, 500.0)
    low, high = ScaleColor(values=values, title="t", is_robust=True).color_range()
    assert 0.005 < low < 0.02
    assert 0.98 < high < 1
