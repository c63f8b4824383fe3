"""How good a model is, beside the linear model of the same size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from latent_core import card_files
from latent_core.analysis.analogies import analogy_accuracy, find_name
from latent_core.datasets.factors import factors_of_card
from latent_core.errors import InvalidCardError
from latent_core.evaluation.disentanglement import mutual_information_gap
from latent_core.evaluation.evaluator import Evaluator, evaluate_samples
from latent_core.evaluation.probes import probe_accuracy, probe_factors
from latent_core.evaluation.summary import above_chance
from latent_core.metrics import active_units, kl_per_dimension, per_image_mse
from latent_core.models.catalog import evaluator_for, load_model
from latent_core.models.model import LatentModel, TorchModel
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Dataset, Encodings, Floats, PrecomputedCodes


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
        raise InvalidCardError(
            f"The baseline of {model.card.id!r} must be a PCA with at least {dims} dimensions."
        )
    weights = load_file(baseline.card.checked_weights())
    axes = weights["components"][:dims]
    flat = data.images().reshape(len(data), -1)
    linear = (flat - weights["mean"]) @ axes.T @ axes + weights["mean"]
    errors = [float(per_image_mse(flat, made).mean()) for made in (linear, linear.clip(0, 1))]
    return errors[0], errors[1]


def evaluate(
    model: TorchModel,
    data: Dataset,
    encodings: Encodings,
    errors: Floats | None,
    *,
    pixel_probes: Mapping[str, Any] | None = None,
    progress: ProgressCallback = null_progress,
) -> dict[str, Any]:
    """What the family allows, on pictures the model has not seen in training.

    Parameters
    ----------
    encodings, errors
        Of `data` under `model`; errors are None where it has no decoder.
    pixels
        The `probes` of the pictures themselves, where they are known.

    Returns
    -------
    dict
        For what encodes and decodes, ``mse`` per pixel; that of PCA with as many dimensions,
        ``mse_pca``, and the ratio of the two; the same for PCA with its pixels cut to [0, 1],
        ``…_clipped``.  For a VAE, ``kl_nats`` per dimension and in sum, and the number of
        ``active_units``.  Where classes or factors are known, the `probes` of the codes, of PCA
        with as many dimensions, ``…_pca``, and of the pixels, ``…_pixels``.
        Where a classifier judges this data, Fréchet distances of samples and reconstructions
        beside ``frechet_real``, that of two halves of the real pictures, and the share of what it
        says rightly of real pictures that it says rightly of their reconstructions,
        ``accuracy_kept``, over the questions that are `readable`.  Where factors are known, the
        mean `mutual_information_gap`, ``factor_gap``.  For a classifier its ``accuracy``.  Where
        codes are given and the card tells of relations between names, what `analogy_accuracy`
        finds.
    """
    kind = "test pictures" if data.precomputed is None else f"{data.sample_noun}s"
    metrics: dict[str, Any] = {"data": f"{data.id}, {len(data):,} {kind}"}
    if data.precomputed is not None and "relations" in data.card:
        metrics |= analogy_accuracy(
            encodings.mean, _relations(data.precomputed, data.card["relations"])
        )
    if errors is not None:
        progress(0.0, "measuring the baseline")
        metrics |= reconstruction_metrics(model, data, errors)
    if encodings.log_var is not None:
        kl = kl_per_dimension(encodings.mean, encodings.log_var)
        metrics["kl_total_nats"] = round(float(kl.sum()), 3)
        metrics["kl_nats_per_dimension"] = [round(float(value), 3) for value in kl]
        metrics["active_units"] = int(active_units(encodings.mean).sum())
    metrics |= probes(encodings.mean, data, progress=subprogress(progress, 0.1, 0.6))
    if (data.labels is not None or data.factors) and model.card.baseline is not None:
        codes = load_model(model.card.baseline).encode(data.images()).mean
        metrics |= _baseline_probes(probes(codes[:, : model.card.latent_dim], data), "_pca")
    metrics |= _baseline_probes(pixel_probes or {}, "_pixels")
    if data.factors and encodings.mean.shape[1] > 1:
        metrics["mig"] = _mean(mutual_information_gap(encodings.mean, data.factors))
    if model.card.is_classifier:
        metrics |= _classifier_accuracy(Evaluator(model, data), data)
    elif model.card.decodes and (judge := evaluator_for(data.id)) is not None:
        progress(0.6, "asking the judge")
        metrics |= _evaluator_metrics(model, data, encodings, Evaluator(judge, data))
    progress(1.0, "done")
    return metrics


def _relations(given: PrecomputedCodes, told: dict[str, Any]) -> dict[str, list[tuple[int, int]]]:
    """Pairs of names as pairs of numbers."""
    return {
        kind: [(find_name(given.names, a), find_name(given.names, b)) for a, b in pairs]
        for kind, pairs in told.items()
    }


def reconstruction_metrics(model: TorchModel, data: Dataset, errors: Floats) -> dict[str, Any]:
    """The mean of squared errors per pixel ``(N,)`` beside that of PCA; see `evaluate`."""
    mse = float(errors.mean())
    if model.card.baseline is None and model.card.family != "pca":
        return {"mse": round(mse, 6)}
    linear, clipped = baseline_errors(model, data)
    return {
        "mse": round(mse, 6),
        "mse_pca": round(linear, 6),
        "mse_ratio_to_pca": round(mse / linear, 4),
        "mse_pca_clipped": round(clipped, 6),
        "mse_ratio_to_pca_clipped": round(mse / clipped, 4),
    }


def probes(
    codes: Floats, data: Dataset, *, progress: ProgressCallback = null_progress
) -> dict[str, Any]:
    """What simple readers tell from codes ``(N, D)``, or pixels, of a data set's pictures.

    Returns
    -------
    dict
        Where classes are known, the shares that `probe_accuracy` reads; where factors are, R² of
        `probe_factors` in the mean over the ordered ones that vary, ``linear_r2`` and ``knn_r2``,
        and of each, ``linear_r2_by_factor``; beside each mean its ``…_deviation`` over halves.
    """
    told: dict[str, Any] = {}
    ordered = [name for name, about in factors_of_card(data.card, data.id).items() if about.ordered]
    factors = {n: v for n in ordered if np.ptp(v := data.factors[n]) > 0}
    parts = subprogress(progress, 0.0, 0.5), subprogress(progress, 0.5, 1.0)
    if data.labels is not None:
        for name, (mean, deviation) in probe_accuracy(
            codes, data.labels, progress=parts[0]
        ).items():
            told[f"{name}_accuracy"] = round(mean, 4)
            told[f"{name}_accuracy_std"] = round(deviation, 4)
    if factors:
        found = probe_factors(codes, factors, progress=parts[1])
        for name, shares in found.items():
            told[f"{name}_r2"] = round(float(shares.mean()), 4)
            told[f"{name}_r2_std"] = round(float(shares.mean(axis=1).std()), 4)
        each = zip(factors, found["linear"].mean(axis=0), strict=True)
        told["linear_r2_by_factor"] = {name: round(float(share), 4) for name, share in each}
    return told


def _baseline_probes(told: Mapping[str, Any], of: str) -> dict[str, float]:
    """What something else tells, under names of its own; the means alone."""
    means = [name for name in told if name.endswith(("_accuracy", "_r2"))]
    return {f"{name}{of}{part}": told[name + part] for name in means for part in ("", "_std")}


def _classifier_accuracy(judge: Evaluator, data: Dataset) -> dict[str, Any]:
    """What a classifier gets right, beside always saying what is true most often."""
    told = judge.accuracy(data.images())
    if told is None:
        return {}
    guessed = judge.majority_baseline()
    return {
        "accuracy": _mean(told),
        "accuracy_majority_baseline": _mean(guessed),
        **_by_attribute("accuracy", told),
        **_by_attribute("accuracy_majority_baseline", guessed),
    }


def _mean(shares: dict[str, float]) -> float:
    return round(float(np.mean(list(shares.values()))), 4)


def _by_attribute(name: str, shares: dict[str, float]) -> dict[str, Any]:
    if list(shares) == ["class"]:
        return {}
    return {f"{name}_by_attribute": {key: round(share, 4) for key, share in shares.items()}}


def _evaluator_metrics(
    model: TorchModel, data: Dataset, encodings: Encodings, judge: Evaluator
) -> dict[str, Any]:
    told: dict[str, Any] = {
        "evaluation_classifier": judge.model.card.id,
        "frechet_real_vs_real": round(judge.real_vs_real_distance(), 3),
    }
    made = model.decode(encodings.mean)
    told["frechet_reconstructions"] = round(judge.distance(made), 3)
    known, rebuilt = judge.accuracy(data.images()), judge.accuracy(made)
    if known is not None and rebuilt is not None:
        read = above_chance(known, judge.majority_baseline())
        kept = {name: rebuilt[name] / known[name] for name in read}
        told["accuracy_on_reconstructions"] = _mean({name: rebuilt[name] for name in read})
        told["accuracy_retained"] = _mean(kept)
        told |= _by_attribute("accuracy_retained", kept)
    if model.card.has_gaussian_prior:
        told |= evaluate_samples(model, judge)
        told["class_frequencies_real"] = [
            round(float(s), 4) for s in judge.predictions(data.images()).mean(axis=0)
        ]
    return told


def write_metrics(model: LatentModel, metrics: dict[str, Any]) -> None:
    """Put what was measured on the model's card, with the command that measures it."""
    command = f"python -m latent_core evaluate {model.card.id} --write"
    card_files.update_card(model.card.folder, metrics={"command": command, **metrics})
