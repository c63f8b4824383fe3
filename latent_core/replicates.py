"""How far a model's figures swing when it is taught again, only from other seeds."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core import card_files
from latent_core.errors import InvalidInputError
from latent_core.evaluation.replicate_statistics import config_hash
from latent_core.models.card import ModelCard
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Dataset

METRICS = (
    "mse_ratio_to_pca",
    "kl_total_nats",
    "active_units",
    "linear_accuracy",
    "knn_accuracy",
    "linear_r2",
    "knn_r2",
    "mig",
    "accuracy",
    "accuracy_retained",
    "frechet_reconstructions",
    "frechet_samples",
)
"""What is kept of each further training, where its model has it."""
SEED_STRIDE = 1000
"""How far apart the seeds of two trainings are; rounds of one training are nearer."""
TRAINING_FRACTION = 0.9
"""The share of the work that is training; the rest is measuring."""


def train_replicates(
    card: ModelCard,
    training_data: tuple[NDArray[np.uint8], NDArray[np.int64] | None],
    data: Dataset,
    n_trainings: int,
    *,
    progress: ProgressCallback = null_progress,
) -> dict[str, Any]:
    """Train a model so many more times, each from seeds of its own, and measure each.

    What ships stays as it is; the new weights are thrown away.

    Parameters
    ----------
    pictures
        What `train` takes.
    data
        What is measured on.
    progress
        Told after every step; may raise `Cancelled`.

    Returns
    -------
    dict
        ``recipe``, a name of the recipe and the network that were used, and a list of `times`
        numbers for each of `FIGURES` that the model has; see `evaluate`.

    Raises
    ------
    BadInput
        Fewer than one time, or a model that nothing is drawn for, such as PCA, or whose codes
        would have to be searched for.
    """
    from latent_core.training.config import stages_from_card

    if n_trainings < 1:
        raise InvalidInputError(
            f"A model is taught again once or more often, not {n_trainings} times."
        )
    if not card.encodes or stages_from_card(card)[0].objective == "pca":
        raise InvalidInputError(
            f"{card.id!r} can't be measured over seeds: choose a model that encodes by itself and "
            "whose training begins by chance."
        )
    told: dict[str, Any] = {"config_hash": config_hash(card)}
    for turn in range(n_trainings):
        part = subprogress(progress, turn / n_trainings, (turn + 1) / n_trainings)
        metrics = _train_and_evaluate(card, training_data, data, SEED_STRIDE * (turn + 1), part)
        for name in METRICS:
            if name in metrics:
                told.setdefault(name, []).append(metrics[name])
    return told


def _train_and_evaluate(
    card: ModelCard,
    pictures: tuple[NDArray[np.uint8], NDArray[np.int64] | None],
    data: Dataset,
    shift: int,
    progress: ProgressCallback,
) -> dict[str, Any]:
    from latent_core import workspace
    from latent_core.cache.store import Store
    from latent_core.evaluation.evaluate import evaluate
    from latent_core.models.catalog import load_from_card
    from latent_core.training.config import stages_from_card
    from latent_core.training.trainer import train

    first, *later = stages_from_card(card)
    seeds: dict[str, Any] = {"seed": first.seed + shift}
    if later:
        rounds = zip(card.training["stages"], later, strict=True)
        seeds["stages"] = [stage | {"seed": config.seed + shift} for stage, config in rounds]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "card.json")
        path.write_bytes((card.folder / "card.json").read_bytes())
        trial = replace(card, folder=Path(folder), training=card.training | seeds)
        train(trial, *pictures, progress=subprogress(progress, 0.0, TRAINING_FRACTION))
        model = load_from_card(replace(trial, weights_sha256=card_files.sha256_file(trial.weights)))
        own, rest = Store(Path(folder) / "results"), subprogress(progress, TRAINING_FRACTION, 1.0)
        encodings = workspace.encode(model, data, store=own)
        errors = None
        if card.decodes:
            errors = workspace.reconstruction_errors(model, data, encodings, store=own)
        return evaluate(model, data, encodings, errors, progress=rest)


def write_replicates(card: ModelCard, metrics: dict[str, Any]) -> None:
    """Put what `teach_again` gave on the model's card, with the command that gives it."""
    times = max(len(values) for values in metrics.values() if isinstance(values, list))
    command = f"python -m latent_core replicate {card.id} --times {times} --write"
    card_files.update_card(card.folder, replicates={"command": command, **metrics})
