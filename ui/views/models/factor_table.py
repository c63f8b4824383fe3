"""Linear probe R² of each factor for each model."""

from __future__ import annotations

import html
from collections.abc import Mapping

import streamlit as st

from latent_core.evaluation.registry import LINEAR_R2_BY_FACTOR
from latent_core.models.card import ModelCard
from ui.attributes.factor_tables import factor_title

MIN_R2 = 0.05
"""Factors with a lower R² for every model are listed below the table."""
HELP = (
    f"{LINEAR_R2_BY_FACTOR.label}: {LINEAR_R2_BY_FACTOR.help}. A factor with a low R² may still be "
    "in the codes, but not linearly."
)


def draw_factor_table(cards: list[ModelCard]) -> None:
    """Draw a row per factor and a column per model."""
    key = LINEAR_R2_BY_FACTOR.key
    r2_by_model = {card.title: card.metrics[key] for card in cards if key in card.metrics}
    if not r2_by_model:
        return
    names = list(next(iter(r2_by_model.values())))
    highest = {name: max(r2.get(name, 0.0) for r2 in r2_by_model.values()) for name in names}
    shown = sorted((n for n in names if highest[n] >= MIN_R2), key=lambda n: -highest[n])
    omitted = ", ".join(factor_title(name) for name in names if highest[name] < MIN_R2)
    head = "".join(f'<th scope="col">{html.escape(title)}</th>' for title in r2_by_model)
    rows = "".join(_row(name, r2_by_model) for name in shown)
    note = f"R² under {MIN_R2:g} for every model: {html.escape(omitted)}."
    with st.expander("Linear probe R² by factor"):
        st.html(
            f'{_STYLE}<p class="ls-hint">{HELP}</p>'
            f'<div class="ls-factor-r2" tabindex="0" role="region" aria-label="Linear probe R²">'
            f'<table><thead><tr><th scope="col">Factor</th>{head}</tr></thead>'
            f"<tbody>{rows}</tbody></table></div>"
            + (f'<p class="ls-hint">{note}</p>' if omitted else "")
        )


def _row(name: str, r2_by_model: Mapping[str, Mapping[str, float]]) -> str:
    cells = "".join(_cell(title, r2.get(name, 0.0)) for title, r2 in r2_by_model.items())
    return f"<tr><th>{html.escape(factor_title(name))}</th>{cells}</tr>"


def _cell(title: str, r2: float) -> str:
    """R² with a bar of that length; negative values are shown as 0."""
    r2 = max(r2, 0.0)
    return (
        f'<td title="{html.escape(title)}"><span style="width:{100 * r2:.0f}%"></span>{r2:.2f}</td>'
    )


_STYLE = """
<style>
  .ls-factor-r2 { overflow-x: auto; }
  .ls-factor-r2 table { border-collapse: collapse; font-variant-numeric: tabular-nums;
    font-size: .87rem; }
  .ls-factor-r2 th { text-align: left; font-weight: 400; padding: .14rem 1rem .14rem 0;
    white-space: nowrap; }
  .ls-factor-r2 thead th { white-space: normal; vertical-align: bottom; font-size: .87rem;
    opacity: .75; min-width: 7rem; }
  .ls-factor-r2 tbody th { position: sticky; left: 0; background: var(--st-background-color); }
  .ls-factor-r2 td { position: relative; padding: .14rem .4rem; min-width: 7rem;
    border-right: 5px solid transparent; }
  .ls-factor-r2 td span { position: absolute; left: 0; top: 15%; bottom: 15%; border-radius: 3px;
    background: color-mix(in srgb, var(--st-primary-color) 32%, transparent); }
  @media (max-width: 640px) {
    .ls-factor-r2 thead th, .ls-factor-r2 td { min-width: 4.6rem; }
    .ls-factor-r2 th { padding-right: .5rem; }
  }
</style>
"""
