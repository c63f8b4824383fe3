"""How good a model is, beside the linear model of the same size."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core import cards
from latent_core.errors import BadCard
from latent_core.judging import Judge, judge_of, judge_samples
from latent_core.measure import active_units, kl_per_dimension, squared_error
from latent_core.models import LatentModel, TorchModel, load_model
from latent_core.probes import probe_accuracy
from latent_core.values import Dataset, Encodings, Floats, Progress, no_progress, share_of

PRIOR = ("vae", "gan")
"""The families whose codes are meant to be N(0, I)."""


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
    model: TorchModel,
    data: Dataset,
    encodings: Encodings,
    errors: Floats | None,
    *,
    progress: Progress = no_progress,
) -> dict[str, Any]:
    """What the family allows, on pictures the model has not seen in training.

    Parameters
    ----------
    encodings, errors
        Of `data` under `model`; errors are None where it has no decoder.

    Returns
    -------
    dict
        For what encodes and decodes, ``mse`` per pixel; that of PCA with as many dimensions,
        ``mse_pca``, and the ratio of the two; the same for PCA with its pixels cut to [0, 1],
        ``…_clipped``.  For a VAE, ``kl_nats`` per dimension and in sum, and the number of
        ``active_units``.  Where classes are known, what `probe_accuracy` reads from the codes.
        Where a classifier judges this data, Fréchet distances of samples and reconstructions
        beside ``frechet_real``, that of two halves of the real pictures.  For a classifier its
        ``accuracy``.
    """
    metrics: dict[str, Any] = {"data": f"{data.id}, {len(data):,} test pictures"}
    if errors is not None:
        progress(0.0, "measuring the baseline")
        metrics |= reconstruction_metrics(model, data, errors)
    if encodings.log_var is not None:
        kl = kl_per_dimension(encodings.mean, encodings.log_var)
        metrics["kl_nats"] = round(float(kl.sum()), 3)
        metrics["kl_nats_per_dimension"] = [round(float(value), 3) for value in kl]
        metrics["active_units"] = int(active_units(encodings.mean).sum())
    if data.labels is not None:
        metrics |= _probes(encodings, data.labels, share_of(progress, 0.1, 0.6))
    if model.card.classifies and data.labels is not None:
        right = model.classify(data.pixels()) == data.labels
        metrics["accuracy"] = round(float(right.mean()), 4)
    elif model.card.decodes and (judge := judge_of(data)) is not None:
        progress(0.6, "asking the judge")
        metrics |= _judged(model, data, encodings, Judge(judge, data))
    progress(1.0, "done")
    return metrics


def reconstruction_metrics(model: TorchModel, data: Dataset, errors: Floats) -> dict[str, Any]:
    """The mean of squared errors per pixel ``(N,)`` beside that of PCA; see `evaluate`."""
    mse = float(errors.mean())
    linear, clipped = baseline_errors(model, data)
    return {
        "mse": round(mse, 6),
        "mse_pca": round(linear, 6),
        "mse_ratio_to_pca": round(mse / linear, 4),
        "mse_pca_clipped": round(clipped, 6),
        "mse_ratio_to_pca_clipped": round(mse / clipped, 4),
    }


def _probes(
    encodings: Encodings, labels: NDArray[np.int64], progress: Progress
) -> dict[str, float]:
    told = {}
    for name, (mean, deviation) in probe_accuracy(
        encodings.mean, labels, progress=progress
    ).items():
        told[f"{name}_accuracy"] = round(mean, 4)
        told[f"{name}_accuracy_deviation"] = round(deviation, 4)
    return told


def _judged(model: TorchModel, data: Dataset, encodings: Encodings, judge: Judge) -> dict[str, Any]:
    told: dict[str, Any] = {
        "judge": judge.model.card.id,
        "frechet_real": round(judge.floor(), 3),
    }
    made = model.decode(encodings.mean)
    told["frechet_reconstructions"] = round(judge.distance(made), 3)
    if data.labels is not None:
        kept = judge.classes(made) == data.labels
        told["accuracy_on_reconstructions"] = round(float(kept.mean()), 4)
    if model.card.family in PRIOR:
        told |= judge_samples(model, judge)
    return told


def write_metrics(model: LatentModel, metrics: dict[str, Any]) -> None:
    """Put what was measured on the model's card, with the command that measures it."""
    command = f"python -m latent_core evaluate {model.card.id} --write"
    cards.update_card(model.card.folder, metrics={"command": command, **metrics})
