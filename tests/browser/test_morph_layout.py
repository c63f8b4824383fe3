"""What a low window shows of the Morph page without scrolling."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.morph_page import open_page

pytestmark = pytest.mark.browser
TWO = "morph?model=digits-vae-16&mode=two&endpoints=s6183~s153"


@pytest.mark.parametrize("kind", ["linear", "spherical"])
def test_image_slider_and_chosen_strip_are_in_view(page: Page, address: str, kind: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 720})
    open_page(page, address, f"{TWO}&path={kind}")
    chosen = page.locator(".ls-path-strip[data-chosen]")
    expect(chosen).to_have_attribute("data-kind", kind)
    expect(chosen).to_have_attribute("data-ready", "true", timeout=60_000)
    tray = page.locator(".ls-tray").bounding_box()
    assert tray
    for shown in (".ls-morph-top .ls-decoded", ".ls-timeline", ".ls-path-strip[data-chosen]"):
        box = page.locator(shown).bounding_box()
        assert box
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= tray["y"]
    assert page.evaluate("document.querySelector('.stMain').scrollTop") == 0


def test_another_path_becomes_the_first_strip_and_the_others_keep_their_order(
    page: Page, address: str
) -> None:
    open_page(page, address, TWO)
    page.wait_for_selector('.ls-path-strip[data-kind="geodesic"][data-ready="true"]')
    page.locator('.ls-path-strip[data-kind="geodesic"] button').nth(3).click()
    expect(page.locator(".ls-path-strip").first).to_have_attribute("data-kind", "geodesic")
    kinds = page.eval_on_selector_all(
        ".ls-path-strip", "strips => strips.map((strip) => strip.dataset.kind)"
    )
    assert kinds == ["geodesic", "linear", "spherical", "cross-fade"]


def test_buttons_beside_the_image_cover_nothing(page: Page, address: str) -> None:
    for height in (720, 1080):
        page.set_viewport_size({"width": 1280, "height": height})
        open_page(page, address, TWO)
        boxes = [page.locator(".ls-morph-top .ls-decoded").bounding_box()]
        boxes += [card.bounding_box() for card in page.locator(".ls-morph-top .ls-endpoint").all()]
        buttons = page.locator(".st-key-morph-ends button").all()
        assert len(buttons) == 4
        for button in buttons:
            ours = button.bounding_box()
            assert ours
            for theirs in boxes:
                assert theirs
                apart_x = (
                    ours["x"] + ours["width"] <= theirs["x"]
                    or theirs["x"] + theirs["width"] <= ours["x"]
                )
                apart_y = (
                    ours["y"] + ours["height"] <= theirs["y"]
                    or theirs["y"] + theirs["height"] <= ours["y"]
                )
                assert apart_x or apart_y
