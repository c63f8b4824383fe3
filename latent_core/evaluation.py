"""How good a model is, beside the linear model of the same size."""

from __future__ import annotations

from typing import Any

from latent_core import cards
from latent_core.errors import BadCard
from latent_core.measure import active_units, kl_per_dimension, squared_error
from latent_core.models import LatentModel, load_model
from latent_core.values import Dataset, Encodings, Floats, Progress, no_progress


def baseline_errors(model: LatentModel, data: Dataset) -> tuple[float, float]:
    """Mean squared error per pixel of PCA with as many dimensions as `model` has.

    The first D components of the card's baseline *are* PCA with D dimensions.

    Returns
    -------
    linear, clipped
        Of the linear reconstruction, as PCA is usually reported, and of the picture that the
        app shows, whose pixels are cut to [0, 1].

    Raises
    ------
    BadCard
        The baseline is no PCA, or has fewer dimensions.
    """
    from safetensors.numpy import load_file

    baseline = load_model(str(model.card.baseline or model.card.id))
    dims = model.card.latent_dim
    if baseline.card.family != "pca" or baseline.card.latent_dim < dims:
        raise BadCard(
            f"The baseline of {model.card.id!r} must be a PCA with at least {dims} dimensions."
        )
    weights = load_file(baseline.card.checked_weights())
    axes = weights["components"][:dims]
    flat = data.pixels().reshape(len(data), -1)
    linear = (flat - weights["mean"]) @ axes.T @ axes + weights["mean"]
    errors = [float(squared_error(flat, made).mean()) for made in (linear, linear.clip(0, 1))]
    return errors[0], errors[1]


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
        ``mse`` per pixel; that of PCA with as many dimensions, ``mse_pca``, and the ratio of
        the two; the same for PCA with its pixels cut to [0, 1], ``…_clipped``; for a VAE
        ``kl_nats`` per dimension and in sum, and the number of ``active_units``.
    """
    progress(0.0, "measuring the baseline")
    mse = float(errors.mean())
    linear, clipped = baseline_errors(model, data)
    metrics: dict[str, Any] = {
        "data": f"{data.id}, {len(data):,} test pictures",
        "mse": round(mse, 6),
        "mse_pca": round(linear, 6),
        "mse_ratio_to_pca": round(mse / linear, 4),
        "mse_pca_clipped": round(clipped, 6),
        "mse_ratio_to_pca_clipped": round(mse / clipped, 4),
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
