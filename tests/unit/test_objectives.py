"""The losses against closed forms and against torch's own distributions."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch
from torch.distributions import Independent, Normal, kl_divergence

from latent_core.architectures import build
from latent_core.objectives import (
    OBJECTIVES,
    Batch,
    cross_entropy,
    divergence,
    gaussian,
    total_correlation,
)


def haar(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One level of the orthonormal Haar transform: the coarse quarter and the three details."""
    a, b, c, d = image[::2, ::2], image[::2, 1::2], image[1::2, ::2], image[1::2, 1::2]
    coarse = (a + b + c + d) / 2
    details = np.stack([(a - b + c - d) / 2, (a + b - c - d) / 2, (a - b - c + d) / 2])
    return coarse, details


def best_likelihood(groups: list[np.ndarray]) -> float:
    """Per coefficient, of Gaussians that fit each group best, without what is constant."""
    count = sum(group.size for group in groups)
    return sum(group.size * math.log(np.square(group).mean()) for group in groups) / (2 * count)


@pytest.mark.parametrize("bands", [0, 1, 2])
def test_each_band_has_the_variance_that_fits_it(bands):
    error = np.random.default_rng(0).normal(size=(16, 16)) * np.linspace(0.1, 2, 16)
    groups, rest = [], error
    for _ in range(bands):
        rest, details = haar(rest)
        groups.append(details)
    groups.append(rest)
    # our means are Haar coefficients / 2 per level, our details are averaged over all four cells
    scales = [math.log(4) * level - math.log(3 / 4) for level in range(bands)]
    scales.append(math.log(4) * bands)
    constant = sum(scale * group.size for scale, group in zip(scales, groups, strict=True))
    expected = best_likelihood(groups) - constant / (2 * error.size)
    got = gaussian(torch.tensor(error)[None, None], bands)
    assert got.item() == pytest.approx(expected, rel=1e-6)


def test_the_divergence_is_torchs():
    mean, log_var = torch.randn(50, 6), torch.randn(50, 6)
    ours = Independent(Normal(mean, torch.exp(0.5 * log_var)), 1)
    prior = Independent(Normal(torch.zeros(50, 6), torch.ones(50, 6)), 1)
    torch.testing.assert_close(divergence(mean, log_var), kl_divergence(ours, prior).mean())


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


@pytest.mark.parametrize("name", sorted(set(OBJECTIVES) - {"cross-entropy"}))
def test_every_autoencoders_objective_falls_on_tiny_pictures(name):
    torch.manual_seed(0)
    images = (torch.rand(32, 3, 16, 16) > 0.5).float() * torch.rand(32, 1, 1, 1)
    variational = name.endswith("vae")
    net = build("pyramid", (3, 16, 16), 4, widths=(8, 8), hidden=16, variational=variational)
    net.start_at(0.25)
    optimizer = torch.optim.Adam(net.parameters(), 3e-3)
    losses = []
    for step in range(40):
        rng = torch.Generator().manual_seed(step)
        batch = Batch(images=images, labels=torch.zeros(32), rng=rng, bands=1, beta=4.0)
        loss = OBJECTIVES[name](net, batch)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    assert np.mean(losses[-5:]) < np.mean(losses[:5])
