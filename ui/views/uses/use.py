"""What a use of codes is to the page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from latent_core.models.card import ModelCard
from latent_core.types import Dataset
from latent_core.uses.results import EncodedData
from ui.spaces import Space

Params = dict[str, str]
"""Parameters of a use by name, as in a link."""
Missing = Callable[[ModelCard, Dataset], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One use, as a module of this package defines it under the name ``USE``.

    Parameters
    ----------
    id, title
        In a link; as a choice on the page.
    order
        Place among the choices, smallest first.
    summary
        One sentence on what is done.
    missing
        What a model and its data lack for this use, as a sentence; empty if nothing.
    choose
        Draws the controls and gives the parameters.
    draw
        Draws the results with these parameters.
    """

    id: str
    title: str
    order: int
    summary: str
    missing: Missing
    choose: Callable[[Space], Params]
    draw: Callable[[Space, Params], None]


def nothing_missing(_card: ModelCard, _data: Dataset) -> str:
    """Nothing is missing: codes are enough."""
    return ""


def missing_labels(_card: ModelCard, data: Dataset) -> str:
    """A sentence if fewer than two classes are labelled."""
    if data.labels is not None and len({int(i) for i in data.labels if i >= 0}) > 1:
        return ""
    return f"{data.title} has no labels of several classes, which this use needs."


def missing_decoder(card: ModelCard, _data: Dataset) -> str:
    """A sentence if the model cannot decode."""
    return "" if card.decodes else f"{card.title} has no decoder, which this use needs."


def missing_autoencoder(card: ModelCard, data: Dataset) -> str:
    """A sentence if the model cannot encode new images, or not decode."""
    if not card.encodes:
        return f"{card.title} has no encoder, which this use needs."
    return missing_decoder(card, data)


def missing_image_autoencoder(card: ModelCard, data: Dataset) -> str:
    """A sentence if there are no images, or the model cannot encode or not decode them."""
    if data.precomputed is not None:
        return f"{data.title} has no images, which this use needs."
    return missing_autoencoder(card, data)


def encoded_data(space: Space) -> EncodedData:
    """The space, as the library measures uses on it."""
    return EncodedData(model=space.model, data=space.data, encodings=space.encodings)
