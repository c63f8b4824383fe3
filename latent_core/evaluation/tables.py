"""The metrics of models as files: CSV, and LaTeX tables for a paper."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from latent_core.evaluation.registry import GROUPS, METRICS, Metric, columns_of
from latent_core.models.card import ModelCard

_COLUMNS = ("model", "data_set", "n_images", "metric", "label", "unit", "value", "std", "std_over",
            "mean_over_trainings")  # fmt: skip
_LATEX = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "{": r"\{", "}": r"\}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "±": r"$\pm$",
    "÷": r"$\div$", "²": r"\textsuperscript{2}", "–": "--",
}  # fmt: skip


def metrics_csv(cards: Sequence[ModelCard]) -> str:
    """A row per model and figure: its value, its standard deviation and what that is over.

    Figures that are several numbers, as one per factor, are left out; they are on the cards.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for card in cards:
        for metric in METRICS:
            value = metric.value(card)
            if value is None:
                continue
            std = card.metrics.get(f"{metric.key}_std")
            writer.writerow([
                card.id, card.dataset, card.metrics.get("n_images", ""), metric.key, metric.label,
                metric.unit, value, "" if std is None else std, "" if std is None else
                metric.std_over, metric.text_over_trainings(card),
            ])  # fmt: skip
    return text.getvalue()


def metrics_latex(cards: Sequence[ModelCard]) -> str:
    """A ``tabular`` per group of metrics (needs the package booktabs).

    Bold is the best of a column where it differs from the next by more than two standard
    deviations.
    """
    tables = [_tabular(cards, title, columns_of(group)) for group, title in GROUPS.items()]
    return "\n\n".join(table for table in tables if table) + "\n"


def _tabular(cards: Sequence[ModelCard], title: str, columns: list[Metric]) -> str:
    used = [m for m in columns if any(m.value(card) is not None for card in cards)]
    shown = [card for card in cards if any(m.value(card) is not None for m in used)]
    if not shown:
        return ""
    best = {metric.key: metric.best(shown) for metric in used}
    rows = [_row(["model", "$n$", *(_escape(metric.short) for metric in used)]), r"\midrule"]
    for card in shown:
        count = card.metrics.get("n_images")
        cells = [_cell(card, metric, is_best=best[metric.key] is card) for metric in used]
        rows.append(_row([_escape(card.id), f"{count:,}" if count else "--", *cells]))
    lines = [
        f"% {title}",
        rf"\begin{{tabular}}{{l{'r' * (1 + len(used))}}}",
        r"\toprule",
        *rows,
        r"\bottomrule",
        r"\end{tabular}",
    ]
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return " & ".join(cells) + r" \\"


def _cell(card: ModelCard, metric: Metric, *, is_best: bool) -> str:
    value = metric.value(card)
    if value is None:
        return "--"
    text = _escape(metric.text(value))
    return rf"\textbf{{{text}}}" if is_best else text


def _escape(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)
