"""Each page has a tour of four to six short steps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ui.tours import TOURS
from ui.tours.offer import offer_html
from ui.tours.step import TourStep

NAVIGATION = Path(__file__).resolve().parents[3] / "ui" / "navigation.py"
MAX_WORDS = 40


def test_each_page_of_the_navigation_has_a_tour() -> None:
    pages = set(re.findall(r'PAGES / "(\w+)\.py"', NAVIGATION.read_text(encoding="utf-8")))
    assert len(pages) == 10
    assert set(TOURS) == pages | {"lesson"}


@pytest.mark.parametrize("steps", TOURS.values(), ids=TOURS)
def test_a_tour_has_four_to_six_short_steps(steps: tuple[TourStep, ...]) -> None:
    assert 4 <= len(steps) <= 6
    assert len({step.selector for step in steps}) == len(steps)
    for step in steps:
        assert len(f"{step.title} {step.text}".split()) <= MAX_WORDS
        assert len(re.findall(r"[.:!?](?: |$)", step.text)) <= 3
        assert step.text.endswith(".")


def test_the_offer_is_hidden_until_the_browser_shows_that_of_its_page() -> None:
    offer = offer_html("map")
    assert "visibility: hidden" in offer
    assert (
        '[data-tour-offer="map"] .ls-tour-offer[data-page="map"] { visibility: visible; }' in offer
    )
    assert "PAGE" not in offer
