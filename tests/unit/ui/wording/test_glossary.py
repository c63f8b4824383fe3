"""The app's glossary is the one of the documents."""

from __future__ import annotations

import re
from pathlib import Path

from ui.wording.glossary import GLOSSARY

DOCUMENT = Path(__file__).resolve().parents[4] / "docs" / "glossary.md"


def test_the_help_and_the_document_explain_the_same_words() -> None:
    table = DOCUMENT.read_text(encoding="utf-8").partition("\n## Words in the code")[0]
    rows = re.findall(r"^\| (.+) \| (.+) \|$", table.replace("*", ""), re.MULTILINE)
    assert tuple(rows[1:]) == GLOSSARY
