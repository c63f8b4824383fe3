"""The moving picture and the screenshots of the README, from the real app.

``python -m docs.make_tour`` starts it, does what a visitor would, and writes ``docs/``.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path

import imageio.v3 as imageio
import numpy as np
from PIL import Image
from playwright.sync_api import Page

from tests.browser.driver import chromium, click_sample, running_app, wait_for_map

HERE = Path(__file__).resolve().parent
WIDTH = 960


class Film:
    """Frames of a page, each with how long it stands."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.frames: list[np.ndarray] = []
        self.times_ms: list[int] = []

    def take(self, stands_ms: int) -> None:
        shot = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
        small = shot.resize((WIDTH, WIDTH * shot.height // shot.width), Image.Resampling.LANCZOS)
        self.frames.append(np.asarray(small))
        self.times_ms.append(stands_ms)

    def save(self, path: Path) -> None:
        imageio.imwrite(path, self.frames, duration=self.times_ms, loop=0)


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder) / "cache") as address,
        chromium() as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        film = Film(page)
        page.goto(address)
        wait_for_map(page)
        page.wait_for_selector('.ls-map[data-sheet="ready"]')
        page.wait_for_timeout(500)
        film.take(1400)
        _map(page, film)
        _encode(page, film)
        film.save(HERE / "tour.gif")


def _map(page: Page, film: Film) -> None:
    for index in (4, 61, 15, 7):
        place = page.evaluate("i => document.querySelector('.ls-map').lsMap.screenOf(i)", index)
        page.mouse.move(place["x"], place["y"], steps=4)
        page.wait_for_timeout(250)
        film.take(700)
    click_sample(page, 7)
    page.wait_for_selector(".ls-inspector[data-id]")
    page.wait_for_timeout(400)
    film.take(1800)
    page.get_by_role("button", name="Add to tray").click()
    page.wait_for_selector('.ls-tray[data-count="1"]')
    page.mouse.move(4, 4)
    page.wait_for_timeout(500)
    film.take(900)
    page.screenshot(path=HERE / "map.png")
    page.get_by_text("3D", exact=True).click()
    page.wait_for_selector('.ls-map[data-ready="true"][data-dims="3"]')
    page.wait_for_timeout(900)
    box = page.locator(".ls-map-plot").bounding_box() or {"x": 0, "y": 0, "width": 0, "height": 0}
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(6):
        page.mouse.move(x + 30 * step, y + 8 * step)
        page.wait_for_timeout(200)
        film.take(220)
    page.mouse.up()


def _encode(page: Page, film: Film) -> None:
    page.get_by_role("link", name="Encode").click()
    page.wait_for_selector(".ls-draw canvas")
    page.wait_for_timeout(800)
    film.take(700)
    box = page.locator(".ls-draw canvas").bounding_box() or {"x": 0, "y": 0, "height": 0}
    x, y, side = box["x"], box["y"], box["height"]
    path = [
        (0.35, 0.3),
        (0.5, 0.2),
        (0.65, 0.32),
        (0.5, 0.48),
        (0.66, 0.62),
        (0.5, 0.78),
        (0.33, 0.7),
    ]
    page.mouse.move(x + path[0][0] * side, y + path[0][1] * side)
    page.mouse.down()
    for across, down in path[1:]:
        page.mouse.move(x + across * side, y + down * side, steps=5)
        page.wait_for_timeout(350)
        film.take(350)
    page.mouse.up()
    wait_for_map(page)
    page.wait_for_timeout(900)
    film.take(2200)
    page.screenshot(path=HERE / "encode.png")


if __name__ == "__main__":
    main()
