"""The offer of a tour, beside the hint of a page."""

from __future__ import annotations

import html

_STYLE = """
<style>
  .ls-tour-offer { display: inline-flex; gap: 2px; margin-left: .4rem; vertical-align: bottom;
    white-space: nowrap; visibility: hidden; }
  .ls-tour-offer button { all: unset; box-sizing: border-box; cursor: pointer; min-width: 24px;
    height: 24px; padding: 0 .6em; border-radius: 12px; font-size: .87rem; line-height: 22px;
    text-align: center; border: 1px solid transparent; }
  .ls-tour-offer button:first-child { border-color: currentColor; }
  .ls-tour-offer button:hover { color: var(--st-primary-color); }
  .ls-tour-offer button:focus-visible { outline: 2px solid var(--st-primary-color);
    outline-offset: 2px; }
  [data-tour-offer="PAGE"] .ls-tour-offer[data-page="PAGE"] { visibility: visible; }
</style>
"""


def offer_html(page: str) -> str:
    """HTML of two buttons, *Show me around* and *No, thanks*.

    They keep their room but cannot be seen, until the browser finds that it has neither shown the
    tour of this page nor been asked not to; so nothing moves when they appear.
    """
    name = html.escape(page)
    return (
        f'{_STYLE.replace("PAGE", name)}<span class="ls-tour-offer" data-page="{name}">'
        '<button type="button" data-role="accept">Show me around</button>'
        '<button type="button" data-role="dismiss" aria-label="Do not offer this tour again"'
        ' title="Do not offer this tour again">✕</button></span>'
    )
