"""The lesson on maps, by doing what its steps ask, by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import wait_for_map
from tests.browser.test_learn import FEEDBACK, next_step
from tests.browser.test_learn_morph import answer

pytestmark = pytest.mark.browser


def show(page: Page, name: str) -> None:
    page.get_by_role("radio", name=name, exact=True).press("Enter")


def test_the_lesson_on_maps_is_walked_to_its_end(page: Page, address: str) -> None:
    page.goto(f"{address}/learn?lesson=maps-lie-a-little")
    wait_for_map(page)
    show(page, "PCA")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("PCA has not")
    show(page, "LLE")
    next_step(page, 2)

    answer(page, "t-SNE")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("map of: Isomap")
    show(page, "Isomap")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("map of: t-SNE")
    show(page, "t-SNE")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("answer again")
    answer(page, "Equally good")
    next_step(page, 3)

    answer(page, "About as far")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("another perplexity")
    page.get_by_role("slider", name="Perplexity").press("ArrowRight")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("another seed")
    page.get_by_role("slider", name="Seed").press("ArrowRight")
    expect(page.locator(FEEDBACK.format("done"))).to_contain_text("As you predicted")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".st-key-learn-card-maps-lie-a-little")).to_contain_text("3 of 3")
