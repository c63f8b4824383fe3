"""Reproduce everything that ships: render the training images, then train every model."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

import latent_core as lc
from datagen.registry import RENDERED_DATASETS
from latent_core.datasets.idx import IDX_DATASETS
from latent_core.errors import LatentError
from latent_core.models.card import ModelCard

N_TRAINING_IMAGES, TRAINING_SEED = 30_000, 1  # of each rendered data set
N_DSPRITES_TRAINING_IMAGES = 40_000
EVALUATION_SEED = 2  # of the images that evaluation networks are trained on


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Commands that run one after the other.

    Parameters
    ----------
    name
        A data set's or a model's id.
    commands
        Arguments of ``python -m``, one sequence per command.
    after
        Names of the steps that must be finished first.
    """

    name: str
    commands: Sequence[Sequence[str]]
    after: Sequence[str] = field(default=())


def plan_steps(idx: Path, dsprites: Path, build: Path) -> list[Step]:
    """Every rendering step, and a step for every model whose card has a training configuration.

    Parameters
    ----------
    idx
        The folder with the idx files of MNIST and Fashion-MNIST.
    dsprites
        The ``.npz`` file of dSprites.
    build
        The folder for the training images.
    """
    cards = [lc.load_card(model_id) for model_id in lc.list_models()]
    trained = [card for card in cards if "objective" in card.training]
    models = (_model_step(card, trained, idx, build) for card in trained)
    networks = (_network_step(name, idx, dsprites, build) for name in _evaluated_datasets())
    return [*_rendering_steps(dsprites, build), *networks, *models]


def _rendering_steps(dsprites: Path, build: Path) -> list[Step]:
    train = ["--train", "--seed", str(TRAINING_SEED)]
    count = ["--count", str(N_TRAINING_IMAGES)]
    steps = [
        Step(name=name, commands=[["datagen", name, *train, *count, "--out", str(build / name)]])
        for name in RENDERED_DATASETS
    ]
    source = ["--from", str(dsprites), "--count", str(N_DSPRITES_TRAINING_IMAGES)]
    command = ["datagen", "dsprites", *train, *source, "--out", str(build / "dsprites")]
    return [*steps, Step(name="dsprites", commands=[command])]


def _evaluated_datasets() -> list[str]:
    """The data sets with an evaluation network."""
    names = lc.list_datasets()
    return [name for name in names if "evaluation_network" in lc.load_dataset(name).card]


def _network_step(dataset: str, idx: Path, dsprites: Path, build: Path) -> Step:
    """Make the images of an evaluation network, where they are not in idx files, and train it."""
    entry = lc.load_dataset(dataset).card["evaluation_network"]
    folder, commands = idx, []
    if dataset not in IDX_DATASETS:
        folder = build / f"{dataset}-evaluation"
        images = ["--train", "--count", str(entry["n_images"]), "--seed", str(EVALUATION_SEED)]
        source = ["--from", str(dsprites)] if dataset == "dsprites" else []
        commands = [["datagen", dataset, *images, *source, "--out", str(folder)]]
    training = ["--epochs", str(entry["epochs"]), "--seed", str(entry["seed"])]
    train = ["latent_core", "train-evaluation-network", dataset, "--data-dir", str(folder)]
    return Step(name=_network_name(dataset), commands=[*commands, [*train, *training]])


def _network_name(dataset: str) -> str:
    return f"{dataset}-evaluation-network"


def _model_step(card: ModelCard, trained: Sequence[ModelCard], idx: Path, build: Path) -> Step:
    """Train, export, precompute and evaluate a model, after the data and models it depends on."""
    siblings = [other for other in trained if other.dataset == card.dataset]
    after = [str(card.training.get("init_from", "")), str(card.baseline or "")]
    if card.decodes:
        after += [other.id for other in siblings if other.family == "classifier"]
        after += [_network_name(card.dataset)] * (card.dataset in _evaluated_datasets())
    if card.dataset not in IDX_DATASETS:
        after.append(card.dataset)
    data = idx if card.dataset in IDX_DATASETS else build / card.dataset
    commands = [["train", card.id, "--fresh", "--data-dir", str(data)]]
    commands += [["export", card.id]] if card.decodes else []
    commands += [["ship", card.id], ["evaluate", card.id, "--write"]]
    return Step(
        name=card.id,
        commands=[["latent_core", *command] for command in commands],
        after=sorted({name for name in after if name and name != card.id}),
    )


def run_steps(steps: Iterable[Step], workers: int, only: Sequence[str] = ()) -> None:
    """Run the steps in the order of their dependencies and print the minutes each took.

    Parameters
    ----------
    workers
        How many steps may run at the same time.
    only
        Names of the steps to run; empty runs all.

    Raises
    ------
    LatentError
        A command failed; steps already running are finished first.
    """
    waiting = [step for step in steps if not only or step.name in only]
    unfinished = {step.name for step in waiting}
    running: dict[Future[float], Step] = {}
    with ThreadPoolExecutor(workers) as pool:
        while waiting or running:
            ready = [step for step in waiting if not unfinished & set(step.after)]
            for step in ready[: workers - len(running)]:
                waiting.remove(step)
                running[pool.submit(_run, step)] = step
            for finished in wait(running, return_when=FIRST_COMPLETED).done:
                step = running.pop(finished)
                print(f"{step.name:24} {finished.result() / 60:6.1f} minutes", flush=True)
                unfinished.remove(step.name)


def _run(step: Step) -> float:
    """Run the step's commands in processes of their own; returns the seconds they took."""
    start = time.monotonic()
    for command in step.commands:
        process = subprocess.run(  # noqa: S603 - our own commands
            [sys.executable, "-m", *command], capture_output=True, text=True, check=False
        )
        if process.returncode:
            reason = (process.stderr.strip().splitlines() or ["no error message"])[-1]
            raise LatentError(f"`python -m {' '.join(command)}` failed: {reason}")
    return time.monotonic() - start
