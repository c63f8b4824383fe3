"""Training from a card's recipe: seeded, resumable, on CPU or GPU.

A card names the objective and its numbers; the result is ``weights.safetensors`` beside
the card and its checksum on it.  After each epoch the state is saved as safetensors, and
every epoch draws its order and its noise from (seed, epoch) alone, so a resumed training
goes on exactly as an uninterrupted one would.
"""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from latent_core.architectures import Network
from latent_core.architectures.classifier import Classifier
from latent_core.architectures.generator import Generator
from latent_core.errors import BadCard
from latent_core.models.card import ModelCard, read_model_card
from latent_core.models.catalog import load_model
from latent_core.progress import Progress, no_progress
from latent_core.training.augmentation import softened, warped
from latent_core.training.auxiliary import Tutored
from latent_core.training.checkpoint import epochs_done, resume, save_state
from latent_core.training.config import Recipe, recipes_of
from latent_core.training.gan import Duel, adversarial_step
from latent_core.training.losses import OBJECTIVES, Batch, draw
from latent_core.training.weights import begin_from, fit_pca, network_of, save_weights

LIKE = 4096
"""Pictures by whose codes a generator's are aligned."""

Pictures = tuple[NDArray[np.uint8], NDArray[np.int64]]
"""Images ``(N, C, H, W)`` and their labels ``(N,)`` or ``(N, Q)``."""


def train(
    card: ModelCard,
    images: NDArray[np.uint8],
    labels: NDArray[np.int64] | None = None,
    *,
    state_file: Path | None = None,
    progress: Progress = no_progress,
) -> list[float]:
    """Train the model of `card` on `images` and write its weights and their checksum.

    Parameters
    ----------
    images
        ``(N, C, H, W)`` uint8.
    labels
        ``(N,)`` classes, or ``(N, Q)`` answers to its questions, which a classifier learns.
    state_file
        Where an interrupted training is kept and found again.
    progress
        Told after every step; may raise `Cancelled`.

    Returns
    -------
    list of float
        The mean loss of each epoch that ran now.
    """
    rounds = recipes_of(card)
    recipe = rounds[0]
    if images.shape[1:] != tuple(card.image_shape):
        raise BadCard(f"{card.id!r} takes {card.image_shape} images, these are {images.shape[1:]}.")
    net = network_of(card, recipe.seed)
    if recipe.start:
        begin_from(net, read_model_card(recipe.start))
    if recipe.objective == "pca":
        losses = [fit_pca(net, images)]
    else:
        known = np.zeros(len(images), np.int64) if labels is None else labels
        if not recipe.start:
            cast(Network, net).start_at(float(images.mean()) / 255)
        if recipe.objective == "r3gan":
            net = _duel(net, card, images, recipe)
        elif any(each.ask or each.look for each in rounds):
            net = Tutored(cast(Network, net), card.latent_dim, len(card.questions))
        losses = _in_rounds(net, rounds, card, (images, known), state_file, progress)
    shipped = {Duel: "average", Tutored: "net"}.get(type(net))
    save_weights(card, getattr(net, shipped) if shipped else net)
    if state_file is not None:
        for state in state_files(state_file):
            state.unlink(missing_ok=True)
    return losses


def state_files(state_file: Path) -> tuple[Path, Path]:
    """Where an interrupted training is kept, and that of the reader it may need."""
    return state_file, state_file.with_suffix(".reader")


def _duel(net: nn.Module, card: ModelCard, images: NDArray[np.uint8], recipe: Recipe) -> Duel:
    """A generator with its critic, and with the VAE that it is aligned with and anchored to."""
    painter = cast(Generator, net)
    guide = load_model(recipe.start).run(copy.deepcopy) if recipe.anchor else None
    if painter.aligned and guide is not None:
        painter.align(_drawn_codes(guide, images, recipe.seed))
    return Duel(painter, card.image_shape, card.latent_dim, guide)


def _in_rounds(
    net: nn.Module,
    rounds: list[Recipe],
    card: ModelCard,
    pictures: Pictures,
    state_file: Path | None,
    progress: Progress,
) -> list[float]:
    """First a reader downhill, where one is needed, then round after round; their losses."""
    looked = next((each for each in rounds if each.look), None)
    lesson = None if looked is None else reader_lesson(looked, card)
    parts = [lesson, *rounds] if lesson else rounds
    ends = np.cumsum([0, *(part.epochs for part in parts)]) / sum(part.epochs for part in parts)
    told = (_part_of(progress, start, end - start) for start, end in pairwise(ends))
    state, reader_state = (None, None) if state_file is None else state_files(state_file)
    if lesson is not None and looked is not None:
        reader = network_of(read_model_card(looked.reader), looked.seed)
        list(_descend(reader, pictures, lesson, reader_state, next(told)))
    losses: list[float] = []
    for number, (current, bar) in enumerate(zip(rounds, told, strict=True)):
        if current is looked:
            cast(Tutored, net).be_seen_by(cast(Classifier, reader))
        if all(epochs_done(state, later) is None for later in rounds[number + 1 :]):
            losses += _descend(net, pictures, current, state, bar)
    return losses


def reader_lesson(recipe: Recipe, card: ModelCard) -> Recipe:
    """How the reader of a recipe is taught: as that classifier was, but from the recipe's seed.

    Raises
    ------
    BadCard
        It is no classifier, or answers other questions than the card's.
    """
    like = read_model_card(recipe.reader)
    if like.family != "classifier" or like.questions != card.questions:
        raise BadCard(
            f"{like.id!r} can't read for {card.id!r}: a classifier of its questions is needed."
        )
    return replace(recipes_of(like)[0], seed=recipe.seed)


def _part_of(progress: Progress, start: float, share: float) -> Progress:
    """Progress of a part of the whole, which begins at `start` and is so large a `share` of it."""
    return lambda fraction, words: progress(start + share * fraction, words)


@torch.no_grad()
def _drawn_codes(guide: Network, images: NDArray[np.uint8], seed: int) -> Tensor:
    """One code ``(N, D)`` from a VAE's posterior of each of `LIKE` training pictures."""
    rng = torch.Generator().manual_seed(seed)
    chosen = np.random.default_rng(seed).permutation(len(images))[:LIKE]
    shown = torch.from_numpy(images[chosen]).float().div_(255)
    return torch.cat([draw(guide, part, rng)[0] for part in torch.split(shown, 256)])


def _descend(
    net: nn.Module,
    pictures: Pictures,
    recipe: Recipe,
    state_file: Path | None,
    progress: Progress,
) -> Iterator[float]:
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    net.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimizer = _optimizer(net, recipe)
    steps = math.ceil(len(pictures[0]) / recipe.batch_size)
    start = resume(state_file, recipe, net, optimizer)
    for epoch in range(start, recipe.epochs):
        torch.manual_seed(recipe.seed * 100_003 + epoch)
        full = epoch >= recipe.epochs * (1 - recipe.exact)
        total = 0.0
        for step, batch in _batches(pictures, recipe, epoch, device):
            for group in optimizer.param_groups:
                group["lr"] = recipe.rate_at((epoch * steps + step) / (recipe.epochs * steps))
            with nullcontext() if full else torch.autocast(device.type, torch.bfloat16):
                loss = _step(net, batch, recipe, optimizer, step)
            total += float(loss)
            done = (epoch * steps + step + 1) / (recipe.epochs * steps)
            progress(done, f"epoch {epoch + 1} of {recipe.epochs}, loss {total / (step + 1):.4f}")
        if state_file is not None:
            save_state(state_file, recipe, epoch + 1, net, optimizer)
        yield total / steps


def _optimizer(net: nn.Module, recipe: Recipe) -> torch.optim.Optimizer:
    """Adam; without momentum and decay for a generator, whose aim moves."""
    learned = [parameter for parameter in net.parameters() if parameter.requires_grad]
    if isinstance(net, Duel):
        return torch.optim.Adam(learned, lr=recipe.learning_rate, betas=(0.0, 0.99))
    return torch.optim.AdamW(learned, lr=recipe.learning_rate, weight_decay=1e-4)


def _step(
    net: nn.Module, batch: Batch, recipe: Recipe, optimizer: torch.optim.Optimizer, number: int
) -> Tensor:
    """One step downhill, the epoch's `number`-th; gives the loss."""
    if isinstance(net, Duel):
        penalty = 0.0 if number % recipe.lazy else recipe.penalty * recipe.lazy
        return adversarial_step(net, batch.images, batch.rng, optimizer, penalty, recipe.anchor)
    loss = OBJECTIVES[recipe.objective](net, batch)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    return loss.detach()


def _batches(
    pictures: Pictures, recipe: Recipe, epoch: int, device: torch.device
) -> Iterator[tuple[int, Batch]]:
    images, labels = pictures
    order = np.random.default_rng([recipe.seed, epoch]).permutation(len(images))
    rng = torch.Generator(device).manual_seed(recipe.seed * 100_003 + epoch)
    for step, first in enumerate(range(0, len(images), recipe.batch_size)):
        chosen = order[first : first + recipe.batch_size]
        shown = torch.from_numpy(images[chosen]).to(device).float().div_(255)
        if (strength := recipe.warp_at(epoch / recipe.epochs)) > 0:
            shown = warped(shown, rng, strength)
        if (most := recipe.soften * (epoch + 1) / recipe.epochs) > 0:
            shown = softened(shown, most * torch.rand(len(shown), generator=rng, device=device))
        yield (
            step,
            Batch(
                images=shown.contiguous(memory_format=torch.channels_last),
                labels=torch.from_numpy(labels[chosen]).to(device),
                rng=rng,
                focus=recipe.focus,
                beta=recipe.beta,
                ask=recipe.ask,
                look=recipe.look,
            ),
        )
