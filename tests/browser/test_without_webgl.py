"""The map in a browser without WebGL: it is drawn, hovered, clicked, moved, and says so."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.driver import (
    click_sample,
    launch,
    wait_for_map,
    wait_until_idle,
    wait_until_still,
)

pytestmark = pytest.mark.browser
PIXELS = """() => {
  const canvas = document.querySelector('.ls-map-points');
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  return data.filter((_, i) => i % 4 === 3 && data[i] > 0).length;
}"""


RIGHTMOST = """() => {
  const map = document.querySelector('.ls-map').__testHooks;
  let [found, x] = [-1, -Infinity];
  for (let i = 0; i < 10000; i++) {
    const at = map.screenOf(i);
    if (at && at.x > x && map.hit(at.x, at.y) === i) [found, x] = [i, at.x];
  }
  return found;
}"""
"""The rightmost sample: no other covers it, also if the map's size changes a little."""


@pytest.fixture(scope="module")
def page(browser: Browser, address: str) -> Iterator[Page]:
    without = launch(browser.browser_type, ["--disable-3d-apis", "--disable-webgl"])
    opened = without.new_page(viewport={"width": 1280, "height": 800})
    yield opened
    without.close()


@pytest.mark.parametrize("dims", [2, 3])
def test_points_are_drawn_and_it_is_said(page: Page, address: str, dims: int) -> None:
    page.goto(f"{address}/?method=pca&n_components={dims}")
    wait_for_map(page, 90)
    assert page.evaluate("document.createElement('canvas').getContext('webgl')") is None
    assert page.evaluate(PIXELS) > 5000
    expect(page.locator(".ls-map-about", has_text="without WebGL")).to_be_visible()


def test_hover_click_and_movement(page: Page, address: str) -> None:
    page.goto(f"{address}/?method=pca&sample=3")
    wait_for_map(page, 90)
    wait_until_idle(page)
    wait_until_still(page)
    hooks = "document.querySelector('.ls-map').__testHooks"
    index = page.evaluate(RIGHTMOST)
    click_sample(page, index)
    page.wait_for_selector(f'.ls-inspector[data-id="{index}"]')
    box = page.locator(".ls-map-plot").bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = page.evaluate(f"{hooks}.camera()")["ranges"]
    page.mouse.move(x, y)
    page.mouse.wheel(0, -300)
    zoomed = page.evaluate(f"{hooks}.camera()")["ranges"]
    assert np.ptp(zoomed[0]) < np.ptp(before[0])
    page.mouse.down()
    page.mouse.move(x + 60, y, steps=4)
    page.mouse.up()
    assert page.evaluate(f"{hooks}.camera()")["ranges"][0][0] < zoomed[0][0]
