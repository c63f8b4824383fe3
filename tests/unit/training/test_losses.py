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


def test_the_variance_is_the_one_that_fits_best():
    error = torch.randn(4, 1, 8, 8) * 0.3
    spread = error.square().mean().sqrt()
    nll = -Normal(0.0, spread).log_prob(error).mean()
    constant = 0.5 + 0.5 * math.log(2 * math.pi)
    assert gaussian_nll(error).item() == pytest.approx(nll.item() - constant, abs=1e-6)


def test_focus_is_a_gaussian_whose_variance_falls_towards_the_middle():
    error = torch.randn(4, 1, 9, 9) * 0.3
    weights = center_weights(9, 9, 3.0)
    assert weights.mean().item() == pytest.approx(1)
    assert (weights[4, 4] / weights[0, 0]).item() == pytest.approx(4, rel=0.02)
    spread = (weights * error.square()).mean().sqrt() / weights.sqrt()
    nll = -Normal(0.0, spread).log_prob(error).mean()
    constant = 0.5 + 0.5 * math.log(2 * math.pi) - 0.5 * weights.log().mean().item()
    assert gaussian_nll(error, 3.0).item() == pytest.approx(nll.item() - constant, abs=1e-6)


def test_the_divergence_is_torchs():
    mean, log_var = torch.randn(50, 6), torch.randn(50, 6)
    ours = Independent(Normal(mean, torch.exp(0.5 * log_var)), 1)
    prior = Independent(Normal(torch.zeros(50, 6), torch.ones(50, 6)), 1)
    torch.testing.assert_close(
        kl_divergence(mean, log_var), torch_kl_divergence(ours, prior).mean()
    )


def test_total_correlation_is_that_of_the_mixture_of_posteriors():
    mean, log_var, codes = torch.randn(9, 3), torch.randn(9, 3), torch.randn(9, 3)
    joint, apart = [], []
    for code in codes:
        densities = Normal(mean, torch.exp(0.5 * log_var)).log_prob(code).exp().double()
        joint.append(densities.prod(1).sum().log())
        apart.append(densities.sum(0).log().sum())
    expected = (torch.stack(joint) - torch.stack(apart)).mean()
    assert total_correlation(codes, mean, log_var).item() == pytest.approx(expected.item(), 1e-5)


def test_numbers_that_move_together_cost_more():
    rng = torch.Generator().manual_seed(0)
    free = torch.randn(256, 2, generator=rng)
    tied = free[:, :1].repeat(1, 2)
    sure = torch.full((256, 2), -3.0)
    assert total_correlation(tied, tied, sure) > total_correlation(free, free, sure) + 1


def test_answers_to_questions_and_classes_cost_what_torch_says():
    class Known:
        def scores(self, images):
            return images.flatten(1)[:, :3]

    images = torch.rand(5, 1, 2, 2)
    rng = torch.Generator()
    classes = torch.tensor([0, 1, 2, 0, 1])
    asked = torch.tensor([[0, 1, 1]] * 5)
    scores = images.flatten(1)[:, :3]
    one = cross_entropy(Known(), Batch(images=images, labels=classes, rng=rng))
    torch.testing.assert_close(one, torch.nn.CrossEntropyLoss()(scores, classes))
    many = cross_entropy(Known(), Batch(images=images, labels=asked, rng=rng))
    torch.testing.assert_close(many, torch.nn.BCEWithLogitsLoss()(scores, asked.float()))


@pytest.mark.parametrize("name", sorted(set(LOSSES) - {"cross-entropy"}))
def test_every_autoencoders_objective_falls_on_tiny_pictures(name):
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


def test_a_deep_network_begins_with_codes_and_pictures_of_usual_size():
    torch.manual_seed(0)
    net = build("pyramid", (3, 64, 64), 32, widths=(8, 16, 24, 32), hidden=64)
    images = torch.rand(64, 3, 64, 64) * 2 - 1
    codes, _ = net.encode(images)
    assert 0.2 < codes.std(dim=0).mean() < 5, "one picture's code differs from another's"
    levels = net.decoder[:-2](torch.randn(64, 32))
    assert 0.2 < levels.std(dim=0).mean() < 5
