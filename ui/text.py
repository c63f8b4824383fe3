"""Text that others wrote, shown as text where Streamlit expects Markdown."""

from __future__ import annotations

import re

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
