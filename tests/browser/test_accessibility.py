"""axe-core on every page in both themes, on a desktop and on a phone; sizes of text; focus."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.driver import PAGES, ROOT, TEXT_SIZES, show_page

pytestmark = pytest.mark.browser
AXE = (ROOT / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
SIZES = {"desktop": (1280, 720), "phone": (390, 844)}
MIN_TEXT_PX = 13


def violations(page: Page) -> list[str]:
    """What axe finds, the target sizes of WCAG 2.2 included: a line per element.

    Streamlit's file uploader is a focusable element with the role "presentation", which is its own.
    """
    page.evaluate(AXE)
    found: list[dict[str, Any]] = page.evaluate(
        "async () => "
        "(await axe.run(document, {rules: {'target-size': {enabled: true},"
        " 'presentation-role-conflict': {enabled: false}}})).violations"
    )
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"]
    ]


@pytest.fixture(scope="module", params=["light", "dark"])
def themed(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(color_scheme=request.param)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(themed: Page, address: str, name: str) -> None:
    for width, height in SIZES.values():
        themed.set_viewport_size({"width": width, "height": height})
        show_page(themed, address, name)
        assert violations(themed) == []
        small = [item for item in themed.evaluate(TEXT_SIZES) if item[0] < MIN_TEXT_PX]
        assert small == []
        expect(themed).to_have_title(f"{name.capitalize()} – Latent Space Explorer")


def test_focus_has_a_ring_of_two_pixels(page: Page, address: str) -> None:
    show_page(page, address, "models")
    page.locator(".ls-metrics .ls-info").first.focus()
    page.keyboard.press("Tab")
    outline = page.evaluate(
        "() => { const s = getComputedStyle(document.activeElement);"
        " return [s.outlineStyle, parseFloat(s.outlineWidth)]; }"
    )
    assert outline == ["solid", 2]


@pytest.mark.parametrize("way", ["mouse", "keyboard", "touch"])
def test_the_meaning_of_a_metric_opens_by_every_input(
    browser: Browser, address: str, way: str
) -> None:
    context = browser.new_context(has_touch=way == "touch", viewport={"width": 1280, "height": 720})
    page = context.new_page()
    show_page(page, address, "models")
    head = page.locator(".ls-metrics th .ls-info").first
    meaning = page.locator(f"#{head.get_attribute('popovertarget')}")
    expect(meaning).to_be_hidden()
    if way == "mouse":
        head.click()
    elif way == "touch":
        head.tap()
    else:
        head.focus()
        page.keyboard.press("Enter")
    expect(meaning).to_contain_text("is better")
    page.keyboard.press("Escape")
    expect(meaning).to_be_hidden()
    context.close()


def test_the_parameters_have_a_name_and_close_when_they_are_submitted(
    page: Page, address: str
) -> None:
    show_page(page, address, "map")
    page.get_by_role("button", name="Parameters").click()
    seed = page.get_by_label("Seed", exact=False).first
    expect(page.get_by_role("button", name="Compute")).to_be_visible()
    seed.press("End")
    page.get_by_role("button", name="Compute").click()
    expect(page.get_by_role("button", name="Compute")).to_be_hidden()
