"""The plot of accuracy by the number of labels, with intervals."""

from __future__ import annotations

import html
from collections.abc import Sequence

import numpy as np
import streamlit as st

from latent_core.uses.classification import AccuracyCurve

TICKS = (0, 25, 50, 75, 100)
MARKS = ("ls-code", "ls-pca", "ls-pixels")
SHIFT_PX = 5
"""Between marks of the same number of labels, so that their intervals can be seen."""


def draw_accuracy_plot(names: Sequence[str], curves: Sequence[AccuracyCurve]) -> None:
    """Draw a mark with ± one standard deviation for each accuracy, and the majority baseline."""
    counts = curves[0].n_per_class
    places = 4 + 92 * np.log(counts) / max(float(np.log(counts[-1])), 1e-9)
    grid = "".join(f'<i class="ls-grid" style="bottom:{t}%"><b>{t} %</b></i>' for t in TICKS)
    base = f'<i class="ls-base" style="bottom:{100 * curves[0].majority:.2f}%"></i>'
    below = "".join(
        f'<b class="ls-count" style="left:{x:.2f}%">{n}</b>'
        for x, n in zip(places, counts, strict=True)
    )
    marks = "".join(
        _marks(curve, places.tolist(), kind, SHIFT_PX * (number - (len(curves) - 1) / 2))
        for number, (curve, kind) in enumerate(zip(curves, MARKS, strict=False))
    )
    legend = "".join(
        f'<span class="{kind}"><i></i>{html.escape(name)}</span>'
        for name, kind in zip(names, MARKS, strict=False)
    )
    st.html(
        f'{_STYLE}<figure class="ls-curve"><figcaption>{legend}<span>dashed: most frequent class'
        f"</span></figcaption><div>{grid}{base}{marks}{below}</div><p>labels per class</p></figure>"
    )


def _marks(curve: AccuracyCurve, places: Sequence[float], kind: str, shift_px: float) -> str:
    """The marks of one curve, each with a bar along its interval."""
    std = np.nan_to_num(curve.std)
    low, high = 100 * (curve.accuracy - std).clip(0, 1), 100 * (curve.accuracy + std).clip(0, 1)
    return "".join(
        f'<span class="{kind}" style="left:calc({x:.2f}% + {shift_px:g}px)">'
        f'<s style="bottom:{a:.2f}%;height:{b - a:.2f}%"></s>'
        f'<i style="bottom:{100 * value:.2f}%"></i></span>'
        for x, a, b, value in zip(places, low, high, curve.accuracy.tolist(), strict=True)
    )


_STYLE = """
<style>
  .ls-curve { margin: 0; max-width: 640px; font-size: .87rem; }
  .ls-curve > div { position: relative; height: 260px; margin: 1rem 0 1.7rem 3.2rem; }
  .ls-curve > p { text-align: center; margin: 0; font-size: .87rem; }
  .ls-curve b { position: absolute; font-weight: 400; font-style: normal; white-space: nowrap; }
  .ls-curve .ls-grid, .ls-curve .ls-base { position: absolute; left: 0; right: 0; height: 0;
    border-top: 1px solid var(--st-border-color, #8884); }
  .ls-curve .ls-base { border-top: 1.5px dashed; opacity: .6; }
  .ls-curve .ls-grid b { right: calc(100% + .4rem); top: -.7em; }
  .ls-curve .ls-count { top: calc(100% + .25rem); transform: translateX(-50%); }
  .ls-curve > div > span { position: absolute; top: 0; bottom: 0; width: 0; }
  .ls-curve s { position: absolute; left: -1px; width: 2px; background: currentColor; }
  .ls-curve span > i { position: absolute; left: -5px; width: 10px; height: 10px;
    margin-bottom: -5px; border: 2px solid; box-sizing: border-box; border-radius: 50%; }
  .ls-curve .ls-code { color: var(--st-primary-color); }
  .ls-curve .ls-code > i { background: currentColor; }
  .ls-curve .ls-pca > i { border-radius: 0; background: currentColor; }
  .ls-curve figcaption { display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; }
  .ls-curve figcaption span { display: inline-flex; align-items: center; gap: .5rem; }
  .ls-curve figcaption span > i { position: static; margin: 0; }
</style>
"""
