"""The losses of autoencoders, VAEs and classifiers, by the name of the objective on a card."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

import torch
from torch import Tensor
from torch.nn import functional

CENTER_SIGMA = 0.4
"""Standard deviation of the center weights, as a fraction of half an image side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The inputs of one training step.

    Parameters
    ----------
    images
        ``(N, C, H, W)`` in [0, 1].
    labels
        ``(N,)`` classes, or ``(N, Q)`` binary attributes (0 or 1).
    rng
        Source of the posterior samples.
    center_weight, beta, attribute_weight, perceptual_weight
        See `TrainingConfig`.
    """

    images: Tensor
    labels: Tensor
    rng: torch.Generator
    center_weight: float = 0.0
    beta: float = 1.0
    attribute_weight: float = 0.0
    perceptual_weight: float = 0.0


def gaussian_nll(error: Tensor, center_weight: float = 0.0) -> Tensor:
    """Negative log-likelihood per element of Gaussian errors, up to a constant.

    The variance is the maximum-likelihood estimate on the batch (σ-VAE, Rybkin et al. 2021,
    arXiv:2006.13202, eq. 5), so that no weight between likelihood and KL has to be tuned.

    Parameters
    ----------
    error
        ``(N, C, H, W)``, or any shape where `center_weight` is 0: predicted minus target.
    center_weight
        With 0 all pixels share one variance.  Otherwise the variance in the image center is
        ``1 + center_weight`` times smaller than in the corners, so that a face counts more than
        its background.

    Returns
    -------
    Tensor
        Scalar, in nats per element.
    """
    if center_weight:
        weights = center_weights(error.shape[2], error.shape[3], center_weight)
        error = error * weights.to(error.device).sqrt()
    return 0.5 * torch.log(error.square().mean())


def center_weights(height: int, width: int, center_weight: float) -> Tensor:
    """The weight of each pixel ``(H, W)``: a Gaussian about the center plus 1, with mean 1."""
    rows, columns = torch.linspace(-1, 1, height), torch.linspace(-1, 1, width)
    squared_radius = rows[:, None].square() + columns[None].square()
    weights = 1 + center_weight * torch.exp(-0.5 * squared_radius / CENTER_SIGMA**2)
    return weights / weights.mean()


def kl_divergence(mean: Tensor, log_var: Tensor) -> Tensor:
    """Mean KL divergence of posteriors ``(N, D)`` from N(0, I), in nats.

    References
    ----------
    Kingma & Welling 2014, arXiv:1312.6114, appendix B.
    """
    return 0.5 * (mean.square() + log_var.exp() - 1.0 - log_var).sum(dim=1).mean()


def total_correlation(codes: Tensor, mean: Tensor, log_var: Tensor) -> Tensor:
    """The total correlation of a batch's codes, in nats, up to a constant.

    Densities are estimated on the batch by minibatch-weighted sampling; the constant depends only
    on the sizes of batch and data.

    Parameters
    ----------
    codes, mean, log_var
        ``(N, D)``: one sample from each of N posteriors, and the posteriors' parameters.

    References
    ----------
    Chen et al. 2018, arXiv:1802.04942, eq. S4.
    """
    squared = (codes[:, None] - mean[None]).square() * torch.exp(-log_var)[None]
    log_density = -0.5 * (squared + log_var[None] + math.log(2 * math.pi))
    log_joint = torch.logsumexp(log_density.sum(dim=2), dim=1)
    log_marginals = torch.logsumexp(log_density, dim=1).sum(dim=1)
    return (log_joint - log_marginals).mean()


def mean_squared_error(net: Any, batch: Batch) -> Tensor:
    """Mean squared error per pixel of a deterministic autoencoder."""
    codes, _ = net.encode(batch.images)
    error = net.decode(codes).float() - batch.images
    weights = center_weights(error.shape[2], error.shape[3], batch.center_weight).to(error.device)
    return cast(Tensor, (weights * error.square()).mean())


def sigma_vae(net: Any, batch: Batch) -> Tensor:
    """Negative evidence lower bound per pixel with the likelihood of `gaussian_nll`.

    With `attribute_weight`, the weighted cross-entropy of binary attributes ``(N, Q)`` predicted
    linearly from the code is added to the KL divergence, so that attributes that change few pixels
    stay encoded (Locatello et al. 2020, arXiv:1905.01258, who regress each factor on one
    dimension).

    With `perceptual_weight`, the weighted mean of the `gaussian_nll` of each of the
    `auxiliary.feature_maps` of a frozen classifier is added (Hou et al. 2017, arXiv:1610.00291).
    """
    codes, mean, log_var = reparameterize(net, batch.images, batch.rng)
    decoded = net.decode(codes).float()
    nats = kl_divergence(mean, log_var)
    if batch.attribute_weight:
        cross_entropies = functional.binary_cross_entropy_with_logits(
            net.scores(codes).float(), batch.labels.float(), reduction="none"
        )
        nats = nats + batch.attribute_weight * cross_entropies.sum(dim=1).mean()
    nll = gaussian_nll(decoded - batch.images, batch.center_weight)
    loss = nll + nats / batch.images[0].numel()
    if batch.perceptual_weight:
        differences = net.perceptual_differences(decoded, batch.images)
        perceptual = torch.stack([gaussian_nll(each) for each in differences]).mean()
        loss = loss + batch.perceptual_weight * perceptual
    return loss


def btc_vae(net: Any, batch: Batch) -> Tensor:
    """Negative evidence lower bound in nats with a Bernoulli likelihood, β-weighted.

    β multiplies the total correlation; with β = 1 this is the VAE.

    References
    ----------
    β-TC-VAE: Chen et al. 2018, arXiv:1802.04942, eq. 4 with α = γ = 1.
    """
    codes, mean, log_var = reparameterize(net, batch.images, batch.rng)
    decoded = net.decode(codes).float()
    error = functional.binary_cross_entropy(decoded, batch.images, reduction="sum")
    loss = error / len(batch.images) + kl_divergence(mean, log_var)
    if batch.beta != 1.0:
        loss = loss + (batch.beta - 1.0) * total_correlation(codes, mean, log_var)
    return loss


def reparameterize(net: Any, images: Tensor, rng: torch.Generator) -> tuple[Tensor, Tensor, Tensor]:
    """One sample from each image's posterior, and the posteriors' parameters.

    Returns
    -------
    codes, mean, log_var
        ``(N, D)`` each.
    """
    mean, log_var = net.encode(images)
    mean, log_var = mean.float(), log_var.float()
    noise = torch.randn(mean.shape, generator=rng, device=mean.device)
    return mean + torch.exp(0.5 * log_var) * noise, mean, log_var


def cross_entropy(net: Any, batch: Batch) -> Tensor:
    """Cross-entropy, in nats, of classes ``(N,)`` or of binary attributes ``(N, Q)``."""
    logits = net.scores(batch.images).float()
    if batch.labels.ndim == 2:
        return functional.binary_cross_entropy_with_logits(logits, batch.labels.float())
    return functional.cross_entropy(logits, batch.labels)


Loss = Callable[[Any, Batch], Tensor]
LOSSES: dict[str, Loss] = {
    "mse": mean_squared_error,
    "sigma-vae": sigma_vae,
    "btc-vae": btc_vae,
    "cross-entropy": cross_entropy,
}
