"""What a model is trained on: pictures and, for a classifier, what it has to say of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from latent_core.cards import ModelCard
from latent_core.datasets import IDX_SETS, read_idx, read_parts
from latent_core.errors import BadCard
from latent_core.values import Floats


def read_lessons(
    card: ModelCard, folder: Path, *, download: bool = False
) -> tuple[NDArray[np.uint8], NDArray[np.int64] | None]:
    """The training pictures ``(N, C, H, W)`` for a model, and their labels where it learns any.

    Parameters
    ----------
    folder
        With idx files, or with the parts that ``python -m studio … --train`` made.
    download
        Fetch idx files first, where there is a network.

    Raises
    ------
    BadInput, BadCard, LatentError
        They are not there or not whole; the card asks of factors that they don't have.
    """
    if card.dataset in IDX_SETS:
        return read_idx(card.dataset, folder, train=True, download=download)
    images, factors = read_parts(folder)
    if (name := card.training.get("classes_of")) is not None:
        return images, _factor(factors, name, card).astype(np.int64)
    if asked := questions_of(card):
        return images, answers(factors, asked, card)
    return images, None


def questions_of(card: ModelCard) -> dict[str, float]:
    """What a classifier answers by yes or no: whether each of these factors is above its number.

    Raises
    ------
    BadCard
        They aren't a list of factors with numbers.
    """
    asked = card.training.get("questions", {})
    numbers = isinstance(asked, dict) and all(isinstance(v, int | float) for v in asked.values())
    if not numbers:
        raise BadCard(f"'questions' of {card.id!r} must be factors with a number each: {asked!r}.")
    return {name: float(value) for name, value in asked.items()}


def answers(
    factors: Mapping[str, Floats], questions: Mapping[str, float], card: ModelCard
) -> NDArray[np.int64]:
    """``(N, Q)``: 1 where a picture's factor is above the question's number, else 0."""
    columns = [_factor(factors, name, card) > value for name, value in questions.items()]
    return np.stack(columns, axis=1).astype(np.int64)


def _factor(factors: Mapping[str, Floats], name: str, card: ModelCard) -> Floats:
    if name not in factors:
        raise BadCard(f"The recipe of {card.id!r} asks for the factor {name!r}, which isn't there.")
    return factors[name]
