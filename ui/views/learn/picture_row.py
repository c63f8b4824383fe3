"""A row of images with captions."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An image as a ``data:`` URL, its caption, a figure below it, and whether it is framed."""

    url: str
    caption: str
    figure: str = ""
    marked: bool = False


def draw_picture_row(title: str, pictures: Sequence[Picture], *, side_px: int = 84) -> None:
    """Draw a heading and the pictures, `side_px` pixels wide, which wrap on a narrow screen.

    Nothing is drawn without pictures.
    """
    if not pictures:
        return
    tiles = "".join(
        f'<figure class="{"marked" if one.marked else ""}">'
        f'<img src="{html.escape(one.url)}" alt="">'
        f"<figcaption>{html.escape(one.caption)}<b>{html.escape(one.figure)}</b></figcaption>"
        "</figure>"
        for one in pictures
    )
    st.html(
        f'{_STYLE}<div class="ls-learn-row" style="--side: {side_px}px">'
        f"<h3>{html.escape(title)}</h3><div>{tiles}</div></div>"
    )


_STYLE = """
<style>
  .ls-learn-row h3 { padding: 0; margin: .2rem 0 .4rem; font-size: 1rem; font-weight: 600; }
  .ls-learn-row > div { display: flex; flex-wrap: wrap; gap: .7rem .9rem; }
  .ls-learn-row figure { margin: 0; width: var(--side); }
  .ls-learn-row img { width: var(--side); height: var(--side); display: block; border-radius: 5px;
    image-rendering: pixelated; }
  .ls-learn-row .marked img { box-shadow: 0 0 0 3px var(--st-primary-color); }
  .ls-learn-row figcaption { font-size: .9rem; line-height: 1.3; padding-top: .3rem; }
  .ls-learn-row b { display: block; font-weight: 600; }
</style>"""
