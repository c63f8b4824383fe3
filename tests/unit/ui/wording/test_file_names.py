"""File names that say what is in a file."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.wording.file_names import MAX_LENGTH, joined_slugs, slug


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("7", "7"),
        ("Ankle boot", "ankle-boot"),
        ("image 1,234", "image-1234"),
        ("../../etc/passwd", "etc-passwd"),
        ("my photo.JPG", "my-photo"),
        ("7 → 3, 40%", "7-3-40"),
        ("Zoë", "zoe"),
        ("\u4e09", "image"),
        ("", "image"),
    ],
)
def test_a_label_becomes_a_part_of_a_file_name(text: str, name: str) -> None:
    assert slug(text) == name


@pytest.mark.parametrize(
    ("labels", "name"),
    [
        (["Chair", "Desk"], "chair-to-desk"),
        (["7", "3"], "7-to-3"),
        (["Trousers", "Bag"], "trousers-to-bag"),
        (["1"] * 40, "1-to-1"),
    ],
)
def test_the_ends_of_a_path_are_joined(labels: list[str], name: str) -> None:
    assert joined_slugs(labels) == name


@given(st.lists(st.text(max_size=200), min_size=2, max_size=30), st.sampled_from(["to", "and"]))
def test_every_name_is_safe_and_short(labels: list[str], between: str) -> None:
    name = joined_slugs(labels, between)
    assert re.fullmatch("[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= MAX_LENGTH
