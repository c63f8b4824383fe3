"""The page about what lies between, looked at as a person does: by the pixels on the screen."""

from __future__ import annotations

import numpy as np
from playwright.sync_api import Page

import latent_core as lc

MODEL, DATA = "digits-vae-16", "digits"


class Truth:
    """What the library says should be seen."""

    def __init__(self) -> None:
        self.model, self.data = lc.load_model(MODEL), lc.load_dataset(DATA)
        self.codes = lc.encode(self.model, self.data).mean

    def seen(self, codes: np.ndarray) -> np.ndarray:
        """Bytes ``(N, H, W)`` of what codes ``(N, D)`` decode to."""
        return as_bytes(self.model.decode(codes))[:, 0]


def as_bytes(images: np.ndarray) -> np.ndarray:
    return np.rint(images * 255).astype(int)


def show(page: Page, address: str, query: str) -> None:
    page.goto(f"{address}/{query}")
    page.wait_for_selector(".ls-morph[data-ready]", timeout=150_000)  # a cold server
    page.wait_for_function(
        "document.querySelector('.ls-decoder-status')?.dataset.mode !== 'loading'"
    )


def picture(
    page: Page, selector: str = ".ls-morph .ls-decoded canvas", side: int = 28
) -> np.ndarray:
    """The grey pixels ``(side, side)`` that a canvas shows, once the decoder rests."""
    page.wait_for_function(
        "() => { const { frames, latest } = document.querySelector('.ls-morph').__testHooks;"
        " return (frames?.latest ?? latest).idle; }"
    )
    page.wait_for_timeout(80)
    width, data = page.eval_on_selector(
        selector,
        """node => [node.width, Array.from(
        node.getContext('2d').getImageData(0, 0, node.width, node.height).data)]""",
    )
    pixels = np.array(data, np.uint8).reshape(-1, width, 4)
    step = width // side
    assert width == step * side, "each pixel is a whole number of screen pixels"
    return pixels[step // 2 :: step, step // 2 :: step, 0].astype(int)


def assert_seen(
    page: Page, wanted: np.ndarray, selector: str = ".ls-morph .ls-decoded canvas"
) -> None:
    """The picture comes to be the wanted one, to within one level of brightness."""
    for _ in range(50):
        off = np.abs(picture(page, selector) - wanted).max()
        if off <= 1:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"the picture is off by up to {off} levels")


def told(page: Page, name: str, value: str) -> None:
    """Wait until the address says so: Python knows."""
    page.wait_for_function(
        "([name, value]) => new URL(location).searchParams.get(name) === value", arg=[name, value]
    )


def traffic(page: Page) -> list[str]:
    """What is sent to the server from now on; to be called before the page is opened."""
    sent: list[str] = []
    page.on("websocket", lambda ws: ws.on("framesent", lambda _data: sent.append("a message")))
    page.on("request", lambda request: sent.append(request.url))
    return sent
