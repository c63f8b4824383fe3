"""Start the real app and drive it with a real browser; shared by tests and benchmarks."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from playwright.sync_api import Browser, BrowserType, Page, sync_playwright

from ui.tours import TOURS

T = TypeVar("T")
MAP = "document.querySelector('.ls-map').__testHooks"
IDLE_APP = (
    '[data-test-connection-state="CONNECTED"][data-test-script-state="notRunning"]'
    ":not(:has(.ls-drawing-pad[data-waiting]))"
)
TIMEOUT_S = 30.0  # two busy cores and a software WebGL
POLL_S = 0.05
ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium-headless-shell", "chromium")
"""Commands of a system's Chromium, the lighter one first."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-fake-ui-for-media-stream",
    "--use-fake-device-for-media-stream",
]


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def running_app(
    cache: Path,
    script: str = "app.py",
    *,
    root: Path = ROOT,
    port: int | None = None,
    **environment: str,
) -> Iterator[str]:
    """The app of the checkout `root` in a process of its own; gives its address once it answers."""
    port = port or free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    variables = os.environ | {"LATENT_CACHE": str(cache), "LATENT_MAP_PROCESSES": "2"}
    variables |= {"LATENT_HOME": str(cache.parent / "home")} | environment
    log = (cache.parent / f"app-{port}.log").open("wb")
    process = subprocess.Popen(command, cwd=root, env=variables, stdout=log, stderr=log)
    try:
        yield _answering(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def _answering(address: str, process: subprocess.Popen[bytes]) -> str:
    def answers() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"the app ended with {process.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return True
        except OSError:
            return False

    eventually(answers, timeout_s=60)
    return address


def eventually(
    read: Callable[[], T],
    holds: Callable[[T], object] = bool,
    *,
    page: Page | None = None,
    timeout_s: float = TIMEOUT_S,
) -> T:
    """The first value of `read` that `holds`; the only place where a test lets time pass.

    With a `page`, its events are received between two reads.
    """
    deadline = time.monotonic() + timeout_s
    while not holds(value := read()):
        assert time.monotonic() < deadline, f"after {timeout_s:g} s it is still {value!r}"
        if page is None:
            time.sleep(POLL_S)
        else:
            page.wait_for_timeout(1000 * POLL_S)
    return value


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium: the system's where there is one, else Playwright's own."""
    with sync_playwright() as playwright:
        browser = launch(playwright.chromium)
        yield browser
        browser.close()


def launch(browser_type: BrowserType, flags: Sequence[str] = ()) -> Browser:
    """A headless Chromium with more `flags`."""
    return browser_type.launch(
        executable_path=next(filter(None, map(shutil.which, BROWSERS)), None),
        headless=True,
        args=[*FLAGS, *flags],
    )


def wait_for_map(page: Page, timeout_s: float = 60) -> None:
    """Wait until the map is drawn."""
    page.wait_for_selector('.ls-map[data-ready="true"]', timeout=timeout_s * 1000)


def go_to_page(page: Page, title: str) -> None:
    """Click the page's link in the navigation at the top; a phone's bar holds a second one."""
    page.get_by_test_id("stTopNavLink").filter(has_text=title).click()


def wait_for_frames(page: Page) -> None:
    """Wait until the page has drawn what was changed before."""
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")


def wait_until_still(page: Page) -> None:
    """Wait until all points of the map are drawn, at their final positions."""
    wait_for_frames(page)
    page.wait_for_function(f"{MAP}.atRest()")


def wait_until_idle(page: Page) -> None:
    """Wait until Python has answered what the page has sent, and the page has drawn it."""
    wait_for_frames(page)
    page.wait_for_selector(IDLE_APP)
    wait_for_frames(page)


def click_sample(page: Page, index: int) -> None:
    """Click the place on the map where picture `index` is drawn, in 2D or 3D."""
    place = page.evaluate(f"i => {MAP}.screenOf(i)", index)
    page.mouse.move(place["x"] - 3, place["y"] - 3)
    page.mouse.move(place["x"], place["y"])
    wait_for_frames(page)  # the map has found what is under the pointer
    page.mouse.click(place["x"], place["y"])


PAGES = {
    "learn": ("learn", ".st-key-learn-overview button"),
    "map": ("?method=pca&sample=3", '.ls-map[data-ready="true"]'),
    "encode": ("encode", ".ls-drawing-pad"),
    "morph": ("morph", '.ls-map[data-ready="true"]'),
    "dimensions": ("dimensions", '.ls-map[data-ready="true"]'),
    "samples": ("samples", '.ls-samples-tile[data-decoded="true"]'),
    "uses": ("uses", ".ls-figures"),
    "models": ("models", ".ls-models section"),
    "compare": ("compare", ".ls-pair"),
    "open": ("open", '[data-testid="stFileUploader"]'),
}
"""For each page: its link, and an element that is drawn last."""
TOURS_SEEN = "".join(f"localStorage.setItem('ls-tour-seen-{page}', 'yes');" for page in TOURS)
"""A script after which no page offers its tour; for pictures of the pages."""
TEXT_SIZES = """() => {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const { parentElement: node, textContent } = walker.currentNode;
    if (!textContent.trim() || !node.checkVisibility({ checkVisibilityCSS: true })) continue;
    if (!node.closest('.stMain, .stAppHeader, .ls') || node.closest('style, script')) continue;
    if (node.closest('[data-testid="stIconMaterial"]')) continue;
    found.push([parseFloat(getComputedStyle(node).fontSize), textContent.trim().slice(0, 40)]);
  }
  return found;
}"""
"""Size in pixels and beginning of every text that can be seen."""


def show_page(page: Page, address: str, name: str, query: str = "") -> None:
    """Open the page `name` and wait until it is drawn."""
    link, last = PAGES[name]
    joint = "&" if "?" in link else "?"
    page.goto(f"{address}/{link}{joint + query if query else ''}")
    page.wait_for_selector(last, timeout=90_000)
    page.wait_for_selector(".ls-tray")
    page.wait_for_function("document.querySelector('.stApp').dataset.testScriptState !== 'running'")
