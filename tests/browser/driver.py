"""Start the real app and drive it with a real browser; shared by tests and benchmarks."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
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
    cache: Path, script: str = "app.py", *, root: Path = ROOT, **environment: str
) -> Iterator[str]:
    """The app of the checkout `root` in a process of its own; gives its address once it answers."""
    port = free_port()
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    variables = os.environ | {"LATENT_CACHE": str(cache), "LATENT_MAP_PROCESSES": "2"} | environment
    log = (cache.parent / f"app-{port}.log").open("wb")
    process = subprocess.Popen(command, cwd=root, env=variables, stdout=log, stderr=log)
    try:
        yield _answering(f"http://127.0.0.1:{port}", process)
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def _answering(address: str, process: subprocess.Popen[bytes]) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the app ended with {process.returncode}")
        try:
            with urllib.request.urlopen(f"{address}/_stcore/health", timeout=2):
                return address
        except OSError:
            time.sleep(0.05)
    raise RuntimeError("the app did not answer within a minute")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium: the system's where there is one, else Playwright's own."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), headless=True, args=FLAGS
        )
        yield browser
        browser.close()


def wait_for_map(page: Page, timeout_s: float = 60) -> None:
    """Wait until the map is drawn."""
    page.wait_for_selector('.ls-map[data-ready="true"]', timeout=timeout_s * 1000)


def click_sample(page: Page, index: int) -> None:
    """Click the place on the map where picture `index` is drawn, in 2D or 3D."""
    place = page.evaluate("i => document.querySelector('.ls-map').__testHooks.screenOf(i)", index)
    page.mouse.move(place["x"] - 3, place["y"] - 3)
    page.mouse.move(place["x"], place["y"])
    page.wait_for_timeout(120)
    page.mouse.click(place["x"], place["y"])
