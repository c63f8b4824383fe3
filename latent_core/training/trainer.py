"""Train the model of a card: prepare the network, run the stages, save the weights.

The result is ``weights.safetensors`` beside the card and its checksum on it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import cast

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from latent_core import card_files
from latent_core.architectures import Network
from latent_core.architectures.classifier import Classifier
from latent_core.architectures.generator import Generator
from latent_core.errors import InvalidCardError
from latent_core.models.card import ModelCard
from latent_core.models.card_reader import read_model_card
from latent_core.models.catalog import load_network_from_card
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.training.auxiliary import AuxiliaryLosses
from latent_core.training.checkpoint import completed_epochs
from latent_core.training.config import TrainingConfig, stages_from_card
from latent_core.training.gan import GANTrainer
from latent_core.training.loop import TrainingData, train_epochs
from latent_core.training.losses import reparameterize
from latent_core.training.weights import build_network, fit_pca, init_decoder_from, save_weights

N_WHITENING_IMAGES = 4096
"""Images whose codes give the mean and covariance that a generator's latents are whitened by."""


def train(
    card: ModelCard,
    images: NDArray[np.uint8],
    labels: NDArray[np.int64] | None = None,
    *,
    checkpoint: Path | None = None,
    progress: ProgressCallback = null_progress,
) -> list[float]:
    """Train the model of `card` and write its weights and their checksum.

    Parameters
    ----------
    card
        The card; its ``training`` is the configuration.
    images
        ``(N, C, H, W)`` uint8.
    labels
        ``(N,)`` classes, or ``(N, Q)`` binary attributes, for objectives that need them.
    checkpoint
        File of the checkpoints; a run of the same configuration continues from it.
    progress
        Called after every step; may raise `CancelledError`.

    Returns
    -------
    list of float
        The mean loss of each epoch of this call.

    Raises
    ------
    InvalidCardError
        The card is incomplete, or the images have another shape than it says.
    """
    stages = stages_from_card(card)
    if images.shape[1:] != tuple(card.image_shape):
        raise InvalidCardError(
            f"{card.id!r} takes images of shape {card.image_shape}, these are {images.shape[1:]}; "
            "give its own training data or correct 'image_shape'."
        )
    card_files.own_folder(card.folder)
    net = build_network(card, stages[0].seed)
    if stages[0].objective == "pca":
        losses = [fit_pca(net, images)]
    else:
        net = _prepare_network(net, card, stages, images)
        targets = np.zeros(len(images), np.int64) if labels is None else labels
        losses = _run_stages(net, stages, card, (images, targets), checkpoint, progress)
    saved = {GANTrainer: "ema_generator", AuxiliaryLosses: "net"}.get(type(net))
    save_weights(card, getattr(net, saved) if saved else net)
    if checkpoint is not None:
        for path in checkpoint_files(checkpoint):
            path.unlink(missing_ok=True)
    return losses


def checkpoint_files(checkpoint: Path) -> tuple[Path, Path]:
    """The checkpoint of a run, and that of the perceptual classifier it may train first."""
    return checkpoint, checkpoint.with_suffix(".reader")


def _prepare_network(
    net: nn.Module, card: ModelCard, stages: list[TrainingConfig], images: NDArray[np.uint8]
) -> nn.Module:
    """Initialize `net` as the first stage says and wrap it with what its losses need."""
    config = stages[0]
    init_card = read_model_card(config.init_from) if config.init_from else None
    if init_card is None:
        cast(Network, net).init_output_bias(float(images.mean()) / 255)
    else:
        init_decoder_from(net, init_card)
    if config.objective == "r3gan":
        return _gan_trainer(cast(Generator, net), card, images, config, init_card)
    if any(stage.attribute_weight or stage.perceptual_weight for stage in stages):
        return AuxiliaryLosses(cast(Network, net), card.latent_dim, len(card.attribute_thresholds))
    return net


def _gan_trainer(
    generator: Generator,
    card: ModelCard,
    images: NDArray[np.uint8],
    config: TrainingConfig,
    init_card: ModelCard | None,
) -> GANTrainer:
    """A generator with its discriminator and, for a reconstruction loss, the VAE as its teacher."""
    teacher = None
    if config.reconstruction_weight and init_card is not None:
        teacher = load_network_from_card(init_card).net
    if generator.whitened_latents and teacher is not None:
        generator.whiten_latents(_posterior_samples(teacher, images, config.seed))
    return GANTrainer(generator, card.image_shape, card.latent_dim, teacher)


@torch.no_grad()
def _posterior_samples(vae: Network, images: NDArray[np.uint8], seed: int) -> Tensor:
    """One posterior sample ``(N, D)`` of a VAE for each of `N_WHITENING_IMAGES` images."""
    rng = torch.Generator().manual_seed(seed)
    chosen = np.random.default_rng(seed).permutation(len(images))[:N_WHITENING_IMAGES]
    floats = torch.from_numpy(images[chosen]).float().div_(255)
    return torch.cat([reparameterize(vae, part, rng)[0] for part in torch.split(floats, 256)])


def _run_stages(
    net: nn.Module,
    stages: list[TrainingConfig],
    card: ModelCard,
    training_data: TrainingData,
    checkpoint: Path | None,
    progress: ProgressCallback,
) -> list[float]:
    """Train the perceptual classifier, if there is one, then each stage; the stages' losses."""
    perceptual = next((stage for stage in stages if stage.perceptual_weight), None)
    own, classifier_file = (None, None) if checkpoint is None else checkpoint_files(checkpoint)
    runs = list(stages)
    if perceptual is not None:
        classifier_card = read_model_card(perceptual.perceptual_classifier)
        runs = [perceptual_classifier_config(perceptual, card, classifier_card), *stages]
    reports = _progress_per_run(progress, runs)
    if perceptual is not None:
        classifier = build_network(classifier_card, perceptual.seed)
        list(train_epochs(classifier, training_data, runs[0], classifier_file, next(reports)))
    losses: list[float] = []
    for number, (stage, report) in enumerate(zip(stages, reports, strict=True)):
        if stage is perceptual:
            cast(AuxiliaryLosses, net).set_perceptual_net(cast(Classifier, classifier))
        if all(completed_epochs(own, later) is None for later in stages[number + 1 :]):
            losses += train_epochs(net, training_data, stage, own, report)
    return losses


def _progress_per_run(
    progress: ProgressCallback, runs: list[TrainingConfig]
) -> Iterator[ProgressCallback]:
    """A callback per run, whose part of the whole is its share of all epochs."""
    ends = np.cumsum([0, *(run.epochs for run in runs)]) / sum(run.epochs for run in runs)
    return (subprogress(progress, start, end) for start, end in pairwise(ends))


def perceptual_classifier_config(
    config: TrainingConfig, card: ModelCard, classifier: ModelCard
) -> TrainingConfig:
    """How a perceptual classifier is trained: as `classifier`, from the seed of `config`.

    Parameters
    ----------
    config
        The first stage with a perceptual loss.
    card
        The model that is trained.
    classifier
        The card that `config` names as its ``perceptual_classifier``.

    Raises
    ------
    InvalidCardError
        It is not a classifier, or has other attributes than `card`.
    """
    if (
        classifier.family != "classifier"
        or classifier.attribute_thresholds != card.attribute_thresholds
    ):
        raise InvalidCardError(
            f"{classifier.id!r} cannot be the 'perceptual_classifier' of {card.id!r}: a classifier "
            "with the same 'attribute_thresholds' is needed."
        )
    return replace(stages_from_card(classifier)[0], seed=config.seed)
