"""Bars and histograms as HTML, drawn with the colors of the theme."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from latent_core.types import Array
from ui.text import format_number

MAX_BARS = 64
"""Of more dimensions the largest are drawn."""
MAX_LABELS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A labelled horizontal bar.

    Parameters
    ----------
    label, text
        What it is, and its value as text.
    value
        Its length, from 0.
    is_baseline
        Whether it is drawn in gray, as something to compare with.
    """

    label: str
    text: str
    value: float
    is_baseline: bool = False


def figure(title: str, chart: str, caption: str) -> str:
    """A chart with a title, which is HTML, and a caption, which is text."""
    return (
        f"<figure><h3>{title}</h3>{chart}<figcaption>{html.escape(caption)}</figcaption></figure>"
    )


def dimension_bars(
    values: Array, *, faded: Array | None = None, line: float | None = None, digits: int = 2
) -> str:
    """One vertical bar per latent dimension, and a dashed line at a baseline.

    Parameters
    ----------
    values
        ``(D,)``, not negative.
    faded
        ``(D,)`` bool, which bars are drawn in gray.
    line
        The baseline.
    digits
        After the point.
    """
    shown = np.arange(len(values))
    if len(values) > MAX_BARS:
        shown = np.sort(np.argsort(-values)[:MAX_BARS])
    top = max(float(values.max()), line or 0.0, 1e-12)
    every = -(-len(shown) // MAX_LABELS)
    bars = "".join(
        _vertical(int(d), values, top, faded is not None and bool(faded[d]), digits, i % every == 0)
        for i, d in enumerate(shown)
    )
    mark = "" if line is None else f'<b style="bottom:{100 * line / top:.1f}%"></b>'
    return (
        f'<div class="lh-plot"><span class="lh-top">{format_number(top, digits)}</span>'
        f'<div class="lh-bars">{bars}{mark}</div></div>'
    )


def _vertical(d: int, values: Array, top: float, faded: bool, digits: int, labelled: bool) -> str:
    value = float(values[d])
    text = f"z{d + 1}: {format_number(value, digits)}"
    mark = ' class="lh-faded"' if faded else ""
    label = f"<small>{d + 1}</small>" if labelled else ""
    return f'<i{mark} style="--v:{100 * max(value, 0) / top:.1f}%" title="{text}">{label}</i>'


def horizontal_bars(bars: Sequence[Bar]) -> str:
    """Bars below each other, on one scale that begins at 0."""
    top = max(*(bar.value for bar in bars), 1e-12)
    rows = "".join(
        f"<dt>{html.escape(bar.label)}</dt>"
        f"<dd{' class=lh-faded' if bar.is_baseline else ''}>"
        f'<i style="--v:{100 * bar.value / top:.1f}%"></i>{html.escape(bar.text)}</dd>'
        for bar in bars
    )
    return f'<dl class="lh-rows">{rows}</dl>'


def histogram(edges: Array, values: Array, curve: Array | None = None, *, digits: int = 1) -> str:
    """A histogram ``(B,)``, and a curve of the same bins behind it, in gray."""
    top = max(float(values.max()), 0.0 if curve is None else float(curve.max()), 1e-12)
    bars = "".join(f'<i style="--v:{100 * value / top:.1f}%"></i>' for value in values)
    behind = "" if curve is None else f'<em style="clip-path:{_polygon(curve / top)}"></em>'
    ends = "".join(
        f"<span>{format_number(float(edges[i]), digits)}</span>" for i in (0, len(values) // 2, -1)
    )
    return f'<div class="lh-histogram">{behind}{bars}</div><div class="lh-ends">{ends}</div>'


def _polygon(heights: Array) -> str:
    """The area under a curve, given at the middles of equal bins, in percent of the box."""
    x = (np.arange(len(heights)) + 0.5) / len(heights)
    points = [(0.0, 0.0), *zip(x, heights, strict=True), (1.0, 0.0)]
    inner = ",".join(f"{100 * a:.2f}% {100 - 100 * b:.2f}%" for a, b in points)
    return f"polygon({inner})"
