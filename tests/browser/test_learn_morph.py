"""The lesson on paths between two pictures, by doing what its steps ask, by keyboard."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import wait_until_idle
from tests.browser.test_learn import FEEDBACK, next_step

pytestmark = pytest.mark.browser


def go_half_way(page: Page) -> None:
    """From either end, with the keys that move by a tenth."""
    handle = page.get_by_role("slider", name="position on the path")
    handle.focus()
    for _ in range(100):
        value = int(str(handle.get_attribute("aria-valuenow")))
        if abs(value - 50) <= 2:
            return
        handle.press("ArrowRight" if value < 50 else "ArrowLeft")


def answer(page: Page, words: str) -> None:
    """Choose an answer by keyboard."""
    page.get_by_role("button", name=words, exact=True).press("Enter")
    wait_until_idle(page)


def choose_path(page: Page, key: str) -> None:
    """Go on to another kind of path, by the arrow keys of a group of radio buttons."""
    page.get_by_role("radiogroup", name="path").locator("[aria-checked=true]").press(key)
    wait_until_idle(page)


def test_the_lesson_on_paths_is_walked_to_its_end(page: Page, address: str) -> None:
    page.goto(f"{address}/learn?lesson=between-two-pictures")
    page.wait_for_selector(".ls-morph[data-ready=true]")
    answer(page, "Both")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("prediction is noted")
    go_half_way(page)
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("with: Cross-fade.")
    choose_path(page, "ArrowLeft")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("Look again")
    answer(page, "Linear path")
    expect(page.locator(FEEDBACK.format("done"))).to_contain_text("prediction was: Both")
    next_step(page, 2)

    choose_path(page, "ArrowRight")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("spherical path")
    choose_path(page, "ArrowRight")
    next_step(page, 3)

    answer(page, "Shorter")
    go_half_way(page)
    expect(page.locator(".ls-norms b")).to_contain_text("here 2.")
    next_step(page, 4)

    choose_path(page, "ArrowRight")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("make its file")
    page.get_by_role("button", name="Make ").press("Enter")
    expect(page.locator(FEEDBACK.format("done"))).to_contain_text("kB")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download ").press("Enter")
    assert download.value.suggested_filename.endswith(".gif")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".st-key-learn-card-between-two-pictures")).to_contain_text("4 of 4")
