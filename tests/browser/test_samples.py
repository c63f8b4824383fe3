"""The Samples page: the grid fills as one scrolls, follows the sliders, and a sample is kept."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import numpy as np
import pytest
from playwright.sync_api import Page, expect

import latent_core as lc
from tests.browser.driver import eventually, wait_until_idle

pytestmark = pytest.mark.browser
TILES = "[...document.querySelectorAll('.ls-samples-tile:not([hidden])')]"
STORE = "document.querySelector('.ls-samples').__testHooks"
INDICES = f"{TILES}.map(tile => Number(tile.dataset.sample)).sort((a, b) => a - b)"


def opened(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}/samples?{query}")
    page.wait_for_selector('.ls-samples-tile[data-decoded="true"]', timeout=90_000)
    wait_until_idle(page)


def wait_until_rated(page: Page) -> None:
    page.wait_for_function(f"{TILES}.length && {TILES}.every(tile => tile.dataset.support)")


def test_the_grid_fills_while_scrolling_and_follows_the_sliders_without_a_request(
    page: Page, address: str
) -> None:
    opened(page, address, "model=digits-vae-16&sampler=prior")
    page.wait_for_selector(".ls-decoder-status[data-mode=browser]")
    wait_until_rated(page)
    seen = page.evaluate(INDICES)
    assert seen == list(range(len(seen)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    scroll = page.locator(".ls-samples-scroll")
    for _ in range(3):
        before = page.evaluate("e => e.scrollHeight", scroll.element_handle())
        scroll.evaluate("e => e.scrollBy(0, e.scrollHeight)")
        grown = "([e, before]) => e.scrollHeight > before"
        page.wait_for_function(grown, arg=[scroll.element_handle(), before])
    wait_until_rated(page)
    later = page.evaluate(INDICES)
    assert later[0] > seen[-1]
    assert len(later) <= len(seen) + 3 * 8, "only what is seen exists"
    page.evaluate(f"{STORE}.change({{temperature: 0}})")
    wait_until_rated(page)
    assert asked == [], "of scrolling and moving a slider"
    codes = page.evaluate(f"{INDICES}.map(index => [...{STORE}.codeOf(index)])")
    np.testing.assert_array_equal(codes, np.zeros((len(codes), 16)))


def test_a_sample_is_looked_at_kept_and_linked(page: Page, address: str) -> None:
    opened(page, address, "model=digits-vae-16&sampler=prior&seed=5&truncation=0.7")
    page.locator('.ls-samples-tile[data-sample="6"]').click()
    expect(page.locator(".ls-decoded-point-title")).to_contain_text("sample 6, seed 5")
    page.get_by_role("button", name="Add to tray").click()
    expect(page.get_by_role("button", name="In the tray", exact=True)).to_be_visible()
    page.get_by_text("Nearest image beside each").click()
    eventually(lambda: "nearest=1" in page.url, page=page)
    wait_until_rated(page)
    distances = page.locator(
        ".ls-samples-tile:not([hidden]) .ls-samples-distance"
    ).all_inner_texts()
    assert all(float(text.removesuffix("×")) > 0 for text in distances)
    linked = {name: value for name, (value,) in parse_qs(urlsplit(page.url).query).items()}
    assert linked["selected"] == "6"
    data = np.zeros((2, 16), np.float32)
    code = lc.sample(data, 7, "prior", random_state=5, truncation=float(linked["truncation"]))[6]
    page.reload()
    expect(page.locator(".ls-decoded-point-title")).to_contain_text("sample 6, seed 5")
    wait_until_rated(page)
    drawn = page.evaluate(f"[...{STORE}.codeOf(6)]")
    np.testing.assert_allclose(drawn, code, atol=1e-4)


def test_words_have_no_decoder_and_show_the_nearest_word(page: Page, address: str) -> None:
    page.goto(f"{address}/samples?model=words-glove-50&sampler=neighborhood&around=3")
    expect(page.get_by_text("This model has no decoder")).to_be_visible(timeout=90_000)
    wait_until_rated(page)
    names = page.locator(".ls-samples-tile:not([hidden]) .ls-samples-name").all_inner_texts()
    known = set(lc.load_dataset("words").precomputed.names)
    assert names
    assert set(names) <= known
