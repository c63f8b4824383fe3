"""What making everything that ships costs: ``python -m benchmarks.training [MODEL…]``.

For each model a few steps of its own recipe are run on its own kind of pictures, in either
precision, and multiplied by the steps that its recipe has; for each rendered set a few pictures
are drawn.  Seconds are those of the processor, so what else runs hardly changes them.  The sum is
what ``python -m datagen reproduce-all`` takes of one core, but for measuring and laying out maps.
"""

from __future__ import annotations

import math
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from unittest.mock import patch

import numpy as np
import torch
from numpy.typing import NDArray

import latent_core as lc
from datagen.registry import RENDERED_DATASETS
from datagen.reproduce_all import N_DSPRITES_TRAINING_IMAGES, N_TRAINING_IMAGES
from latent_core.datasets.idx import IDX_DATASETS
from latent_core.datasets.training_data import training_labels
from latent_core.models.card import ModelCard
from latent_core.training.config import TrainingConfig, stages_from_card
from latent_core.training.trainer import perceptual_classifier_config, train

HANDWRITTEN = 60_000
"""Training pictures of MNIST, and as many of Fashion-MNIST."""
FEW, MORE = 8, 16
"""Steps of a short and of a longer run; their difference leaves out what only the start costs."""
RENDERED = 40


def main(only: Sequence[str] = ()) -> None:
    """Print a line for each set and model, and the sum."""
    torch.set_num_threads(1)
    total = 0.0
    for name, dataset in RENDERED_DATASETS.items():
        if only and name not in only:
            continue
        table = dataset.sample_factors(RENDERED, 7)
        rows = [{key: float(table[key][i]) for key in table} for i in range(RENDERED)]
        for _ in range(2):  # the first time, parts of the renderer are compiled
            start = time.process_time()
            for row in rows:
                dataset.render(row)
            seconds = time.process_time() - start
        seconds *= N_TRAINING_IMAGES / RENDERED
        total += _tell(name, f"{N_TRAINING_IMAGES} pictures", seconds)
    for model_id in lc.list_models():
        card = lc.load_card(model_id)
        if "objective" not in card.training or (only and model_id not in only):
            continue
        rounds = stages_from_card(card)
        if rounds[0].objective == "pca":
            continue  # seconds
        seconds = sum(_seconds_of(card, recipe) for recipe in rounds)
        epochs = "+".join(str(recipe.epochs) for recipe in rounds)
        if looked := [recipe for recipe in rounds if recipe.perceptual_weight]:
            lesson = perceptual_classifier_config(looked[0], card)
            seconds += _seconds_of(lc.load_card(looked[0].perceptual_classifier), lesson)
            epochs = f"{lesson.epochs} and {epochs}"
        total += _tell(model_id, f"{epochs} epochs", seconds)
    _tell("together", "on one core", total)


def _tell(name: str, what: str, seconds: float) -> float:
    print(f"{name:24} {what:26} {seconds / 60:6.1f} minutes", flush=True)
    return seconds


def _seconds_of(card: ModelCard, recipe: TrainingConfig) -> float:
    """The processor's seconds of one round, from a few steps in either precision."""
    count = _training_pictures(card)
    exact = recipe.epochs - math.ceil(recipe.epochs * (1 - recipe.float32_fraction))
    steps = math.ceil(count / recipe.batch_size)
    parts = {0.0: recipe.epochs - exact, 1.0: exact}
    return steps * sum(n * _step_seconds(card, recipe, share) for share, n in parts.items() if n)


def _training_pictures(card: ModelCard) -> int:
    if card.dataset in IDX_DATASETS:
        return HANDWRITTEN
    return N_DSPRITES_TRAINING_IMAGES if card.dataset == "dsprites" else N_TRAINING_IMAGES


def _step_seconds(card: ModelCard, recipe: TrainingConfig, exact: float) -> float:
    """Of one step, without what a reader's own step takes in a trial that teaches one as well."""
    own = 0.0
    if recipe.perceptual_weight:
        lesson = _once(perceptual_classifier_config(recipe, card))
        own = _step_seconds(
            lc.load_card(recipe.perceptual_classifier), lesson, lesson.float32_fraction
        )
    spent = []
    changed = asdict(recipe) | {"epochs": 1, "float32_fraction": exact}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "card.json").write_bytes((card.folder / "card.json").read_bytes())
        trial = replace(
            card,
            folder=Path(folder),
            training={k: v for k, v in card.training.items() if k != "stages"} | changed,
        )
        quick = patch(
            "latent_core.training.trainer.reader_lesson",
            lambda *of: _once(perceptual_classifier_config(*of)),
        )
        with quick:
            train(trial, *_pictures(card, recipe.batch_size))  # what is only done once in a process
            for steps in (FEW, MORE):
                pictures = _pictures(card, steps * recipe.batch_size)
                start = time.process_time()
                train(trial, *pictures)
                spent.append(time.process_time() - start)
    return (spent[1] - spent[0]) / (MORE - FEW) - own


def _once(recipe: TrainingConfig) -> TrainingConfig:
    return replace(recipe, epochs=1)


def _pictures(card: ModelCard, count: int) -> tuple[NDArray[np.uint8], NDArray[np.int64] | None]:
    """As many of the data set's own pictures, and what the model learns to say of them."""
    data = lc.load_dataset(card.dataset)
    labels = data.labels if card.dataset in IDX_DATASETS else training_labels(card, data.factors)
    rows = np.resize(np.arange(len(data)), count)
    return data.images[rows], None if labels is None else labels[rows].astype(np.int64)


if __name__ == "__main__":
    main(sys.argv[1:])
