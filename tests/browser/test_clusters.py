"""The Uses page: clusters are named and color the map; images are clicked to get more like them."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.driver import eventually, wait_for_map, wait_until_idle

pytestmark = pytest.mark.browser


def test_a_cluster_gets_a_name_and_the_map_its_color(page: Page, address: str) -> None:
    page.goto(f"{address}/uses?model=digits-vae-16&data=digits&use=clusters&clusters=10")
    page.wait_for_selector(".ls-figures", timeout=90_000)
    wait_until_idle(page)
    area, _ = page.locator("tr.ls-chosen td").nth(1).inner_text().split("±")
    assert float(area) > 0.3, "agreement by chance is 0"
    field = page.get_by_role("textbox", name="Its name")
    field.fill("mine <b>")
    field.press("Enter")
    expect(page.get_by_role("heading", name="mine <b>: its center")).to_be_visible()
    page.get_by_role("button", name="Color the map by cluster").click()
    wait_for_map(page)
    eventually(lambda: "color=cluster" in page.url, page=page)
    expect(page.get_by_text("mine <b>").first).to_be_visible()


def test_a_click_adds_an_image_and_another_one_removes_it(page: Page, address: str) -> None:
    page.goto(f"{address}/uses?model=digits-vae-16&data=digits&use=more&like=s3")
    page.wait_for_selector(".ls-figures", timeout=90_000)
    wait_until_idle(page)
    pool = page.get_by_role("group", name="Click an image:").locator("button")
    pool.nth(1).click()
    liked = page.get_by_role("group", name="More like (a click removes):").locator("button")
    expect(liked).to_have_count(2)
    page.get_by_role("radio", name="Less like").click()
    eventually(lambda: page.get_by_role("radio", name="Less like").is_checked(), page=page)
    wait_until_idle(page)
    pool.nth(4).click()
    unlike = page.get_by_role("group", name="Less like (a click removes):").locator("button")
    expect(unlike).to_have_count(1)
    eventually(lambda: "unlike=s" in page.url, page=page)
    liked.first.click()
    expect(liked).to_have_count(1)
    expect(page.get_by_role("heading", name="By pixels")).to_be_visible()
