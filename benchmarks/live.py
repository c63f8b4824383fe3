"""Latency from a gesture to the decoded image: in the browser, on the server, and `st.slider`.

All in one run, in a real browser: a continuous drag of one slider of the dimensions page with the
decoder in the browser, the same page with the decoder on the server, and ``st.slider`` with
``st.image``, which updates only on release.  Then hovering over the map, and the server's CPU
usage for 1 and for 20 visitors.

Latency is measured from the event's own time stamp to the frame with the changed pixels: the first
animation frame after the image was drawn.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.driver import chromium, running_app, wait_for_map

MOVES = 240
NATIVE_MOVES = 12
VISITORS = 20
BUSY_S = 6.0
MODEL = "digits-vae-16"
DIMENSION_SLIDER, ATTRIBUTE_SLIDER = ".ls-dim-track", ".ls-attributes input"
"""What is dragged: the slider of one latent dimension, or that of an attribute."""
KNOB_OFFSET = 12
"""Distance of a slider's knob from its lower edge, in pixels."""
LARGE_MODELS = ("faces-vae-32", "faces-gan-64", "furniture-vae-8")

WATCH = """async ([appUrl, mayUsePage]) => {
  const {LatestOnly} = (await import(appUrl)).load('decoding/latest_only.js');
  const seen = window.seen = {asked: [], shown: [], born: 0, moves: []};
  const now = (event) => (seen.born = event.timeStamp);
  addEventListener('pointermove', () => seen.moves.push(performance.now()), true);
  for (const name of ['pointermove', 'pointerdown']) addEventListener(name, now, true);
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  let drawing = null;
  CanvasRenderingContext2D.prototype.drawImage = function (...given) {
    draw.apply(this, given);
    if (drawing && this.canvas.closest(window.picture)) drawing.drawn = true;
  };
  const request = LatestOnly.prototype.request;
  LatestOnly.prototype.request = function (codes, show) {
    const wish = {line: this, drawn: false, at: seen.born};
    seen.asked.push(wish);
    if (!mayUsePage) this.decoder().page = null;
    request.call(this, codes, (...decoded) => {
      drawing = wish;
      show(...decoded);
      drawing = null;
      if (!wish.drawn) return;
      this.isHero = true;
      requestAnimationFrame(() => seen.shown.push({wish, at: performance.now()}));
    });
  };
}"""
READ = """() => {
  const asked = seen.asked.filter((wish) => wish.line.isHero);
  const places = seen.shown.map(({wish, at}) => [asked.indexOf(wish), at]);
  return asked.map((wish, i) => {
    const first = places.find(([place]) => place >= i);
    return first ? first[1] - wish.at : null;
  }).filter((wait) => wait !== null);
}"""
RELEASE = """() => { window.waited = new Promise((done) => {
  const before = document.querySelector('img').src;
  addEventListener('pointerup', (event) => {
    const look = () => document.querySelector('img').src === before
      ? requestAnimationFrame(look) : done(performance.now() - event.timeStamp);
    look();
  }, {once: true, capture: true});
}) }"""
RATES = """() => [seen.shown.map(({at}) => at), seen.moves].map(
  (times) => 1000 * (times.length - 1) / (times.at(-1) - times[0]))"""
"""Images and moves of the pointer per second; the driver delivers at most one move per frame."""


@dataclass(frozen=True, slots=True)
class Drag:
    """The measurements of one continuous drag."""

    waits_ms: np.ndarray
    images_per_s: float
    moves_per_s: float
    requests: int

    def line(self, name: str, aim_ms: float | None = None) -> str:
        p50, p95 = np.percentile(self.waits_ms, [50, 95])
        aim = f" (aim p95 {aim_ms:g} ms)" if aim_ms else ""
        rate = (
            f", {self.images_per_s:.0f} images of {self.moves_per_s:.0f} moves per second"
            if self.images_per_s
            else ""
        )
        return (
            f"{name:32} p50 {p50:6.1f} ms, p95 {p95:6.1f} ms{aim}{rate}, {self.requests} requests"
        )


def main(*, quick: bool = False) -> None:
    with tempfile.TemporaryDirectory() as folder, chromium() as browser:
        root = Path(folder)
        live = _dragged(browser, root / "live")
        worker = _dragged(browser, root / "worker", may_use_page=False)
        served = _dragged(browser, root / "served", LATENT_BROWSER_DECODER_MAX_MB="0")
        native = _native(browser, root / "native")
        print(f"gesture to decoded image, {MODEL}, 28×28, during a continuous drag:")
        print(live.line("  in the browser", 25))
        print(worker.line("  in its worker only"))
        print(served.line("  on the server"))
        print(native.line("  st.slider, from its release"))
        p95 = [float(np.percentile(d.waits_ms, 95)) for d in (live, served, native)]
        print(f"  the server takes {p95[1] / p95[0]:.0f} times as long (aim 10), st.slider "
              f"{p95[2] / p95[0]:.0f} times")  # fmt: skip
        for model in LARGE_MODELS:
            print(_dragged(browser, root / model, model).line(f"  {model}, 64×64 RGB", 33))
        attribute = _dragged(browser, root / "attribute", LARGE_MODELS[0], handle=ATTRIBUTE_SLIDER)
        print(attribute.line("  attribute slider of faces", 33))
        print(_hovered(browser, root / "hover").line(f"hovering the map, {10_000:,} points", 16))
        if not quick:
            _processor(browser, root)


def _dragged(
    browser: Browser,
    cache: Path,
    model: str = MODEL,
    handle: str = DIMENSION_SLIDER,
    *,
    may_use_page: bool = True,
    **environment: str,
) -> Drag:
    with running_app(cache, **environment) as address:
        context = browser.new_context(viewport={"width": 1280, "height": 800})
        mode = "server" if "LATENT_BROWSER_DECODER_MAX_MB" in environment else "browser"
        page = _dimensions(context, address, model, mode)
        page.evaluate("window.picture = '.ls-decoded'")
        page.evaluate(WATCH, [_app_url(page), may_use_page])
        knob = page.locator(handle).first
        knob.evaluate("node => node.scrollIntoView({block: 'center'})")  # below other groups
        page.wait_for_timeout(300)
        box = knob.bounding_box() or {}
        x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] - KNOB_OFFSET
        page.mouse.move(x, y)
        page.mouse.down()
        page.wait_for_timeout(300)
        requests = _counted(page)
        for step in range(MOVES):
            started = time.perf_counter()
            page.mouse.move(x + box["width"] * 0.4 * np.sin(step / 20), y)
            time.sleep(max(0.0, 1 / 60 - (time.perf_counter() - started)))
        page.wait_for_timeout(400)
        made = len(requests)
        found = _read(page, made)
        page.mouse.up()
        context.close()
        return found


def _dimensions(context: BrowserContext, address: str, model: str, mode: str) -> Page:
    page = context.new_page()
    page.goto(f"{address}/dimensions?model={model}")
    page.wait_for_selector(f'.ls-decoder-status[data-mode="{mode}"]', timeout=120_000)
    page.wait_for_selector(".ls-decoded[data-support]")
    testing = page.get_by_text("Testing directions on held-out images")
    testing.wait_for(state="hidden", timeout=120_000)  # then nothing above the sliders grows
    page.wait_for_timeout(1000)
    return page


def _app_url(page: Page) -> str:
    """The URL of the app's script in the page, so that the same instance is imported."""
    found: str = page.evaluate(
        "performance.getEntriesByType('resource').map((entry) => entry.name)"
        ".find((name) => name.endsWith('/app.js'))"
    )
    return found


def _counted(page: Page) -> list[str]:
    """The URLs of requests from now on."""
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    return sent


def _native(browser: Browser, cache: Path) -> Drag:
    with running_app(cache, "benchmarks/native_slider.py") as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        page.wait_for_selector("img[src*='media']")
        box = page.locator('[data-testid="stSlider"] [role="group"]').bounding_box() or {}
        y = page.locator('[data-testid="stSliderThumbValue"]').bounding_box()["y"] + 30
        waits = []
        x = box["x"] + box["width"] / 2
        for step in range(NATIVE_MOVES):
            page.wait_for_timeout(400)
            page.evaluate(RELEASE)
            page.mouse.move(x, y)
            page.mouse.down()
            x = box["x"] + box["width"] * (0.3 + 0.04 * step)
            page.mouse.move(x, y, steps=5)
            page.mouse.up()
            waits.append(page.evaluate("window.waited"))
        page.close()
        return Drag(np.array(waits), 0.0, 0.0, NATIVE_MOVES)


def _hovered(browser: Browser, cache: Path) -> Drag:
    with running_app(cache) as address:
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(address)
        wait_for_map(page, 120)
        page.wait_for_selector('.ls-decoder-status[data-mode="browser"]', timeout=120_000)
        page.evaluate("window.picture = '.ls-map-card'")
        page.evaluate(WATCH, [_app_url(page), True])
        box = page.locator(".ls-map-plot").bounding_box() or {}
        requests = _counted(page)
        middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        for step in range(MOVES):
            started = time.perf_counter()
            angle, far = step / 25, 0.1 + 0.3 * step / MOVES
            page.mouse.move(middle[0] + box["width"] * far * np.cos(angle),
                            middle[1] + box["height"] * far * np.sin(angle))  # fmt: skip
            time.sleep(max(0.0, 1 / 60 - (time.perf_counter() - started)))
        page.wait_for_timeout(300)
        found = _read(page, len(requests))
        page.close()
        return found


def _read(page: Page, requests: int) -> Drag:
    images_per_s, moves_per_s = page.evaluate(RATES)
    return Drag(np.array(page.evaluate(READ)), images_per_s, moves_per_s, requests)


def _processor(browser: Browser, root: Path) -> None:
    """The server's CPU usage while visitors drag continuously."""
    for name, environment in (
        ("in the browser", {}),
        ("on the server", {"LATENT_BROWSER_DECODER_MAX_MB": "0"}),
    ):
        with running_app(root / f"busy {name}", **environment) as address:
            context = browser.new_context(viewport={"width": 1000, "height": 700})
            mode = "server" if environment else "browser"
            pages = [_dimensions(context, address, MODEL, mode)]
            shares = [_busy(pages, address)]
            pages += [_dimensions(context, address, MODEL, mode) for _ in range(VISITORS - 1)]
            shares.append(_busy(pages, address))
            context.close()
        print(f"server CPU, decoding {name}: {shares[0]:.0%} of a core while 1 visitor "
              f"drags, {shares[1]:.0%} while {VISITORS} do")  # fmt: skip


def _busy(pages: list[Page], address: str) -> float:
    """CPU usage while a script in every page moves its first slider 30 times a second."""
    time.sleep(1.5)
    process = process_of(address)
    for page in pages:
        page.evaluate(
            """(ms) => {
            const range = document.querySelector('input[type="range"]');
            const low = Number(range.min), high = Number(range.max);
            const write = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set;
            const end = performance.now() + ms;
            const step = () => {
              const share = 0.5 + 0.4 * Math.sin(performance.now() / 300);
              write.call(range, low + (high - low) * share);
              range.dispatchEvent(new Event('input', {bubbles: true}));
              if (performance.now() < end) setTimeout(step, 33);
            };
            step();
            }""",
            BUSY_S * 1000,
        )
    used, started = _used_s(process), time.perf_counter()
    time.sleep(BUSY_S * 0.7)
    share = (_used_s(process) - used) / (time.perf_counter() - started)
    time.sleep(BUSY_S * 0.4)
    return share


def process_of(address: str) -> Path:
    """The ``/proc`` folder of the server at an address (Linux)."""
    port = address.rsplit(":", 1)[1]
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
        except OSError:
            continue
        if b"streamlit" in words and port.encode() in words:
            return folder
    raise RuntimeError(f"no server on port {port}")


def _used_s(process: Path) -> float:
    """CPU seconds so far, user and system."""
    fields = (process / "stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main(quick="--quick" in sys.argv)
