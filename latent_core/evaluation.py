"""How good a model is, beside the linear model of the same size."""

from __future__ import annotations

from typing import Any

from latent_core import cards
from latent_core.errors import BadCard
from latent_core.measure import active_units, kl_per_dimension, squared_error
from latent_core.models import LatentModel, load_model
from latent_core.values import Dataset, Encodings, Floats, Progress, no_progress


def baseline_error(model: LatentModel, data: Dataset) -> float:
    """The mean squared error per pixel of PCA with as many dimensions as `model` has.

    The first D components of the card's baseline *are* PCA with D dimensions.

    Raises
    ------
    BadCard
        The baseline has fewer dimensions.
    """
    baseline = load_model(str(model.card.baseline or model.card.id))
    dims = model.card.latent_dim
    if baseline.card.family != "pca" or baseline.card.latent_dim < dims:
        raise BadCard(
            f"The baseline of {model.card.id!r} must be a PCA with at least {dims} dimensions."
        )
    images = data.pixels()
    codes = baseline.encode(images).mean.copy()
    codes[:, dims:] = 0
    return float(squared_error(images, baseline.decode(codes)).mean())


def evaluate(
    model: LatentModel,
    data: Dataset,
    encodings: Encodings,
    errors: Floats,
    *,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """What the family allows, on pictures the model has not seen in training.

    Returns
    -------
    dict
        ``mse`` per pixel, ``mse_pca`` of PCA with as many dimensions, their ratio; for a VAE
        ``kl_nats`` per dimension and in sum, and the number of ``active_units``.
    """
    progress(0.0, "measuring the baseline")
    mse, mse_pca = float(errors.mean()), baseline_error(model, data)
    metrics: dict[str, Any] = {
        "data": f"{data.id}, {len(data):,} test pictures",
        "mse": round(mse, 6),
        "mse_pca": round(mse_pca, 6),
        "mse_ratio_to_pca": round(mse / mse_pca, 4),
    }
    if encodings.log_var is not None:
        kl = kl_per_dimension(encodings.mean, encodings.log_var)
        metrics["kl_nats"] = round(float(kl.sum()), 3)
        metrics["kl_nats_per_dimension"] = [round(float(value), 3) for value in kl]
        metrics["active_units"] = int(active_units(encodings.mean).sum())
    progress(1.0, "done")
    return metrics


def write_metrics(model: LatentModel, metrics: dict[str, Any]) -> None:
    """Put what was measured on the model's card, with the command that measures it."""
    command = f"python -m latent_core evaluate {model.card.id} --write"
    cards.update_card(model.card.folder, metrics={"command": command, **metrics})
