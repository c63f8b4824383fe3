"""The metrics of some models: a table per group of metrics, or a card per model on a phone."""

from __future__ import annotations

import html

import streamlit as st

from latent_core.evaluation.registry import GROUPS, Metric, columns_of, pixels_of, real_of
from latent_core.models.card import ModelCard
from ui.wording.info import STYLE, info_html

NOTHING = '<td class="ls-none">–</td>'


def draw_metrics_tables(cards: list[ModelCard]) -> None:
    """Draw a table for each group of metrics: a row per model and a column per metric."""
    tables = [_table(cards, title, columns_of(group)) for group, title in GROUPS.items()]
    if not any(tables):
        return
    st.html(f'{STYLE}{_STYLE}{"".join(tables)}<p class="ls-hint">{_hint(cards)}</p>')


def _table(cards: list[ModelCard], title: str, columns: list[Metric]) -> str:
    """The models and columns of a group that have any value; empty without one."""
    columns = [metric for metric in columns if any(metric.value(c) is not None for c in cards)]
    cards = [card for card in cards if any(metric.value(card) is not None for metric in columns)]
    best = {metric.key: metric.best(cards) for metric in columns}
    rows = "".join(_row(card, columns, best) for card in cards)
    rows += _baseline_row(cards, [pixels_of(metric) for metric in columns], "Pixels")
    rows += _baseline_row(cards, [real_of(metric) for metric in columns], "Real images")
    return (
        f"<h2>{html.escape(title)}</h2>"
        f'<div class="ls-metrics" tabindex="0" role="region" aria-label="{html.escape(title)}">'
        f'<table><thead><tr><th scope="col">Model</th>'
        f"{_head(columns)}</tr></thead><tbody>{rows}</tbody></table></div>"
        if cards
        else ""
    )


def _head(columns: list[Metric]) -> str:
    return "".join(
        f'<th scope="col">{info_html(f"head-{metric.key}", metric.short, _meaning(metric))}</th>'
        for metric in columns
    )


def _meaning(metric: Metric, note: str = "") -> str:
    """Name, meaning, unit, direction and reference of a metric."""
    parts = (
        f"{metric.label}: {metric.help}",
        f"in {metric.unit}" if metric.unit else "",
        f"{metric.direction} is better" if metric.direction else "",
        note,
        metric.paper,
    )
    return "; ".join(part for part in parts if part)


def _row(card: ModelCard, columns: list[Metric], best: dict[str, ModelCard | None]) -> str:
    cells = "".join(_cell(card, metric, best[metric.key] is card) for metric in columns)
    title = html.escape(card.title)
    return f'<tr><th scope="row">{title}<small>{_subtitle(card)}</small></th>{cells}</tr>'


def _hint(cards: list[ModelCard]) -> str:
    """How to read the tables, and how many images the figures are of."""
    counts = {card.metrics["n_images"] for card in cards if "n_images" in card.metrics}
    of = f" Figures of {counts.pop():,} test images." if len(counts) == 1 else ""
    return (
        "Bold is the best of a column, where it differs from the next by more than two standard "
        f"deviations; choose a column head or a value for its meaning.{of}"
    )


def _subtitle(card: ModelCard) -> str:
    kind = ""
    if card.family == "classifier":
        kind = " · trained on ImageNet" if card.is_backbone else " · supervised"
    if card.is_precomputed:
        kind = " · precomputed"
    return f"{card.latent_dim} dimensions{kind}"


def _cell(card: ModelCard, metric: Metric, is_best: bool) -> str:
    """The value; statistics over trainings below it; on a phone the metric's name before it."""
    value = metric.value(card)
    if value is None:
        return NOTHING
    over = metric.text_over_trainings(card)
    below = f"<small>{html.escape(over)}</small>" if over else ""
    mark = " class=ls-best" if is_best else ""
    return f"<td{mark} {_label(metric)}>{_value(card, metric, value, card.id)}{below}</td>"


def _label(metric: Metric) -> str:
    return f'data-label="{html.escape(metric.short)}"'


def _value(card: ModelCard, metric: Metric, value: float, row: str) -> str:
    """The value, which opens its meaning and its standard deviation."""
    meaning = _meaning(metric, _std_note(card, metric))
    return info_html(f"{row}-{metric.key}", metric.text(value), meaning)


def _std_note(card: ModelCard, metric: Metric) -> str:
    """The standard deviation on the card, and what it is over."""
    std = card.metrics.get(f"{metric.key}_std") if "n_images" in card.metrics else None
    trainings = "" if metric.is_baseline else " (one training)"
    return f"± {metric.text(std)} over {metric.std_over}{trainings}" if std else ""


def _baseline_row(cards: list[ModelCard], baselines: list[Metric | None], title: str) -> str:
    """A row with figures of the data itself, which every card has alike, where measured."""
    cells = [_baseline_cell(cards, metric) for metric in baselines]
    if all(cell == NOTHING for cell in cells):
        return ""
    return f'<tr><th scope="row">{title}<small>no model</small></th>{"".join(cells)}</tr>'


def _baseline_cell(cards: list[ModelCard], metric: Metric | None) -> str:
    card = next((c for c in cards if metric and metric.value(c) is not None), None)
    if metric is None or card is None:
        return NOTHING
    value = _value(card, metric, card.metrics[metric.key], "baseline")
    return f"<td {_label(metric)}>{value}</td>"


_STYLE = """
<style>
  .ls-metrics { overflow-x: auto; }
  .ls-metrics table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
  .ls-metrics th, .ls-metrics td { padding: .42rem .7rem; text-align: right; white-space: nowrap; }
  .ls-metrics tbody th { text-align: left; font-weight: 600; padding-left: 0; }
  .ls-metrics thead th { font-weight: 500; font-size: .87rem; opacity: .75; vertical-align: bottom;
    white-space: normal; max-width: 6.4rem; }
  .ls-metrics thead th:first-child { text-align: left; padding-left: 0; }
  .ls-metrics tbody tr { border-top: 1px solid var(--st-border-color, #8884); }
  .ls-metrics small { display: block; font-weight: 400; font-size: .87rem; opacity: .75; }
  .ls-metrics .ls-best { font-weight: 700; color: var(--st-primary-color); }
  .ls-metrics .ls-none { opacity: .4; }
  h2:has(+ .ls-metrics) { font-size: 1rem; font-weight: 600; padding: .9rem 0 .2rem; margin: 0; }
  @media (max-width: 640px) {
    .ls-metrics thead, .ls-metrics .ls-none { display: none; }
    .ls-metrics table, .ls-metrics tbody { display: block; }
    .ls-metrics tbody tr { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: .1rem 1.2rem; padding: .6rem 0; }
    .ls-metrics tbody th { grid-column: 1 / -1; padding: 0 0 .25rem; white-space: normal; }
    .ls-metrics tbody td { display: flex; justify-content: space-between; gap: .6rem; padding: 0;
      font-size: .87rem; }
    .ls-metrics td::before { content: attr(data-label); font-weight: 400; opacity: .72;
      color: var(--st-text-color); white-space: normal; text-align: left; }
  }
</style>
"""
