"""The metric registry: one entry for each figure on a card.

Cards, the tables of the models page and of the documents, tooltips, sentences and statistics over
training seeds are made from it; a new metric is one new entry.
"""

from __future__ import annotations

from latent_core.evaluation.registry.codes import CODE_METRICS, LINEAR_R2_BY_FACTOR
from latent_core.evaluation.registry.images import IMAGE_METRICS
from latent_core.evaluation.registry.metric import GROUPS, Group, Metric

__all__ = [
    "GROUPS",
    "LINEAR_R2_BY_FACTOR",
    "METRICS",
    "METRICS_BY_KEY",
    "Metric",
    "columns_of",
    "pixels_of",
    "real_of",
]

METRICS = (*IMAGE_METRICS, *CODE_METRICS)
METRICS_BY_KEY = {metric.key: metric for metric in METRICS}


def real_of(metric: Metric) -> Metric | None:
    """The same figure of real images instead of a model's, where there is one."""
    return METRICS_BY_KEY.get(metric.baseline) if "_real_" in metric.baseline else None


def pixels_of(metric: Metric) -> Metric | None:
    """The same figure of pixels instead of codes, where there is one."""
    return METRICS_BY_KEY.get(f"{metric.key}_pixels")


def columns_of(group: Group) -> list[Metric]:
    """The metrics that are columns of the table of a group."""
    return [metric for metric in METRICS if metric.group == group and metric.short]
