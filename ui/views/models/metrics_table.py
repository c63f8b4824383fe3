"""The figures of some models: a table where there is room, a card per model on a phone."""

from __future__ import annotations

import html
from dataclasses import dataclass

import streamlit as st

from latent_core.evaluation.replicate_statistics import replicate_values, seed_std
from latent_core.models.card import ModelCard


@dataclass(frozen=True, slots=True)
class Column:
    """One figure of the cards, for people."""

    name: str
    label: str
    better: str
    """``"less"``, ``"more"`` or ``""``."""
    template: str = "{:.2f}"
    help: str = ""


COLUMNS = (
    Column("mse_ratio_to_pca", "error ÷ PCA's", "less", help="mean squared error of the "
           "reconstructions, as a share of what PCA with as many numbers has"),
    Column("accuracy_retained", "still read", "more", "{:.1%}",
           "how often the judge reads reconstructions rightly, as a share of how often it reads "
           "the pictures themselves rightly"),
    Column("linear_accuracy", "read from codes", "more", "{:.1%}",
           "share of classes read rightly from the codes by logistic regression"),
    Column("knn_accuracy", "by neighbours", "more", "{:.1%}",
           "the same by the 10 nearest codes"),
    Column("linear_r2", "factors read", "more", "{:.1%}",
           "share of the factors' variance that a straight reading (ridge regression) of the codes "
           "explains in pictures it wasn't learned from, R² in the mean over all ordered factors"),
    Column("knn_r2", "by neighbours", "more", "{:.1%}",
           "the same by the 10 nearest codes"),
    Column("frechet_reconstructions", "distance, rebuilt", "less",
           help="Fréchet distance of the reconstructions from the real pictures, in the judge's "
                "features; 0 is the same"),
    Column("frechet_samples", "distance, dreamt", "less",
           help="the same for pictures of random codes"),
    Column("kl_total_nats", "information, nats", "", "{:.0f}",
           "how much a code says of its picture: the KL divergence from the prior"),
    Column("active_units", "numbers in use", "", "{:.0f}", "dimensions that vary with the picture"),
    Column("mig", "a number each", "more", "{:.3f}",
           "how far each factor of the pictures has a number of the code to itself: the mutual "
           "information gap, from 0 to 1"),
    Column("analogy_accuracy", "sums right", "", "{:.1%}",
           "share of questions such as king − man + woman whose nearest word is the right one, "
           "the words of the question left out"),
    Column("analogy_accuracy_including_inputs", "left in", "", "{:.1%}",
           "the same when the words of the question may be the answer"),
    Column("analogy_accuracy_baseline", "without a sum", "", "{:.1%}",
           "the same when the answer is what is nearest to the last word alone"),
    Column("accuracy", "reads rightly", "more", "{:.2%}",
           "classes of the test pictures, or answers to the questions it was taught"),
)  # fmt: skip


NOTHING = '<td class="ls-none">–</td>'
_STD_OVER_SAMPLES = "; ± over what was drawn to measure it"


def draw_metrics_table(cards: list[ModelCard]) -> None:
    """One row a model, one column a figure; the best of each column stands out."""
    shown = [c for c in COLUMNS if any(_value(card, c) is not None for card in cards)]
    if not shown:
        return
    head = "".join(f'<th title="{html.escape(c.help)}">{html.escape(c.label)}</th>' for c in shown)
    best = {c.name: _best(cards, c) for c in shown}
    rows = "".join(
        f"<tr><th>{html.escape(card.title)}<small>{_subtitle(card)}</small></th>"
        + "".join(_cell(card, c, best[c.name]) for c in shown)
        + "</tr>"
        for card in cards
    )
    rows += _pixels_row(cards, shown)
    floor = next((m for card in cards if (m := card.metrics.get("frechet_real_vs_real"))), None)
    bold = "Bold is the best of its kind; point" if any(best.values()) else "Point"
    note = f" Two halves of the real pictures are {floor:.2f} apart." if floor else ""
    st.html(
        f'{_STYLE}<div class="ls-figures"><table><thead><tr><th></th>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        f'<p class="ls-hint">{bold} at a name for what it means.{note}</p>'
    )


def _subtitle(card: ModelCard) -> str:
    kind = ""
    if card.family == "classifier":
        kind = " · taught on ImageNet" if card.is_backbone else " · taught with the answers"
    if card.is_precomputed:
        kind = " · given, not computed"
    return f"{card.latent_dim} numbers{kind}"


def _value(card: ModelCard, column: Column) -> float | None:
    value = card.metrics.get(column.name)
    return float(value) if isinstance(value, int | float) else None


def _best(cards: list[ModelCard], column: Column) -> float | None:
    known = [v for card in cards if (v := _value(card, column)) is not None]
    if len(known) < 2 or not column.better:
        return None
    return min(known) if column.better == "less" else max(known)


def _cell(card: ModelCard, column: Column, best: float | None) -> str:
    value = _value(card, column)
    if value is None:
        return NOTHING
    std, std_note = _std(card, column)
    return _format_cell(column, value, std, std_note, "ls-best" if value == best else "")


def _format_cell(column: Column, value: float, std: float, std_note: str, mark: str = "") -> str:
    """The figure; on a phone with its name before it."""
    shown = column.template.format(value)
    if column.template.format(std) != column.template.format(0):
        shown += f" ± {column.template.format(std)}"
    help_ = html.escape(f"{column.help}{std_note}")
    names = f'data-words="{html.escape(column.label)}" title="{help_}"'
    return f"<td {names}{mark and f' class={mark}'}>{shown}</td>"


def _pixels_row(cards: list[ModelCard], columns: list[Column]) -> str:
    """A row of what is read from the pictures themselves, where that was measured."""
    names = [f"{column.name}_pixels" for column in columns]
    known = next((c.metrics for c in cards if any(n in c.metrics for n in names)), None)
    if known is None:
        return ""
    cells = "".join(
        _format_cell(column, known[name], known.get(f"{name}_std", 0.0), _STD_OVER_SAMPLES)
        if name in known
        else NOTHING
        for column, name in zip(columns, names, strict=True)
    )
    return f"<tr><th>The pixels themselves<small>no model</small></th>{cells}</tr>"


def _std(card: ModelCard, column: Column) -> tuple[float, str]:
    """How far a figure swings, over trainings where that is known; and over what, in words."""
    if (seeds_std := seed_std(card, column.name)) is not None:
        return seeds_std, f"; ± over {len(replicate_values(card, column.name))} trainings"
    samples_std = float(card.metrics.get(f"{column.name}_std", 0.0))
    return samples_std, _STD_OVER_SAMPLES if samples_std else ""


_STYLE = """
<style>
  .ls-figures { overflow-x: auto; }
  .ls-figures table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
  .ls-figures th, .ls-figures td { padding: .42rem .7rem; text-align: right; white-space: nowrap; }
  .ls-figures tbody th { text-align: left; font-weight: 600; padding-left: 0; }
  .ls-figures thead th { font-weight: 500; font-size: .78rem; opacity: .75; vertical-align: bottom;
    white-space: normal; max-width: 6.4rem; cursor: help; }
  .ls-figures tbody tr { border-top: 1px solid var(--st-border-color, #8884); }
  .ls-figures small { display: block; font-weight: 400; opacity: .7; }
  .ls-figures .ls-best { font-weight: 700; color: var(--st-primary-color); }
  .ls-figures .ls-none { opacity: .4; }
  @media (max-width: 640px) {
    .ls-figures thead, .ls-figures .ls-none { display: none; }
    .ls-figures table, .ls-figures tbody { display: block; }
    .ls-figures tbody tr { display: grid; grid-template-columns: repeat(2, minmax(0, 1fr));
      gap: .1rem 1.2rem; padding: .6rem 0; }
    .ls-figures tbody th { grid-column: 1 / -1; padding: 0 0 .25rem; white-space: normal; }
    .ls-figures tbody td { display: flex; justify-content: space-between; gap: .6rem; padding: 0;
      font-size: .87rem; }
    .ls-figures td::before { content: attr(data-words); font-weight: 400; opacity: .72;
      color: var(--st-text-color); white-space: normal; text-align: left; }
  }
</style>
"""
