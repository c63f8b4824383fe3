"""The Compare page: what is hovered, selected or outlined on one map shows on the other."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import eventually, wait_for_frames, wait_until_idle

pytestmark = pytest.mark.browser
LINK = "compare?model=digits-vae-2&model_b=digits-vae-16&compare_method=pca"
MAPS = "[...document.querySelectorAll('.ls-map')]"
COUNT = 2000  # of the samples, enough to find one that lies alone


def positions(page: Page, which: int) -> np.ndarray:
    """Page positions of the first samples on a map, (COUNT, 2), in CSS pixels."""
    script = f"""which => Array.from({{length: {COUNT}}},
        (_, i) => {MAPS}[which].__testHooks.screenOf(i))"""
    return np.array([[at["x"], at["y"]] for at in page.evaluate(script, which)])


def ring(page: Page, which: int, name: str) -> np.ndarray:
    """The center of a visible ring of a map, in CSS pixels."""
    at = page.locator(".ls-map").nth(which).locator(name)
    expect(at).to_be_visible()
    box: Any = at.bounding_box()
    return np.array([box["x"] + box["width"] / 2, box["y"] + box["height"] / 2])


def test_a_hover_a_click_and_a_lasso_show_on_both_maps(page: Page, address: str) -> None:
    page.goto(f"{address}/{LINK}")
    page.wait_for_selector(".ls-figures", timeout=120_000)
    drawn = f"{MAPS}.filter(map => map.dataset.ready === 'true').length === 2"
    page.wait_for_function(drawn, timeout=90_000)
    wait_until_idle(page)
    page.wait_for_function(f"{MAPS}.every(map => map.__testHooks.atRest())")
    expect(page.locator(".ls-figures tbody tr")).to_have_count(7, timeout=60_000)
    wait_until_idle(page)
    page.locator(".ls-map").first.scroll_into_view_if_needed()
    on_a, on_b = positions(page, 0), positions(page, 1)

    index = int(np.argmax(np.hypot(*(on_a - np.median(on_a, axis=0)).T)))
    page.mouse.move(*(on_a[index] - 3))
    page.mouse.move(*on_a[index])
    wait_for_frames(page)
    np.testing.assert_allclose(ring(page, 1, ".ls-map-linked"), on_b[index], atol=2)

    page.mouse.click(*on_a[index])
    eventually(lambda: f"sample={index}" in page.url, page=page)
    wait_until_idle(page)
    on_a, on_b = positions(page, 0), positions(page, 1)
    np.testing.assert_allclose(ring(page, 1, ".ls-map-ring"), on_b[index], atol=2)
    expect(page.locator(".ls-through figure")).to_have_count(6)

    x, y = np.median(on_a, axis=0)
    page.keyboard.down("Shift")
    page.mouse.move(x - 40, y - 40)
    page.mouse.down()
    for right, down in ((40, -40), (40, 40), (-40, 40), (-40, -40)):
        page.mouse.move(x + right, y + down, steps=4)
    page.mouse.up()
    page.keyboard.up("Shift")
    counts = page.locator(".ls-map-selection")
    expect(counts).to_have_count(2)
    expect(counts.nth(1)).to_be_visible()
    assert counts.nth(1).inner_text() == counts.nth(0).inner_text()
    size = int(counts.nth(1).inner_text().split()[0].replace(",", ""))
    assert size >= (np.abs(on_a - [x, y]) < 38).all(axis=1).sum() > 3
