"""What surrounds every page: address, history, what a reload keeps, header, and the phone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.driver import (
    PAGES,
    TEXT_SIZES,
    free_port,
    go_to_page,
    running_app,
    show_page,
    wait_for_map,
)

pytestmark = pytest.mark.browser
PHONE = {"width": 390, "height": 844}
ZOOMED = {"width": 720, "height": 450}  # 1440 x 900 at 200 %
OUTSIDE = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (node) => {
    for (let at = node.parentElement; !at.matches('.stMain, body'); at = at.parentElement) {
      const { overflowX } = getComputedStyle(at);
      const box = at.getBoundingClientRect();
      if (overflowX !== 'visible' && box.left >= -1 && box.right <= width + 1) return true;
    }
    return false;
  };
  return [...document.querySelectorAll('.stMain *, .ls *')].filter((node) => {
    if (!node.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
    const { left, right, width: own } = node.getBoundingClientRect();
    return own > 1 && (left < -1 || right > width + 1) && !scrolls(node);
  }).map((node) => `${node.tagName} ${node.className} ${node.textContent.slice(0, 30)}`);
}"""


def tray_count(page: Page, count: int) -> None:
    expect(page.locator(".ls-tray")).to_have_attribute("data-count", str(count))


def add_to_tray(page: Page) -> None:
    page.get_by_role("button", name="Add to tray").click()


def test_back_leaves_the_page_whatever_was_chosen_on_it(page: Page, address: str) -> None:
    show_page(page, address, "map")
    go_to_page(page, "Models")
    page.wait_for_selector(".ls-metrics")
    page.get_by_role("radio", name="dSprites").click()
    page.wait_for_url("**data=dsprites*")
    page.go_back()
    wait_for_map(page)
    assert page.url.startswith(f"{address}/?")


def test_a_choice_is_in_the_address_before_its_map_is_computed(page: Page, address: str) -> None:
    show_page(page, address, "map")
    page.get_by_role("combobox", name="Projection").click()
    page.get_by_role("option", name="LLE").click()
    page.wait_for_url("**method=lle*")
    page.reload()
    expect(page.get_by_role("combobox", name="Projection")).to_have_value("LLE")
    page.wait_for_url("**method=lle*")


def test_tray_survives_a_reload_and_a_restart_of_the_server(
    browser: Browser, tmp_path: Path
) -> None:
    port = free_port()
    page = browser.new_page()
    with running_app(tmp_path / "cache", port=port) as address:
        show_page(page, address, "map")
        page.wait_for_selector('.ls-inspector[data-id="3"]')
        add_to_tray(page)
        tray_count(page, 1)
        page.reload()
        tray_count(page, 1)
    expect(page.locator(".ls-offline")).to_contain_text("moving still works")
    with running_app(tmp_path / "cache", port=port):
        expect(page.locator(".ls-offline")).to_have_count(0, timeout=60_000)
        tray_count(page, 1)
        go_to_page(page, "Morph")
        wait_for_map(page, 90)
        tray_count(page, 1)
        page.locator(".ls-tray [data-role=clear]").click()
        tray_count(page, 0)
        page.reload()
        wait_for_map(page, 90)
        tray_count(page, 0)
    page.close()


def test_drawing_survives_a_reload(page: Page, address: str) -> None:
    show_page(page, address, "encode")
    box = page.locator(".ls-drawing-surface").bounding_box()
    assert box
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 200, steps=6)
    page.mouse.up()
    page.wait_for_selector(".ls-nearest img")
    page.wait_for_selector('.ls-drawing-pad[data-final="true"]')
    page.reload()
    page.wait_for_selector('.ls-drawing-pad[data-strokes="1"]')
    page.wait_for_selector(".ls-nearest img")


def test_reset_keeps_the_tray_and_forgets_the_choices(page: Page, address: str) -> None:
    show_page(page, address, "map")
    page.wait_for_selector('.ls-inspector[data-id="3"]')
    add_to_tray(page)
    tray_count(page, 1)
    page.get_by_role("button", name="Reset", exact=True).click()
    page.wait_for_url("**method=tsne*")
    tray_count(page, 1)
    assert "sample=" not in page.url


def test_the_link_is_copied(browser: Browser, address: str) -> None:
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    show_page(page, address, "map")
    page.get_by_role("button", name="Copy link").click()
    expect(page.locator(".ls-page-header-done")).to_have_text("Link copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    context.close()


def test_help_opens_and_closes_by_keyboard(page: Page, address: str) -> None:
    show_page(page, address, "models")
    page.get_by_role("button", name="Help", exact=True).focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Help")
    expect(dialog).to_contain_text("reconstruction error (MSE)")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_header_is_opaque(page: Page, address: str) -> None:
    show_page(page, address, "morph")
    color = page.evaluate(
        "getComputedStyle(document.querySelector('.stAppHeader')).backgroundColor"
    )
    assert color.startswith("rgb("), "no alpha"


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_on_a_phone_or_at_twice_the_size(
    page: Page, address: str, name: str
) -> None:
    for size in (PHONE, ZOOMED):
        page.set_viewport_size(size)
        show_page(page, address, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert page.evaluate(OUTSIDE) == []


def test_pages_are_in_reach_on_a_phone(page: Page, address: str) -> None:
    page.set_viewport_size(PHONE)
    show_page(page, address, "map")
    bar = page.locator(".st-key-frame-pages")
    box = bar.bounding_box()
    assert box
    assert box["y"] + box["height"] == pytest.approx(PHONE["height"], abs=1)
    bar.get_by_role("link", name="Models").click()
    page.wait_for_selector(".ls-metrics")


@pytest.mark.parametrize("name", PAGES)
def test_presenter_mode_has_large_text_and_is_in_the_link(
    page: Page, address: str, name: str
) -> None:
    page.set_viewport_size({"width": 1920, "height": 1080})
    show_page(page, address, name)
    page.get_by_role("button", name="Presenter").click()
    page.wait_for_url("**presenter=1*")
    show_page(page, address, name, "presenter=1")
    sizes = page.evaluate(TEXT_SIZES)
    assert [item for item in sizes if item[0] < 16] == []
    assert page.locator(".ls-hint").first.is_hidden()


def test_points_are_larger_in_presenter_mode(page: Page, address: str) -> None:
    size = "document.querySelector('.ls-map').__testHooks.pointSize()"
    show_page(page, address, "map")
    normal = page.evaluate(size)
    page.get_by_role("button", name="Presenter").click()
    page.wait_for_function(f"{size} > {1.4 * normal}")


def test_one_finger_scrolls_past_the_map_until_it_is_tapped(browser: Browser, address: str) -> None:
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True
    )
    page = context.new_page()
    show_page(page, address, "map")
    fingers = context.new_cdp_session(page)
    scrolled = "document.querySelector('.stMain').scrollTop"
    camera = "JSON.stringify(document.querySelector('.ls-map').__testHooks.camera())"
    map_center = (
        "() => { const box = document.querySelector('.ls-map-plot').getBoundingClientRect();"
        " return {x: box.x + box.width / 2, y: box.y + Math.min(box.height, 300) / 2}; }"
    )

    def touch(kind: str, *points: tuple[float, float]) -> None:
        places = [{"x": x, "y": y, "id": k} for k, (x, y) in enumerate(points)]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    def swipe(x: float, y: float) -> None:
        """One finger from there, 120 px up."""
        touch("touchStart", (x, y))
        for step in range(1, 9):
            touch("touchMove", (x, y - 15 * step))
        touch("touchEnd")

    center = page.evaluate(map_center)
    before = page.evaluate(camera)
    swipe(**center)
    page.wait_for_function(f"{scrolled} > 50")
    assert page.evaluate(camera) == before

    center = page.evaluate(map_center)
    page.touchscreen.tap(center["x"], center["y"])
    page.wait_for_selector(".ls-map-plot[data-touched]")
    at = page.evaluate(scrolled)
    swipe(**center)
    assert page.evaluate(camera) != before
    assert page.evaluate(scrolled) == at

    before = page.evaluate(camera)
    x, y = center["x"], center["y"]
    touch("touchStart", (x - 20, y), (x + 20, y))
    touch("touchMove", (x - 60, y), (x + 60, y))
    touch("touchEnd")
    old, new = (
        ranges["ranges"][0] for ranges in (json.loads(before), json.loads(page.evaluate(camera)))
    )
    assert new[1] - new[0] < 0.6 * (old[1] - old[0]), "two fingers zoom in"
    context.close()
