"""Contrast and distinguishability of the colors of the classes on the map."""

from __future__ import annotations

import itertools
import re
from pathlib import Path

import numpy as np
import pytest

from ui.components import assets
from ui.components.map_types import MAX_COLORED

JS = Path(assets.__file__).parents[1] / "frontend"
# Machado, Oliveira & Fernandes (2009), severity 1, on linear RGB; OKLab by B. Ottosson (2020).


def table(text: str) -> np.ndarray:
    return np.array(text.split(), float).reshape(3, 3)


SEEN_BY = {
    "everyone": np.eye(3),
    "protanopia": table(
        """0.152286 1.052583 -0.204868
           0.114503 0.786281 0.099216
           -0.003882 -0.048116 1.051998"""
    ),
    "deuteranopia": table(
        """0.367322 0.860646 -0.227968
           0.280085 0.672501 0.047413
           -0.011820 0.042940 0.968881"""
    ),
    "tritanopia": table(
        """1.255528 -0.076749 -0.178779
           -0.078411 0.930809 0.147602
           0.004733 0.691367 0.303900"""
    ),
}
TO_CONES = table(
    """0.4122214708 0.5363325363 0.0514459929
       0.2119034982 0.6806995451 0.1073969566
       0.0883024619 0.2817188376 0.6299787005"""
)
TO_LAB = table(
    """0.2104542553 0.7936177850 -0.0040720468
       1.9779984951 -2.4285922050 0.4505937099
       0.0259040371 0.7827717662 -0.8086757660"""
)


def palette(tone: str) -> list[str]:
    found = re.search(rf"{tone}: \[([^\]]+)\]", (JS / "widgets/palette.js").read_text())
    assert found
    return re.findall(r"#[0-9a-f]{6}", found[1])


def linear(color: str) -> np.ndarray:
    rgb = np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


@pytest.mark.parametrize("tone", ["light", "dark"])
@pytest.mark.parametrize("seen_by", SEEN_BY)
def test_classes_stay_apart_for_the_colour_blind(tone: str, seen_by: str) -> None:
    colours = [np.clip(SEEN_BY[seen_by] @ linear(c), 0, 1) for c in palette(tone)]
    lab = [TO_LAB @ np.cbrt(TO_CONES @ color) for color in colours]
    least = min(np.linalg.norm(a - b) for a, b in itertools.combinations(lab, 2))
    assert len(lab) == MAX_COLORED
    assert 100 * least > (11.8 if seen_by == "everyone" else 9.3)


@pytest.mark.parametrize(
    ("tone", "ground", "least"), [("light", "#fcfbf9", 1.88), ("dark", "#14171a", 2.99)]
)
def test_classes_stand_out_from_the_page(tone: str, ground: str, least: float) -> None:
    weights = np.array([0.2126, 0.7152, 0.0722])
    for color in palette(tone):
        low, high = sorted([linear(color) @ weights, linear(ground) @ weights])
        assert (high + 0.05) / (low + 0.05) > least


@pytest.mark.parametrize(("tone", "ground"), [("light", "#fcfbf9"), ("dark", "#14171a")])
def test_the_gray_of_other_classes_stands_out_and_is_no_class_color(tone: str, ground: str) -> None:
    text = (JS / "widgets/palette.js").read_text()
    found = re.search(rf'GRAY = .*{tone}: "(#[0-9a-f]{{6}})"', text)
    assert found
    weights = np.array([0.2126, 0.7152, 0.0722])
    low, high = sorted([linear(found[1]) @ weights, linear(ground) @ weights])
    assert (high + 0.05) / (low + 0.05) > 3
    gray = TO_LAB @ np.cbrt(TO_CONES @ linear(found[1]))
    others = [TO_LAB @ np.cbrt(TO_CONES @ linear(color)) for color in palette(tone)]
    assert 100 * min(np.linalg.norm(gray - other) for other in others) > 5
