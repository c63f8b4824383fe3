"""Time from the server's start to the first map, and from a click to the decoded image."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import numpy as np
from playwright.sync_api import Page

from tests.browser.driver import chromium, running_app, wait_for_map

CLICKS = 20


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        start = time.perf_counter()
        with running_app(Path(folder) / "cache") as address:
            context = browser.new_context(viewport={"width": 1280, "height": 800})
            page = context.new_page()
            page.goto(address)
            wait_for_map(page, 120)
            cold = time.perf_counter() - start
            warm = _visit(page, address)
            blank = _blank(page, address)
            print(f"first map: {cold:.1f} s from the server's start, cold (aim 5 s)")
            print(
                f"first map: {warm:.1f} s on the next visit (aim 1.5 s), {warm / cold:.0%} of "
                f"the cold start; Streamlit's own empty shell took {blank:.1f} s"
            )
            waits = [_click(page, index) for index in range(100, 100 + CLICKS)]
            p50, p95 = np.percentile(waits, [50, 95])
            rerun = _rerun(page)
            print(
                f"click to decoded image: p50 {p50:.0f} ms, p95 {p95:.0f} ms (aim 200 ms), "
                f"{p50 / rerun:.1f} times a rerun of the page by a widget ({rerun:.0f} ms)"
            )


def _visit(page: Page, address: str) -> float:
    start = time.perf_counter()
    page.goto(address)
    wait_for_map(page, 120)
    return time.perf_counter() - start


def _blank(page: Page, address: str) -> float:
    """Seconds until Streamlit's frontend shows the first element of the page."""
    start = time.perf_counter()
    page.goto(address)
    page.wait_for_selector("h1")
    passed = time.perf_counter() - start
    wait_for_map(page, 120)
    return passed


def _click(page: Page, index: int) -> float:
    """Milliseconds from pressing the mouse on the map to the decoded image."""
    x, y, picked = page.evaluate(
        """index => { const map = document.querySelector('.ls-map').__testHooks;
        const {x, y} = map.screenOf(index); return [x, y, map.hit(x, y)] }""",
        index,
    )
    page.evaluate(
        """picked => { window.waited = new Promise((done) => {
          addEventListener('pointerdown', () => {
            const start = performance.now();
            const watch = () => {
              const panel = document.querySelector('.ls-inspector');
              if (panel && panel.dataset.id === String(picked)) done(performance.now() - start);
              else requestAnimationFrame(watch);
            };
            watch();
          }, {once: true, capture: true});
        }) }""",
        picked,
    )
    page.mouse.click(x, y)
    waited: float = page.evaluate("window.waited")
    page.wait_for_timeout(150)
    return waited


def _rerun(page: Page) -> float:
    start = time.perf_counter()
    page.get_by_text("3D", exact=True).click()
    page.wait_for_selector('.ls-map[data-dims="3"]')
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    main()
