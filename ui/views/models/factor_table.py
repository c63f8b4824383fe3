"""How much of each thing the pictures were made from is in each model's codes."""

from __future__ import annotations

import html
from collections.abc import Mapping

import streamlit as st

from latent_core.models.card import ModelCard
from ui.factor_tables import factor_title

MIN_R2 = 0.05
"""Of a factor's variance: what every model tells less of is only named."""
METRIC = "linear_r2_by_factor"


def draw_factor_table(cards: list[ModelCard]) -> None:
    """A row for each factor that some model's codes tell of, a column for each model."""
    r2_by_model = {card.title: card.metrics[METRIC] for card in cards if METRIC in card.metrics}
    if not r2_by_model:
        return
    names = list(next(iter(r2_by_model.values())))
    highest = {name: max(each.get(name, 0.0) for each in r2_by_model.values()) for name in names}
    shown = sorted((n for n in names if highest[n] >= MIN_R2), key=lambda n: -highest[n])
    head = "".join(f"<th>{html.escape(title)}</th>" for title in r2_by_model)
    rows = "".join(_row_html(name, r2_by_model) for name in shown)
    unexplained = ", ".join(factor_title(name) for name in names if highest[name] < MIN_R2)
    with st.expander("What is in the codes, factor by factor"):
        st.html(
            f'{_STYLE}<p class="ls-hint">The share of each factor\'s variance that a straight '
            "reading of the codes explains, in pictures it wasn't learned from (R²). What isn't "
            "read straight may still be there, bent.</p>"
            f'<div class="ls-in-codes"><table><thead><tr><th></th>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
            + (
                f'<p class="ls-hint">None tells of {html.escape(unexplained)}.</p>'
                if unexplained
                else ""
            )
        )


def _row_html(name: str, r2_by_model: Mapping[str, Mapping[str, float]]) -> str:
    cells = "".join(_cell_html(title, each.get(name, 0.0)) for title, each in r2_by_model.items())
    return f"<tr><th>{html.escape(factor_title(name))}</th>{cells}</tr>"


def _cell_html(title: str, share: float) -> str:
    """The share, and a bar as long; less than nothing is nothing."""
    share = max(share, 0.0)
    return (
        f'<td title="{html.escape(title)}"><span style="width:{100 * share:.0f}%"></span>'
        f"{share:.2f}</td>"
    )


_STYLE = """
<style>
  .ls-in-codes { overflow-x: auto; }
  .ls-in-codes table { border-collapse: collapse; font-variant-numeric: tabular-nums;
    font-size: .87rem; }
  .ls-in-codes th { text-align: left; font-weight: 400; padding: .14rem 1rem .14rem 0;
    white-space: nowrap; }
  .ls-in-codes thead th { white-space: normal; vertical-align: bottom; font-size: .78rem;
    opacity: .75; min-width: 7rem; }
  .ls-in-codes tbody th { position: sticky; left: 0; background: var(--st-background-color); }
  .ls-in-codes td { position: relative; padding: .14rem .4rem; min-width: 7rem;
    border-right: 5px solid transparent; }
  .ls-in-codes td span { position: absolute; left: 0; top: 15%; bottom: 15%; border-radius: 3px;
    background: color-mix(in srgb, var(--st-primary-color) 32%, transparent); }
  @media (max-width: 640px) {
    .ls-in-codes thead th, .ls-in-codes td { min-width: 4.6rem; }
    .ls-in-codes th { padding-right: .5rem; }
  }
</style>
"""
