"""Each model in one line: three bars and a sentence."""

from __future__ import annotations

import html

import streamlit as st

from latent_core.evaluation.registry import METRICS_BY_KEY
from latent_core.evaluation.registry.bars import BARS, Bar
from latent_core.evaluation.summary import summary_sentence
from latent_core.models.card import ModelCard
from ui.wording.info import STYLE, info_html


def draw_summaries(cards: list[ModelCard]) -> None:
    """Draw three bars and a sentence for each model."""
    shown = [bar for bar in BARS if any(bar.value(card) is not None for card in cards)]
    by_id = {card.id: card for card in cards}
    head = "".join(f"<span>{_head(bar, cards)}</span>" for bar in shown)
    rows = "".join(
        f"<strong>{html.escape(card.title)}</strong>"
        + "".join(_bar(bar, card) for bar in shown)
        + f"<p>{html.escape(summary_sentence(card, by_id.get(card.baseline or '')))}</p>"
        for card in cards
    )
    columns = f"max-content repeat({len(shown)}, minmax(6rem, 9rem)) minmax(0, 1fr)"
    st.html(
        f'{STYLE}{_STYLE}<div class="ls-summaries" style="--columns: {columns}">'
        f'<span class="ls-head"></span>{head}<span class="ls-head"></span>{rows}</div>'
    )


def _head(bar: Bar, cards: list[ModelCard]) -> str:
    labels = dict.fromkeys(METRICS_BY_KEY[key].label for card in cards if (key := bar.key(card)))
    metrics = "; ".join(labels)
    return info_html(f"bar-{bar.title}", bar.title, f"{bar.help} ({metrics})")


def _bar(bar: Bar, card: ModelCard) -> str:
    """A bar with its percentage, cut off at 100 %; a dash without a value."""
    value = bar.value(card)
    if value is None:
        return '<span class="ls-bar ls-none">–</span>'
    width = 100 * min(1.0, max(0.0, value))
    return (
        f'<span class="ls-bar" data-label="{html.escape(bar.title)}">'
        f'<i style="--share: {width:.0f}%"></i>{value:.0%}</span>'
    )


_STYLE = """
<style>
  .ls-summaries { display: grid; grid-template-columns: var(--columns); gap: .5rem 1.4rem;
    margin: .6rem 0; line-height: 1.4; align-items: center; }
  .ls-summaries strong { font-weight: 600; }
  .ls-summaries p { margin: 0; font-size: .93rem; opacity: .85; max-width: 46rem; }
  .ls-summaries > span:not(.ls-bar) { font-size: .9rem; }
  .ls-bar { display: grid; grid-template-columns: 1fr 3rem; gap: .5rem; align-items: center;
    font-variant-numeric: tabular-nums; text-align: right; }
  .ls-bar.ls-none { display: block; opacity: .5; }
  .ls-bar i { height: 9px; border-radius: 5px; background: linear-gradient(90deg,
    var(--st-primary-color) var(--share), color-mix(in srgb, var(--st-text-color) 12%, transparent)
    var(--share)); }
  @media (max-width: 900px) {
    .ls-summaries { grid-template-columns: minmax(0, 1fr); gap: .15rem; }
    .ls-summaries > span:not(.ls-bar), .ls-bar.ls-none { display: none; }
    .ls-bar { grid-template-columns: 8rem 1fr 3rem; }
    .ls-bar::before { content: attr(data-label); text-align: left; }
    .ls-summaries p { margin-bottom: .8rem; }
  }
</style>
"""
