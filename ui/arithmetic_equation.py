"""The equation start − minus + plus = sum, as images."""

from __future__ import annotations

import html
from collections.abc import Sequence

SIGNS = ("", "−", "+", "=")


def equation_html(urls: Sequence[str], captions: Sequence[str]) -> str:
    """HTML of the images of start, minus, plus and sum with their signs.

    Parameters
    ----------
    urls
        ``data:`` URLs of the four images.
    captions
        What stands below each.
    """
    parts = [
        f"<b>{sign}</b>{figure_html(url, words)}"
        for sign, url, words in zip(SIGNS, urls, captions, strict=True)
    ]
    return f'{_STYLE}<div class="ls-sum">{"".join(parts)}</div>'


def figure_html(url: str, words: str) -> str:
    """HTML of one image with its caption."""
    return (
        f'<figure><img alt="{html.escape(words)}" src="{url}">'
        f"<figcaption>{html.escape(words)}</figcaption></figure>"
    )


_STYLE = """
<style>
  .ls-sum { display: flex; flex-wrap: wrap; align-items: center; gap: 6px 10px; }
  .ls-sum > b { font-size: 1.5rem; font-weight: 500; padding-bottom: 1.4rem; }
  .ls-sum > b:empty { display: none; }
  .ls-sum figure { margin: 0; width: 104px; }
  .ls-sum img { width: 100%; display: block; border-radius: 5px; image-rendering: pixelated; }
  .ls-sum figcaption { font-size: .87rem; line-height: 1.25; padding-top: 2px; min-height: 2.5em;
    overflow-wrap: anywhere; }
</style>
"""
