"""One sentence on a model's strengths and weaknesses, from the metrics on its card."""

from __future__ import annotations

from collections.abc import Mapping

from latent_core.evaluation.replicate_statistics import seed_std
from latent_core.models.card import ModelCard

ERROR_MARGIN = 0.05
"""A ratio of errors that differs from 1 by less than this counts as equal."""
MAX_FRECHET_RATIO = 10
"""Fréchet distances up to this multiple of the distance real vs. real count as a strength."""
CHANCE_MARGIN = 0.02
"""By how much an accuracy must exceed the majority baseline to count as above chance."""
MIN_ACCURACY_RETAINED = 0.95
"""Below this, accuracy retained counts as a weakness."""
PROBES = {
    "linear_accuracy": "linear probe accuracy {:.0%}",
    "linear_r2": "linear probe R² {:.2f}",
}
"""Metrics of the linear probe with their text; the first that is known is used."""

Clause = tuple[bool, str] | None
"""Whether it is a strength, and its text; None where the metric is unknown or unremarkable."""


def summary_sentence(card: ModelCard, baseline: ModelCard | None = None) -> str:
    """One sentence: the model's strengths, then its weaknesses, each with its baseline.

    Parameters
    ----------
    card
        The model's card.
    baseline
        The card of its baseline, a PCA, whose linear probe it is compared with.
    """
    if not card.metrics:
        return f"Not yet evaluated; run python -m latent_core evaluate {card.id} --write."
    clauses = [
        _reconstruction(card),
        _accuracy(card),
        _chance_level_attributes(card),
        _linear_probe(card, baseline),
        _accuracy_retained(card),
        _frechet_samples(card),
        _inactive_units(card),
        None if card.decodes else (False, "no decoder"),
    ]
    known = [clause for clause in clauses if clause is not None]
    strengths = _enumerated([text for is_strength, text in known if is_strength])
    weaknesses = _enumerated([text for is_strength, text in known if not is_strength])
    sentence = ", but ".join(part for part in (strengths, weaknesses) if part)
    sentence = sentence or "no metric differs clearly from its baseline"
    return f"{sentence[0].upper()}{sentence[1:]}."


def above_chance(accuracy: Mapping[str, float], baseline: Mapping[str, float]) -> list[str]:
    """The attributes whose accuracy exceeds the majority baseline by `CHANCE_MARGIN`."""
    return [name for name, value in accuracy.items() if value > baseline[name] + CHANCE_MARGIN]


def _enumerated(texts: list[str]) -> str:
    *first, last = texts or [""]
    return f"{', '.join(first)} and {last}" if first else last


def _reconstruction(card: ModelCard) -> Clause:
    if card.family == "pca":
        return True, "the linear baseline of the other models"
    ratio = card.metrics.get("mse_ratio_to_pca")
    if ratio is None:
        return None
    if 1 - ERROR_MARGIN < ratio <= 1 + ERROR_MARGIN:
        return False, f"reconstruction error no lower than PCA's ({ratio:.2f} ×)"
    return bool(ratio < 1), f"reconstruction error {ratio:.2f} × PCA's"


def _accuracy(card: ModelCard) -> Clause:
    accuracy = card.metrics.get("accuracy")
    if accuracy is None:
        return None
    majority = card.metrics.get("accuracy_majority_baseline")
    baseline = "" if majority is None else f" (majority baseline {majority:.1%})"
    n_attributes = len(card.attribute_thresholds)
    over = f" over {n_attributes} attributes" if n_attributes else ""
    return True, f"accuracy {accuracy:.1%}{over}{baseline}"


def _chance_level_attributes(card: ModelCard) -> Clause:
    accuracy = card.metrics.get("accuracy_by_attribute")
    baseline = card.metrics.get("accuracy_majority_baseline_by_attribute")
    if accuracy is None or baseline is None:
        return None
    above = above_chance(accuracy, baseline)
    at_chance = [name.replace("_", " ") for name in accuracy if name not in above]
    return (False, f"chance-level accuracy on {_enumerated(at_chance)}") if at_chance else None


def _linear_probe(card: ModelCard, baseline: ModelCard | None) -> Clause:
    """The linear probe and that of PCA, where they differ by two standard deviations."""
    if baseline is None or baseline.id == card.id:
        return None
    for metric, text in PROBES.items():
        own, pca = _mean_and_std(card, metric), _mean_and_std(baseline, metric)
        if own is None or pca is None:
            continue
        if abs(own[0] - pca[0]) <= 2 * float((own[1] ** 2 + pca[1] ** 2) ** 0.5):
            return None
        pca_value = text.format(pca[0]).split()[-1]
        return own[0] > pca[0], (
            f"{text.format(own[0])} from {_dimensions(card.latent_dim)} "
            f"(PCA with {baseline.latent_dim}: {pca_value})"
        )
    return None


def _dimensions(count: int) -> str:
    return f"{count} latent dimension{'' if count == 1 else 's'}"


def _mean_and_std(card: ModelCard, metric: str) -> tuple[float, float] | None:
    """A metric and its standard deviation: over training seeds where known, else over splits."""
    if (value := card.metrics.get(metric)) is None:
        return None
    std = seed_std(card, metric)
    return value, card.metrics.get(f"{metric}_std", 0.0) if std is None else std


def _accuracy_retained(card: ModelCard) -> Clause:
    """The accuracy retained and, where it is low for an attribute, the lowest."""
    retained = card.metrics.get("accuracy_retained")
    if retained is None:
        return None
    by_attribute = card.metrics.get("accuracy_retained_by_attribute", {})
    lowest = min(by_attribute, key=lambda name: by_attribute[name], default="")
    detail = ""
    if lowest and by_attribute[lowest] < MIN_ACCURACY_RETAINED:
        detail = f" ({lowest.replace('_', ' ')}: {by_attribute[lowest]:.0%})"
    return bool(retained >= MIN_ACCURACY_RETAINED), f"accuracy retained {retained:.0%}{detail}"


def _frechet_samples(card: ModelCard) -> Clause:
    distance = card.metrics.get("frechet_samples")
    floor = card.metrics.get("frechet_real_vs_real")
    if distance is None or floor is None:
        return None
    return bool(distance <= MAX_FRECHET_RATIO * floor), (
        f"Fréchet distance of samples {distance:.2g} (real vs. real {floor:.2g})"
    )


def _inactive_units(card: ModelCard) -> Clause:
    active = card.metrics.get("active_units")
    if active is None or active >= card.latent_dim:
        return None
    return False, f"{card.latent_dim - active} of {_dimensions(card.latent_dim)} inactive"
