"""A class on one server: many browsers open the map and click at the same time.

Each session is a browser context of its own, as a phone is.  They run on this machine too, so the
times include the work of all browsers; the server alone is faster.  One session of the same run
is the baseline.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as NotDrawnError

from benchmarks.live import process_of
from benchmarks.memory import resident_mb
from tests.browser.driver import launch, running_app, wait_for_map

SESSIONS = (30, 50)
ROUNDS = 5
BASELINE_ROUNDS = 10
ANSWER_S = 15
"""A click without an image after so many seconds counts as not answered."""
OPEN_S = 240
LINK = "?method=pca&hide=controls"
DECODER = '.ls-decoder-status[data-mode="browser"]'
FLAGS = (
    "--disable-background-timer-throttling",
    "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding",
)
"""A page in the background must not wait longer than one in front."""

AIM = """start => {
  const map = document.querySelector('.ls-map').__testHooks;
  const shown = document.querySelector('.ls-inspector')?.dataset.id;
  const box = document.querySelector('.ls-map-plot').getBoundingClientRect();
  for (let index = start; index < start + 500; index++) {
    const {x, y} = map.screenOf(index);
    const sample = map.hit(x, y);
    const across = x > box.left + 20 && x < box.right - 20;
    const down = y > box.top + 60 && y < Math.min(box.bottom - 20, innerHeight - 80);
    if (across && down && sample >= 0 && String(sample) !== shown)
      return [x, y, sample];
  }
  throw new Error('no sample can be clicked');
}"""
WATCH = """([sample, limit]) => { window.waited = new Promise((done) => {
  addEventListener('pointerdown', () => {
    const start = performance.now();
    const watch = () => {
      const waited = performance.now() - start;
      const panel = document.querySelector('.ls-inspector');
      if (panel?.dataset.id === String(sample)) done(waited);
      else if (waited > limit) done(null);
      else setTimeout(watch, 4);
    };
    watch();
  }, {once: true, capture: true});
}) }"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """The measurements of one class.

    Parameters
    ----------
    n_sessions, n_opened
        Sessions that were started, and those whose map was drawn and decoder loaded.
    open_s
        Seconds until that was so for the last one.
    waits_ms
        Milliseconds from each click to the decoded image; NaN where it was not answered.
    memory_mb
        Resident memory of the server at the end, while all are connected.
    """

    n_sessions: int
    n_opened: int
    open_s: float
    waits_ms: np.ndarray
    memory_mb: float

    @property
    def p50(self) -> float:
        return float(np.nanmedian(self.waits_ms))

    def line(self) -> str:
        answered = np.isfinite(self.waits_ms)
        p95 = float(np.nanpercentile(self.waits_ms, 95))
        return (
            f"{self.n_sessions:3} sessions: {self.n_opened} opened, all after {self.open_s:.1f} s; "
            f"{answered.sum()} of {len(answered)} clicks answered ({answered.mean():.0%}) within "
            f"{ANSWER_S} s, p50 {self.p50:.0f} ms, p95 {p95:.0f} ms"
        )


def main(argv: list[str] | None = None) -> None:
    parser = argparse.ArgumentParser("python -m benchmarks.classroom", description=__doc__)
    parser.add_argument("--sessions", type=int, nargs="+", default=SESSIONS)
    sizes = parser.parse_args(argv).sessions
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = launch(playwright.chromium, FLAGS)
        for n_sessions in sizes:
            with running_app(Path(folder) / f"cache-{n_sessions}") as address:
                _measure(browser, address, n_sessions)
        browser.close()


def _measure(browser: Browser, address: str, n_sessions: int) -> None:
    alone = _hold_lesson(browser, address, 1, BASELINE_ROUNDS)
    lesson = _hold_lesson(browser, address, n_sessions, ROUNDS)
    print(alone.line())
    print(lesson.line() + f", p50 {lesson.p50 / alone.p50:.1f} times that of 1 session")
    growth = lesson.memory_mb - alone.memory_mb
    print(
        f"    memory of the server: {alone.memory_mb:.0f} MB with 1, {lesson.memory_mb:.0f} MB "
        f"with {n_sessions}, {growth / n_sessions:.1f} MB per session"
    )


def _hold_lesson(browser: Browser, address: str, n_sessions: int, rounds: int) -> Lesson:
    started = time.perf_counter()
    pages = [_open(browser, address) for _ in range(n_sessions)]
    opened = [page for page in pages if _is_drawn(page)]
    open_s = time.perf_counter() - started
    waits = [wait for number in range(rounds) for wait in _click_all(opened, number)]
    memory_mb = resident_mb(process_of(address))
    for page in pages:
        page.context.close()
    return Lesson(
        n_sessions=n_sessions,
        n_opened=len(opened),
        open_s=open_s,
        waits_ms=np.array([np.nan if wait is None else wait for wait in waits], float),
        memory_mb=memory_mb,
    )


def _open(browser: Browser, address: str) -> Page:
    """A page of a session of its own that begins to open the map."""
    page = browser.new_context(viewport={"width": 900, "height": 700}).new_page()
    page.goto(f"{address}/{LINK}", wait_until="commit", timeout=OPEN_S * 1000)
    return page


def _is_drawn(page: Page) -> bool:
    try:
        wait_for_map(page, OPEN_S)
        page.wait_for_selector(DECODER, state="attached", timeout=OPEN_S * 1000)
    except NotDrawnError:
        return False
    return True


def _click_all(pages: list[Page], number: int) -> list[float | None]:
    """Click in every page, one right after the other; gives how long each waited."""
    for position, page in enumerate(pages):
        x, y, sample = page.evaluate(AIM, 100 + 700 * number + 13 * position)
        page.evaluate(WATCH, [sample, ANSWER_S * 1000])
        page.mouse.click(x, y)
    return [page.evaluate("window.waited") for page in pages]


if __name__ == "__main__":
    main()
