"""Decode any map point in a browser: by hover, click, keys and touch, and as a grid."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlparse

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

import latent_core as lc
from latent_core.analysis.verdict import combined_level
from latent_core.progress import null_progress
from latent_core.projection import Projection, method_from_dict
from tests.browser.driver import (
    eventually,
    running_app,
    wait_for_frames,
    wait_for_map,
    wait_until_still,
)
from ui.decoded_point import decode_point
from ui.spaces import Space, compute_space

pytestmark = pytest.mark.browser
MAP = "document.querySelector('.ls-map').__testHooks"
PIXELS = """node => [node.width, Array.from(
    node.getContext('2d').getImageData(0, 0, node.width, node.height).data)]"""
METHODS = ["pca", "tsne"]
FREE = 14  # pixels around an empty position without a sample


@pytest.fixture(scope="module")
def space() -> Space:
    return compute_space("digits-vae-16", "digits", null_progress)


@pytest.fixture(scope="module")
def maps(space: Space) -> dict[str, Projection]:
    specs = {method: method_from_dict({"method": method, "dims": 2}) for method in METHODS}
    return {method: lc.project(space.encodings, spec) for method, spec in specs.items()}


def show(page: Page, address: str, query: str, mode: str = "browser") -> None:
    page.goto(f"{address}/?{query}")
    wait_for_map(page, 90)
    page.wait_for_function(f"{MAP}.decoderMode() === '{mode}'", timeout=90_000)
    page.wait_for_selector('.ls-map[data-sheet="ready"]', timeout=60_000)
    wait_until_still(page)


def empty_positions(page: Page, count: int) -> list[tuple[int, int]]:
    """Whole page pixels, at random on the map, without a sample near them."""
    box = page.locator(".ls-map-plot").bounding_box()
    assert box
    rng = np.random.default_rng(3)
    corner, size = np.array([box["x"], box["y"]]), np.array([box["width"], box["height"]])
    positions = (corner + [20, 60] + rng.random((400, 2)) * (size - [40, 80])).astype(int).tolist()
    free = page.evaluate(
        f"""positions => positions.filter(([x, y]) => [[0, 0], [-1, 0], [1, 0], [0, -1], [0, 1]]
        .every(([dx, dy]) => {MAP}.hit(x + dx * {FREE}, y + dy * {FREE}) === null))""",
        positions,
    )
    assert len(free) >= count
    return [(x, y) for x, y in free[:count]]


def hover(page: Page, x: float, y: float) -> dict[str, Any]:
    """Hover a page position; what is decoded there."""
    page.mouse.move(x - 2, y)
    page.mouse.move(x, y)
    script = f"""([x, y]) => {{ const seen = {MAP}.decoded(); if (!seen) return null;
        const at = {MAP}.screenAt(seen.point);
        return Math.hypot(at.x - x, at.y - y) < 0.6 ? seen : null }}"""
    found: dict[str, Any] = page.wait_for_function(script, arg=[x, y]).json_value()
    return found


def canvas_pixels(page: Page, selector: str, side: int = 28) -> np.ndarray:
    """The gray pixels of an image drawn at a whole multiple of its size."""
    return gray_pixels(*page.eval_on_selector(selector, PIXELS), side=side)


def gray_pixels(width: int, data: list[int], side: int = 28) -> np.ndarray:
    step = width // side
    assert width == step * side
    pixels = np.array(data, np.uint8).reshape(width, width, 4)
    return pixels[step // 2 :: step, step // 2 :: step, 0].astype(int)


def as_bytes(image: np.ndarray) -> np.ndarray:
    return np.rint(image[0] * 255).astype(int)


def point_in(url: str) -> tuple[float, float]:
    x, y = parse_qs(urlparse(url).query)["point"][0].split(",")
    return float(x), float(y)


# ── hovering ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("method", METHODS)
def test_hovering_any_point_shows_what_python_decodes_there(
    page: Page, address: str, space: Space, maps: dict[str, Projection], method: str
) -> None:
    show(page, address, f"method={method}")
    levels = set()
    samples = page.evaluate(f"[17, 4242, 9, 500, 77].map((i) => {MAP}.screenOf(i))")
    for x, y in [(sample["x"], sample["y"]) for sample in samples] + empty_positions(page, 8):
        seen = hover(page, x, y)
        found = decode_point(space, maps[method], tuple(seen["point"]))
        drawn = canvas_pixels(page, ".ls-map-card .ls-frame canvas")
        assert np.abs(drawn - as_bytes(found.image)).max() <= 1
        assert seen["level"] == found.support_level
        decided_by_image = combined_level(found.support_level, found.image_level)
        if decided_by_image == found.support_level:
            assert page.inner_text(".ls-map-card .ls-support span") == found.support_level
        levels.add(found.support_level)
    expect(page.locator(".ls-map-none")).to_be_visible()
    expect(page.locator(".ls-map-image")).to_be_hidden()
    assert len(levels) > 1, "the points tried have the same support level"


def test_a_sample_shows_its_image_and_the_decoded_one_in_a_card_of_constant_size(
    page: Page, address: str, space: Space, maps: dict[str, Projection]
) -> None:
    show(page, address, "method=tsne")
    x, y = empty_positions(page, 1)[0]
    hover(page, x, y)
    beside = page.locator(".ls-map-card").bounding_box()
    for index in (17, 4242):
        position = page.evaluate(f"i => {MAP}.screenOf(i)", index)
        over = page.evaluate(f"p => {MAP}.hit(p.x, p.y)", position)
        seen = hover(page, position["x"], position["y"])
        page.wait_for_selector(f'.ls-map-card[data-id="{over}"]')
        original = canvas_pixels(page, ".ls-map-card .ls-map-image")
        assert np.array_equal(original, space.data.images_uint8[over, 0])
        found = decode_point(space, maps["tsne"], tuple(seen["point"]))
        drawn = canvas_pixels(page, ".ls-map-card .ls-frame canvas")
        assert np.abs(drawn - as_bytes(found.image)).max() <= 1
        assert page.inner_text(".ls-map-card .ls-map-name") == space.data.label(over)
        card = page.locator(".ls-map-card").bounding_box()
        assert card
        assert beside
        assert (card["width"], card["height"]) == (beside["width"], beside["height"])


def test_the_page_names_the_inverse_transform(page: Page, address: str) -> None:
    show(page, address, "method=tsne")
    expect(page.locator(".ls-map-about:not(.ls-map-fallback)")).to_contain_text("nearest points")
    expect(page.locator(".ls-map-about:not(.ls-map-fallback)")).to_contain_text(
        "decoded in this browser"
    )
    show(page, address, "model=digits-vae-2&method=pca")
    expect(page.locator(".ls-map-about:not(.ls-map-fallback)")).to_contain_text(
        "the latent space itself"
    )


def test_in_3d_points_between_samples_are_not_decoded(page: Page, address: str) -> None:
    page.goto(f"{address}/?method=pca&n_components=3")
    wait_for_map(page, 90)
    box = page.locator(".ls-map-plot").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 80)
    page.mouse.click(box["x"] + 21, box["y"] + 80)
    expect(page.locator(".ls-map-card")).to_be_hidden()
    expect(page.locator('[data-tool="grid"]')).to_be_hidden()
    expect(page.locator(".ls-map-about:not(.ls-map-fallback)")).to_be_hidden()
    expect(page.locator(".ls-tray")).to_have_attribute("data-count", "0")


def test_a_decoder_too_large_for_the_browser_runs_on_the_server(
    page: Page, tmp_path: Path, space: Space, maps: dict[str, Projection]
) -> None:
    with running_app(tmp_path / "cache", LATENT_BROWSER_DECODER_MAX_MB="0") as address:
        show(page, address, "method=pca&grid=1", mode="server")
        expect(page.locator(".ls-map-about:not(.ls-map-fallback)")).to_contain_text(
            "decoded on the server"
        )
        for x, y in empty_positions(page, 3):
            seen = hover(page, x, y)
            found = decode_point(space, maps["pca"], tuple(seen["point"]))
            drawn = canvas_pixels(page, ".ls-map-card .ls-frame canvas")
            assert np.abs(drawn - as_bytes(found.image)).max() <= 1
        wait_for_grid(page)
        check_tiles(page, space, maps["pca"])


# ── selecting ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("method", METHODS)
def test_a_click_between_the_samples_shows_the_image_there_and_a_button_keeps_it(
    page: Page,
    browser: Browser,
    address: str,
    space: Space,
    maps: dict[str, Projection],
    method: str,
) -> None:
    show(page, address, f"method={method}&sample=5")
    x, y = empty_positions(page, 1)[0]
    seen = hover(page, x, y)
    page.mouse.click(x, y)
    expect(page).to_have_url(re.compile("point="))
    point = point_in(page.url)
    assert point == tuple(float(f"{value:.6g}") for value in seen["point"])
    assert "sample=" not in page.url
    found = decode_point(space, maps[method], point)
    check_panel(page, found)
    star = page.locator(".ls-map-pin svg").bounding_box()
    assert star
    assert abs(star["x"] + star["width"] / 2 - x) < 2
    assert abs(star["y"] + star["height"] / 2 - y) < 2
    expect(page.locator(".ls-tray")).to_have_attribute("data-count", "0")
    page.get_by_role("button", name="Add to tray").click()
    page.wait_for_selector('.ls-tray[data-count="1"]')
    tray = '.ls-tray li[data-key] canvas[width="56"], .ls-tray li[data-key] canvas'
    assert np.array_equal(canvas_pixels(page, tray), as_bytes(found.image))

    other = browser.new_page(viewport={"width": 1280, "height": 800})
    other.goto(page.url)
    other.wait_for_selector(".ls-decoded-point", timeout=90_000)
    check_panel(other, found)
    other.wait_for_selector('.ls-tray[data-count="0"]')
    other.close()


def test_a_clicked_sample_is_decoded_before_the_server_answers(page: Page, address: str) -> None:
    show(page, address, "method=tsne&sample=5")
    page.wait_for_selector('.ls-inspector[data-id="5"]')
    x, y, index = page.evaluate(
        f"() => {{ const at = {MAP}.screenOf(17); return [at.x, at.y, {MAP}.hit(at.x, at.y)] }}"
    )
    page.evaluate(  # the panel as it was when it first named the sample
        f"""id => {{ const pixels = {PIXELS};
            const panel = document.querySelector(".ls-inspector");
            new MutationObserver(() => {{
                if (panel.dataset.id === String(id)) window.first ??= [
                    panel.getAttribute("aria-busy"),
                    ...pixels(panel.querySelector('[aria-label="reconstruction"]')),
                ];
            }}).observe(panel, {{attributes: true}});
        }}""",
        index,
    )
    page.mouse.click(x, y)
    busy, *early = page.wait_for_function("window.first").json_value()
    assert busy == "true"
    page.wait_for_selector(f'.ls-inspector[data-id="{index}"][aria-busy="false"]')
    expect(page).to_have_url(re.compile(f"sample={index}"))
    page.wait_for_function(
        "document.querySelector('.ls-inspector [aria-label=\"difference\"]').width > 1"
    )
    late = canvas_pixels(page, '.ls-inspector [aria-label="reconstruction"]')
    assert np.abs(gray_pixels(*early) - late.astype(int)).max() <= 1


def check_panel(page: Page, found: Any) -> None:
    panel = page.locator(".ls-decoded-point")
    expect(panel).to_have_attribute("data-support", found.support_level)
    expect(panel.locator('[data-role="support"]')).to_have_text(found.support_sentence())
    expect(panel.locator('[data-role="round-trip"]')).to_contain_text(found.round_trip_sentence())
    expect(panel.locator('[data-role="neighbor"]')).to_have_count(8)
    page.wait_for_function("document.querySelector('.ls-decoded-point .ls-frame canvas').width > 1")
    drawn = canvas_pixels(page, ".ls-decoded-point .ls-frame canvas")
    assert np.array_equal(drawn, as_bytes(found.image))


def test_a_click_shows_a_point_or_a_sample_and_a_drag_neither(page: Page, address: str) -> None:
    show(page, address, "method=tsne")
    (x, y), (a, b) = empty_positions(page, 2)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 30, y + 5, steps=4)
    page.mouse.move(x, y, steps=4)
    page.mouse.up()
    page.mouse.dblclick(a, b)
    page.wait_for_selector(".ls-decoded-point")
    expect(page).to_have_url(re.compile("point="))
    shown_at = page.evaluate(f"point => {MAP}.screenAt(point)", point_in(page.url))
    assert np.hypot(shown_at["x"] - a, shown_at["y"] - b) < 2  # not where the drag ended
    position = page.evaluate(f"{MAP}.screenOf(17)")
    index = page.evaluate(f"p => {MAP}.hit(p.x, p.y)", position)
    page.mouse.click(position["x"], position["y"])
    page.wait_for_selector(f'.ls-inspector[data-id="{index}"]')
    expect(page).to_have_url(re.compile(f"sample={index}"))
    assert "point=" not in page.url
    expect(page.locator(".ls-map-pin")).to_have_count(0)
    expect(page.locator(".ls-tray")).to_have_attribute("data-count", "0")


def test_an_invalid_point_in_the_link_is_reported(page: Page, address: str) -> None:
    show(page, address, "method=pca&point=1e9,<b>")
    expect(page.get_by_role("alert").first).to_contain_text("'1e9,<b>'")
    expect(page.locator(".ls-map-pin")).to_have_count(0)


def test_keys_move_a_crosshair_and_select_its_point(
    page: Page, address: str, space: Space, maps: dict[str, Projection]
) -> None:
    show(page, address, "method=tsne")
    plot = page.locator(".ls-map-plot")
    for _ in range(30):
        plot.press("Shift+ArrowLeft")
        if page.get_attribute(".ls-map-card", "data-id") == "":
            break
    expect(page.locator(".ls-map-cross")).to_be_visible()
    cross = page.locator(".ls-map-cross").bounding_box()
    assert cross
    page.wait_for_function(  # an earlier step may still be decoded
        f"""([x, y]) => {{
            const seen = {MAP}.decoded(), position = seen && {MAP}.screenAt(seen.point);
            return position && Math.hypot(position.x - x, position.y - y) < 2;
        }}""",
        arg=[cross["x"] + 11, cross["y"] + 11],
    )
    assert page.inner_text(".ls-map-announcer") == ""
    plot.press("Enter")
    page.wait_for_selector(".ls-decoded-point")
    expect(page).to_have_url(re.compile("point="))
    found = decode_point(space, maps["tsne"], point_in(page.url))
    expect(page.locator(".ls-map-announcer")).to_contain_text(found.support_level)
    plot.press("Escape")
    expect(page.locator(".ls-map-cross")).to_be_hidden()


class Touch:
    """One touch on a page."""

    def __init__(self, page: Page) -> None:
        self.session = page.context.new_cdp_session(page)

    def _send(self, kind: str, *positions: tuple[float, float]) -> None:
        points = [{"x": x, "y": y} for x, y in positions]
        self.session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    def press(self, x: float, y: float) -> None:
        self._send("touchStart", (x, y))

    def move(self, x: float, y: float) -> None:
        self._send("touchMove", (x, y))

    def lift(self) -> None:
        self._send("touchEnd")


def test_a_resting_touch_decodes_and_a_moving_touch_pans(browser: Browser, address: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    touch = Touch(page)
    show(page, address, "method=tsne")
    x, y = empty_positions(page, 1)[0]
    home = page.evaluate(f"{MAP}.camera()")
    touch.press(x, y)
    page.wait_for_function(f"{MAP}.decoded() !== null")
    for step in range(1, 8):
        touch.move(x + 6 * step, y)
    page.wait_for_function(
        f"x => Math.abs({MAP}.screenAt({MAP}.decoded().point).x - x) < 1.5", arg=x + 42
    )
    assert page.evaluate(f"{MAP}.camera()") == home
    touch.lift()
    expect(page.locator(".ls-map-card")).to_be_hidden()
    expect(page.locator(".ls-tray")).to_have_attribute("data-count", "0")

    page.locator('[data-tool="inspect"]').press("Enter")
    touch.press(x, y)
    touch.move(x + 20, y)
    page.wait_for_function(f"{MAP}.decoded() !== null")
    touch.lift()
    assert page.evaluate(f"{MAP}.camera()") == home
    page.locator('[data-tool="inspect"]').press("Enter")

    page.touchscreen.tap(*empty_positions(page, 1)[0])  # before it, one finger scrolls the page
    page.wait_for_selector(".ls-decoded-point")
    expect(page.locator(".ls-map-card")).to_be_visible()

    def swipe() -> bool:
        touch.press(x, y)
        for step in range(1, 8):
            touch.move(x + 6 * step, y)
        touch.lift()
        wait_for_frames(page)
        return page.evaluate(f"{MAP}.camera()") != home

    eventually(swipe, page=page)  # on a slow machine the touch may rest before it moves
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    context.close()


# ── the decoded grid under the points ─────────────────────────────────────────────────────


def wait_for_grid(page: Page) -> int:
    """Wait until no tile is missing; the level."""
    page.wait_for_function(
        "document.querySelector('.ls-map-grid').dataset.missing === '0'", timeout=60_000
    )
    return int(page.get_attribute(".ls-map-grid", "data-level") or "")


def check_tiles(page: Page, space: Space, made: Projection) -> None:
    """For every tenth tile: pixels and support level are those of its center."""
    tiles = page.evaluate(f"{MAP}.tiles()")
    assert len(tiles) > 30
    for tile in tiles[::10]:
        found = decode_point(space, made, tuple(tile["point"]))
        pixels = np.array(tile["pixels"]).reshape(28, 28, 4)[..., 0]
        assert np.abs(pixels - as_bytes(found.image)).max() <= 1
        assert tile["level"] == found.support_level


def pixel_at(page: Page, point: list[float]) -> list[int]:
    """The pixel of the grid's canvas at a map point: red, green, blue, alpha."""
    found: list[int] = page.evaluate(
        f"""point => {{ const canvas = document.querySelector('.ls-map-grid');
        const box = canvas.getBoundingClientRect(), at = {MAP}.screenAt(point);
        const scale = canvas.width / box.width;
        return Array.from(canvas.getContext('2d').getImageData(
            (at.x - box.left) * scale, (at.y - box.top) * scale, 1, 1).data) }}""",
        point,
    )
    return found


@pytest.mark.parametrize("method", METHODS)
def test_tiles_show_the_decoded_point_at_their_center(
    page: Page, address: str, space: Space, maps: dict[str, Projection], method: str
) -> None:
    show(page, address, f"method={method}")
    switch = page.locator('[data-tool="grid"]')
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.press("Enter")
    expect(switch).to_have_attribute("aria-pressed", "true")
    wait_for_grid(page)
    check_tiles(page, space, maps[method])
    alphas: dict[str, set[int]] = {}
    for tile in page.evaluate(f"{MAP}.tiles().map(({{point, verdict}}) => ({{point, verdict}}))"):
        position = page.evaluate(f"p => {MAP}.screenAt(p)", tile["point"])
        box = page.locator(".ls-map-plot").bounding_box()
        if box and box["y"] < position["y"] < box["y"] + box["height"]:
            alphas.setdefault(tile["verdict"]["slug"], set()).add(pixel_at(page, tile["point"])[3])
    low = {"near": 255, "sparse": 120, "far": 35}
    high = {"near": 255, "sparse": 135, "far": 50}
    assert len(alphas) > 1
    assert all(low[level] <= min(alphas[level]) for level in alphas)
    assert all(high[level] >= max(alphas[level]) for level in alphas)
    expect(page).to_have_url(re.compile("grid=1"))
    switch.click()
    expect(page.locator(".ls-map-grid")).to_be_hidden()
    expect(page).not_to_have_url(re.compile("grid"))


WATCH = """async () => {
    const canvas = document.querySelector('.ls-map-grid');
    const seen = [];
    const measure = () => {
        const {width, height} = canvas;
        const data = canvas.getContext('2d').getImageData(
            0.4 * width, 0.4 * height, 0.2 * width, 0.2 * height).data;
        let filled = 0;
        for (let i = 3; i < data.length; i += 4) filled += data[i] > 0;
        seen.push([Number(canvas.dataset.missing), filled / (data.length / 4)]);
    };
    const buttons = document.querySelectorAll('[data-tool="zoom-in"]');
    for (let k = 0; k < 3; k++) buttons[0].click();
    for (let k = 0; k < 90; k++) {
        await new Promise(requestAnimationFrame);
        measure();
    }
    return seen }"""


def test_zooming_in_decodes_finer_tiles_without_an_empty_frame(
    page: Page, address: str, space: Space, maps: dict[str, Projection]
) -> None:
    show(page, address, "method=tsne&grid=1")
    level = wait_for_grid(page)
    before = {tile["name"] for tile in page.evaluate(f"{MAP}.tiles()")}
    seen = page.evaluate(WATCH)
    assert any(missing > 0 for missing, _ in seen)
    assert min(filled for _, filled in seen) > 0.3
    assert wait_for_grid(page) - level in (3, 4)  # 1.5³ is √2 to the power of 3.5
    tiles = page.evaluate(f"{MAP}.tiles()")
    assert before.isdisjoint(tile["name"] for tile in tiles)
    check_tiles(page, space, maps["tsne"])


def test_tiles_keep_their_map_position_while_the_map_is_panned(page: Page, address: str) -> None:
    show(page, address, "method=tsne&grid=1")
    wait_for_grid(page)
    x, y = empty_positions(page, 1)[0]
    tiles = {tile["name"]: tile["point"] for tile in page.evaluate(f"{MAP}.tiles()")}
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 70, y + 30, steps=6)
    page.mouse.up()
    wait_for_grid(page)
    moved = {tile["name"]: tile["point"] for tile in page.evaluate(f"{MAP}.tiles()")}
    common = tiles.keys() & moved.keys()
    assert len(common) > 30
    assert all(tiles[name] == moved[name] for name in common)
    expect(page.locator(".ls-tray")).to_have_attribute("data-count", "0")
