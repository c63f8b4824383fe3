"""Guided tours: by keyboard to the end, offered once, and each step points at something."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import PAGES, show_page
from ui.tours import TOURS

pytestmark = pytest.mark.browser
INSIDE = """() => {
  const { left, top, right, bottom } = document.querySelector('.ls-tour').getBoundingClientRect();
  return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
}"""


@pytest.mark.parametrize("name", ["map", "samples"])
def test_a_tour_is_walked_by_keyboard_and_not_offered_again(
    page: Page, address: str, name: str
) -> None:
    show_page(page, address, name)
    offer = page.get_by_role("button", name="Show me around")
    offer.focus()
    page.keyboard.press("Enter")
    bubble = page.locator(".ls-tour")
    n_steps = len(TOURS[name])
    for number, step in enumerate(TOURS[name], 1):
        expect(bubble).to_contain_text(f"Step {number} of {n_steps}")
        expect(page.get_by_role("dialog", name=step.title)).to_be_visible()
        assert page.evaluate(INSIDE)
        if number < n_steps:
            page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowLeft")
    expect(bubble).to_contain_text(f"Step {n_steps - 1} of {n_steps}")
    for _ in range(4):  # Close, Back, Next, and round again
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('.ls-tour') !== null")
    page.keyboard.press("Escape")
    expect(bubble).to_be_hidden()
    expect(page.get_by_role("button", name="Help", exact=True)).to_be_focused()
    expect(offer).to_be_hidden()
    page.reload()
    show_page(page, address, name)
    expect(offer).to_be_hidden()


def test_an_offer_is_dismissed_without_a_tour_and_nothing_moves(page: Page, address: str) -> None:
    show_page(page, address, "open")
    height = "document.querySelector('.ls-hint').getBoundingClientRect().height"
    before = page.evaluate(height)
    page.get_by_role("button", name="Do not offer this tour again").click()
    expect(page.get_by_role("button", name="Show me around")).to_be_hidden()
    expect(page.get_by_role("button", name="Help", exact=True)).to_be_focused()
    assert page.evaluate(height) == before


def test_each_step_points_at_an_element(page: Page, address: str) -> None:
    for name in PAGES:
        show_page(page, address, name)
        for step in TOURS[name]:
            expect(page.locator(step.selector).first, f"{name}: {step.title}").to_be_visible()
