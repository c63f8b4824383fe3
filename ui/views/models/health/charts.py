"""Bars and histograms as HTML, drawn with the colors of the theme."""

from __future__ import annotations

import html
from collections.abc import Callable, Mapping

import numpy as np

from latent_core.types import Array
from ui.wording.text import format_number

MAX_BARS = 64
"""Of more dimensions the largest are drawn."""
MAX_LABELS = 16


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


def horizontal_bars(
    values: Mapping[str, float], text: Callable[[float], str], top: float | None = None
) -> str:
    """Bars below each other: the first is the model's, the others are baselines, in gray.

    Parameters
    ----------
    values
        Label and length of each bar.
    text
        Formats a value.
    top
        The value of a whole bar; by default the largest.
    """
    top = top or max(*values.values(), 1e-12)
    rows = "".join(
        f"<dt>{html.escape(label)}</dt><dd{' class=lh-faded' if i else ''}>"
        f'<i style="--v:{100 * value / top:.1f}%"></i>{html.escape(text(value))}</dd>'
        for i, (label, value) in enumerate(values.items())
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
