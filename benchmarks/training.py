"""CPU time of reproducing everything that ships: ``python -m benchmarks.training [MODEL…]``.

For each model a few steps of its configuration are run on its images, in both precisions, and
multiplied by the number of steps; for each rendered data set a few images are rendered.  CPU time
is measured, so other processes hardly affect it.  The sum is the time of ``python -m datagen
reproduce-all`` on one core, without evaluation and maps.
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

N_IDX_TRAINING_IMAGES = 60_000
"""Training images of MNIST and of Fashion-MNIST."""
FEW_STEPS, MORE_STEPS = 8, 16
"""Steps of a short and of a longer run; their difference excludes the start-up time."""
N_RENDERED = 40


def main(only: Sequence[str] = ()) -> None:
    """Print a line for each data set and model, and the sum."""
    torch.set_num_threads(1)
    total = 0.0
    for name, dataset in RENDERED_DATASETS.items():
        if only and name not in only:
            continue
        table = dataset.sample_factors(N_RENDERED, 7)
        rows = [{key: float(table[key][i]) for key in table} for i in range(N_RENDERED)]
        for _ in range(2):  # the first run compiles parts of the renderer
            start = time.process_time()
            for row in rows:
                dataset.render(row)
            seconds = time.process_time() - start
        seconds *= N_TRAINING_IMAGES / N_RENDERED
        total += _report(name, f"{N_TRAINING_IMAGES} images", seconds)
    for model_id in lc.list_models():
        card = lc.load_card(model_id)
        if "objective" not in card.training or (only and model_id not in only):
            continue
        stages = stages_from_card(card)
        if stages[0].objective == "pca":
            continue  # takes seconds
        seconds = sum(_seconds_of(card, stage) for stage in stages)
        epochs = "+".join(str(stage.epochs) for stage in stages)
        if perceptual := [stage for stage in stages if stage.perceptual_weight]:
            classifier = lc.load_card(perceptual[0].perceptual_classifier)
            config = perceptual_classifier_config(perceptual[0], card, classifier)
            seconds += _seconds_of(classifier, config)
            epochs = f"{config.epochs} and {epochs}"
        total += _report(model_id, f"{epochs} epochs", seconds)
    _report("together", "on one core", total)


def _report(name: str, amount: str, seconds: float) -> float:
    print(f"{name:24} {amount:26} {seconds / 60:6.1f} minutes", flush=True)
    return seconds


def _seconds_of(card: ModelCard, config: TrainingConfig) -> float:
    """CPU seconds of one stage, from a few steps in each precision."""
    steps = math.ceil(_n_training_images(card) / config.batch_size)
    in_float32 = config.epochs - math.ceil(config.epochs * (1 - config.float32_fraction))
    epochs = {0.0: config.epochs - in_float32, 1.0: in_float32}
    return steps * sum(
        n * _step_seconds(card, config, float32_fraction)
        for float32_fraction, n in epochs.items()
        if n
    )


def _n_training_images(card: ModelCard) -> int:
    if card.dataset in IDX_DATASETS:
        return N_IDX_TRAINING_IMAGES
    return N_DSPRITES_TRAINING_IMAGES if card.dataset == "dsprites" else N_TRAINING_IMAGES


def _step_seconds(card: ModelCard, config: TrainingConfig, float32_fraction: float) -> float:
    """CPU seconds of one step, without the step of a perceptual classifier in the same run."""
    classifier_seconds = 0.0
    if config.perceptual_weight:
        classifier = lc.load_card(config.perceptual_classifier)
        once = _one_epoch(perceptual_classifier_config(config, card, classifier))
        classifier_seconds = _step_seconds(classifier, once, once.float32_fraction)
    spent = []
    changes = asdict(config) | {"epochs": 1, "float32_fraction": float32_fraction}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "card.json").write_bytes((card.folder / "card.json").read_bytes())
        trial = replace(
            card,
            folder=Path(folder),
            training={k: v for k, v in card.training.items() if k != "stages"} | changes,
        )
        short_classifier_training = patch(
            "latent_core.training.trainer.perceptual_classifier_config",
            lambda *arguments: _one_epoch(perceptual_classifier_config(*arguments)),
        )
        with short_classifier_training:
            train(trial, *_training_data(card, config.batch_size))  # warm-up of the process
            for steps in (FEW_STEPS, MORE_STEPS):
                training_data = _training_data(card, steps * config.batch_size)
                start = time.process_time()
                train(trial, *training_data)
                spent.append(time.process_time() - start)
    return (spent[1] - spent[0]) / (MORE_STEPS - FEW_STEPS) - classifier_seconds


def _one_epoch(config: TrainingConfig) -> TrainingConfig:
    return replace(config, epochs=1)


def _training_data(
    card: ModelCard, count: int
) -> tuple[NDArray[np.uint8], NDArray[np.int64] | None]:
    """`count` images of the data set, and the labels the model is trained on."""
    data = lc.load_dataset(card.dataset)
    labels = data.labels if card.dataset in IDX_DATASETS else training_labels(card, data.factors)
    rows = np.resize(np.arange(len(data)), count)
    return data.images_uint8[rows], None if labels is None else labels[rows].astype(np.int64)


if __name__ == "__main__":
    main(sys.argv[1:])
