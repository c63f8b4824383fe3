"""What a training goes down: the losses of autoencoders and classifiers, by name."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import torch
from torch import Tensor
from torch.nn import functional

CENTER_SIGMA = 0.4
"""Deviation of the middle that counts for more, in half sides of a picture."""


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
    focus, beta, ask, look
        As in `recipe.Recipe`.
    """

    images: Tensor
    labels: Tensor
    rng: torch.Generator
    center_weight: float = 0.0
    beta: float = 1.0
    attribute_weight: float = 0.0
    perceptual_weight: float = 0.0


def gaussian_nll(error: Tensor, center_weight: float = 0.0) -> Tensor:
    """Negative log-likelihood per pixel, up to a constant, of a Gaussian's errors.

    The variance is the one that fits the batch best (Rybkin et al. 2021, arXiv:2006.13202,
    eq. 5), so that nothing has to be weighed by hand.

    Parameters
    ----------
    error
        ``(N, C, H, W)``, decoded minus original.
    focus
        With 0 all pixels share one variance.  Above it, that of a picture's middle is
        ``1 + focus`` times smaller than that of its corners, so that a face counts for more
        than what is around it.
    """
    if center_weight:
        error = (
            error * center_weights(error.shape[2], error.shape[3], center_weight).to(error.device).sqrt()
        )
    return 0.5 * torch.log(error.square().mean())


def center_weights(height: int, width: int, center_weight: float) -> Tensor:
    """How much each pixel ``(H, W)`` counts, one on average: more about the middle."""
    down, across = torch.linspace(-1, 1, height), torch.linspace(-1, 1, width)
    away = down[:, None].square() + across[None].square()
    weights = 1 + center_weight * torch.exp(-0.5 * away / CENTER_SIGMA**2)
    return weights / weights.mean()


def kl_divergence(mean: Tensor, log_var: Tensor) -> Tensor:
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
    error = net.decode(codes).float() - batch.images
    weights = center_weights(error.shape[2], error.shape[3], batch.center_weight).to(error.device)
    return cast(Tensor, (weights * error.square()).mean())


def sigma_vae(net: Any, batch: Batch) -> Tensor:
    """Negative evidence lower bound per pixel, under a `gaussian` likelihood.

    Where `ask` is given, so many times the nats that answers ``(N, Q)`` read linearly from a code
    lack of the truth are added: factors that hardly change a pixel then keep a place in the code
    (Locatello et al. 2020, arXiv:1905.01258, whose term is each factor's own number).

    Where `look` is given, what a reader sees is observed beside the pixels (Hou et al. 2017,
    arXiv:1610.00291): each of `tutored.sights`, that is each size of its activations, its features
    and its scores, under a `gaussian` of its own, their mean weighted by so much.  The bound is
    then one of pixels and sights, not of pixels alone.
    """
    codes, mean, log_var = reparameterize(net, batch.images, batch.rng)
    decoded = net.decode(codes).float()
    loss = kl_divergence(mean, log_var)
    if batch.attribute_weight:
        answers = batch.labels.float()
        unread = functional.binary_cross_entropy_with_logits(
            net.scores(codes).float(), answers, reduction="none"
        )
        loss = loss + batch.attribute_weight * unread.sum(dim=1).mean()
    bound = (
        gaussian_nll(decoded - batch.images, batch.center_weight) + loss / batch.images[0].numel()
    )
    if batch.perceptual_weight:
        sights = [gaussian_nll(each) for each in net.perceptual_differences(decoded, batch.images)]
        bound = bound + batch.perceptual_weight * torch.stack(sights).mean()
    return bound


def btc_vae(net: Any, batch: Batch) -> Tensor:
    """Negative evidence lower bound in nats, each pixel a coin, total correlation by `beta`.

    With β = 1 this is the plain VAE; above it, dimensions that move together cost more
    (β-TC-VAE, Chen et al. 2018, arXiv:1802.04942, eq. 4 with α = γ = 1).
    """
    codes, mean, log_var = reparameterize(net, batch.images, batch.rng)
    decoded = net.decode(codes).float()
    error = functional.binary_cross_entropy(decoded, batch.images, reduction="sum")
    loss = error / len(batch.images) + kl_divergence(mean, log_var)
    if batch.beta != 1.0:
        loss = loss + (batch.beta - 1.0) * total_correlation(codes, mean, log_var)
    return loss


def reparameterize(net: Any, images: Tensor, rng: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
    """One code from each posterior, and the posteriors' means and log-variances, ``(N, D)``."""
    mean, log_var = net.encode(images)
    mean, log_var = mean.float(), log_var.float()
    noise = torch.randn(mean.shape, generator=rng, device=mean.device)
    return mean + torch.exp(0.5 * log_var) * noise, mean, log_var


def cross_entropy(net: Any, batch: Batch) -> Tensor:
    """Negative log-likelihood, in nats, of classes ``(N,)`` or of each answer ``(N, Q)``."""
    scores = net.scores(batch.images).float()
    if batch.labels.ndim == 2:
        return functional.binary_cross_entropy_with_logits(scores, batch.labels.float())
    return functional.cross_entropy(scores, batch.labels)


Loss = Callable[[Any, Batch], Tensor]
LOSSES: dict[str, Loss] = {
    "mse": mean_squared_error,
    "sigma-vae": sigma_vae,
    "btc-vae": btc_vae,
    "cross-entropy": cross_entropy,
}
