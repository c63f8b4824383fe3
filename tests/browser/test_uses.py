"""The Uses page: digits that are hidden among clothes are found."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import eventually, wait_until_idle

pytestmark = pytest.mark.browser
FIRST = ".ls-sheet >> nth=0"


def test_ten_digits_hidden_among_clothes_are_found(page: Page, address: str) -> None:
    page.goto(
        f"{address}/uses?model=fashion-vae-16&data=fashion&foreign=digits&score=reconstruction"
    )
    page.wait_for_selector(".ls-sheet .ls-marked", timeout=90_000)
    wait_until_idle(page)
    expect(page.locator(FIRST).get_by_role("heading")).to_contain_text("Code")
    row = page.locator(".ls-figures tr.ls-chosen")
    area, error = map(float, row.locator("td").first.inner_text().split("±"))
    assert 0.5 + 3 * error < area <= 1, "better than chance"
    marked = page.locator(FIRST).locator(".ls-marked")
    assert 1 <= marked.count() <= 10
    note = page.locator(FIRST).locator(".ls-hint").inner_text()
    among_first = page.locator(FIRST).locator("figure:nth-child(-n+10).ls-marked").count()
    assert re.match(r"\d+", note)[0] == str(among_first)
    before = row.locator("td").nth(3).inner_text()
    page.get_by_role("slider").press("ArrowRight")
    eventually(lambda: "rate=0.1" in page.url, page=page)
    eventually(lambda: row.locator("td").nth(3).inner_text() != before, page=page)
    page.goto(f"{address}/uses?model=digits-vae-16&data=digits&use=label-errors&label=4")
    page.wait_for_selector(".ls-sheet figure", timeout=90_000)
    captions = page.locator(".ls-sheet figcaption").all_inner_texts()
    assert all(text.startswith("4") and "near:" in text for text in captions)


def test_a_stronger_noise_is_restored_and_codes_are_beside_files(page: Page, address: str) -> None:
    page.goto(f"{address}/uses?model=digits-vae-16&data=digits&use=denoise&strength=2")
    page.wait_for_selector(".ls-rows img", timeout=90_000)
    wait_until_idle(page)
    corrupted = page.locator(".ls-figures tbody tr").first.locator("td").first
    before = float(corrupted.inner_text().split("±")[0])
    page.get_by_role("slider").press("ArrowRight")
    eventually(lambda: "strength=3" in page.url, page=page)
    eventually(lambda: float(corrupted.inner_text().split("±")[0]) < before, page=page)
    assert page.locator(".ls-rows img").count() == 5 * 8
    page.goto(f"{address}/uses?model=digits-vae-16&data=digits&use=compress")
    page.wait_for_selector(".ls-rate s", timeout=90_000)
    sizes = page.locator(".ls-figures tbody tr td:nth-child(2)").all_inner_texts()
    assert sizes[:2] == ["64", "16"], "float32 and 8 bits"
    jpeg = page.locator(".ls-figures tbody tr").filter(has_text="JPEG").locator("td").first
    assert float(jpeg.inner_text().split("±")[0]) > 100, "headers alone exceed the code"
