"""Memory of the server after every model was opened once, on Map and on Dimensions."""

from __future__ import annotations

import tempfile
from pathlib import Path

from playwright.sync_api import Page

import latent_core as lc
from benchmarks.live import process_of
from tests.browser.driver import chromium, running_app, wait_for_map


def main() -> None:
    cards = [lc.load_card(name) for name in lc.list_models()]
    shown = [card for card in cards if card.is_available and not card.is_classifier]
    with (
        tempfile.TemporaryDirectory() as folder,
        chromium() as browser,
        running_app(Path(folder) / "cache", MALLOC_ARENA_MAX="2") as address,
    ):
        process = process_of(address)
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.set_default_timeout(120_000)
        _open(page, address)
        first, highest = resident_mb(process), 0.0
        for card in shown:
            _open(page, f"{address}/?model={card.id}")
            if card.decodes:
                page.goto(f"{address}/dimensions?model={card.id}")
                page.wait_for_selector(".ls-decoded[data-support]", timeout=120_000)
            highest = max(highest, resident_mb(process))
        page.close()
        print(
            f"memory of the server: {first:.0f} MB after the first map, at most "
            f"{highest:.0f} MB while {len(shown)} models are opened (aim 1,000 MB)"
        )


def _open(page: Page, address: str) -> None:
    page.goto(address)
    wait_for_map(page, 120)


def resident_mb(process: Path) -> float:
    status = (process / "status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1000


if __name__ == "__main__":
    main()
