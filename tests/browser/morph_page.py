"""The morph page in a browser, read by the pixels on the screen."""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import Download, Page

import latent_core as lc
from tests.browser.driver import eventually, wait_for_frames

MODEL, DATA = "digits-vae-16", "digits"


class Reference:
    """Model, data and codes of the library, to compare the page with."""

    def __init__(self) -> None:
        self.model, self.data = lc.load_model(MODEL), lc.load_dataset(DATA)
        self.codes = lc.encode(self.model, self.data).mean

    def decoded(self, codes: np.ndarray) -> np.ndarray:
        """Gray levels 0 to 255 ``(N, H, W)`` of codes ``(N, D)``, decoded by the library."""
        return as_bytes(self.model.decode(codes))[:, 0]


def as_bytes(images: np.ndarray) -> np.ndarray:
    return np.rint(images * 255).astype(int)


def open_page(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}/{query}")
    page.wait_for_selector(".ls-morph[data-ready]", timeout=150_000)  # a cold server
    page.wait_for_function(
        "document.querySelector('.ls-decoder-status')?.dataset.mode !== 'loading'"
    )


def pixels_of(
    page: Page, selector: str = ".ls-morph .ls-decoded canvas", side: int = 28
) -> np.ndarray:
    """Gray levels ``(side, side)`` that a canvas shows, once the decoder is idle."""
    page.wait_for_function(
        "() => { const { frames, latest } = document.querySelector('.ls-morph').__testHooks;"
        " return (frames?.latest ?? latest).idle; }"
    )
    wait_for_frames(page)
    width, data = page.eval_on_selector(
        selector,
        """node => [node.width, Array.from(
        node.getContext('2d').getImageData(0, 0, node.width, node.height).data)]""",
    )
    pixels = np.array(data, np.uint8).reshape(-1, width, 4)
    step = width // side
    assert width == step * side, "each pixel is a whole number of screen pixels"
    return pixels[step // 2 :: step, step // 2 :: step, 0].astype(int)


def assert_pixels(
    page: Page, wanted: np.ndarray, selector: str = ".ls-morph .ls-decoded canvas"
) -> None:
    """Wait until a canvas shows the wanted image, to within one gray level."""
    eventually(
        lambda: np.abs(pixels_of(page, selector) - wanted).max(), lambda off: off <= 1, page=page
    )


def wait_for_query(page: Page, name: str, value: str) -> None:
    """Wait until the URL has this value, so that Python has it too."""
    page.wait_for_function(
        "([name, value]) => new URL(location).searchParams.get(name) === value", arg=[name, value]
    )


def export_file(page: Page, ending: str) -> Download:
    """Make the file that the export popover offers first, and download it."""
    page.get_by_test_id("stPopover").filter(has_text="Export").get_by_role("button").click()
    page.get_by_role("button", name=re.compile(rf"^Make .*\.{ending}$")).click()
    button = page.get_by_role("button", name=re.compile(rf"^Download .*\.{ending} \("))
    button.wait_for()
    with page.expect_download() as waiting:
        button.click()
    return waiting.value


def record_requests(page: Page) -> list[str]:
    """Messages and requests to the server from now on; call it before the page is opened."""
    sent: list[str] = []
    page.on("websocket", lambda ws: ws.on("framesent", lambda _data: sent.append("a message")))
    page.on("request", lambda request: sent.append(request.url))
    return sent
