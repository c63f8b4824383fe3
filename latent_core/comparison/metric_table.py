"""The registered metrics of two models side by side, and which differences mean something."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from latent_core.evaluation.registry import METRICS, Metric
from latent_core.evaluation.replicate_statistics import seed_statistics
from latent_core.models.card import ModelCard
from latent_core.notebook import compact_repr

Spread = Literal["exceeds", "within", "unknown"]
N_STD = 2.0
"""A difference exceeds the spread when it is larger than so many standard deviations of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricDifference:
    """One metric of two models.

    Parameters
    ----------
    metric
        The metric, of the registry.
    a, b
        Its values on the cards of the two models.
    better
        Which model has the better value; empty where neither direction is better, or for equal
        values.
    seed_std
        Standard deviation of the difference over training seeds, √(σ_A² + σ_B²); None where a
        model has none on its card.
    measurement_std
        The same for how the values were measured (resampled images, sampling seeds); 0 where none
        is on the cards.
    """

    metric: Metric
    a: float
    b: float
    better: Literal["a", "b", ""]
    seed_std: float | None
    measurement_std: float

    __repr__ = compact_repr

    @property
    def seed_spread(self) -> Spread:
        """Whether the difference exceeds `N_STD` standard deviations over training seeds."""
        if self.seed_std is None:
            return "unknown"
        std = max(self.seed_std, self.measurement_std)
        return "exceeds" if abs(self.a - self.b) > N_STD * std else "within"


def compare_metrics(card_a: ModelCard, card_b: ModelCard) -> list[MetricDifference]:
    """The metrics that both cards have as a number, in the order of the registry.

    Figures of baselines and of the data itself are left out.

    Parameters
    ----------
    card_a, card_b
        Models that were evaluated on the same data set.
    """
    if card_a.dataset != card_b.dataset:
        return []
    return [
        _difference(metric, card_a, card_b)
        for metric in METRICS
        if not metric.is_baseline and None not in (metric.value(card_a), metric.value(card_b))
    ]


def _difference(metric: Metric, card_a: ModelCard, card_b: ModelCard) -> MetricDifference:
    a, b = metric.value(card_a) or 0.0, metric.value(card_b) or 0.0
    stds = [_seed_std(metric, card) for card in (card_a, card_b)]
    known = [std for std in stds if std is not None]
    return MetricDifference(
        metric=metric,
        a=a,
        b=b,
        better=_better(metric, a, b),
        seed_std=math.hypot(*known) if len(known) == len(stds) else None,
        measurement_std=math.hypot(*(_measurement_std(metric, card) for card in (card_a, card_b))),
    )


def _better(metric: Metric, a: float, b: float) -> Literal["a", "b", ""]:
    if a == b or not metric.direction:
        return ""
    return "a" if (a < b) == (metric.direction == "lower") else "b"


def _seed_std(metric: Metric, card: ModelCard) -> float | None:
    """Over training seeds; 0 for PCA, which has no seed; None where it was not measured."""
    if card.family == "pca":
        return 0.0
    statistics = seed_statistics(card, metric.key)
    return None if statistics is None else statistics.std


def _measurement_std(metric: Metric, card: ModelCard) -> float:
    names = (f"{metric.key}_std", metric.noise)
    return max(float(card.metrics.get(name, 0.0)) for name in names)
