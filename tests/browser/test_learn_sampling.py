"""The lesson on sampling, by doing what its steps ask, by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import eventually, wait_until_idle
from tests.browser.test_learn import FEEDBACK, next_step
from tests.browser.test_learn_morph import answer

pytestmark = pytest.mark.browser
TILE = ".ls-samples-tile[data-decoded=true]"


def test_the_lesson_on_sampling_is_walked_to_its_end(page: Page, address: str) -> None:
    page.goto(f"{address}/learn?lesson=a-space-one-can-sample")
    page.wait_for_selector(TILE)
    answer(page, "Equally often")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("samples of: VAE")
    page.get_by_role("radio", name="VAE").press("Enter")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("Compare again")
    page.get_by_test_id("stButton").get_by_role("button", name="VAE").press("Enter")
    expect(page.locator(FEEDBACK.format("done"))).to_contain_text("Equally often")
    next_step(page, 2)

    page.locator(f"{TILE}[data-support=near]").first.press("Enter")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("near data")
    page.locator(f"{TILE}[data-support=far]").first.press("Enter")
    next_step(page, 3)

    slider = page.get_by_role("slider", name="Noise")
    slider.press("ArrowRight")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("At 1 ×")
    slider.press("End")
    next_step(page, 4)

    pictures = page.locator(".ls-picture-rows img")
    eventually(pictures.count, lambda count: count == 24, page=page)
    answer(page, "Row 1")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("originals")
    answer(page, "Row 2")
    expect(page.locator(FEEDBACK.format("done"))).to_contain_text("nats")
    page.get_by_role("button", name="Finish").click()
    wait_until_idle(page)
    expect(page.locator(".st-key-learn-card-a-space-one-can-sample")).to_contain_text("4 of 4")
