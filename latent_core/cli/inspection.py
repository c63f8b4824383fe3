"""Commands that list models and data sets."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import latent_core as lc
from latent_core.errors import LatentError
from latent_core.evaluation.registry import GROUPS, Metric, columns_of, pixels_of, real_of
from latent_core.evaluation.tables import metrics_csv, metrics_latex
from latent_core.installed import DATASETS, MODELS

if TYPE_CHECKING:
    from latent_core.models.card import ModelCard


_OLD = """

Rows without n were measured by an earlier version: on all images of the data set, with probes of
fixed settings."""


def models(arguments: argparse.Namespace) -> None:
    if arguments.table:
        _print_tables(arguments.table)
        return
    if arguments.model:
        path = lc.load_card(arguments.model).folder / "card.json"
        print(path.read_text(encoding="utf-8"), end="")
        return
    MODELS.check()
    for model_id in lc.list_models():
        try:
            card = lc.load_card(model_id)
        except LatentError as error:
            print(f"{model_id:20}  unusable: {error}")
            continue
        measured = "measured" if card.metrics else "not measured"
        print(f"{model_id:20}  {card.latent_dim:3} dimensions  {measured:12}  {card.title}")


def _print_tables(style: str) -> None:
    if style == "markdown":
        print(model_table())
        return
    cards = [lc.load_card(model_id) for model_id in lc.list_models()]
    print({"csv": metrics_csv, "latex": metrics_latex}[style](cards), end="")


def model_table() -> str:
    """The metrics of all models as Markdown tables, one per group of metrics."""
    cards = [lc.load_card(model_id) for model_id in lc.list_models()]
    tables = ((title, _table(cards, columns_of(group))) for group, title in GROUPS.items())
    text = "\n\n".join(f"### {title}\n\n{table}" for title, table in tables if table)
    is_old = any(card.metrics and "n_images" not in card.metrics for card in cards)
    return text + (_OLD if is_old else "")


def _table(cards: list[ModelCard], columns: list[Metric]) -> str:
    """The models that have any of the metrics."""
    shown = [card for card in cards if any(m.value(card) is not None for m in columns)]
    used = [m for m in columns if any(m.value(card) is not None for card in shown)]
    rows = [("model", "n", *(metric.short for metric in used)), ("---",) * (2 + len(used))]
    for card in shown:
        n_images = f"{card.metrics['n_images']:,}" if "n_images" in card.metrics else "–"
        rows.append((f"`{card.id}`", n_images, *(_cell(card, metric) for metric in used)))
    for dataset_id in dict.fromkeys(card.dataset for card in shown):
        own = [card for card in shown if card.dataset == dataset_id]
        for title, baseline_of in {"pixels": pixels_of, "real images": real_of}.items():
            cells = [
                _baseline_cell(own, baseline_of(metric), with_std=baseline_of is real_of)
                for metric in used
            ]
            if any(cell != "–" for cell in cells):
                rows.append((f"{title}, `{dataset_id}`", "", *cells))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows) if shown else ""


def _baseline_cell(cards: list[ModelCard], metric: Metric | None, *, with_std: bool) -> str:
    """A figure of the data itself, which the cards of its models have alike."""
    card = next((c for c in cards if metric and metric.value(c) is not None), None)
    if metric is None or card is None:
        return "–"
    std = card.metrics.get(f"{metric.key}_std") if with_std else None
    value = metric.text(card.metrics[metric.key])
    return f"{value} ± {metric.text(std)} over {metric.std_over}" if std else value


def _cell(card: ModelCard, metric: Metric) -> str:
    """The value of the shipped training and, where known, the statistics over trainings."""
    value = metric.value(card)
    if value is None:
        return "–"
    over = metric.text_over_trainings(card)
    return f"{metric.text(value)} ({over})" if over else metric.text(value)


def datasets(arguments: argparse.Namespace) -> None:
    from latent_core.datasets import write_shipped_dataset

    if arguments.convert:
        write_shipped_dataset(arguments.convert, arguments.data_dir)
    DATASETS.check()
    for dataset_id in lc.list_datasets():
        data = lc.load_dataset(dataset_id)
        shape = data.image_shape if data.precomputed is None else data.precomputed.read().shape[1:]
        print(f"{dataset_id:12}  {len(data):7,} × {shape}  {data.title}")
