"""Two visitors: the long work of one neither delays the other nor outlives its tab."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.driver import (
    MAP,
    click_sample,
    eventually,
    go_to_page,
    wait_for_map,
    wait_until_still,
)
from tests.browser.morph_page import wait_for_query

pytestmark = pytest.mark.browser
LONG_MAP = "?params=%7B%22perplexity%22%3A{}%7D"
"""t-SNE of 10,000 codes with a perplexity that is not in the cache: minutes on two cores."""
END_S = 10
"""How long the work of a closed tab may go on."""


@pytest.fixture
def visitors(browser: Browser) -> Iterator[tuple[Page, Page]]:
    """A page each of two visitors."""
    contexts = [browser.new_context(viewport={"width": 1280, "height": 800}) for _ in range(2)]
    first, second = (context.new_page() for context in contexts)
    yield first, second
    for context in contexts:
        context.close()


def stop_button(page: Page):
    return page.locator(".st-key-map-stop button")


def running_maps(address: str) -> list[int]:
    """Ids of the processes that compute maps for the server at `address`."""
    port = str(urlsplit(address).port)
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            command = (folder / "cmdline").read_bytes().decode().split("\0")
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
            server = (Path("/proc") / parent / "cmdline").read_bytes().decode().split("\0")
        except OSError:
            continue  # it has ended
        if "ui.background.map_processes" in command and port in server:
            found.append(int(folder.name))
    return found


def wait_until_none_runs(address: str) -> float:
    """Seconds until no process computes a map."""
    start = time.monotonic()
    eventually(lambda: not running_maps(address), timeout_s=END_S)
    return time.monotonic() - start


def test_a_click_is_answered_while_another_visitor_computes_a_map(
    visitors: tuple[Page, Page], address: str
) -> None:
    ann, bob = visitors
    bob.goto(f"{address}/?method=pca")
    wait_for_map(bob, 90)
    ann.goto(f"{address}/{LONG_MAP.format(251)}")
    expect(stop_button(ann)).to_be_visible(timeout=90_000)
    wait_until_still(bob)
    for index in (0, 100, 200):
        hit = bob.evaluate(
            f"i => {{ const {{x, y}} = {MAP}.screenOf(i); return {MAP}.hit(x, y); }}", index
        )
        click_sample(bob, index)
        expect(bob.locator(".ls-inspector")).to_have_attribute("data-id", str(hit))
        wait_for_query(bob, "sample", str(hit))  # which the server writes when it has answered
    assert stop_button(ann).is_visible(), "the map was being computed all the time"
    assert running_maps(address)


def test_the_work_of_a_closed_tab_ends(visitors: tuple[Page, Page], address: str) -> None:
    ann, _bob = visitors
    ann.goto(f"{address}/{LONG_MAP.format(252)}")
    expect(stop_button(ann)).to_be_visible(timeout=90_000)
    assert running_maps(address)
    ann.close()
    assert wait_until_none_runs(address) < END_S


def test_another_page_ends_the_work_too(visitors: tuple[Page, Page], address: str) -> None:
    ann, _bob = visitors
    ann.goto(f"{address}/{LONG_MAP.format(253)}")
    expect(stop_button(ann)).to_be_visible(timeout=90_000)
    go_to_page(ann, "Models")
    expect(stop_button(ann)).to_have_count(0)
    assert wait_until_none_runs(address) < END_S
