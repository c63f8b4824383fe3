"""A generator trained against a critic, by a method that is known to converge.

Relativistic pairing with zero-centred gradient penalties on real and generated images: R3GAN,
of which local convergence is proved (Huang, Gokaslan, Kuleshov & Tompkin 2024,
arXiv:2501.05441).  What is shipped is a moving average of the generator's weights (Yazıcı et al.
2019, arXiv:1806.04498).
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn
from torch.nn import functional

from latent_core.architectures.generator import Critic, Generator

AVERAGED_IMAGES = 20_000
"""Images over which the shipped weights are averaged: half of it by the last so many."""


class Duel(nn.Module):
    """A generator, the critic it is trained against, and the average that is shipped."""

    def __init__(
        self, generator: Generator, image_shape: tuple[int, int, int], latent_dim: int
    ) -> None:
        super().__init__()
        self.generator = generator
        self.critic = Critic(image_shape, widths=generator.widths)
        self.average = copy.deepcopy(generator).requires_grad_(False)
        self.latent_dim = latent_dim

    def draw(self, count: int, rng: torch.Generator) -> Tensor:
        """Images ``(count, C, H, W)`` of codes drawn from N(0, I)."""
        codes = torch.randn(count, self.latent_dim, generator=rng, device=rng.device)
        return self.generator.decode(codes).float()

    def follow(self, images: int) -> None:
        """Move the average towards the generator, after so many more images."""
        keep = 0.5 ** (images / AVERAGED_IMAGES)
        pairs = zip(self.average.parameters(), self.generator.parameters(), strict=True)
        for mean, now in pairs:
            mean.data.lerp_(now.data, 1 - keep)


def critic_loss(duel: Duel, real: Tensor, fake: Tensor, penalty: float) -> Tensor:
    """Relativistic pairing loss (eq. 2) plus R1 and R2 (eqs. 3 and 4), each by ``penalty / 2``."""
    real, fake = real.requires_grad_(), fake.requires_grad_()
    scores = duel.critic(torch.cat([real, fake])).float()
    on_real, on_fake = scores.chunk(2)
    slopes = torch.autograd.grad(scores.sum(), [real, fake], create_graph=True)
    steep = torch.stack([slope.square().flatten(1).sum(1).mean() for slope in slopes]).sum()
    return functional.softplus(on_fake - on_real).mean() + penalty / 2 * steep


def generator_loss(duel: Duel, real: Tensor, fake: Tensor) -> Tensor:
    """The same pairing, seen from the other side."""
    scores = duel.critic(torch.cat([real.detach(), fake])).float()
    on_real, on_fake = scores.chunk(2)
    return functional.softplus(on_real - on_fake).mean()


def adversarial_step(
    duel: Duel,
    real: Tensor,
    rng: torch.Generator,
    optimizer: torch.optim.Optimizer,
    penalty: float,
) -> Tensor:
    """One step of the critic, one of the generator; gives the critic's loss.

    One optimizer serves both: it leaves alone whatever has no gradient.
    """
    with torch.no_grad():
        fake = duel.draw(len(real), rng)
    loss = critic_loss(duel, real, fake, penalty)
    _descend(optimizer, loss)
    drawn = duel.draw(len(real), rng)
    duel.critic.requires_grad_(False)
    _descend(optimizer, generator_loss(duel, real, drawn))
    duel.critic.requires_grad_(True)
    duel.follow(len(real))
    return loss.detach()


def _descend(optimizer: torch.optim.Optimizer, loss: Tensor) -> None:
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    optimizer.step()
