"""Explanations that open by touch, keyboard and mouse: a button, and a popover of the browser."""

from __future__ import annotations

import html
import re

from ui.wording.glossary import meaning_of

STYLE = """
<style>
  .ls-info { all: unset; cursor: help; border-radius: 4px; min-width: 24px; min-height: 24px;
    text-decoration: underline dotted color-mix(in srgb, currentColor 45%, transparent);
    text-underline-offset: 3px; }
  .ls-hint .ls-info { display: inline-block; line-height: 24px; }
  .ls-info:hover { color: var(--st-primary-color); }
  .ls-info:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
  .ls-info-text[popover] { max-width: min(24rem, calc(100vw - 3rem)); padding: .7rem .9rem;
    border: 1px solid var(--st-border-color); border-radius: 8px; text-align: left;
    white-space: normal; font: 400 .93rem/1.4 var(--st-font, inherit); color: var(--st-text-color);
    background: var(--st-background-color); box-shadow: 0 6px 22px rgb(0 0 0 / .22); }
  @supports (position-area: bottom) {
    .ls-info-text[popover] { margin: 4px 0; inset: auto; position-area: bottom;
      position-try-fallbacks: flip-block, bottom span-left, bottom span-right; }
  }
</style>
"""


def info_html(identifier: str, words: str, text: str) -> str:
    """HTML of a button with these `words` that opens `text`.

    Parameters
    ----------
    identifier
        Unique on the page; letters, digits and hyphens.
    """
    return (
        f'<button type="button" class="ls-info" popovertarget="info-{identifier}">'
        f"{html.escape(words)}</button>"
        f'<span popover class="ls-info-text" id="info-{identifier}">{html.escape(text)}</span>'
    )


def with_meanings(text: str) -> str:
    """`text` as HTML in which each ``[word|glossary word]`` opens its meaning.

    ``[word]`` is short for ``[word|word]``.
    """

    def button(found: re.Match[str]) -> str:
        words, _, term = found[1].partition("|")
        return info_html(re.sub(r"\W+", "-", words), words, meaning_of(term or words))

    return re.sub(r"\[([^\]]+)\]", button, text)
