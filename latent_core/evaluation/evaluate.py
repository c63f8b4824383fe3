"""The metrics of a model, with those of PCA with as many dimensions as baseline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from latent_core import card_files
from latent_core.analysis.analogies import analogy_accuracy, find_name
from latent_core.datasets.factors import factors_of_card
from latent_core.evaluation.disentanglement import mutual_information_gap
from latent_core.evaluation.evaluator import Evaluator, evaluate_samples
from latent_core.evaluation.probes import probe_accuracy, probe_factors
from latent_core.evaluation.reconstruction import reconstruction_metrics
from latent_core.evaluation.summary import above_chance
from latent_core.metrics import active_units, kl_per_dimension
from latent_core.models.catalog import evaluator_for, load_model
from latent_core.models.model import LatentModel, TorchModel
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Dataset, Encodings, Floats, PrecomputedCodes


def evaluate(
    model: TorchModel,
    data: Dataset,
    encodings: Encodings,
    errors: Floats | None,
    *,
    pixel_probes: Mapping[str, Any] | None = None,
    progress: ProgressCallback = null_progress,
) -> dict[str, Any]:
    """The metrics that apply to the model's family, on held-out images.

    Parameters
    ----------
    model
        The model.
    data
        Images it was not trained on, with labels or factors where known.
    encodings
        Codes of `data` under `model`.
    errors
        Its reconstruction errors ``(N,)``; None where it has no decoder.
    pixel_probes
        The `probes` of the pixels, where computed.
    progress
        Called on the way; may raise `CancelledError`.

    Returns
    -------
    dict
        With a decoder: the metrics of `reconstruction_metrics`.
        For a VAE: ``kl_total_nats``, ``kl_nats_per_dimension`` and the number of ``active_units``.
        With classes or factors: the `probes` of the codes, of PCA with as many dimensions,
        ``…_pca``, and of the pixels, ``…_pixels``.
        With factors: ``mig``, the mean of `mutual_information_gap`.
        With an evaluation classifier: Fréchet distances of samples and reconstructions,
        ``frechet_real_vs_real`` of two halves of the real images, and ``accuracy_retained``, the
        accuracy on reconstructions divided by that on real images, over the attributes that are
        `above_chance`.
        For a classifier: its ``accuracy`` and the majority baseline.
        For precomputed codes with relations between names: `analogy_accuracy`.
    """
    kind = "test images" if data.precomputed is None else f"{data.sample_noun}s"
    metrics: dict[str, Any] = {"data": f"{data.id}, {len(data):,} {kind}"}
    metrics |= _analogy_metrics(data, encodings)
    if errors is not None:
        progress(0.0, "computing the baseline")
        metrics |= reconstruction_metrics(model, data, errors)
    metrics |= _kl_metrics(encodings)
    metrics |= probes(encodings.mean, data, progress=subprogress(progress, 0.1, 0.6))
    metrics |= _probes_of_baselines(model, data, pixel_probes or {})
    if data.factors and encodings.mean.shape[1] > 1:
        metrics["mig"] = _mean(mutual_information_gap(encodings.mean, data.factors))
    if model.card.is_classifier:
        metrics |= _classifier_accuracy(Evaluator(model, data), data)
    elif model.card.decodes and (classifier := evaluator_for(data.id)) is not None:
        progress(0.6, "computing Fréchet distances")
        metrics |= _evaluator_metrics(model, data, encodings, Evaluator(classifier, data))
    progress(1.0, "done")
    return metrics


def _analogy_metrics(data: Dataset, encodings: Encodings) -> dict[str, Any]:
    if data.precomputed is None or "relations" not in data.card:
        return {}
    return dict(
        analogy_accuracy(encodings.mean, _relations(data.precomputed, data.card["relations"]))
    )


def _relations(
    codes: PrecomputedCodes, relations: dict[str, Any]
) -> dict[str, list[tuple[int, int]]]:
    """Pairs of names as pairs of indices."""
    return {
        kind: [(find_name(codes.names, a), find_name(codes.names, b)) for a, b in pairs]
        for kind, pairs in relations.items()
    }


def _kl_metrics(encodings: Encodings) -> dict[str, Any]:
    if encodings.log_var is None:
        return {}
    kl = kl_per_dimension(encodings.mean, encodings.log_var)
    return {
        "kl_total_nats": round(float(kl.sum()), 3),
        "kl_nats_per_dimension": [round(float(value), 3) for value in kl],
        "active_units": int(active_units(encodings.mean).sum()),
    }


def probes(
    codes: Floats, data: Dataset, *, progress: ProgressCallback = null_progress
) -> dict[str, Any]:
    """The results of linear and kNN probes on codes ``(N, D)``, or pixels, of a data set.

    Returns
    -------
    dict
        With classes, ``linear_accuracy`` and ``knn_accuracy`` of `probe_accuracy`.  With factors,
        ``linear_r2`` and ``knn_r2`` of `probe_factors`, averaged over the ordered factors that
        vary, and ``linear_r2_by_factor``.  With each average its ``…_std`` over splits.
    """
    results: dict[str, Any] = {}
    factors = _varying_ordered_factors(data)
    parts = subprogress(progress, 0.0, 0.5), subprogress(progress, 0.5, 1.0)
    if data.labels is not None:
        known = data.labels >= 0
        accuracies = probe_accuracy(codes[known], data.labels[known], progress=parts[0])
        for name, (mean, std) in accuracies.items():
            results[f"{name}_accuracy"] = round(mean, 4)
            results[f"{name}_accuracy_std"] = round(std, 4)
    if factors:
        r2 = probe_factors(codes, factors, progress=parts[1])
        for name, values in r2.items():
            results[f"{name}_r2"] = round(float(values.mean()), 4)
            results[f"{name}_r2_std"] = round(float(values.mean(axis=1).std()), 4)
        by_factor = zip(factors, r2["linear"].mean(axis=0), strict=True)
        results["linear_r2_by_factor"] = {name: round(float(value), 4) for name, value in by_factor}
    return results


def _varying_ordered_factors(data: Dataset) -> dict[str, Floats]:
    descriptions = factors_of_card(data.card, data.id)
    ordered = [name for name, factor in descriptions.items() if factor.ordered]
    return {name: v for name in ordered if np.ptp(v := data.factors[name]) > 0}


def _probes_of_baselines(
    model: TorchModel, data: Dataset, pixel_probes: Mapping[str, Any]
) -> dict[str, float]:
    """The probes of PCA with as many dimensions, and of the pixels."""
    pca = {}
    if (data.labels is not None or data.factors) and model.card.baseline is not None:
        codes = load_model(model.card.baseline).encode(data.images()).mean
        pca = _with_suffix(probes(codes[:, : model.card.latent_dim], data), "_pca")
    return pca | _with_suffix(pixel_probes, "_pixels")


def _with_suffix(results: Mapping[str, Any], suffix: str) -> dict[str, float]:
    """Means and standard deviations of probes, under names with a suffix."""
    means = [name for name in results if name.endswith(("_accuracy", "_r2"))]
    return {
        f"{name}{suffix}{part}": results[name + part] for name in means for part in ("", "_std")
    }


def _classifier_accuracy(evaluator: Evaluator, data: Dataset) -> dict[str, Any]:
    """A classifier's accuracy and that of the majority baseline."""
    accuracy = evaluator.accuracy(data.images())
    if accuracy is None:
        return {}
    baseline = evaluator.majority_baseline()
    return {
        "accuracy": _mean(accuracy),
        "accuracy_majority_baseline": _mean(baseline),
        **_by_attribute("accuracy", accuracy),
        **_by_attribute("accuracy_majority_baseline", baseline),
    }


def _mean(values: dict[str, float]) -> float:
    return round(float(np.mean(list(values.values()))), 4)


def _by_attribute(name: str, values: dict[str, float]) -> dict[str, Any]:
    if list(values) == ["class"]:
        return {}
    return {f"{name}_by_attribute": {key: round(value, 4) for key, value in values.items()}}


def _evaluator_metrics(
    model: TorchModel, data: Dataset, encodings: Encodings, evaluator: Evaluator
) -> dict[str, Any]:
    """Fréchet distances and the accuracy retained, under an evaluation classifier."""
    images, decoded = data.images(), model.decode(encodings.mean)
    metrics: dict[str, Any] = {
        "evaluation_classifier": evaluator.model.card.id,
        "frechet_real_vs_real": round(evaluator.real_vs_real_distance(), 3),
        "frechet_reconstructions": round(evaluator.distance(decoded), 3),
    }
    metrics |= _accuracy_retained(evaluator, images, decoded)
    if model.card.has_gaussian_prior:
        metrics |= evaluate_samples(model, evaluator)
        metrics["class_frequencies_real"] = [
            round(float(value), 4) for value in evaluator.predictions(images).mean(axis=0)
        ]
    return metrics


def _accuracy_retained(evaluator: Evaluator, images: Floats, decoded: Floats) -> dict[str, Any]:
    real, reconstructed = evaluator.accuracy(images), evaluator.accuracy(decoded)
    if real is None or reconstructed is None:
        return {}
    names = above_chance(real, evaluator.majority_baseline())
    retained = {name: reconstructed[name] / real[name] for name in names}
    return {
        "accuracy_on_reconstructions": _mean({name: reconstructed[name] for name in names}),
        "accuracy_retained": _mean(retained),
        **_by_attribute("accuracy_retained", retained),
    }


def write_metrics(model: LatentModel, metrics: dict[str, Any]) -> None:
    """Write the result of `evaluate` to the model's card, with its command."""
    command = f"python -m latent_core evaluate {model.card.id} --write"
    card_files.update_card(model.card.folder, metrics={"command": command, **metrics})
