"""Contact sheets and rows of images, or of words where there are no images."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from latent_core.types import Dataset, Floats
from ui.images import data_url

SMALL_SIDE = 32
"""Images up to this size are enlarged without interpolation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One picture of a sheet: an image as a ``data:`` URL or a word, its caption and a figure.

    Parameters
    ----------
    picture
        Empty for a sample without an image.
    marked
        Whether it is framed.
    """

    picture: str = ""
    caption: str = ""
    figure: str = ""
    marked: bool = False


def sample_tiles(
    data: Dataset, indices: NDArray[np.int64], figures: Sequence[str] = ()
) -> list[Tile]:
    """The samples `indices` of a data set, with their labels."""
    texts = list(figures) or [""] * len(indices)
    if data.precomputed is not None:
        names = [data.label(int(i)) or f"{data.sample_noun} {i:,}" for i in indices]
        return [Tile(caption=n, figure=text) for n, text in zip(names, texts, strict=True)]
    names = [data.label(int(i)) for i in indices]
    return image_tiles(data.images(indices), names, texts)


def image_tiles(
    images: Floats, captions: Sequence[str] = (), figures: Sequence[str] = ()
) -> list[Tile]:
    """Images ``(N, C, H, W)`` with captions."""
    names, texts = list(captions) or [""] * len(images), list(figures) or [""] * len(images)
    return [
        Tile(picture=data_url(image), caption=name, figure=text)
        for image, name, text in zip(images, names, texts, strict=True)
    ]


def draw_sheet(title: str, tiles: Sequence[Tile], *, side_px: int = 64, note: str = "") -> None:
    """Draw pictures under a heading.

    Parameters
    ----------
    side_px
        Of a picture, in CSS pixels.
    """
    st.html(_STYLE + sheet_html(title, tiles, side_px=side_px, note=note))


def sheet_html(title: str, tiles: Sequence[Tile], *, side_px: int = 64, note: str = "") -> str:
    """A sheet as HTML, for a page that has its style."""
    head = f"<h2>{html.escape(title)}</h2>" if title else ""
    below = f'<p class="ls-hint">{html.escape(note)}</p>' if note else ""
    return (
        f'<section class="ls-sheet" style="--side: {side_px}px">{head}'
        f"<div>{''.join(map(tile_html, tiles))}</div>{below}</section>"
    )


def draw_sheets(sheets: Sequence[str]) -> None:
    """Draw several sheets, each the HTML of one, below each other."""
    st.html(_STYLE + "".join(sheets))


def tile_html(tile: Tile) -> str:
    """A picture with its caption as HTML, for a sheet that has its style."""
    words = " ".join(part for part in (tile.caption, tile.figure) if part)
    picture = f'<img src="{tile.picture}" alt="{html.escape(words)}">' if tile.picture else ""
    caption = html.escape(tile.caption)
    figure = f"<small>{html.escape(tile.figure)}</small>" if tile.figure else ""
    below = f"<figcaption>{caption}{figure}</figcaption>" if words else ""
    mark = ' class="ls-marked"' if tile.marked else ""
    return f"<figure{mark}>{picture}{below}</figure>"


_STYLE = """
<style>
  .ls-sheet h2 { font-size: .95rem; font-weight: 600; padding: .6rem 0 .35rem; margin: 0; }
  .ls-sheet > div { display: grid; gap: 8px;
    grid-template-columns: repeat(auto-fill, minmax(var(--side), 1fr)); }
  .ls-sheet figure { margin: 0; width: 100%; max-width: calc(1.5 * var(--side)); padding: 3px;
    border-radius: 6px; min-width: 0; }
  .ls-sheet img { width: 100%; display: block; border-radius: 4px; image-rendering: pixelated; }
  .ls-sheet figcaption { font-size: .87rem; line-height: 1.25; padding-top: 2px;
    overflow-wrap: anywhere; }
  .ls-sheet small { display: block; font-size: .87rem; opacity: .75;
    font-variant-numeric: tabular-nums; }
  .ls-sheet .ls-marked { box-shadow: 0 0 0 2px var(--st-primary-color); }
</style>
"""
