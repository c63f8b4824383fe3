"""What a visitor waits for, in a real browser: the first map, the next one, other pages, a click.

``--against FOLDER`` measures another checkout in the same run, alternately, and prints the ratio.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, Request

from tests.browser.driver import ROOT, chromium, running_app, wait_for_map

CLICKS = 20
STARTS = 3
PAGES = {
    "Dimensions": ".ls-decoded[data-support]",
    "Encode": ".ls-drawing-surface",
    "Morph": ".ls-decoded",
    "Models": "table, [data-testid='stDataFrame']",
    "Map": ".ls-map[data-ready='true']",
}
"""What is there when a page is drawn."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """Seconds of one start with an empty cache, and what the first visit fetched.

    Parameters
    ----------
    first, next_visit
        From the start of the server, and of the second visit, to the drawn map.
    shell
        Until Streamlit's frontend shows the first element, on a later visit.
    own, before_decoder, streamlit
        Requests and bytes of ours, of ours until the map was drawn, and of Streamlit.
    """

    first: float
    next_visit: float
    shell: float
    own: tuple[int, int]
    before_decoder: tuple[int, int]
    streamlit: tuple[int, int]


@dataclass
class Traffic:
    """The requests of a page so far."""

    sizes: list[tuple[str, int]] = field(default_factory=list)

    def add(self, request: Request) -> None:
        self.sizes.append((request.url, max(0, request.sizes()["responseBodySize"])))

    def sums(self, *, ours: bool) -> tuple[int, int]:
        chosen = [
            size for url, size in self.sizes if url.startswith("http") and ("/live/" in url) == ours
        ]
        return len(chosen), sum(chosen)


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.browser", description=__doc__)
    parser.add_argument("--against", type=Path, help="another checkout, measured in the same run")
    against = parser.parse_args(argv).against
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        roots = [ROOT] if against is None else [ROOT, against.resolve()]
        starts: dict[Path, list[Start]] = {root: [] for root in roots}
        for turn in range(STARTS):
            for number, root in enumerate(roots):
                cache = Path(folder) / f"cache-{turn}-{number}"
                starts[root].append(_start(browser, cache, root))
        for root in roots:
            _print_starts("here" if root == ROOT else str(root), starts[root])
        if against is not None:
            first, second = (_median(starts[root], "first") for root in roots)
            print(f"first map: {first / second:.0%} of the time of {against}")
        with running_app(Path(folder) / "cache") as address:
            _print_uses(browser, address)


def _start(browser: Browser, cache: Path, root: Path) -> Start:
    traffic = Traffic()
    began = time.perf_counter()
    with running_app(cache, root=root) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.on("requestfinished", traffic.add)
        page.goto(address)
        wait_for_map(page, 120)
        first = time.perf_counter() - began
        before_decoder = traffic.sums(ours=True)
        page.wait_for_selector(
            '.ls-decoder-status[data-mode="browser"]', state="attached", timeout=120_000
        )
        page.wait_for_load_state("networkidle")
        own, streamlit = traffic.sums(ours=True), traffic.sums(ours=False)
        started = time.perf_counter()
        page.goto(address)
        page.wait_for_selector("h1")
        shell = time.perf_counter() - started
        wait_for_map(page, 120)
        next_visit = time.perf_counter() - started
        context.close()
    return Start(
        first=first,
        next_visit=next_visit,
        shell=shell,
        own=own,
        before_decoder=before_decoder,
        streamlit=streamlit,
    )


def _median(starts: list[Start], name: str) -> float:
    return statistics.median(getattr(start, name) for start in starts)


def _print_starts(where: str, starts: list[Start]) -> None:
    first, following, shell = (_median(starts, name) for name in ("first", "next_visit", "shell"))
    print(f"{where}, median of {len(starts)} starts with an empty cache:")
    print(f"  first map: {first:.1f} s from the server's start (aim 3 s)")
    print(
        f"  first map: {following:.1f} s on the next visit (aim 1 s), {following / first:.0%} of "
        f"the start; Streamlit's own empty shell takes {shell:.1f} s of it"
    )
    for name, (count, size) in (
        ("ours, until the map is drawn (aim 25, 3 MB)", starts[-1].before_decoder),
        ("ours, with the decoder", starts[-1].own),
        ("Streamlit's own", starts[-1].streamlit),
    ):
        print(f"  requests, {name}: {count}, {size / 1e6:.1f} MB")


def _print_uses(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 1280, "height": 800})
    page.goto(address)
    wait_for_map(page, 120)
    page.wait_for_selector('.ls-decoder-status[data-mode="browser"]', timeout=120_000)
    page.wait_for_timeout(5000)  # the server has imported its libraries
    waits = [_click(page, index) for index in range(100, 100 + CLICKS)]
    p50, p95 = np.percentile(waits, [50, 95])
    rerun = _rerun(page)
    print(
        f"click to decoded image: p50 {p50:.0f} ms, p95 {p95:.0f} ms (aim 60 ms), "
        f"{p50 / rerun:.1f} times a rerun of the page by a widget ({rerun:.0f} ms)"
    )
    for turn in ("first", "second"):
        shown = [_change(page, name, ready) for name, ready in PAGES.items()]
        print(
            f"change of page, {turn} time, until title and content (aim 500 ms): "
            + ", ".join(
                f"{name} {title:.0f} / {content:.0f} ms"
                for name, (title, content) in zip(PAGES, shown, strict=True)
            )
        )
    page.close()


def _change(page: Page, name: str, ready: str) -> tuple[float, float]:
    """Milliseconds from the click on a page's name until its title and its content are there."""
    before = page.locator("h1").inner_text()
    start = time.perf_counter()
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_function(
        "before => document.querySelector('h1')?.innerText !== before", arg=before
    )
    title = time.perf_counter() - start
    page.wait_for_selector(ready, state="attached", timeout=60_000)
    content = time.perf_counter() - start
    page.wait_for_timeout(1500)
    return title * 1000, content * 1000


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
