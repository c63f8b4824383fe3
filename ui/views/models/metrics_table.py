"""The metrics of some models: a table, or a card per model on a phone."""

from __future__ import annotations

import html
from dataclasses import dataclass

import streamlit as st

from latent_core.evaluation.replicate_statistics import replicate_values, seed_std
from latent_core.models.card import ModelCard


@dataclass(frozen=True, slots=True)
class Column:
    """A metric of the cards and how it is shown."""

    name: str
    label: str
    better: str
    """``"lower"``, ``"higher"`` or ``""``."""
    template: str = "{:.2f}"
    help: str = ""


COLUMNS = (
    Column("mse_ratio_to_pca", "MSE (relative to PCA)", "lower", help="reconstruction error: mean "
           "squared error of the reconstructions, divided by that of PCA with as many dimensions"),
    Column("accuracy_retained", "accuracy retained", "higher", "{:.1%}",
           "accuracy of the evaluation classifier on the reconstructions, divided by its accuracy "
           "on the originals"),
    Column("linear_accuracy", "linear probe accuracy", "higher", "{:.1%}",
           "how well a logistic regression predicts the class from the code alone, on held-out "
           "images"),
    Column("knn_accuracy", "kNN probe accuracy", "higher", "{:.1%}",
           "how well the 10 nearest codes predict the class"),
    Column("linear_r2", "linear probe R²", "higher", "{:.1%}",
           "fraction of the factors' variance that a ridge regression predicts from the code "
           "alone, on held-out images; mean R² over all ordered factors"),
    Column("knn_r2", "kNN probe R²", "higher", "{:.1%}",
           "the same, predicted by the 10 nearest codes"),
    Column("frechet_reconstructions", "Fréchet distance, reconstructions", "lower",
           help="Fréchet distance (our classifier): how different the reconstructions are from the "
                "real images in the features of the evaluation classifier; 0 is alike, not an FID"),
    Column("frechet_samples", "Fréchet distance, samples", "lower",
           help="the same for samples from the prior: decoded random codes"),
    Column("kl_total_nats", "KL, nats", "", "{:.0f}",
           "mean KL divergence of a code's distribution from the prior N(0, I): its information "
           "about the image, plus the mismatch between all codes and the prior"),
    Column("active_units", "active units", "", "{:.0f}",
           "dimensions that the model uses: their mean changes with the image"),
    Column("mig", "MIG", "higher", "{:.3f}",
           "mutual information gap, 0 to 1: does one dimension hold one factor?"),
    Column("analogy_accuracy", "analogy accuracy", "", "{:.1%}",
           "fraction of analogies such as king − man + woman whose nearest word is the correct "
           "one, excluding the input words"),
    Column("analogy_accuracy_including_inputs", "analogy accuracy, incl. inputs", "", "{:.1%}",
           "the same where the input words may be the result"),
    Column("analogy_accuracy_baseline", "analogy accuracy, baseline", "", "{:.1%}",
           "the same where the result is the word nearest to the last input word alone"),
    Column("accuracy", "accuracy", "higher", "{:.2%}",
           "test accuracy of the classifier, on classes or on attributes"),
)  # fmt: skip


NOTHING = '<td class="ls-none">–</td>'
_STD_OVER_DRAWS = "; ± standard deviation over random draws of the evaluation"


def draw_metrics_table(cards: list[ModelCard]) -> None:
    """Draw one row per model and one column per metric; the best value is bold."""
    columns = [c for c in COLUMNS if any(_value(card, c) is not None for card in cards)]
    if not columns:
        return
    best = {column.name: _best(cards, column) for column in columns}
    rows = "".join(_row(card, columns, best) for card in cards) + _pixels_row(cards, columns)
    st.html(
        f'{_STYLE}<div class="ls-metrics"><table><thead><tr><th></th>{_head(columns)}</tr></thead>'
        f"<tbody>{rows}</tbody></table></div>"
        f'<p class="ls-hint">{_hint(cards, any(best.values()))}</p>'
    )


def _head(columns: list[Column]) -> str:
    return "".join(
        f'<th title="{html.escape(column.help)}">{html.escape(column.label)}</th>'
        for column in columns
    )


def _row(card: ModelCard, columns: list[Column], best: dict[str, float | None]) -> str:
    cells = "".join(_cell(card, column, best[column.name]) for column in columns)
    return f"<tr><th>{html.escape(card.title)}<small>{_subtitle(card)}</small></th>{cells}</tr>"


def _hint(cards: list[ModelCard], has_best: bool) -> str:
    """How to read the table, with the Fréchet distance of two halves of the real images."""
    bold = "Bold is the best of each column; point" if has_best else "Point"
    floor = next((m for card in cards if (m := card.metrics.get("frechet_real_vs_real"))), None)
    note = f" Fréchet distance of two halves of the real images: {floor:.2f}." if floor else ""
    return f"{bold} at a column head for its meaning.{note}"


def _subtitle(card: ModelCard) -> str:
    kind = ""
    if card.family == "classifier":
        kind = " · trained on ImageNet" if card.is_backbone else " · supervised"
    if card.is_precomputed:
        kind = " · precomputed"
    return f"{card.latent_dim} dimensions{kind}"


def _value(card: ModelCard, column: Column) -> float | None:
    value = card.metrics.get(column.name)
    return float(value) if isinstance(value, int | float) else None


def _best(cards: list[ModelCard], column: Column) -> float | None:
    values = [v for card in cards if (v := _value(card, column)) is not None]
    if len(values) < 2 or not column.better:
        return None
    return min(values) if column.better == "lower" else max(values)


def _cell(card: ModelCard, column: Column, best: float | None) -> str:
    value = _value(card, column)
    if value is None:
        return NOTHING
    std, std_note = _std(card, column)
    return _format_cell(column, value, std, std_note, "ls-best" if value == best else "")


def _format_cell(column: Column, value: float, std: float, std_note: str, mark: str = "") -> str:
    """The value; on a phone with the metric's label before it."""
    text = column.template.format(value)
    if column.template.format(std) != column.template.format(0):
        text += f" ± {column.template.format(std)}"
    title = html.escape(f"{column.help}{std_note}")
    attributes = f'data-label="{html.escape(column.label)}" title="{title}"'
    return f"<td {attributes}{mark and f' class={mark}'}>{text}</td>"


def _pixels_row(cards: list[ModelCard], columns: list[Column]) -> str:
    """A row with the probes trained on pixels, where that was measured."""
    names = [f"{column.name}_pixels" for column in columns]
    metrics = next((c.metrics for c in cards if any(n in c.metrics for n in names)), None)
    if metrics is None:
        return ""
    cells = "".join(
        _format_cell(column, metrics[name], metrics.get(f"{name}_std", 0.0), _STD_OVER_DRAWS)
        if name in metrics
        else NOTHING
        for column, name in zip(columns, names, strict=True)
    )
    return f"<tr><th>Pixels<small>no model</small></th>{cells}</tr>"


def _std(card: ModelCard, column: Column) -> tuple[float, str]:
    """Standard deviation over training seeds if known, else over draws; and over which."""
    if (std := seed_std(card, column.name)) is not None:
        n_seeds = len(replicate_values(card, column.name))
        return std, f"; ± standard deviation over {n_seeds} training seeds"
    std = float(card.metrics.get(f"{column.name}_std", 0.0))
    return std, _STD_OVER_DRAWS if std else ""


_STYLE = """
<style>
  .ls-metrics { overflow-x: auto; }
  .ls-metrics table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
  .ls-metrics th, .ls-metrics td { padding: .42rem .7rem; text-align: right; white-space: nowrap; }
  .ls-metrics tbody th { text-align: left; font-weight: 600; padding-left: 0; }
  .ls-metrics thead th { font-weight: 500; font-size: .78rem; opacity: .75; vertical-align: bottom;
    white-space: normal; max-width: 6.4rem; cursor: help; }
  .ls-metrics tbody tr { border-top: 1px solid var(--st-border-color, #8884); }
  .ls-metrics small { display: block; font-weight: 400; opacity: .7; }
  .ls-metrics .ls-best { font-weight: 700; color: var(--st-primary-color); }
  .ls-metrics .ls-none { opacity: .4; }
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
