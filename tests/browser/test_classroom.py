"""A teacher makes a link; a student opens its QR code's address in another browser."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.driver import eventually, wait_for_map, wait_until_idle

pytestmark = pytest.mark.browser
TITLE = "Ziffern <b>zwischen</b> Ziffern 🎲"
MODEL = "fashion-vae-16"


def written_address(page: Page) -> str:
    """The address in the QR code that is shown."""
    return page.locator("img.ls-qr").get_attribute("data-address") or ""


def test_the_address_of_the_qr_code_opens_model_and_title_elsewhere(
    page: Page, browser: Browser, address: str
) -> None:
    page.goto(f"{address}/?model={MODEL}&method=pca")
    wait_for_map(page)
    wait_until_idle(page)
    page.get_by_role("button", name="Share").click()
    page.get_by_label("Title for the class").fill(TITLE)
    page.get_by_text("Hide the row of controls").click()
    page.wait_for_selector("img.ls-qr")
    shared = eventually(
        lambda: written_address(page),
        lambda text: "note=" in text and "hide=controls" in text,
        page=page,
    )
    assert page.locator("img.ls-qr").evaluate("image => image.naturalWidth") > 0

    context = browser.new_context(viewport={"width": 390, "height": 844})
    student = context.new_page()
    student.goto(shared)
    wait_for_map(student)
    expect(student.locator(".ls-note")).to_have_text(TITLE)
    assert student.locator(".ls-note b").count() == 0
    expect(student.locator(".st-key-frame-controls")).to_be_hidden()
    wait_until_idle(student)
    query = parse_qs(urlsplit(student.url).query)
    assert query["model"] == [MODEL]
    assert query["hide"] == ["controls"]

    student.get_by_role("button", name="Dismiss").click()
    expect(student.locator(".ls-note")).to_have_count(0)
    student.locator(".st-key-frame-pages").get_by_role("link", name="Models").click()
    student.wait_for_url("**/models?*note=*")
    context.close()
