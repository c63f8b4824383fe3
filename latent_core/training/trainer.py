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
from latent_core.errors import InvalidCardError
from latent_core.models.card import ModelCard, read_model_card
from latent_core.models.catalog import load_model
from latent_core.progress import ProgressCallback, null_progress
from latent_core.training.augmentation import gaussian_blur, random_affine
from latent_core.training.auxiliary import AuxiliaryLosses
from latent_core.training.checkpoint import completed_epochs, load_checkpoint, save_checkpoint
from latent_core.training.config import TrainingConfig, stages_from_card
from latent_core.training.gan import GANTrainer, gan_step
from latent_core.training.losses import LOSSES, Batch, reparameterize
from latent_core.training.weights import build_network, fit_pca, init_decoder_from, save_weights

N_WHITENING_IMAGES = 4096
"""Pictures by whose codes a generator's are aligned."""

Pictures = tuple[NDArray[np.uint8], NDArray[np.int64]]
"""Images ``(N, C, H, W)`` and their labels ``(N,)`` or ``(N, Q)``."""


def train(
    card: ModelCard,
    images: NDArray[np.uint8],
    labels: NDArray[np.int64] | None = None,
    *,
    checkpoint: Path | None = None,
    progress: ProgressCallback = null_progress,
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
    rounds = stages_from_card(card)
    recipe = rounds[0]
    if images.shape[1:] != tuple(card.image_shape):
        raise InvalidCardError(
            f"{card.id!r} takes {card.image_shape} images, these are {images.shape[1:]}."
        )
    net = build_network(card, recipe.seed)
    if recipe.init_from:
        init_decoder_from(net, read_model_card(recipe.init_from))
    if recipe.objective == "pca":
        losses = [fit_pca(net, images)]
    else:
        known = np.zeros(len(images), np.int64) if labels is None else labels
        if not recipe.init_from:
            cast(Network, net).init_output_bias(float(images.mean()) / 255)
        if recipe.objective == "r3gan":
            net = _gan_trainer(net, card, images, recipe)
        elif any(each.attribute_weight or each.perceptual_weight for each in rounds):
            net = AuxiliaryLosses(
                cast(Network, net), card.latent_dim, len(card.attribute_thresholds)
            )
        losses = _run_stages(net, rounds, card, (images, known), checkpoint, progress)
    shipped = {GANTrainer: "average", AuxiliaryLosses: "net"}.get(type(net))
    save_weights(card, getattr(net, shipped) if shipped else net)
    if checkpoint is not None:
        for state in checkpoint_files(checkpoint):
            state.unlink(missing_ok=True)
    return losses


def checkpoint_files(checkpoint: Path) -> tuple[Path, Path]:
    """Where an interrupted training is kept, and that of the reader it may need."""
    return checkpoint, checkpoint.with_suffix(".reader")


def _gan_trainer(
    net: nn.Module, card: ModelCard, images: NDArray[np.uint8], recipe: TrainingConfig
) -> GANTrainer:
    """A generator with its critic, and with the VAE that it is aligned with and anchored to."""
    painter = cast(Generator, net)
    guide = (
        load_model(recipe.init_from).run_on_network_thread(copy.deepcopy)
        if recipe.reconstruction_weight
        else None
    )
    if painter.whitened_latents and guide is not None:
        painter.whiten_latents(_posterior_samples(guide, images, recipe.seed))
    return GANTrainer(painter, card.image_shape, card.latent_dim, guide)


def _run_stages(
    net: nn.Module,
    rounds: list[TrainingConfig],
    card: ModelCard,
    pictures: Pictures,
    state_file: Path | None,
    progress: ProgressCallback,
) -> list[float]:
    """First a reader downhill, where one is needed, then round after round; their losses."""
    looked = next((each for each in rounds if each.perceptual_weight), None)
    lesson = None if looked is None else perceptual_classifier_config(looked, card)
    parts = [lesson, *rounds] if lesson else rounds
    ends = np.cumsum([0, *(part.epochs for part in parts)]) / sum(part.epochs for part in parts)
    told = (_part_of(progress, start, end - start) for start, end in pairwise(ends))
    state, reader_state = (None, None) if state_file is None else checkpoint_files(state_file)
    if lesson is not None and looked is not None:
        reader = build_network(read_model_card(looked.perceptual_classifier), looked.seed)
        list(_train_epochs(reader, pictures, lesson, reader_state, next(told)))
    losses: list[float] = []
    for number, (current, bar) in enumerate(zip(rounds, told, strict=True)):
        if current is looked:
            cast(AuxiliaryLosses, net).set_perceptual_net(cast(Classifier, reader))
        if all(completed_epochs(state, later) is None for later in rounds[number + 1 :]):
            losses += _train_epochs(net, pictures, current, state, bar)
    return losses


def perceptual_classifier_config(config: TrainingConfig, card: ModelCard) -> TrainingConfig:
    """How the reader of a recipe is taught: as that classifier was, but from the recipe's seed.

    Raises
    ------
    BadCard
        It is no classifier, or answers other questions than the card's.
    """
    like = read_model_card(config.perceptual_classifier)
    if like.family != "classifier" or like.attribute_thresholds != card.attribute_thresholds:
        raise InvalidCardError(
            f"{like.id!r} can't read for {card.id!r}: a classifier of its questions is needed."
        )
    return replace(stages_from_card(like)[0], seed=config.seed)


def _part_of(progress: ProgressCallback, start: float, share: float) -> ProgressCallback:
    """Progress of a part of the whole, which begins at `start` and is so large a `share` of it."""
    return lambda fraction, words: progress(start + share * fraction, words)


@torch.no_grad()
def _posterior_samples(guide: Network, images: NDArray[np.uint8], seed: int) -> Tensor:
    """One code ``(N, D)`` from a VAE's posterior of each of `LIKE` training pictures."""
    rng = torch.Generator().manual_seed(seed)
    chosen = np.random.default_rng(seed).permutation(len(images))[:N_WHITENING_IMAGES]
    shown = torch.from_numpy(images[chosen]).float().div_(255)
    return torch.cat([reparameterize(guide, part, rng)[0] for part in torch.split(shown, 256)])


def _train_epochs(
    net: nn.Module,
    pictures: Pictures,
    recipe: TrainingConfig,
    state_file: Path | None,
    progress: ProgressCallback,
) -> Iterator[float]:
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    net.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimizer = _optimizer(net, recipe)
    steps = math.ceil(len(pictures[0]) / recipe.batch_size)
    start = load_checkpoint(state_file, recipe, net, optimizer)
    for epoch in range(start, recipe.epochs):
        torch.manual_seed(recipe.seed * 100_003 + epoch)
        full = epoch >= recipe.epochs * (1 - recipe.float32_fraction)
        total = 0.0
        for step, batch in _batches(pictures, recipe, epoch, device):
            for group in optimizer.param_groups:
                group["lr"] = recipe.learning_rate_at(
                    (epoch * steps + step) / (recipe.epochs * steps)
                )
            with nullcontext() if full else torch.autocast(device.type, torch.bfloat16):
                loss = _step(net, batch, recipe, optimizer, step)
            total += float(loss)
            done = (epoch * steps + step + 1) / (recipe.epochs * steps)
            progress(done, f"epoch {epoch + 1} of {recipe.epochs}, loss {total / (step + 1):.4f}")
        if state_file is not None:
            save_checkpoint(state_file, recipe, epoch + 1, net, optimizer)
        yield total / steps


def _optimizer(net: nn.Module, recipe: TrainingConfig) -> torch.optim.Optimizer:
    """Adam; without momentum and decay for a generator, whose aim moves."""
    learned = [parameter for parameter in net.parameters() if parameter.requires_grad]
    if isinstance(net, GANTrainer):
        return torch.optim.Adam(learned, lr=recipe.learning_rate, betas=(0.0, 0.99))
    return torch.optim.AdamW(learned, lr=recipe.learning_rate, weight_decay=1e-4)


def _step(
    net: nn.Module,
    batch: Batch,
    recipe: TrainingConfig,
    optimizer: torch.optim.Optimizer,
    number: int,
) -> Tensor:
    """One step downhill, the epoch's `number`-th; gives the loss."""
    if isinstance(net, GANTrainer):
        penalty = 0.0 if number % recipe.r1_interval else recipe.r1_gamma * recipe.r1_interval
        return gan_step(
            net, batch.images, batch.rng, optimizer, penalty, recipe.reconstruction_weight
        )
    loss = LOSSES[recipe.objective](net, batch)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    return loss.detach()


def _batches(
    pictures: Pictures, recipe: TrainingConfig, epoch: int, device: torch.device
) -> Iterator[tuple[int, Batch]]:
    images, labels = pictures
    order = np.random.default_rng([recipe.seed, epoch]).permutation(len(images))
    rng = torch.Generator(device).manual_seed(recipe.seed * 100_003 + epoch)
    for step, first in enumerate(range(0, len(images), recipe.batch_size)):
        chosen = order[first : first + recipe.batch_size]
        shown = torch.from_numpy(images[chosen]).to(device).float().div_(255)
        if (strength := recipe.augmentation_at(epoch / recipe.epochs)) > 0:
            shown = random_affine(shown, rng, strength)
        if (most := recipe.max_blur_sigma * (epoch + 1) / recipe.epochs) > 0:
            shown = gaussian_blur(
                shown, most * torch.rand(len(shown), generator=rng, device=device)
            )
        yield (
            step,
            Batch(
                images=shown.contiguous(memory_format=torch.channels_last),
                labels=torch.from_numpy(labels[chosen]).to(device),
                rng=rng,
                center_weight=recipe.center_weight,
                beta=recipe.beta,
                attribute_weight=recipe.attribute_weight,
                perceptual_weight=recipe.perceptual_weight,
            ),
        )
