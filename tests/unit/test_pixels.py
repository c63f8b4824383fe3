"""One function makes pixels of floats, so that none wraps around."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from latent_core.types import to_uint8

ROOT = Path(__file__).resolve().parents[2]


def test_values_outside_the_range_are_clipped():
    values = np.array([-np.inf, -0.2, 0, 0.5, 1, 1.2, 300, np.inf, np.nan])
    assert to_uint8(values).tolist() == [0, 0, 0, 128, 255, 255, 255, 255, 0]
    levels = np.arange(256, dtype=np.float32) / np.float32(255)
    assert to_uint8(levels).tolist() == list(range(256))


def test_nothing_else_rounds_floats_to_bytes():
    sources = [path for part in ("latent_core", "ui") for path in (ROOT / part).rglob("*.py")]
    rounding = re.compile(r"(rint|round|\* ?255|255 ?\*).*uint8")
    found = [path.name for path in sources if rounding.search(path.read_text())]
    assert found == ["arrays.py"]
