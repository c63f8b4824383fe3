"""The losses against closed forms and against torch's own distributions."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch.distributions import Independent, Normal
from torch.distributions import kl_divergence as torch_kl_divergence

from latent_core.architectures import build
from latent_core.training.losses import (
    LOSSES,
    Batch,
    center_weights,
    cross_entropy,
    gaussian_nll,
    kl_divergence,
    total_correlation,
)


def test_gaussian_nll_has_the_maximum_likelihood_variance():
    error = torch.randn(4, 1, 8, 8) * 0.3
    std = error.square().mean().sqrt()
    nll = -Normal(0.0, std).log_prob(error).mean()
    constant = 0.5 + 0.5 * math.log(2 * math.pi)
    assert gaussian_nll(error).item() == pytest.approx(nll.item() - constant, abs=1e-6)


def test_center_weights_divide_the_variance():
    error = torch.randn(4, 1, 9, 9) * 0.3
    weights = center_weights(9, 9, 3.0)
    assert weights.mean().item() == pytest.approx(1)
    assert (weights[4, 4] / weights[0, 0]).item() == pytest.approx(4, rel=0.02)
    std = (weights * error.square()).mean().sqrt() / weights.sqrt()
    nll = -Normal(0.0, std).log_prob(error).mean()
    constant = 0.5 + 0.5 * math.log(2 * math.pi) - 0.5 * weights.log().mean().item()
    assert gaussian_nll(error, 3.0).item() == pytest.approx(nll.item() - constant, abs=1e-6)


def test_the_kl_divergence_is_that_of_torch():
    mean, log_var = torch.randn(50, 6), torch.randn(50, 6)
    ours = Independent(Normal(mean, torch.exp(0.5 * log_var)), 1)
    prior = Independent(Normal(torch.zeros(50, 6), torch.ones(50, 6)), 1)
    torch.testing.assert_close(
        kl_divergence(mean, log_var), torch_kl_divergence(ours, prior).mean()
    )


def test_total_correlation_is_that_of_the_mixture_of_posteriors():
    mean, log_var, codes = torch.randn(9, 3), torch.randn(9, 3), torch.randn(9, 3)
    joint, marginal = [], []
    for code in codes:
        densities = Normal(mean, torch.exp(0.5 * log_var)).log_prob(code).exp().double()
        joint.append(densities.prod(1).sum().log())
        marginal.append(densities.sum(0).log().sum())
    expected = (torch.stack(joint) - torch.stack(marginal)).mean()
    assert total_correlation(codes, mean, log_var).item() == pytest.approx(expected.item(), 1e-5)


def test_total_correlation_is_larger_for_dependent_dimensions():
    rng = torch.Generator().manual_seed(0)
    independent = torch.randn(256, 2, generator=rng)
    dependent = independent[:, :1].repeat(1, 2)
    log_var = torch.full((256, 2), -3.0)
    assert (
        total_correlation(dependent, dependent, log_var)
        > total_correlation(independent, independent, log_var) + 1
    )


def test_cross_entropy_of_classes_and_attributes_is_that_of_torch():
    class Logits:
        def scores(self, images):
            return images.flatten(1)[:, :3]

    images = torch.rand(5, 1, 2, 2)
    rng = torch.Generator()
    classes = torch.tensor([0, 1, 2, 0, 1])
    attributes = torch.tensor([[0, 1, 1]] * 5)
    logits = images.flatten(1)[:, :3]
    of_classes = cross_entropy(Logits(), Batch(images=images, labels=classes, rng=rng))
    torch.testing.assert_close(of_classes, torch.nn.CrossEntropyLoss()(logits, classes))
    of_attributes = cross_entropy(Logits(), Batch(images=images, labels=attributes, rng=rng))
    torch.testing.assert_close(
        of_attributes, torch.nn.BCEWithLogitsLoss()(logits, attributes.float())
    )


@pytest.mark.parametrize("name", sorted(set(LOSSES) - {"cross-entropy"}))
def test_every_autoencoder_loss_decreases_on_small_images(name):
    torch.manual_seed(0)
    images = (torch.rand(32, 3, 16, 16) > 0.5).float() * torch.rand(32, 1, 1, 1)
    variational = name.endswith("vae")
    net = build("pyramid", (3, 16, 16), 4, widths=(8, 8), hidden=16, variational=variational)
    net.init_output_bias(0.25)
    optimizer = torch.optim.Adam(net.parameters(), 3e-3)
    losses = []
    for step in range(40):
        rng = torch.Generator().manual_seed(step)
        batch = Batch(images=images, labels=torch.zeros(32), rng=rng, center_weight=1.0, beta=4.0)
        loss = LOSSES[name](net, batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert np.mean(losses[-5:]) < np.mean(losses[:5])
