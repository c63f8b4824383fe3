"""The map component in a browser: hover, click, filter and select, in 2D and in 3D."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

import latent_core as lc
from tests.browser.driver import (
    MAP,
    click_sample,
    eventually,
    running_app,
    wait_for_frames,
    wait_for_map,
    wait_until_idle,
    wait_until_still,
)

pytestmark = pytest.mark.browser
COUNT = 10_000


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    cache = tmp_path_factory.mktemp("demo") / "cache"
    with running_app(cache, "tests/browser/map_demo.py") as found:
        yield found


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(f"{error} {error.stack}"))
    show(opened, address)
    yield opened
    opened.close()
    assert errors == []


def show(page: Page, address: str) -> None:
    page.goto(address)
    wait_for_map(page, 90)
    page.wait_for_selector('.ls-map[data-sheet="ready"]', timeout=60_000)
    wait_until_still(page)


def choose(page: Page, group: str, option: str) -> None:
    page.get_by_role("radiogroup", name=group).get_by_text(option, exact=True).click()


def to_3d(page: Page) -> None:
    choose(page, "dims", "3")
    page.wait_for_selector('.ls-map[data-ready="true"][data-dims="3"]', timeout=60_000)
    wait_until_still(page)


def all_positions(page: Page) -> np.ndarray:
    """Page position of every sample, (N, 2), in CSS pixels."""
    script = f"() => Array.from({{length: {COUNT}}}, (_, i) => {MAP}.screenOf(i))"
    return np.array([[at["x"], at["y"]] for at in page.evaluate(script)])


def isolated_samples(positions: np.ndarray, count: int) -> list[int]:
    """Outer samples, far from all others on the screen."""
    outer = np.argsort(-np.hypot(*(positions - positions.mean(axis=0)).T))[:80]
    gaps = [np.partition(np.hypot(*(positions - positions[i]).T), 1)[1] for i in outer]
    return [int(outer[k]) for k in np.argsort(gaps)[::-1][:count]]


def expect_text(page: Page, text: str) -> None:
    expect(page.get_by_test_id("stText")).to_contain_text(text, timeout=20_000)


def pixels(page: Page) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(page.screenshot())).convert("RGB")).astype(int)


@pytest.mark.parametrize("dims", [2, 3])
def test_a_click_selects_the_sample_drawn_there(page: Page, dims: int) -> None:
    if dims == 3:
        to_3d(page)
    positions = all_positions(page)
    chosen = isolated_samples(positions, 3)
    shot = pixels(page)
    ground = shot[int(positions[:, 1].min()) - 8, int(positions[0, 0])]
    for index in chosen:  # a point is drawn there, and only there
        x, y = positions[index].astype(int)
        assert np.abs(shot[y, x] - ground).sum() > 60
        assert np.abs(shot[y + 9, x] - ground).sum() < 20
    for index in chosen:
        click_sample(page, index)
        assert page.get_attribute(".ls-map", "data-selected") == str(index)
        expect_text(page, f"picked={index} ")
        page.mouse.move(5, 5)


def test_screen_positions_are_an_affine_map_of_the_points(page: Page) -> None:
    positions = all_positions(page)
    shown = page.evaluate(f"() => [0, 1, 2, 3, 9999].map((i) => {MAP}.pointOf(i))")
    ids = [0, 1, 2, 3, 9999]
    for axis, sign in ((0, 1), (1, -1)):  # the screen's y goes down
        slope = np.polyfit(
            [position[axis] for position in shown], sign * positions[ids, axis], 1, full=True
        )
        assert slope[0][0] > 0
        assert slope[1][0] < 1e-3  # residual: an exact line


@pytest.mark.parametrize("dims", [2, 3])
def test_hovering_shows_the_image_and_the_class(page: Page, dims: int) -> None:
    if dims == 3:
        to_3d(page)
    data = lc.load_dataset("digits")
    for index in isolated_samples(all_positions(page), 2):
        position = page.evaluate(f"i => {MAP}.screenOf(i)", index)
        page.mouse.move(position["x"], position["y"])
        page.wait_for_selector(f'.ls-map-card[data-id="{index}"]:not([hidden])')
        drawn = page.evaluate(
            """() => { const canvas = document.querySelector('.ls-map-card canvas');
            const {width, height} = canvas;
            return Array.from(canvas.getContext('2d').getImageData(0, 0, width, height).data) }"""
        )
        assert np.array_equal(
            np.array(drawn).reshape(28, 28, 4)[..., 0], data.images_uint8[index, 0]
        )
        assert data.labels is not None
        label = data.class_names[data.labels[index]]
        assert page.inner_text(".ls-map-card .ls-map-name") == label
    page.mouse.move(3, 3)
    expect(page.locator(".ls-map-card")).to_be_hidden()


def drag(page: Page, path: list[tuple[float, float]]) -> None:
    page.mouse.move(*path[0])
    page.mouse.down()
    for position in path[1:]:
        page.mouse.move(*position)
    page.mouse.up()


def test_a_lasso_selects_the_samples_inside(page: Page) -> None:
    positions = all_positions(page)
    x, y = np.median(positions, axis=0)
    angles = np.linspace(0, 2 * np.pi, 60)
    drag_path = [(x + 90 * np.cos(t), y + 90 * np.sin(t)) for t in angles]
    page.get_by_label("Select with a lasso").click()
    drag(page, drag_path)
    distances = np.hypot(*(positions - [x, y]).T)
    text = page.get_by_test_id("stText")
    expect(text).not_to_contain_text("region=0", timeout=20_000)
    size = int(text.inner_text().split("region=")[1].split()[0])
    assert (distances < 87).sum() <= size <= (distances < 92).sum()
    assert page.locator(".ls-map-selection").inner_text().startswith(f"{size:,}")
    page.locator(".ls-map-plot").press("Escape")
    expect_text(page, "region=0")
    expect(page.locator(".ls-map-selection")).to_be_hidden()


def test_a_box_selects_exactly_the_samples_inside_up_to_ten_thousand(page: Page) -> None:
    positions = all_positions(page)
    x, y = np.round(np.median(positions, axis=0))
    box = page.locator(".ls-map-plot").bounding_box()
    assert box
    page.get_by_label("Select with a box").click()
    drag(page, [(x - 70, y - 50), (x, y), (x + 70, y + 50)])
    inside = np.flatnonzero((np.abs(positions - [x, y]) < [70, 50]).all(axis=1))
    expect_text(page, f"region={len(inside)} sum={inside.sum()}")
    right, bottom = box["x"] + box["width"] - 2, box["y"] + box["height"] - 2
    drag(page, [(box["x"] + 2, box["y"] + 2), (x, y), (right, bottom)])
    expect_text(page, f"region={COUNT} sum={sum(range(COUNT))}")


def test_shift_drag_draws_a_lasso_and_a_plain_drag_pans(page: Page) -> None:
    before = page.evaluate(f"{MAP}.camera()")
    x, y = np.median(all_positions(page), axis=0)
    corners = [(x - 80, y - 80), (x + 80, y - 80), (x + 80, y + 80), (x - 80, y + 80)]
    page.keyboard.down("Shift")
    drag(page, corners)
    page.keyboard.up("Shift")
    expect(page.locator(".ls-map-selection")).to_be_visible()
    assert page.evaluate(f"{MAP}.camera()") == before
    drag(page, [(x, y), (x + 30, y + 10), (x + 60, y + 20)])
    left = before["ranges"][0][0]
    page.wait_for_function(f"left => {MAP}.camera().ranges[0][0] !== left", arg=left)
    page.get_by_label("Reset view").click()
    wait_until_still(page)
    after = page.evaluate(f"{MAP}.camera()")
    assert np.allclose(after["ranges"], before["ranges"])


def test_the_legend_filters_classes(page: Page) -> None:
    labels = lc.load_dataset("digits").labels
    assert labels is not None
    shown = f"{MAP}.nVisible()"
    chip = page.locator('.ls-map-chip[data-class="3"]')
    chip.click()
    assert page.evaluate(shown) == COUNT - (labels == 3).sum()
    expect(chip).to_have_attribute("aria-pressed", "false")
    chip.press("Enter")
    assert page.evaluate(shown) == COUNT
    chip.click(modifiers=["Alt"])
    assert page.evaluate(shown) == (labels == 3).sum()
    hidden = int(np.flatnonzero(labels == 1)[0])
    position = page.evaluate(f"i => {MAP}.screenOf(i)", hidden)
    found = page.evaluate(f"p => {MAP}.hit(p.x, p.y)", position)
    assert found is None or labels[found] == 3
    page.get_by_text("show all").click()
    page.locator('.ls-map-chip[data-class="7"]').dblclick()
    assert page.evaluate(shown) == (labels == 7).sum()


def test_arrow_keys_select_visible_samples_in_order(page: Page) -> None:
    labels = lc.load_dataset("digits").labels
    assert labels is not None
    page.locator('.ls-map-chip[data-class="0"]').click(modifiers=["Alt"])
    zeros = np.flatnonzero(labels == 0)
    plot = page.locator(".ls-map-plot")
    for index in (zeros[0], zeros[1], zeros[2]):
        plot.press("ArrowRight")
        assert page.get_attribute(".ls-map", "data-selected") == str(index)
    plot.press("ArrowLeft")
    expect_text(page, f"picked={zeros[1]} ")
    expect(page.locator(".ls-map-announcer")).to_have_text(f"0, image {zeros[1]}")


def test_python_can_clear_the_selection(page: Page) -> None:
    click_sample(page, isolated_samples(all_positions(page), 1)[0])
    expect(page.locator(".ls-map-ring")).to_be_visible()
    page.get_by_role("button", name="clear").click()
    expect(page.locator(".ls-map-ring")).to_be_hidden()
    assert page.get_attribute(".ls-map", "data-selected") == ""


@pytest.mark.parametrize("dims", [2, 3])
def test_marks_are_drawn_with_their_label_as_text(page: Page, dims: int) -> None:
    if dims == 3:
        to_3d(page)
    page.get_by_text("marks", exact=True).click()
    mark = page.locator(".ls-map-pin")
    expect(mark.locator("svg")).to_be_visible()
    assert mark.inner_text() == "your <b>image</b>"
    assert page.locator(".ls-map-pin b").count() == 0
    star = mark.locator("svg").bounding_box()
    plot = page.locator(".ls-map-plot").bounding_box()
    assert star
    assert plot
    assert plot["x"] < star["x"] < plot["x"] + plot["width"]
    assert plot["y"] < star["y"] < plot["y"] + plot["height"]


PUBLISH = """async (value) => {
    const names = performance.getEntriesByType('resource').map((entry) => entry.name);
    const app = await import(names.find((name) => name.endsWith('/app.js')));
    app.load('core/bus.js').publish('demo.position', value) }"""


@pytest.mark.parametrize("dims", [2, 3])
def test_lines_connect_their_points_and_the_legend_names_them(page: Page, dims: int) -> None:
    if dims == 3:
        to_3d(page)
    page.get_by_text("lines", exact=True).click()
    expect(page.locator(".ls-map-line-key")).to_have_text(
        ["straight", "<i>aside</i>", "other side"]
    )
    lines = page.locator(".ls-map-over .ls-map-line")
    expect(lines).to_have_count(3)
    looks = lines.evaluate_all(
        "nodes => nodes.map(node => getComputedStyle(node)).map(s => s.stroke + s.strokeDasharray)"
    )
    assert len(set(looks)) == 3
    page.get_by_label("Zoom in").click()
    wait_until_still(page)
    box = page.locator(".ls-map-plot").bounding_box()
    assert box
    ends = [page.evaluate(f"i => {MAP}.screenOf(i)", index) for index in (0, 1)]
    for path in lines.evaluate_all("nodes => nodes.map(node => node.getAttribute('d'))"):
        drawn = np.array([position.split() for position in path[1:].split("L")], float)
        assert drawn.shape == (24, 2)
        for position, end in zip(drawn[[0, -1]], ends, strict=True):
            assert (
                np.hypot(box["x"] + position[0] - end["x"], box["y"] + position[1] - end["y"]) < 0.5
            )


def test_the_live_marker_follows_published_positions(page: Page) -> None:
    page.get_by_text("lines", exact=True).click()
    expect(page.locator(".ls-map-line-key")).to_have_count(3)
    marker = page.locator(".ls-map-marker")
    expect(marker).to_be_hidden()
    for index in (5, 77):
        page.evaluate(PUBLISH, {"point": page.evaluate(f"i => {MAP}.pointOf(i)", index)})
        wait_for_frames(page)
        disc = marker.locator("i").bounding_box()
        position = page.evaluate(f"i => {MAP}.screenOf(i)", index)
        assert disc
        assert abs(disc["x"] + disc["width"] / 2 - position["x"]) < 0.6
        assert abs(disc["y"] + disc["height"] / 2 - position["y"]) < 0.6
    page.evaluate(PUBLISH, None)
    expect(marker.locator("i")).to_be_hidden()


def test_without_a_decoder_points_between_samples_are_ignored(page: Page) -> None:
    positions = all_positions(page)
    plot = page.locator(".ls-map-plot").bounding_box()
    assert plot
    corner = (plot["x"] + 15, plot["y"] + plot["height"] - 15)
    assert np.hypot(*(positions - corner).T).min() > 30
    page.mouse.move(*corner)
    page.mouse.click(*corner)
    page.locator(".ls-map-plot").press("Shift+ArrowRight")
    wait_until_idle(page)
    for hidden in (
        ".ls-map-card",
        ".ls-map-pin",
        ".ls-map-grid",
        ".ls-map-about:not(.ls-map-fallback)",
    ):
        assert page.locator(hidden).count() == 0 or page.locator(hidden).is_hidden()
    expect(page.locator('[data-tool="grid"]')).to_be_hidden()
    expect(page.locator('[data-tool="inspect"]')).to_be_hidden()


@pytest.mark.parametrize("dims", [2, 3])
def test_other_colors_keep_the_view_and_another_map_resets_it(page: Page, dims: int) -> None:
    if dims == 3:
        to_3d(page)
    home = page.evaluate(f"{MAP}.camera()")
    page.get_by_label("Zoom in").click()
    wait_until_still(page)
    near = page.evaluate(f"{MAP}.camera()")
    assert near != home
    figure = page.query_selector(".ls-map-figure")
    choose(page, "color", "z2")
    expect(page.locator(".ls-map-bar-title")).to_have_text("Dimension 2")
    assert page.evaluate(f"{MAP}.camera()") == near
    choose(page, "components", "1")
    eventually(lambda: page.evaluate(f"{MAP}.camera()"), lambda camera: camera != near, page=page)
    assert page.evaluate("node => node === document.querySelector('.ls-map-figure')", figure)


def test_updated_points_move_without_a_new_element(page: Page) -> None:
    page.evaluate(
        """() => { const map = document.querySelector('.ls-map'); window.gone = 0;
        new MutationObserver((all) => all.forEach((one) => window.gone += one.removedNodes.length))
            .observe(map.parentElement, {childList: true}) }"""
    )
    first = page.evaluate(f"{MAP}.pointOf(7)")
    seen: set[Any] = set()

    def place() -> Any:
        seen.add(found := tuple(page.evaluate(f"{MAP}.pointOf(7)")))
        return found

    page.get_by_text("moving", exact=True).click()
    eventually(place, lambda point: not np.allclose(point, first, atol=1e-3), page=page)
    eventually(place, lambda point: np.allclose(point, first, atol=1e-3), page=page)
    assert len(seen) > 3  # several intermediate positions
    assert page.evaluate("window.gone") == 0


@pytest.mark.parametrize("dims", [2, 3])
def test_the_map_is_resized_with_its_container(page: Page, dims: int) -> None:
    if dims == 3:
        to_3d(page)
    page.set_viewport_size({"width": 820, "height": 700})
    page.wait_for_function(
        """() => document.querySelector('.ls-map-plot').clientWidth < 800 &&
        document.querySelector('.ls-map-points').width ===
        document.querySelector('.ls-map-plot').clientWidth"""
    )
    wait_until_still(page)
    index = isolated_samples(all_positions(page), 1)[0]
    click_sample(page, index)
    assert page.get_attribute(".ls-map", "data-selected") == str(index)


LOSE = """async () => {
    const { canvas, gl } = MAP.scene.view.pointLayer;
    const lost = new Promise((done) => canvas.addEventListener('webglcontextlost', done));
    window.lose = gl.getExtension('WEBGL_lose_context');
    window.lose.loseContext();
    await lost }"""


def test_a_lost_webgl_context_is_restored(page: Page) -> None:
    before = pixels(page)

    def changed() -> float:
        return float((np.abs(pixels(page) - before).sum(axis=2) > 30).mean())

    page.evaluate(LOSE.replace("MAP", MAP))  # only after its event may a context be restored
    assert not page.evaluate(f"{MAP}.atRest()")
    eventually(changed, lambda share: share > 0.05, page=page)
    page.evaluate("window.lose.restoreContext()")
    page.wait_for_function(f"{MAP}.atRest()")
    eventually(changed, lambda share: share < 0.002, page=page)


def test_on_a_phone_nothing_is_cut_off(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 375, "height": 812}, has_touch=True)
    show(page, address)
    wide = page.evaluate(
        """() => [...document.querySelectorAll('.ls-map, .ls-map button, .ls-map-legend')]
        .every((node) => { const box = node.getBoundingClientRect();
            return box.left >= 0 && box.right <= innerWidth })"""
    )
    assert wide
    plot = page.locator(".ls-map-plot").bounding_box()
    legend = page.locator(".ls-map-legend").bounding_box()
    assert plot
    assert legend
    assert legend["y"] >= plot["y"] + plot["height"]
    positions = all_positions(page)
    index = isolated_samples(positions, 1)[0]
    page.touchscreen.tap(*positions[index])
    expect_text(page, f"picked={index} ")
    page.close()


def test_the_dark_theme_has_its_own_colors(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800}, color_scheme="dark")
    show(page, address)
    swatch = page.locator(".ls-map-swatch").first
    expect(swatch).to_have_css("background-color", "rgb(44, 213, 255)")
    page.close()


def test_missing_data_is_reported(browser: Browser, address: str, tmp_path: Path) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.route("**/live/blob/**", lambda route: route.fulfill(status=404))
    page.goto(address)
    alert = page.locator('.ls-map-wait[role="alert"]')
    expect(alert).to_contain_text("can't be drawn", timeout=60_000)
    page.close()
