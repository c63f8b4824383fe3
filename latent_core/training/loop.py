"""The training loop: seeded, resumable, on CPU or GPU.

A checkpoint is written after each epoch, and every epoch draws its order and its noise from
(seed, epoch) alone, so a resumed run gives the same weights as an uninterrupted one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from latent_core.progress import ProgressCallback
from latent_core.training.augmentation import gaussian_blur, random_affine
from latent_core.training.checkpoint import load_checkpoint, save_checkpoint
from latent_core.training.config import TrainingConfig
from latent_core.training.gan import GANTrainer, gan_step
from latent_core.training.losses import LOSSES, Batch

TrainingData = tuple[NDArray[np.uint8], NDArray[np.int64]]
"""Images ``(N, C, H, W)`` and their labels ``(N,)`` or ``(N, Q)``."""


def train_epochs(
    net: nn.Module,
    training_data: TrainingData,
    config: TrainingConfig,
    checkpoint: Path | None,
    progress: ProgressCallback,
) -> Iterator[float]:
    """Train epoch by epoch from the last checkpoint; yields each epoch's mean loss.

    Parameters
    ----------
    net
        The network, or the module with what its losses need; see `trainer.train`.
    training_data
        Images and labels.
    config
        One stage.
    checkpoint
        Where the state is written after each epoch; None for no checkpoints.
    progress
        Called after every step; may raise `CancelledError`.
    """
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    net.to(device, memory_format=torch.channels_last)  # type: ignore[call-overload]
    optimizer = _optimizer(net, config)
    steps = math.ceil(len(training_data[0]) / config.batch_size)
    first_epoch = load_checkpoint(checkpoint, config, net, optimizer)
    for epoch in range(first_epoch, config.epochs):
        torch.manual_seed(config.seed * 100_003 + epoch)
        is_float32 = epoch >= config.epochs * (1 - config.float32_fraction)
        total = 0.0
        for step, batch in _batches(training_data, config, epoch, device):
            done = epoch * steps + step
            for group in optimizer.param_groups:
                group["lr"] = config.learning_rate_at(done / (config.epochs * steps))
            with nullcontext() if is_float32 else torch.autocast(device.type, torch.bfloat16):
                loss = _training_step(net, batch, config, optimizer, step)
            total += float(loss)
            message = f"epoch {epoch + 1} of {config.epochs}, loss {total / (step + 1):.4f}"
            progress((done + 1) / (config.epochs * steps), message)
        if checkpoint is not None:
            save_checkpoint(checkpoint, config, epoch + 1, net, optimizer)
        yield total / steps


def _optimizer(net: nn.Module, config: TrainingConfig) -> torch.optim.Optimizer:
    """AdamW; for a GAN Adam without momentum and weight decay, since its loss is not fixed."""
    trainable = [parameter for parameter in net.parameters() if parameter.requires_grad]
    if isinstance(net, GANTrainer):
        return torch.optim.Adam(trainable, lr=config.learning_rate, betas=(0.0, 0.99))
    return torch.optim.AdamW(trainable, lr=config.learning_rate, weight_decay=1e-4)


def _training_step(
    net: nn.Module,
    batch: Batch,
    config: TrainingConfig,
    optimizer: torch.optim.Optimizer,
    step: int,
) -> Tensor:
    """One optimizer step, number `step` of its epoch; the loss."""
    if isinstance(net, GANTrainer):
        r1_gamma = 0.0 if step % config.r1_interval else config.r1_gamma * config.r1_interval
        return gan_step(
            net, batch.images, batch.rng, optimizer, r1_gamma, config.reconstruction_weight
        )
    loss = LOSSES[config.objective](net, batch)
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    optimizer.step()
    return loss.detach()


def _batches(
    training_data: TrainingData, config: TrainingConfig, epoch: int, device: torch.device
) -> Iterator[tuple[int, Batch]]:
    """The steps of an epoch, each with its augmented batch."""
    images, labels = training_data
    order = np.random.default_rng([config.seed, epoch]).permutation(len(images))
    rng = torch.Generator(device).manual_seed(config.seed * 100_003 + epoch)
    for step, first in enumerate(range(0, len(images), config.batch_size)):
        chosen = order[first : first + config.batch_size]
        floats = torch.from_numpy(images[chosen]).to(device).float().div_(255)
        augmented = _augmented(floats, config, epoch, rng)
        yield (
            step,
            Batch(
                images=augmented.contiguous(memory_format=torch.channels_last),
                labels=torch.from_numpy(labels[chosen]).to(device),
                rng=rng,
                center_weight=config.center_weight,
                beta=config.beta,
                attribute_weight=config.attribute_weight,
                perceptual_weight=config.perceptual_weight,
            ),
        )


def _augmented(images: Tensor, config: TrainingConfig, epoch: int, rng: torch.Generator) -> Tensor:
    if (strength := config.augmentation_at(epoch / config.epochs)) > 0:
        images = random_affine(images, rng, strength)
    if (max_sigma := config.max_blur_sigma * (epoch + 1) / config.epochs) > 0:
        uniform = torch.rand(len(images), generator=rng, device=images.device)
        images = gaussian_blur(images, max_sigma * uniform)
    return images
