"""Tiny models on 8×8 images, trained for a few steps."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pytest

from latent_core.models.card import ModelCard
from latent_core.models.card_reader import read_model_card
from tests.conftest import CARD

IMAGES = np.zeros((64, 1, 8, 8), np.uint8)
for row, image in enumerate(IMAGES):
    image[0, row % 8] = 255
    image[0, :, row // 8] = 200
LABELS = (np.arange(64) % 8 >= 4).astype(np.int64)
"""Whether the bright row is in the lower half."""

WIDTHS = {"widths": [8, 8]}
PYRAMID = {**WIDTHS, "hidden": 16}
GENERATOR = {"family": "gan", "architecture": {"name": "generator", "width": 8, "hidden": 32}}
VAE = {"family": "vae", "architecture": {"name": "pyramid", "variational": True, **PYRAMID}}
CLASSIFIER = {
    "family": "classifier",
    "architecture": {"name": "classifier", "width": 8, "classes": 2},
}

MakeCard = Callable[..., ModelCard]


@pytest.fixture
def autoencoder_card(four) -> MakeCard:
    """Write and read the card of an autoencoder, by objective, with fields of ``training``."""

    def make(objective: str, **training) -> ModelCard:
        conv = {"name": "conv", "width": 8, "hidden": 32, "variational": objective != "mse"}
        card = CARD | {
            "schema_version": 2,
            "family": "ae",
            "image_shape": [1, 8, 8],
            "latent_dim": 3,
            "architecture": {"name": "linear"} if objective == "pca" else conv,
            "weights": {"sha256": ""},
        }
        config = {"objective": objective, "seed": 0, "epochs": 6, "batch_size": 16}
        card["training"] = config | {"learning_rate": 0.01} | training
        return write(four, objective, card)

    return make


@pytest.fixture
def family_card(four) -> MakeCard:
    """Write and read a card of 4 latent dimensions, with some fields and those of ``training``."""

    def make(fields: dict, **training) -> ModelCard:
        shapes = {"image_shape": [1, 8, 8], "latent_dim": 4, "weights": {}}
        card = CARD | {"schema_version": 2} | fields | shapes
        config = {"seed": 0, "epochs": 3, "batch_size": 16, "learning_rate": 0.003}
        card["training"] = config | training
        return write(four, fields["family"], card)

    return make


@pytest.fixture
def mark_classifier(four) -> ModelCard:
    """The card of a classifier of the attribute ``mark``; see `marked_images`."""
    card = CARD | {
        "schema_version": 2,
        "family": "classifier",
        "image_shape": [1, 8, 8],
        "latent_dim": 4,
        "architecture": {"name": "classifier", "classes": 1, "levels": [4, 8]},
        "weights": {"sha256": ""},
    }
    config = {"objective": "cross-entropy", "seed": 0, "epochs": 12, "batch_size": 16}
    card["training"] = config | {"learning_rate": 0.01, "attribute_thresholds": {"mark": 0.5}}
    return write(four, "mark-classifier", card)


def write(folder, model_id: str, card: dict) -> ModelCard:
    (folder / "models" / model_id).mkdir(exist_ok=True)
    (folder / "models" / model_id / "card.json").write_text(json.dumps(card))
    return read_model_card(model_id)


def marked_images() -> tuple[np.ndarray, np.ndarray]:
    """Images of which about half have a faint dot, and whether each has, ``(N, 1)``."""
    has_mark = np.random.default_rng(0).integers(0, 2, 256)
    images = np.repeat(IMAGES, 4, axis=0) // 2
    images[has_mark == 1, 0, 4, 4] += 40
    return images, has_mark[:, None]
