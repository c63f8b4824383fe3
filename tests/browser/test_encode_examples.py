"""Images of the data set to try on the Encode page, by mouse and keyboard."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

import latent_core as lc
from tests.browser.driver import wait_until_idle

pytestmark = pytest.mark.browser
MODEL, DATA = "digits-vae-16", "digits"


def shown_code(page: Page) -> np.ndarray:
    text = page.get_attribute(".ls-pipeline", "data-code") or ""
    return np.array([float(value) for value in text.split()])


def test_a_click_or_a_key_encodes_an_example(page: Page, address: str) -> None:
    page.goto(f"{address}/encode?model={MODEL}")
    buttons = page.locator(".ls-examples button")
    expect(buttons).to_have_count(8, timeout=60_000)
    codes = lc.encode(lc.load_model(MODEL), lc.load_dataset(DATA)).mean
    for number, choose in ((2, lambda b: b.click()), (5, lambda b: b.press("Enter"))):
        button = buttons.nth(number)
        choose(button)
        expect(button).to_have_attribute("aria-pressed", "true")
        expected = codes[int(button.get_attribute("data-id") or -1)]
        text = " ".join(f"{value:.3f}" for value in expected[:1])
        page.wait_for_function(
            """start => document.querySelector('.ls-pipeline').dataset.code.startsWith(start)""",
            arg=text[:4],
        )
        wait_until_idle(page)
        np.testing.assert_allclose(shown_code(page), expected, atol=2e-3)
    expect(page.locator('.ls-examples [aria-pressed="true"]')).to_have_count(1)


def test_the_code_is_read_with_keys_and_touch_and_a_vae_is_sampled(
    page: Page, address: str
) -> None:
    page.goto(f"{address}/encode?model={MODEL}")
    page.locator(".ls-examples button").nth(2).click(timeout=60_000)
    bars = page.locator(".ls-code-large .ls-code-bars")
    expect(bars.locator("i.ls-deviating")).to_have_count(16)
    readout = page.locator(".ls-code-large [role=status]")
    bars.press("ArrowRight")
    expect(readout).to_have_text(re.compile(r"^z1 = −?\d+\.\d\d ± \d+\.\d\d"))
    box = bars.locator("> i").nth(4).bounding_box()
    assert box
    touched = {"bubbles": True, "clientX": box["x"] + 2, "clientY": box["y"] + 2}
    bars.dispatch_event("pointerdown", touched)
    expect(readout).to_have_text(re.compile("^z5 = "))
    sample = page.locator(".ls-resampled img").nth(1)
    before = sample.get_attribute("src")
    page.get_by_role("button", name="Resample").click()
    expect(sample).not_to_have_attribute("src", before or "")
