"""Maps of up to a million points: until they are drawn, and frames per second while they move."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import Page

from tests.browser.driver import chromium, running_app, wait_for_map

COUNTS = (10_000, 100_000, 1_000_000)
DRAG_S = 4.0
COUNT_FRAMES = """() => {
  window.frames = [];
  const draw = WebGLRenderingContext.prototype.drawArrays;
  WebGLRenderingContext.prototype.drawArrays = function (mode, first, count) {
    draw.call(this, mode, first, count);
    window.frames.push([performance.now(), count]);
  };
}"""


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium() as browser,
        running_app(Path(folder) / "cache", "benchmarks/many_points_app.py") as address,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{address}/?n=100")  # the browser has Streamlit and the scripts
        wait_for_map(page, 120)
        for count in COUNTS:
            print(_measured(page, address, count), flush=True)


def _measured(page: Page, address: str, count: int) -> str:
    start = time.perf_counter()
    page.goto(f"{address}/?n={count}")
    page.wait_for_selector(f'.ls-map[data-ready="true"][data-count="{count}"]', timeout=120_000)
    drawn = time.perf_counter() - start
    page.evaluate(COUNT_FRAMES)
    _drag(page)
    frames = np.array(page.evaluate("window.frames"))
    moving = frames[frames[:, 1] < count] if (frames[:, 1] < count).any() else frames
    rate = (len(moving) - 1) / (moving[-1, 0] - moving[0, 0]) * 1000
    page.wait_for_function(f"window.frames.at(-1)[1] === {count}", timeout=30_000)
    return (
        f"map of {count:>9,} points: drawn after {drawn:.1f} s, {rate:.0f} frames per second while "
        f"it is dragged, with {np.median(moving[:, 1]):,.0f} points each; all at rest"
    )


def _drag(page: Page) -> None:
    box = page.locator(".ls-map-plot").bounding_box() or {}
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    start = time.perf_counter()
    while (passed := time.perf_counter() - start) < DRAG_S:
        page.mouse.move(x + 120 * np.sin(3 * passed), y + 60 * np.cos(2 * passed))
        time.sleep(1 / 120)
    page.mouse.up()


if __name__ == "__main__":
    main()
