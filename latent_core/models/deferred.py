"""A model whose network is loaded when it first encodes or decodes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from latent_core.models.card import ModelCard
from latent_core.models.catalog import load_card, load_model
from latent_core.models.model import LatentModel


class DeferredModel:
    """A model of which only the card is known until anything else is asked of it.

    Parameters
    ----------
    card
        Its card.
    load
        Gives the model; called at every use, so it should remember what it loaded.
    """

    def __init__(self, card: ModelCard, load: Callable[[], LatentModel]) -> None:
        self.card = card
        self._load = load

    def __getattr__(self, name: str) -> Any:
        return getattr(self._load(), name)


def open_model(model_id: str) -> LatentModel:
    """The model `model_id`; its weights are checked now, and loaded with PyTorch when needed.

    Raises
    ------
    UnknownNameError
        There is no such model.
    InvalidCardError
        Its card is invalid, or its weights are missing or damaged.
    """
    card = load_card(model_id)
    if not (card.is_precomputed or card.weights_sha256):
        return load_model(model_id)  # what identifies the weights is found when they are loaded
    if not card.is_precomputed:
        card.checked_weights()
    return cast(LatentModel, DeferredModel(card, lambda: load_model(model_id)))
