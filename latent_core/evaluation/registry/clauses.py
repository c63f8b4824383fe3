"""Parts of the summary sentence: each says whether a figure is a strength, with its baseline."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from latent_core.evaluation.registry.metric import Clause, Metric
from latent_core.models.card import ModelCard

ClauseFunction = Callable[[Metric, ModelCard, ModelCard | None], Clause]

ERROR_MARGIN = 0.05
"""A ratio of errors that differs from 1 by less than this counts as equal."""
CHANCE_MARGIN = 0.02
"""By how much an accuracy must exceed the majority baseline to count as above chance."""
MIN_RETAINED = 0.95
"""Below this, a retained fraction counts as a weakness."""
MIN_COVERAGE = 0.9
"""Samples that cover this fraction of what real images cover count as a strength."""


def above_chance(accuracy: Mapping[str, float], baseline: Mapping[str, float]) -> list[str]:
    """The attributes whose accuracy exceeds the majority baseline by `CHANCE_MARGIN`."""
    return [name for name, value in accuracy.items() if value > baseline[name] + CHANCE_MARGIN]


def enumerated(texts: list[str]) -> str:
    """``a, b and c``."""
    *first, last = texts or [""]
    return f"{', '.join(first)} and {last}" if first else last


def error_ratio(metric: Metric, card: ModelCard, _baseline: ModelCard | None) -> Clause:
    """A ratio to PCA's error, of which 1 is neither strength nor gain."""
    ratio = metric.value(card)
    if ratio is None or card.family == "pca":
        return None
    if 1 - ERROR_MARGIN < ratio <= 1 + ERROR_MARGIN:
        return False, f"{metric.label} no lower than PCA's ({ratio:.2f} ×)"
    return ratio < 1, f"{metric.label} {ratio:.2f} × PCA's"


def classifier_accuracy(metric: Metric, card: ModelCard, _baseline: ModelCard | None) -> Clause:
    """An accuracy with the majority baseline."""
    accuracy, majority = metric.value(card), card.metrics.get(metric.baseline)
    if accuracy is None:
        return None
    baseline = "" if majority is None else f" (majority baseline {majority:.1%})"
    n_attributes = len(card.attribute_thresholds)
    over = f" over {n_attributes} attributes" if n_attributes else ""
    return True, f"{metric.label} {accuracy:.1%}{over}{baseline}"


def chance_level_attributes(metric: Metric, card: ModelCard, _other: ModelCard | None) -> Clause:
    """The attributes whose accuracy is not above that of the majority baseline."""
    accuracy, baseline = card.metrics.get(metric.key), card.metrics.get(metric.baseline)
    if accuracy is None or baseline is None:
        return None
    above = above_chance(accuracy, baseline)
    at_chance = [name.replace("_", " ") for name in accuracy if name not in above]
    return (False, f"chance-level accuracy on {enumerated(at_chance)}") if at_chance else None


def differs_from_pca(template: str, unless: str = "") -> ClauseFunction:
    """A probe and that of the baseline's codes, where they clearly differ.

    Parameters
    ----------
    template
        How a value is written in a sentence.
    unless
        Key of a metric that says the same more plainly; where both cards have it, nothing is said.
    """

    def clause(metric: Metric, card: ModelCard, baseline: ModelCard | None) -> Clause:
        if baseline is None or baseline.id == card.id or not metric.differ(card, baseline):
            return None
        if unless in card.metrics and unless in baseline.metrics:
            return None
        own, pca = metric.value(card) or 0.0, metric.value(baseline) or 0.0
        return own > pca, (
            f"{metric.label} {template.format(own)} from {dimensions(card.latent_dim)} "
            f"(PCA with {baseline.latent_dim}: {template.format(pca)})"
        )

    return clause


def retained(by: str = "") -> ClauseFunction:
    """A retained fraction and, where it is low for a part, the lowest.

    Parameters
    ----------
    by
        Key of the fractions by attribute or factor.
    """

    def clause(metric: Metric, card: ModelCard, _baseline: ModelCard | None) -> Clause:
        fraction = metric.value(card)
        if fraction is None:
            return None
        parts: Mapping[str, float] = card.metrics.get(by, {})
        lowest = min(parts, key=lambda name: parts[name], default="")
        detail = ""
        if lowest and parts[lowest] < MIN_RETAINED:
            detail = f" ({lowest.replace('_', ' ')}: {parts[lowest]:.0%})"
        name = metric.label.partition(",")[0]
        return fraction >= MIN_RETAINED, f"{name} {fraction:.0%}{detail}"

    return clause


def coverage(metric: Metric, card: ModelCard, _baseline: ModelCard | None) -> Clause:
    """How much of the real images samples cover, and how much other real images cover."""
    covered, by_real = metric.value(card), card.metrics.get(metric.baseline)
    if covered is None or by_real is None:
        return None
    return covered >= MIN_COVERAGE * by_real, (
        f"samples cover {covered:.0%} of the real images (other real images cover {by_real:.0%})"
    )


def inactive_dimensions(metric: Metric, card: ModelCard, _baseline: ModelCard | None) -> Clause:
    """How many latent dimensions are not active units."""
    active = metric.value(card)
    if active is None or active >= card.latent_dim:
        return None
    return False, f"{card.latent_dim - int(active)} of {dimensions(card.latent_dim)} inactive"


def dimensions(count: int) -> str:
    """``1 latent dimension``, ``2 latent dimensions``."""
    return f"{count} latent dimension{'' if count == 1 else 's'}"
