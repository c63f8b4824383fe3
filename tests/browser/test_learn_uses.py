"""The lessons on faces and on uses, by doing what their steps ask, by keyboard."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import wait_until_idle
from tests.browser.test_learn import FEEDBACK, next_step
from tests.browser.test_learn_morph import answer
from tests.browser.test_learn_sampling import TILE
from ui.views.learn.uses.measured import N_GRID, SEED

pytestmark = pytest.mark.browser


def choose(page: Page, group: str, name: str) -> None:
    """Choose one of a row of buttons below a label, by keyboard."""
    row = page.locator(f".st-key-segments-{group}")
    row.get_by_role("radio", name=name, exact=True).press("Enter")
    wait_until_idle(page)


def test_noise_becomes_a_face_is_walked_to_its_end(page: Page, address: str) -> None:
    page.goto(f"{address}/learn?lesson=noise-becomes-a-face")
    page.wait_for_selector(TILE)
    page.get_by_role("button", name="sample 0, image unlike data").press("Enter")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("unlike the data")
    page.get_by_role("button", name="sample 5, near data").press("Enter")
    next_step(page, 2)

    choose(page, "learn-sum-add", "with glasses")
    choose(page, "learn-sum-subtract", "without glasses")
    if not page.locator(FEEDBACK.format("done")).count():  # the face had glasses
        choose(page, "learn-sum-add", "without glasses")
        choose(page, "learn-sum-subtract", "with glasses")
    next_step(page, 3)

    answer(page, "Grey hair")
    page.get_by_role("slider", name="Predicted age").press("End")
    next_step(page, 4)

    answer(page, "A tenth to half")
    page.get_by_role("button", name="Search its code").press("Enter")
    expect(page.locator(".ls-learn-row figure")).to_have_count(9, timeout=15_000)
    expect(page.locator(FEEDBACK.format("done"))).to_contain_text("gradient")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".st-key-learn-card-noise-becomes-a-face")).to_contain_text("4 of 4")


def test_what_codes_are_good_for_is_walked_to_its_end(page: Page, address: str) -> None:
    page.goto(f"{address}/learn?lesson=what-codes-are-good-for")
    answer(page, "10 to 50")
    page.get_by_role("slider", name="Labels per digit").press("End")
    next_step(page, 2)

    page.wait_for_selector(".ls-examples button")
    tiles = page.locator(".ls-examples button")
    expect(tiles).to_have_count(N_GRID)
    place = int(np.random.default_rng(SEED).integers(N_GRID))
    tiles.nth((place + 1) % N_GRID).press("Enter")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("is a digit")
    tiles.nth(place).press("Enter")
    next_step(page, 3)

    answer(page, "Through the code")
    expect(page.locator(FEEDBACK.format("missing"))).to_contain_text("dB")
    answer(page, "Median filter")
    next_step(page, 4)

    answer(page, "More than 10 ×")
    expect(page.locator(FEEDBACK.format("done"))).to_contain_text("bytes")
    page.get_by_role("button", name="Finish").click()
    expect(page.locator(".st-key-learn-card-what-codes-are-good-for")).to_contain_text("4 of 4")
