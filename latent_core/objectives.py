"""What a training goes down: the losses of autoencoders and classifiers, by name."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import torch
from torch import Tensor
from torch.nn import functional


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one step learns from.

    Parameters
    ----------
    images
        ``(N, C, H, W)`` in [0, 1].
    labels
        ``(N,)`` classes, or ``(N, Q)`` answers, 0 or 1, to questions.
    rng
        For what is drawn.
    bands, beta
        As in `train.Recipe`.
    """

    images: Tensor
    labels: Tensor
    rng: torch.Generator
    bands: int = 0
    beta: float = 1.0


def gaussian(error: Tensor, bands: int = 0) -> Tensor:
    """Negative log-likelihood per pixel, up to a constant, of a Gaussian's errors.

    The variance is the one that fits the batch best (Rybkin et al. 2021, arXiv:2006.13202,
    eq. 5), so that nothing has to be weighed by hand.

    Parameters
    ----------
    error
        ``(N, C, H, W)``, decoded minus original.
    bands
        With 0 all pixels share one variance.  Each band more splits off the finest details,
        which are the three quarters of the orthonormal Haar transform that differ within 2×2
        pixels, and gives them a variance of their own: since they are faint, they weigh more
        than in the mean squared error.  Sides must be divisible by ``2 ** bands``.
    """
    share, energy = 1.0, error.square().mean()
    likelihood = torch.zeros_like(energy)
    for _ in range(bands):
        error = functional.avg_pool2d(error, 2)
        coarser = error.square().mean()
        likelihood = likelihood + 0.75 * share * torch.log(energy - coarser)
        share, energy = share / 4, coarser
    return 0.5 * (likelihood + share * torch.log(energy))


def divergence(mean: Tensor, log_var: Tensor) -> Tensor:
    """Mean KL from N(0, I) in nats (Kingma & Welling 2014, arXiv:1312.6114, appendix B)."""
    return 0.5 * (mean.square() + log_var.exp() - 1.0 - log_var).sum(dim=1).mean()


def total_correlation(codes: Tensor, mean: Tensor, log_var: Tensor) -> Tensor:
    """How far a batch's codes are from independent dimensions, in nats, up to a constant.

    Densities are estimated on the batch itself, by minibatch-weighted sampling (Chen et al. 2018,
    arXiv:1802.04942, eq. S4); its constant depends on the size of batch and data only.

    Parameters
    ----------
    codes, mean, log_var
        ``(N, D)``: one draw from each of N posteriors, and the posteriors.
    """
    away = (codes[:, None] - mean[None]).square() * torch.exp(-log_var)[None]
    log_density = -0.5 * (away + log_var[None] + math.log(2 * math.pi))
    joint = torch.logsumexp(log_density.sum(dim=2), dim=1)
    apart = torch.logsumexp(log_density, dim=1).sum(dim=1)
    return (joint - apart).mean()


def mean_squared_error(net: Any, batch: Batch) -> Tensor:
    """Mean squared error per pixel of a deterministic autoencoder."""
    codes, _ = net.encode(batch.images)
    return cast(Tensor, (net.decode(codes).float() - batch.images).square().mean())


def banded(net: Any, batch: Batch) -> Tensor:
    """`gaussian` likelihood of a deterministic autoencoder's reconstructions."""
    codes, _ = net.encode(batch.images)
    return gaussian(net.decode(codes).float() - batch.images, batch.bands)


def sigma_vae(net: Any, batch: Batch) -> Tensor:
    """Negative evidence lower bound per pixel, under a `gaussian` likelihood."""
    codes, mean, log_var = draw(net, batch)
    error = net.decode(codes).float() - batch.images
    pixels = batch.images[0].numel()
    return gaussian(error, batch.bands) + divergence(mean, log_var) / pixels


def btc_vae(net: Any, batch: Batch) -> Tensor:
    """Negative evidence lower bound in nats, each pixel a coin, total correlation by `beta`.

    With β = 1 this is the plain VAE; above it, dimensions that move together cost more
    (β-TC-VAE, Chen et al. 2018, arXiv:1802.04942, eq. 4 with α = γ = 1).
    """
    codes, mean, log_var = draw(net, batch)
    decoded = net.decode(codes).float()
    error = functional.binary_cross_entropy(decoded, batch.images, reduction="sum")
    loss = error / len(batch.images) + divergence(mean, log_var)
    if batch.beta != 1.0:
        loss = loss + (batch.beta - 1.0) * total_correlation(codes, mean, log_var)
    return loss


def draw(net: Any, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """One code from each posterior, and the posteriors' means and log-variances, ``(N, D)``."""
    mean, log_var = net.encode(batch.images)
    mean, log_var = mean.float(), log_var.float()
    noise = torch.randn(mean.shape, generator=batch.rng, device=mean.device)
    return mean + torch.exp(0.5 * log_var) * noise, mean, log_var


def cross_entropy(net: Any, batch: Batch) -> Tensor:
    """Negative log-likelihood, in nats, of classes ``(N,)`` or of each answer ``(N, Q)``."""
    scores = net.scores(batch.images).float()
    if batch.labels.ndim == 2:
        return functional.binary_cross_entropy_with_logits(scores, batch.labels.float())
    return functional.cross_entropy(scores, batch.labels)


Objective = Callable[[Any, Batch], Tensor]
OBJECTIVES: dict[str, Objective] = {
    "mse": mean_squared_error,
    "banded": banded,
    "sigma-vae": sigma_vae,
    "btc-vae": btc_vae,
    "cross-entropy": cross_entropy,
}
