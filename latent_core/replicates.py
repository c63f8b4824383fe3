"""Seed variance of the metrics: retrain with new seeds and record each metric."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core import card_files
from latent_core.errors import InvalidInputError
from latent_core.evaluation.registry import METRICS
from latent_core.evaluation.replicate_statistics import config_hash
from latent_core.models.card import ModelCard
from latent_core.models.model import Model
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Dataset

SEED_STRIDE = 1000
"""Distance between the seeds of two trainings; the stages of one training are nearer."""
TRAINING_FRACTION = 0.9
"""Fraction of the progress that training takes; evaluation takes the rest."""


def train_replicates(
    card: ModelCard,
    training_data: tuple[NDArray[np.uint8], NDArray[np.int64] | None],
    data: Dataset,
    n_trainings: int,
    *,
    progress: ProgressCallback = null_progress,
) -> dict[str, Any]:
    """Train a model several more times with new seeds and evaluate each.

    The model's own files stay unchanged; the new weights are deleted.

    Parameters
    ----------
    card
        The model; it must encode without inversion and be trained from a random initialization.
    training_data
        Images ``(N, C, H, W)`` uint8 and labels, as `training.train` takes them.
    data
        The data set for evaluation.
    n_trainings
        How many trainings; 1 or more.
    progress
        Called after every step; may raise `CancelledError`.

    Returns
    -------
    dict
        ``config_hash`` of configuration and architecture; ``data``, what was evaluated; and for
        each number among `METRICS` that depends on the training a list of `n_trainings` values,
        with that of the model itself in ``this_training``.

    Raises
    ------
    InvalidInputError
        `n_trainings` is below 1; the model has no random initialization, such as PCA, or no
        encoder.
    """
    from latent_core.training.config import stages_from_card

    if n_trainings < 1:
        raise InvalidInputError(
            f"The number of further trainings must be 1 or more, not {n_trainings}."
        )
    if not card.encodes or stages_from_card(card)[0].objective == "pca":
        raise InvalidInputError(
            f"{card.id!r} has no seed variance to measure: choose a model with an encoder and a "
            "random initialization."
        )
    from latent_core.models.catalog import load_from_card

    whole = n_trainings + 1
    own = _evaluate(load_from_card(card), data, subprogress(progress, 0.0, 1 / whole))
    varying = [
        m.key for m in METRICS if not m.is_baseline and isinstance(own.get(m.key), float | int)
    ]
    replicates: dict[str, Any] = {
        "config_hash": config_hash(card),
        "data": own["data"],
        "this_training": {name: own[name] for name in varying},
    }
    for number in range(1, whole):
        part = subprogress(progress, number / whole, (number + 1) / whole)
        metrics = _train_and_evaluate(card, training_data, data, SEED_STRIDE * number, part)
        for name in varying:
            replicates.setdefault(name, []).append(metrics[name])
    return replicates


def _train_and_evaluate(
    card: ModelCard,
    training_data: tuple[NDArray[np.uint8], NDArray[np.int64] | None],
    data: Dataset,
    seed_offset: int,
    progress: ProgressCallback,
) -> dict[str, Any]:
    from latent_core.models.catalog import load_from_card
    from latent_core.training.trainer import train

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "card.json")
        path.write_bytes((card.folder / "card.json").read_bytes())
        training = card.training | _shifted_seeds(card, seed_offset)
        trial = replace(card, folder=Path(folder), training=training)
        train(trial, *training_data, progress=subprogress(progress, 0.0, TRAINING_FRACTION))
        model = load_from_card(replace(trial, weights_sha256=card_files.sha256_file(trial.weights)))
        return _evaluate(model, data, subprogress(progress, TRAINING_FRACTION, 1.0))


def _evaluate(model: Model, data: Dataset, progress: ProgressCallback) -> dict[str, Any]:
    """The metrics of a model, whose encodings are not kept."""
    from latent_core import workspace
    from latent_core.cache.store import Store
    from latent_core.evaluation.evaluate import evaluate

    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        encodings = workspace.encode(model, data, store=store)
        errors = None
        if model.card.decodes:
            errors = workspace.reconstruction_errors(model, data, encodings, store=store)
        return evaluate(model, data, encodings, errors, progress=progress)


def _shifted_seeds(card: ModelCard, seed_offset: int) -> dict[str, Any]:
    """The fields of ``training`` with `seed_offset` added to the seed of each stage."""
    from latent_core.training.config import stages_from_card

    first, *later = stages_from_card(card)
    seeds: dict[str, Any] = {"seed": first.seed + seed_offset}
    if later:
        pairs = zip(card.training["stages"], later, strict=True)
        seeds["stages"] = [stage | {"seed": config.seed + seed_offset} for stage, config in pairs]
    return seeds


def write_replicates(card: ModelCard, metrics: dict[str, Any]) -> None:
    """Write the result of `train_replicates` to the model's card, with its command."""
    times = max(len(values) for values in metrics.values() if isinstance(values, list))
    command = f"python -m latent_core replicate {card.id} --times {times} --write"
    card_files.update_card(card.folder, replicates={"command": command, **metrics})
