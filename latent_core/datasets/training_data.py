"""A model's training images and, for a classifier or supervised losses, their labels."""

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
    """The training images ``(N, C, H, W)`` uint8 of a model, and their labels if it needs any.

    Parameters
    ----------
    card
        Names the data set and the labels.
    folder
        Contains idx files, or the chunks of ``python -m datagen … --train``.
    download
        Whether to download idx files first.

    Returns
    -------
    images, labels
        Labels as `training_labels`; for idx files always the classes ``(N,)``.

    Raises
    ------
    InvalidInputError
        Files are missing or damaged.
    InvalidCardError
        The card requires factors that the images don't have.
    LatentError
        The download failed.
    """
    if card.dataset in IDX_DATASETS:
        return read_idx(card.dataset, folder, train=True, download=download)
    images, factors = read_chunks(folder)
    return images, training_labels(card, factors)


def training_labels(card: ModelCard, factors: Mapping[str, Floats]) -> NDArray[np.int64] | None:
    """Labels computed from factors: classes ``(N,)``, binary attributes ``(N, A)``, or None.

    Parameters
    ----------
    card
        Its training configuration names a class factor, or thresholds of attributes.
    factors
        Values ``(N,)`` by name.

    Raises
    ------
    InvalidCardError
        The card requires factors that are missing.
    """
    if (name := card.training.get("class_factor")) is not None:
        return factor_values(factors, name, card.id).astype(np.int64)
    if card.attribute_thresholds:
        return binary_attributes(factors, card.attribute_thresholds, card.id).astype(np.int64)
    return None
