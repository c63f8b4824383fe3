"""Statistics over a model's training seeds, from the replicates on its card."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from latent_core.aliases import training_hash
from latent_core.models.card import ModelCard


class SeedStatistics(NamedTuple):
    """Mean and sample standard deviation of a metric over n trainings."""

    mean: float
    std: float
    n: int


def config_hash(card: ModelCard) -> str:
    """Hash of the training configuration and the architecture on a card, 12 hexadecimal digits."""
    return training_hash(card.training, card.architecture)


def replicate_values(card: ModelCard, name: str) -> list[float]:
    """A metric in each training: that of the model, then those of its replicates.

    All were measured in the same way, which may be an earlier one than that of ``metrics``: then
    the model's own value is also among the replicates.

    Parameters
    ----------
    card
        The model's card.
    name
        A key of its ``metrics``.

    Returns
    -------
    list of float
        Empty without replicates, with replicates of another configuration, or where the metric
        was not computed.
    """
    if name not in card.replicates or card.replicates["config_hash"] != config_hash(card):
        return []
    own = card.replicates.get("this_training", card.metrics)
    return [own[name], *card.replicates[name]] if name in own else []


def seed_statistics(card: ModelCard, name: str) -> SeedStatistics | None:
    """Mean and standard deviation of a metric over trainings; None without replicates."""
    values = replicate_values(card, name)
    if not values:
        return None
    return SeedStatistics(float(np.mean(values)), float(np.std(values, ddof=1)), len(values))
