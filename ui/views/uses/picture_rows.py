"""Rows of pictures, a column per image: what several methods make of the same images."""

from __future__ import annotations

import html
from collections.abc import Sequence

import streamlit as st

from ui.views.uses.pictures import Tile, tile_html


def draw_picture_rows(
    rows: Sequence[tuple[str, Sequence[Tile]]], *, note: str = "", side_px: int = 64
) -> None:
    """Draw rows of pictures with their titles.

    Parameters
    ----------
    rows
        A title and its pictures, as many in each row.
    note
        What is shown.
    side_px
        The least side of a picture, in CSS pixels; where a row is wider than the page, all rows
        scroll together.
    """
    body = "".join(
        f"<h2>{html.escape(title)}</h2><div>{''.join(map(tile_html, tiles))}</div>"
        for title, tiles in rows
    )
    st.html(
        f'{_STYLE}<section class="ls-rows" style="--side: {side_px}px" tabindex="0" role="region" '
        f'aria-label="Pictures"><div>{body}</div></section><p class="ls-hint">'
        f"{html.escape(note)}</p>"
    )


_STYLE = """
<style>
  .ls-rows { overflow-x: auto; }
  .ls-rows > div { min-width: min-content; max-width: 720px; padding: 0 2px 3px; }
  .ls-rows h2 { font-size: .9rem; font-weight: 600; padding: .45rem 0 .15rem; margin: 0;
    position: sticky; left: 0; width: fit-content; max-width: min(100%, 85vw); }
  .ls-rows > div > div { display: grid; grid-auto-flow: column; gap: 6px;
    grid-auto-columns: minmax(var(--side), 1fr); }
  .ls-rows figure { margin: 0; padding: 3px; border-radius: 6px; min-width: 0; }
  .ls-rows img { width: 100%; display: block; border-radius: 4px; image-rendering: pixelated; }
  .ls-rows figcaption, .ls-rows small { display: block; font-size: .87rem; line-height: 1.2;
    white-space: nowrap; overflow: hidden; text-overflow: ellipsis;
    font-variant-numeric: tabular-nums; }
  .ls-rows .ls-marked { box-shadow: 0 0 0 2px var(--st-primary-color); }
</style>
"""
