"""One's own data in a browser: files are dropped, the preview is read, the map is seen."""

from __future__ import annotations

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.artefacts import data_files as files
from tests.browser.driver import MAP, wait_for_map, wait_until_idle, wait_until_still

pytestmark = pytest.mark.browser
TIMEOUT_MS = 60_000


def drop(page: Page, address: str, name: str, data: bytes) -> None:
    """Open the page and give it a file; returns when the preview is drawn."""
    page.goto(f"{address}/open?open=data")
    file: FilePayload = {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    page.get_by_test_id("stFileUploader").locator("input").set_input_files(file)
    page.wait_for_selector("h3", timeout=TIMEOUT_MS)
    wait_until_idle(page)


def open_and_see_the_map(page: Page) -> None:
    page.get_by_test_id("stBaseButton-primary").click()
    wait_for_map(page, 120)
    wait_until_still(page)
    wait_until_idle(page)


def test_a_csv_with_semicolons_is_dropped_and_its_map_seen(page: Page, address: str) -> None:
    drop(page, address, "tiere.csv", files.german_csv())
    expect(page.locator("h3")).to_have_text("40 rows · 3 dimensions · 2 classes")
    cells = page.locator(".ls-open-rows tr").nth(1).locator("td")
    assert cells.all_inner_texts() == ["Hund", "0.126", "-0.132", "0.64"]
    open_and_see_the_map(page)
    assert "model=tiere&data=tiere" in page.url
    names = page.locator(".ls-map-chip .ls-map-name")
    assert names.all_inner_texts() == ["Hund", "Katze"]


def test_photos_with_a_broken_one_are_dropped_and_their_map_decodes(
    page: Page, address: str
) -> None:
    drop(page, address, "photos.zip", files.photos_with_a_broken_one())
    expect(page.get_by_test_id("stAlert")).to_contain_text("broken.jpg")
    shown = page.locator(".ls-open-images img")
    assert shown.evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    open_and_see_the_map(page)
    assert "model=photos-pca&data=photos" in page.url
    counts = page.locator(".ls-map-chip .ls-map-value")
    assert counts.all_inner_texts() == ["6", "5"]
    places = [page.evaluate(f"i => {MAP}.screenOf(i)", i) for i in range(11)]
    assert all(place is not None for place in places)
    expect(page.get_by_text("With 11 samples the perplexity is 3.3")).to_be_visible()
