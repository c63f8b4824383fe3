"""Everything that ships, made again: the rendered pictures, then every model, in their order."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from pathlib import Path

import latent_core as lc
from datagen.registry import SUBJECTS
from latent_core.cards import ModelCard
from latent_core.datasets import IDX_SETS
from latent_core.errors import LatentError

TRAINING_PICTURES, TRAINING_SEED = 30_000, 1
SPRITES = 40_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Some commands, one after the other, and the steps that come before them."""

    name: str
    commands: Sequence[Sequence[str]]
    after: Sequence[str] = field(default=())


def steps(idx: Path, sprites: Path, build: Path) -> list[Step]:
    """What is to be done for the models that ship.

    Parameters
    ----------
    idx
        The folder with the idx files of MNIST and Fashion-MNIST.
    sprites
        dSprites' ``.npz``.
    build
        Where the training pictures are put.
    """
    cards = [lc.load_card(model_id) for model_id in lc.list_models()]
    taught = [card for card in cards if "objective" in card.training]
    return [*_pictures(sprites, build), *(_model(card, taught, idx, build) for card in taught)]


def _pictures(sprites: Path, build: Path) -> list[Step]:
    train = ["--train", "--seed", str(TRAINING_SEED)]
    many = ["--count", str(TRAINING_PICTURES)]
    made = [
        Step(name=name, commands=[["datagen", name, *train, *many, "--out", str(build / name)]])
        for name in SUBJECTS
    ]
    source = ["--from", str(sprites), "--count", str(SPRITES)]
    out = ["--out", str(build / "dsprites")]
    return [*made, Step(name="dsprites", commands=[["datagen", "dsprites", *train, *source, *out]])]


def _model(card: ModelCard, taught: Sequence[ModelCard], idx: Path, build: Path) -> Step:
    """Train, export, measure and ship one; after its pictures and the models it leans on."""
    same = [other for other in taught if other.dataset == card.dataset]
    before = [str(card.training.get("start", "")), str(card.baseline or "")]
    if card.decodes:
        before += [other.id for other in same if other.family == "classifier"]
    if card.dataset not in IDX_SETS:
        before.append(card.dataset)
    data = idx if card.dataset in IDX_SETS else build / card.dataset
    commands = [["train", card.id, "--fresh", "--data-dir", str(data)]]
    commands += [["export", card.id]] if card.decodes else []
    commands += [["ship", card.id], ["evaluate", card.id, "--write"]]
    return Step(
        name=card.id,
        commands=[["latent_core", *command] for command in commands],
        after=sorted({name for name in before if name and name != card.id}),
    )


def make(todo: Iterable[Step], workers: int, only: Sequence[str] = ()) -> None:
    """Do the steps, as many at a time as there are workers; tells each one's minutes.

    Parameters
    ----------
    only
        The names of the steps to do; without any, all.

    Raises
    ------
    LatentError
        A command failed; steps that had begun are finished first.
    """
    waiting = [step for step in todo if not only or step.name in only]
    open_ = {step.name for step in waiting}
    running: dict[Future[float], Step] = {}
    with ThreadPoolExecutor(workers) as pool:
        while waiting or running:
            ready = [step for step in waiting if not open_ & set(step.after)]
            for step in ready[: workers - len(running)]:
                waiting.remove(step)
                running[pool.submit(_do, step)] = step
            for finished in wait(running, return_when=FIRST_COMPLETED).done:
                step = running.pop(finished)
                print(f"{step.name:24} {finished.result() / 60:6.1f} minutes", flush=True)
                open_.remove(step.name)


def _do(step: Step) -> float:
    start = time.monotonic()
    for command in step.commands:
        done = subprocess.run(  # noqa: S603 - our own commands
            [sys.executable, "-m", *command], capture_output=True, text=True, check=False
        )
        if done.returncode:
            last = (done.stderr.strip().splitlines() or ["no word"])[-1]
            raise LatentError(f"`python -m {' '.join(command)}` failed: {last}")
    return time.monotonic() - start
