"""Text that others wrote, shown as text where Streamlit expects Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SYNTAX = re.compile(r"[\\`*_\[\]<>$~&|]|^[#+=-]|(?<=^\d)[.)]|(?<=^\d\d)[.)]")
_BETWEEN = re.compile(r"(?<=:)(?=\S)|(?<=@)(?=\w)|(?<=\bwww)(?=\.)|(?<=-)(?=[->])", re.IGNORECASE)
_WORD_JOINER = "\u2060"


def escape_markdown(text: str) -> str:
    r"""`text` as Markdown that is shown as `text`, in one paragraph.

    Nothing in it becomes a link, an image, a formula, an icon or other formatting.  Addresses,
    icons and arrows are recognized after escapes are resolved, so an invisible word joiner
    separates their parts.

    Examples
    --------
    >>> print(escape_markdown("[*sign in*](x)"))
    \[\*sign in\*\](x)
    >>> escape_markdown("http://example.org")
    'http:\u2060//example.org'
    """
    words = " ".join(text.split())
    return _SYNTAX.sub(lambda found: f"\\{found[0]}", _BETWEEN.sub(_WORD_JOINER, words))


def format_number(value: float, digits: int = 2, *, signed: bool = False) -> str:
    """`value` with a true minus sign; what rounds to zero has none.

    Examples
    --------
    >>> format_number(-1.5, 1), format_number(-0.004), format_number(0.26, 1, signed=True)
    ('−1.5', '0.00', '+0.3')
    """
    nearest = round(float(value), digits) + 0.0  # −0.0 + 0.0 is 0.0
    return f"{nearest:{'+' if signed else ''}.{digits}f}".replace("-", "−")


def as_list(sentences: Sequence[str]) -> str:
    """Sentences as a Markdown list, or one of them as it is; all escaped."""
    bullet = "- " if len(sentences) > 1 else ""
    return "\n".join(f"{bullet}{escape_markdown(sentence)}" for sentence in sentences)
