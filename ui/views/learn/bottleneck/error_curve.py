"""The plot of reconstruction error by the width of the bottleneck."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import streamlit as st

KINDS = ("ls-square", "ls-dot")


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """The mean error of each width."""

    name: str
    errors: dict[int, float]


def draw_error_curve(curves: Sequence[Curve], *, baseline: float, n_images: int) -> None:
    """Draw a mark with its figure for each error, over a logarithmic axis of widths."""
    widths = sorted({width for curve in curves for width in curve.errors})
    first, last = np.log2(widths[0]), np.log2(widths[-1])
    places = {width: 4 + 76 * (np.log2(width) - first) / (last - first) for width in widths}
    top = 1.12 * max(baseline, *(max(curve.errors.values()) for curve in curves))
    marks = "".join(
        f'<i class="{kind}" style="left:{places[width]:.2f}%;bottom:{100 * error / top:.2f}%">'
        f"<b>{error:.3f}</b></i>"
        for curve, kind in zip(curves, KINDS, strict=False)
        for width, error in curve.errors.items()
    )
    below = "".join(f'<u style="left:{x:.2f}%">{width}</u>' for width, x in places.items())
    legend = "".join(
        f'<span><i class="{kind}"></i>{html.escape(curve.name)}</span>'
        for curve, kind in zip(curves, KINDS, strict=False)
    )
    base = f'<s style="bottom:{100 * baseline / top:.2f}%"></s>'
    st.html(
        f'{_STYLE}<figure class="ls-errors"><figcaption>{legend}<span>dashed: mean digit, '
        f"{baseline:.3f}</span><span>mean of {n_images:,} test images</span></figcaption>"
        f"<div>{base}{marks}{below}</div><p>numbers in the code</p></figure>"
    )


_STYLE = """
<style>
  .ls-errors { margin: 0; max-width: 660px; font-size: .9rem; }
  .ls-errors figcaption { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; }
  .ls-errors figcaption span { display: inline-flex; align-items: center; gap: .5rem; }
  .ls-errors > div { position: relative; height: 270px; margin: .8rem 0 1.8rem;
    border-bottom: 1.5px solid var(--st-text-color); }
  .ls-errors > p { text-align: center; margin: 0; font-size: .9rem; }
  .ls-errors s { position: absolute; left: 0; right: 0; border-top: 1.5px dashed; opacity: .6; }
  .ls-errors u { position: absolute; top: calc(100% + .3rem); transform: translateX(-50%);
    text-decoration: none; }
  .ls-errors i { width: 12px; height: 12px; box-sizing: border-box; }
  .ls-errors > div > i { position: absolute; margin: 0 0 -6px -6px; }
  .ls-errors .ls-square { background: #8a6d00; }
  .ls-errors .ls-dot { background: var(--st-primary-color); border-radius: 50%; }
  .ls-errors b { position: absolute; left: 16px; top: -5px; font: 600 .9rem/1.3 inherit;
    font-style: normal; font-weight: 600; white-space: nowrap; }
</style>"""
