"""All registered metrics of two models, which is better, and whether the difference is one."""

from __future__ import annotations

import html

import streamlit as st

from latent_core.comparison import MetricDifference, compare_metrics
from ui.views.compare.pair import Pair
from ui.wording.info import STYLE, info_html

SPREADS = {
    "exceeds": "exceeds the spread of training seeds",
    "within": "within the spread of training seeds",
    "unknown": "spread of training seeds unknown",
}
HINT = (
    "Better is said by the direction of each metric. A difference exceeds the spread when it is "
    "larger than two standard deviations over training seeds; `python -m latent_core replicate` "
    "measures that of a model."
)
NONE = (
    "The cards of these two models have no metrics of this data set in common; "
    "`python -m latent_core evaluate` computes them."
)


def draw_metrics(pair: Pair) -> None:
    """Draw a row for each metric that both models have."""
    cards = [space.model.card for space in pair.spaces]
    found = compare_metrics(*cards) if cards[0].dataset == pair.data.id else []
    if not found:
        st.caption(NONE)
        return
    rows = "".join(_row(each) for each in found)
    heads = "".join(f'<th scope="col">{name}</th>' for name in ("Metric", "A", "B", "Difference"))
    st.html(
        f'{STYLE}{_STYLE}<div class="ls-pair" tabindex="0" role="region" aria-label="Metrics">'
        f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>"
    )
    st.caption(HINT)


def _row(found: MetricDifference) -> str:
    metric = found.metric
    meaning = "; ".join(part for part in (metric.help, metric.paper) if part)
    cells = "".join(
        f'<td class="{"ls-best" if found.better == side else ""}">{metric.text(value)}</td>'
        for side, value in (("a", found.a), ("b", found.b))
    )
    name = info_html(f"pair-{metric.key}", metric.label, meaning)
    return f'<tr><th scope="row">{name}</th>{cells}<td>{_verdict(found)}</td></tr>'


def _verdict(found: MetricDifference) -> str:
    better = f"{found.better.upper()} better; " if found.better else ""
    return html.escape(better + SPREADS[found.seed_spread])


_STYLE = """
<style>
  .ls-pair { overflow-x: auto; }
  .ls-pair table { border-collapse: collapse; font-variant-numeric: tabular-nums; width: 100%; }
  .ls-pair th, .ls-pair td { padding: .3rem .7rem .3rem 0; text-align: left; }
  .ls-pair tbody th { font-weight: 400; }
  .ls-pair thead th { font-weight: 500; font-size: .87rem; opacity: .75; }
  .ls-pair tbody tr { border-top: 1px solid var(--st-border-color, #8884); }
  .ls-pair .ls-best { font-weight: 700; color: var(--st-primary-color); }
</style>
"""
