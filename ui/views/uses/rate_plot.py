"""The plot of image quality by the bytes of an image: lines of codecs, and single points."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import streamlit as st

MARKS = ("ls-1", "ls-2", "ls-3", "ls-4", "ls-5")
"""Color and shape of a series: the first is that of the model."""
WIDTH_PX, HEIGHT_PX = 560, 260
"""About the size of the plot, which the thickness of its lines is computed for."""
LABEL_PX = 17
"""From a point to the middle of its name."""
Point = tuple[float, float]
MANTISSAS = (1, 3)
"""Ticks are these, times powers of ten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One line of the plot, with a mark at each point.

    Parameters
    ----------
    x, y
        As many numbers; x positive.
    labels
        A name for each point that gets one; empty for none.
    """

    name: str
    x: Sequence[float]
    y: Sequence[float]
    labels: Sequence[str] = ()


def draw_rate_plot(
    series: Sequence[Series], *, x_title: str, y_title: str, y_ticks: Sequence[float]
) -> None:
    """Draw series over a logarithmic axis.

    Parameters
    ----------
    x_title, y_title
        What the axes are.
    y_ticks
        Increasing; the first and the last are the limits of the axis.
    """
    x_all = [x for line in series for x in line.x]
    low, high = math.log(min(x_all)) - 0.1, math.log(max(x_all)) + 0.1

    def left(x: float) -> float:
        return 100 * (math.log(x) - low) / (high - low)

    def bottom(y: float) -> float:
        return float(np.clip(100 * (y - y_ticks[0]) / (y_ticks[-1] - y_ticks[0]), 0, 100))

    grid = "".join(
        f'<i class="ls-grid" style="bottom:{bottom(t):.2f}%"><b>{t:g}</b></i>' for t in y_ticks
    )
    below = "".join(
        f'<b class="ls-count" style="left:{left(x):.2f}%">{x:,}</b>'
        for x in _byte_ticks(math.exp(low), math.exp(high))
    )
    places = [
        [(left(x), bottom(y)) for x, y in zip(line.x, line.y, strict=True)] for line in series
    ]
    lines = "".join(
        _line(points, line.labels, kind, [point for own in places for point in own])
        for points, line, kind in zip(places, series, MARKS, strict=False)
    )
    legend = "".join(
        f'<span class="{kind}"><i></i>{html.escape(line.name)}</span>'
        for line, kind in zip(series, MARKS, strict=False)
    )
    st.html(
        f'{_STYLE}<figure class="ls-rate"><figcaption>{legend}</figcaption>'
        f'<p class="ls-y">{html.escape(y_title)}</p><div>{grid}{lines}{below}</div>'
        f"<p>{html.escape(x_title)}</p></figure>"
    )


def _byte_ticks(low: float, high: float) -> list[int]:
    powers = range(int(math.log10(low)) - 1, int(math.log10(high)) + 2)
    ticks = [int(m * 10**power) for power in powers if power >= 0 for m in MANTISSAS]
    return [tick for tick in ticks if low <= tick <= high]


def _line(points: Sequence[Point], labels: Sequence[str], kind: str, of_all: list[Point]) -> str:
    """Marks at points in percent, joined; the named ones stand alone."""
    names = list(labels) or [""] * len(points)
    joined = [point for point, name in zip(points, names, strict=True) if not name]
    marks = "".join(
        f'<i style="left:{x:.2f}%;bottom:{y:.2f}%"></i>'
        + (_label(name, (x, y), of_all) * bool(name))
        for (x, y), name in zip(points, names, strict=True)
    )
    segments = "".join(_segment(a, b) for a, b in pairwise(joined))
    return f'<span class="{kind}">{segments}{marks}</span>'


def _label(name: str, point: Point, of_all: list[Point]) -> str:
    """A name above or below its point, where other points are farther."""

    def room(up_px: float) -> float:
        others = [other for other in of_all if other != point]
        offsets = [
            ((x - point[0]) / 100 * WIDTH_PX, (y - point[1]) / 100 * HEIGHT_PX - up_px)
            for x, y in others
        ]
        return min((math.hypot(*offset) for offset in offsets), default=0.0)

    side = "ls-above" if room(LABEL_PX) >= room(-LABEL_PX) else "ls-below"
    place = f"left:{point[0]:.2f}%;bottom:{point[1]:.2f}%"
    return f'<b class="{side}" style="{place}">{html.escape(name)}</b>'


def _segment(a: Point, b: Point) -> str:
    """A line between two points as a clipped box: HTML that is sanitized has no SVG."""
    dx, dy = (b[0] - a[0]) * WIDTH_PX, (b[1] - a[1]) * HEIGHT_PX
    length = math.hypot(dx, dy) or 1.0
    nx, ny = 0.9 * dy / length, 0.9 * dx / length
    corners = [(a, 1), (b, 1), (b, -1), (a, -1)]
    polygon = ",".join(
        f"calc({x:.2f}% + {-side * nx:.2f}px) calc({100 - y:.2f}% + {-side * ny:.2f}px)"
        for (x, y), side in corners
    )
    return f'<s style="clip-path:polygon({polygon})"></s>'


_STYLE = """
<style>
  .ls-rate { margin: 0; max-width: 680px; font-size: .87rem; }
  .ls-rate > div { position: relative; height: 260px; margin: .5rem 1rem 1.7rem 3rem; }
  .ls-rate > p { text-align: center; margin: 0; font-size: .87rem; }
  .ls-rate > .ls-y { text-align: left; padding-top: .5rem; }
  .ls-rate b { position: absolute; font-weight: 400; white-space: nowrap; }
  .ls-rate .ls-grid { position: absolute; left: 0; right: 0; height: 0;
    border-top: 1px solid var(--st-border-color, #8884); }
  .ls-rate .ls-grid b { right: calc(100% + .4rem); top: -.7em; font-style: normal; }
  .ls-rate .ls-count { top: calc(100% + .25rem); transform: translateX(-50%); }
  .ls-rate > div > span { position: absolute; inset: 0; }
  .ls-rate s { position: absolute; inset: 0; background: currentColor; }
  .ls-rate > div > span > b { color: var(--st-text-color, inherit); }
  .ls-rate .ls-above { transform: translate(-50%, -.45rem); }
  .ls-rate .ls-below { transform: translate(-50%, 1.75rem); }
  .ls-rate span > i { position: absolute; width: 9px; height: 9px; margin: 0 0 -4.5px -4.5px;
    border: 2px solid; box-sizing: border-box; background: var(--st-background-color, Canvas); }
  .ls-rate .ls-1 { color: var(--st-primary-color); }
  .ls-rate .ls-1 > i { background: currentColor; border-radius: 50%; }
  .ls-rate .ls-2 > i { background: currentColor; }
  .ls-rate .ls-3 { color: light-dark(#b4530f, #f0a05a); }
  .ls-rate .ls-3 > i { border-radius: 50%; }
  .ls-rate .ls-4 { color: light-dark(#6b4fb3, #b79df0); }
  .ls-rate .ls-5 { color: light-dark(#a1356b, #f08fc0); }
  .ls-rate .ls-5 > i { transform: rotate(45deg); }
  .ls-rate figcaption { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; }
  .ls-rate figcaption span { display: inline-flex; align-items: center; gap: .5rem; }
  .ls-rate figcaption span > i { position: static; margin: 0; }
</style>
"""
