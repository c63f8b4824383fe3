"""The tables of metrics in ``docs/models.md``, from the cards.

``python -m docs.make_tables`` writes it; a test compares the document with the cards.
"""

from __future__ import annotations

import re
from pathlib import Path

from latent_core.cli import model_table

DOCUMENT = Path(__file__).resolve().parent / "models.md"
_TABLE = re.compile(r"(?<=<!-- metrics -->\n\n).*?(?=\n\n<!-- end of metrics -->)", re.DOTALL)


def with_current_table(document: str) -> str:
    """`document` with its tables replaced by the current ones."""
    return _TABLE.sub(lambda _: model_table(), document)


def main() -> None:
    """Rewrite the document."""
    text = with_current_table(DOCUMENT.read_text(encoding="utf-8"))
    DOCUMENT.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
