"""What a model is trained on: pictures and, for a classifier, what it has to say of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.dataset import read_chunks
from latent_core.datasets.factors import binary_attributes, factor_values
from latent_core.datasets.idx import IDX_DATASETS, read_idx
from latent_core.models.card import ModelCard
from latent_core.types import Floats


def load_training_data(
    card: ModelCard, folder: Path, *, download: bool = False
) -> tuple[NDArray[np.uint8], NDArray[np.int64] | None]:
    """The training pictures ``(N, C, H, W)`` for a model, and their labels where it learns any.

    Parameters
    ----------
    folder
        With idx files, or with the parts that ``python -m datagen … --train`` made.
    download
        Fetch idx files first, where there is a network.

    Raises
    ------
    InvalidInputError, InvalidCardError, LatentError
        They are not there or not whole; the card asks of factors that they don't have.
    """
    if card.dataset in IDX_DATASETS:
        return read_idx(card.dataset, folder, train=True, download=download)
    images, factors = read_chunks(folder)
    return images, training_labels(card, factors)


def training_labels(card: ModelCard, factors: Mapping[str, Floats]) -> NDArray[np.int64] | None:
    """What a model learns to say of pictures with these factors, ``(N,)`` or ``(N, Q)``, if any.

    Raises
    ------
    InvalidCardError
        It asks of factors that they don't have.
    """
    if (name := card.training.get("class_factor")) is not None:
        return factor_values(factors, name, card.id).astype(np.int64)
    if card.attribute_thresholds:
        return binary_attributes(factors, card.attribute_thresholds, card.id).astype(np.int64)
    return None
