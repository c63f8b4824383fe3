"""What a card says of a model's further trainings, as long as they are of its recipe."""

from __future__ import annotations

import json

import numpy as np

from latent_core.cache.keys import content_key
from latent_core.models.card import ModelCard


def config_hash(card: ModelCard) -> str:
    """A short name that changes with the recipe and the network on a card."""
    said = json.dumps([card.training, card.architecture], sort_keys=True)
    return content_key("recipe", said=said)[:12]


def replicate_values(card: ModelCard, name: str) -> list[float]:
    """A figure in each training: first the one that ships, then the further ones.

    Empty where there were no others, where they were of another recipe, or where it isn't known.
    """
    if name not in card.replicates or card.replicates["recipe"] != config_hash(card):
        return []
    return [card.metrics[name], *card.replicates[name]] if name in card.metrics else []


def seed_std(card: ModelCard, name: str) -> float | None:
    """The sample's standard deviation of a figure over trainings; None where it ran once."""
    trainings = replicate_values(card, name)
    return float(np.std(trainings, ddof=1)) if trainings else None
