"""No style sheet makes text smaller than 13 pixels, of which a page's root has 15."""

from __future__ import annotations

import re
from pathlib import Path

UI = Path(__file__).resolve().parents[3] / "ui"
MIN_REM = 0.87
SIZE = re.compile(r"font-size:\s*(\d*\.?\d+)rem")


def too_small(source: str) -> list[str]:
    return [size for size in SIZE.findall(source) if float(size) < MIN_REM]


def test_no_text_is_smaller_than_can_be_read() -> None:
    files = [path for kind in ("py", "js") for path in UI.rglob(f"*.{kind}")]
    found = {str(path.relative_to(UI)): too_small(path.read_text()) for path in files}
    assert len(files) > 100
    assert {name: sizes for name, sizes in found.items() if sizes} == {}


def test_small_sizes_are_found() -> None:
    assert too_small("a { font-size: .82rem } b { font-size: 0.87rem } c { font-size: 1rem }") == [
        ".82"
    ]
