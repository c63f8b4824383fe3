"""Commands that list models and data sets."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import latent_core as lc
from latent_core.card_files import check_folder, data_dir, models_dir
from latent_core.errors import LatentError
from latent_core.evaluation.replicate_statistics import seed_std

if TYPE_CHECKING:
    from latent_core.models.card import ModelCard

_TABLE_COLUMNS = {
    "mse": ("MSE", "{:.4f}"),
    "mse_ratio_to_pca": ("MSE ÷ PCA", "{:.2f}"),
    "kl_total_nats": ("KL (nats)", "{:.1f}"),
    "linear_accuracy": ("probe acc.", "{:.1%}"),
    "linear_r2": ("probe R²", "{:.2f}"),
    "accuracy_retained": ("acc. retained", "{:.1%}"),
    "frechet_reconstructions": ("FD rec.", "{:.2f}"),
    "frechet_samples": ("FD samples", "{:.2f}"),
    "frechet_real_vs_real": ("FD real", "{:.2f}"),
}


def models(arguments: argparse.Namespace) -> None:
    if arguments.table:
        print(model_table())
        return
    if arguments.model:
        path = lc.load_card(arguments.model).folder / "card.json"
        print(path.read_text(encoding="utf-8"), end="")
        return
    check_folder("model", models_dir())
    for model_id in lc.list_models():
        try:
            card = lc.load_card(model_id)
        except LatentError as error:
            print(f"{model_id:20}  unusable: {error}")
            continue
        ratio = card.metrics.get("mse_ratio_to_pca")
        measured = "not measured" if ratio is None else f"MSE {ratio:.3f} × PCA's"
        print(f"{model_id:20}  {card.latent_dim:3} dimensions  {measured:22}  {card.title}")


def model_table() -> str:
    """The metrics of all models as a Markdown table."""
    heads = ("model", "dims", *(head for head, _ in _TABLE_COLUMNS.values()), "license")
    rows = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    rows += [_table_row(lc.load_card(model_id)) for model_id in lc.list_models()]
    return "\n".join(rows)


def _table_row(card: ModelCard) -> str:
    metrics = (_metric_cell(card, name, form) for name, (_, form) in _TABLE_COLUMNS.items())
    cells = (f"`{card.id}`", str(card.latent_dim), *metrics, card.license)
    return f"| {' | '.join(cells)} |"


def _metric_cell(card: ModelCard, name: str, form: str) -> str:
    """A metric with its standard deviation over training seeds where that is known."""
    if name not in card.metrics:
        return "–"
    value, std = form.format(card.metrics[name]), form.format(seed_std(card, name) or 0.0)
    return value if std == form.format(0) else f"{value} ± {std}"


def datasets(arguments: argparse.Namespace) -> None:
    from latent_core.datasets import write_shipped_dataset

    if arguments.convert:
        write_shipped_dataset(arguments.convert, arguments.data_dir)
    check_folder("data set", data_dir())
    for dataset_id in lc.list_datasets():
        data = lc.load_dataset(dataset_id)
        shape = data.image_shape if data.precomputed is None else data.precomputed.read().shape[1:]
        print(f"{dataset_id:12}  {len(data):7,} × {shape}  {data.title}")
