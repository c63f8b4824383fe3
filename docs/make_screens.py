"""Screenshots of every page, taken from the running app.

``python -m docs.make_screens`` writes WebP files into ``docs/screens/``: each page on a laptop and
on a phone.  With ``--all --to FOLDER`` every page is taken at three sizes, in both themes, and in
presenter mode, to be looked at.
"""

from __future__ import annotations

import argparse
import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page

from tests.browser.driver import (
    TOURS_SEEN,
    chromium,
    eventually,
    running_app,
    wait_until_idle,
)

SCREENS = Path(__file__).resolve().parent / "screens"
QUALITY = 72
READY_MS = 180_000
WAITING = ".ls-decoder-status[data-mode=loading], [class*=st-key-wait-stop]"
"""A decoder that is being loaded, or a button that stops a computation."""
DRAWN_MAP = '.ls-map[data-ready="true"]'
PAGES = {
    "lesson": ("learn?lesson=picture-to-code&step=3", ".ls-learn-steps"),
    "learn": ("learn", ".st-key-learn-overview button"),
    "map": ("?model=digits-vae-16&data=digits&sample=3", DRAWN_MAP),
    "encode": ("encode?model=faces-vae-32&data=faces", ".ls-examples img, .ls-pipeline"),
    "morph": ("morph?model=furniture-vae-8&data=furniture", DRAWN_MAP),
    "dimensions": ("dimensions?model=faces-vae-32&data=faces", ".ls-preview[data-code]"),
    "samples": ("samples?model=faces-vae-32&data=faces", '.ls-samples-tile[data-decoded="true"]'),
    "uses": ("uses?model=digits-vae-16&data=digits&use=clusters", ".ls-sheet img"),
    "models": ("models?data=digits", ".ls-models section"),
    "health": ("models?data=digits&health=digits-vae-16", ".lh-figures"),
    "compare": ("compare?model=digits-vae-2&data=digits&model_b=digits-vae-16", ".ls-pair"),
    "open": ("open", '[data-testid="stFileUploader"]'),
}


@dataclass(frozen=True)
class Screen:
    """A window, its theme, and whether the page fits a projector."""

    name: str
    width: int
    height: int
    dark: bool = False
    presenting: bool = False


LAPTOP = Screen("laptop", 1280, 720)
PHONE = Screen("phone", 390, 844, dark=True)
SIZES = (("laptop", 1280, 720), ("desktop", 1920, 1080), ("phone", 390, 844))


def all_screens() -> Iterator[Screen]:
    """Every size in both themes, and presenter mode."""
    for name, width, height in SIZES:
        yield Screen(f"{name}-light", width, height)
        yield Screen(f"{name}-dark", width, height, dark=True)
    yield Screen("presenter", 1920, 1080, presenting=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "pages", nargs="*", choices=[*PAGES, []], metavar="PAGE", help="default: all pages"
    )
    parser.add_argument("--all", action="store_true", help="all sizes, themes and presenter mode")
    parser.add_argument("--to", type=Path, default=SCREENS, help="the folder to write to")
    arguments = parser.parse_args()
    arguments.to.mkdir(parents=True, exist_ok=True)
    screens = list(all_screens()) if arguments.all else [LAPTOP, PHONE]
    with (
        tempfile.TemporaryDirectory() as folder,
        running_app(Path(folder) / "cache") as address,
        chromium() as browser,
    ):
        for page in arguments.pages or PAGES:
            for screen in screens:
                path = arguments.to / f"{page}-{screen.name}.webp"
                take(browser, address, page, screen, path)
                print(path)


def take(browser: Browser, address: str, name: str, screen: Screen, path: Path) -> None:
    """Open a page, wait until it is drawn, and save a screenshot."""
    context = browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        color_scheme="dark" if screen.dark else "light",
    )
    query, drawn = PAGES[name]
    present = ("&" if "?" in query else "?") + "presenter=1" if screen.presenting else ""
    page = context.new_page()
    page.add_init_script(TOURS_SEEN)
    page.goto(f"{address}/{query}{present}")
    page.wait_for_selector(drawn, timeout=READY_MS)
    _wait_until_quiet(page)
    Image.open(io.BytesIO(page.screenshot())).save(path, quality=QUALITY, method=6)
    context.close()


def _wait_until_quiet(page: Page) -> None:
    """Wait until two screenshots in a row are the same: maps are drawn, images decoded."""
    page.wait_for_function(
        "selector => !document.querySelector(selector)", arg=WAITING, timeout=READY_MS
    )
    wait_until_idle(page)
    last = b""

    def is_unchanged() -> bool:
        nonlocal last
        before, last = last, page.screenshot()
        return before == last

    eventually(is_unchanged, page=page, timeout_s=READY_MS / 1000)


if __name__ == "__main__":
    main()
