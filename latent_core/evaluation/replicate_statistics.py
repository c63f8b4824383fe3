"""Statistics over a model's training seeds, from the replicates on its card."""

from __future__ import annotations

import numpy as np

from latent_core.aliases import training_hash
from latent_core.models.card import ModelCard


def config_hash(card: ModelCard) -> str:
    """Hash of the training configuration and the architecture on a card, 12 hexadecimal digits."""
    return training_hash(card.training, card.architecture)


def replicate_values(card: ModelCard, name: str) -> list[float]:
    """A metric in each training: that of the model, then those of its replicates.

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
    return [card.metrics[name], *card.replicates[name]] if name in card.metrics else []


def seed_std(card: ModelCard, name: str) -> float | None:
    """The sample standard deviation of a metric over training seeds; None without replicates."""
    values = replicate_values(card, name)
    return float(np.std(values, ddof=1)) if values else None
