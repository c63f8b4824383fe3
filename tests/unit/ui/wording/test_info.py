"""Words that open their meaning, and numbers as text."""

from __future__ import annotations

import re

import pytest

from ui.wording.glossary import GLOSSARY, meaning_of
from ui.wording.info import with_meanings
from ui.wording.text import format_number


def test_a_word_opens_its_meaning_in_the_glossary() -> None:
    shown = with_meanings("the [Reconstructions|reconstruction] of a [decoder]")
    targets = re.findall(r'popovertarget="([^"]+)"', shown)
    assert targets == re.findall(r'popover class="[^"]+" id="([^"]+)"', shown)
    assert re.findall(r"<button[^>]*>([^<]+)<", shown) == ["Reconstructions", "decoder"]
    assert meaning_of("reconstruction").split("'")[0] in shown


def test_every_word_of_an_entry_has_its_meaning() -> None:
    assert meaning_of("spherical") == meaning_of("geodesic")
    assert meaning_of("latent code") == meaning_of("code") == GLOSSARY[0][1]
    with pytest.raises(KeyError):
        meaning_of("no such word")


@pytest.mark.parametrize("value", [-0.0, -0.004, 0.0])
def test_nothing_is_minus_zero(value: float) -> None:
    assert format_number(value) == "0.00"
