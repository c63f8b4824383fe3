"""What is in view on the Map page: its height, and what is drawn around and over the points."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.driver import wait_for_map

pytestmark = pytest.mark.browser
MAP = "document.querySelector('.ls-map').__testHooks"


def show(page: Page, address: str, query: str = "") -> None:
    page.goto(f"{address}/{query}")
    wait_for_map(page, 90)


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_map_and_legend_end_just_above_the_tray(
    page: Page, address: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    show(page, address, "?method=pca")
    page.wait_for_function(
        """() => {
          const tops = [...document.querySelectorAll('.st-key-frame-tray')]
            .map((node) => node.getBoundingClientRect().top);
          const space = Math.min(...tops)
            - document.querySelector('.ls-map-foot').getBoundingClientRect().bottom;
          return space >= 0 && space < 24;
        }"""
    )
