"""The animation and the screenshots of the documents, recorded from the running app.

``python -m docs.make_tour`` starts the app, drives it in Chromium and writes into ``docs/``.
"""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

import imageio.v3 as imageio
import numpy as np
from PIL import Image
from playwright.sync_api import Page

from tests.browser.driver import TOURS_SEEN, chromium, click_sample, running_app, wait_for_map

HERE = Path(__file__).resolve().parent
WIDTH = 960
HANDLE_RADIUS = 8
"""Half the width of a slider's handle, in pixels: it stops this far from the ends."""


class Recording:
    """Frames of a page, each with its duration."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.frames: list[np.ndarray] = []
        self.durations_ms: list[int] = []

    def capture(self, duration_ms: int) -> None:
        shot = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
        small = shot.resize((WIDTH, WIDTH * shot.height // shot.width), Image.Resampling.LANCZOS)
        self.frames.append(np.asarray(small))
        self.durations_ms.append(duration_ms)

    def save(self, path: Path) -> None:
        imageio.imwrite(path, self.frames, duration=self.durations_ms, loop=0)


def main() -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder) / "cache") as address,
        chromium() as browser,
    ):
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.add_init_script(TOURS_SEEN)
        recording = Recording(page)
        page.goto(address)
        wait_for_map(page)
        page.wait_for_selector('.ls-map[data-sheet="ready"]')
        page.wait_for_timeout(500)
        recording.capture(1400)
        _map(page, recording)
        _morph(page, recording)
        _dimensions(page, recording)
        _encode(page, recording)
        _faces(page, recording, address)
        recording.save(HERE / "tour.gif")


def _map(page: Page, recording: Recording) -> None:
    page.wait_for_selector('.ls-decoder-status[data-mode="browser"]')
    box = _box(page, ".ls-map-plot")
    for across, down in ((0.3, 0.3), (0.38, 0.36), (0.5, 0.42), (0.62, 0.47), (0.75, 0.5)):
        page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"], steps=4)
        page.wait_for_timeout(250)
        recording.capture(450)
    click_sample(page, 7)
    page.wait_for_selector(".ls-inspector[data-id]")
    page.wait_for_timeout(400)
    recording.capture(1500)
    page.get_by_role("button", name="Add to tray").click()
    page.wait_for_selector('.ls-tray[data-count="1"]')
    page.get_by_role("button", name="Decode the map").click()
    page.mouse.move(4, 4)
    page.wait_for_timeout(1800)
    recording.capture(1800)


def _morph(page: Page, recording: Recording) -> None:
    page.get_by_role("link", name="Morph").click()
    page.wait_for_selector(".ls-timeline-handle")
    page.wait_for_timeout(3000)
    handle = _box(page, ".ls-timeline-handle")
    x, y = handle["x"] + handle["width"] / 2, handle["y"] + handle["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(-5, 7):
        page.mouse.move(x + 50 * step, y, steps=3)
        page.wait_for_timeout(150)
        recording.capture(260)
    page.mouse.up()


def _dimensions(page: Page, recording: Recording) -> None:
    page.get_by_role("link", name="Dimensions").click()
    page.wait_for_selector(".ls-dim-track")
    page.wait_for_timeout(3000)
    for number in (0, 1):
        track = _box(page, f".ls-dim-track >> nth={number}")
        x, y = track["x"] + track["width"] / 2, track["y"] + track["height"] - 12
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(5):
            page.mouse.move(x + (1 - 2 * number) * 34 * step, y, steps=3)
            page.wait_for_timeout(150)
            recording.capture(300)
        page.mouse.up()
        page.wait_for_timeout(300)


def _box(page: Page, selector: str) -> dict[str, float]:
    found = page.locator(selector).first.bounding_box()
    assert found is not None, f"{selector} is not on the page"
    return dict(found)


def _encode(page: Page, recording: Recording) -> None:
    page.get_by_role("link", name="Encode").click()
    page.wait_for_selector(".ls-drawing-pad canvas")
    page.wait_for_timeout(800)
    recording.capture(700)
    box = _box(page, ".ls-drawing-pad canvas")
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
        recording.capture(350)
    page.mouse.up()
    wait_for_map(page)
    page.wait_for_timeout(900)
    recording.capture(2200)


def _faces(page: Page, recording: Recording, address: str) -> None:
    """A map of faces, and one face moved along smile, glasses and age."""
    page.goto(f"{address}/?model=faces-vae-32&color=age")
    wait_for_map(page)
    page.wait_for_selector('.ls-map[data-sheet="ready"]')
    page.wait_for_selector('.ls-decoder-status[data-mode="browser"]')
    page.get_by_role("button", name="Decode the map").click()
    page.mouse.move(4, 4)
    page.wait_for_timeout(3500)
    recording.capture(2400)
    page.screenshot(path=HERE / "faces.png")
    page.goto(f"{address}/dimensions?model=faces-vae-32&data=faces&start=s1")
    page.wait_for_selector(".ls-attribute")
    page.get_by_role("button", name=re.compile("Show all")).click()
    page.wait_for_timeout(3000)
    recording.capture(900)
    for factor, end in (("smile", 0.97), ("glasses", 0.95), ("age", 0.7)):
        slider = page.get_by_role("slider", name=factor, exact=True)
        slider.scroll_into_view_if_needed()
        box, start = slider.bounding_box(), float(slider.input_value())
        assert box is not None, f"{factor} has no slider"
        places = (
            box["x"]
            + HANDLE_RADIUS
            + np.linspace(start, end, 6) * (box["width"] - 2 * HANDLE_RADIUS)
        )
        page.mouse.move(places[0], box["y"] + box["height"] / 2)
        page.mouse.down()
        for x in places[1:]:
            page.mouse.move(x, box["y"] + box["height"] / 2, steps=3)
            page.wait_for_timeout(200)
            recording.capture(300)
        page.mouse.up()
        page.wait_for_timeout(300)
    recording.capture(1500)
    page.screenshot(path=HERE / "attribute_sliders.png")


if __name__ == "__main__":
    main()
