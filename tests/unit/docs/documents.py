"""The Markdown documents that the tests of this package read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[3]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
COMPILE_ONLY = ("<!-- needs training data -->", "<!-- needs a model -->")
_BLOCK = re.compile(
    r"(?:(?P<mark><!--.*?-->)\n)?```python\n(?P<code>.*?)```(?:\n\n```text\n(?P<output>.*?)```)?",
    re.DOTALL,
)
_FENCED = re.compile(r"^```.*?^```", re.DOTALL | re.MULTILINE)


class CodeBlock(NamedTuple):
    """A Python block of a document; `runs` unless it is marked as needing what is not here.

    `output` is the text block after it: what it prints; None without one.
    """

    line: int
    code: str
    runs: bool
    output: str | None


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def prose_of(name: str) -> str:
    """The document without its fenced blocks."""
    return _FENCED.sub("", text_of(name))


def code_blocks(name: str) -> list[CodeBlock]:
    text = text_of(name)
    return [
        CodeBlock(
            line=text.count("\n", 0, match.start("code")) + 1,
            code=match["code"],
            runs=match["mark"] not in COMPILE_ONLY,
            output=match["output"],
        )
        for match in _BLOCK.finditer(text)
    ]
