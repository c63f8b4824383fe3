"""A generator trained against a critic, by a method that is known to converge.

Relativistic pairing with zero-centred gradient penalties on real and generated images: R3GAN,
of which local convergence is proved (Huang, Gokaslan, Kuleshov & Tompkin 2024,
arXiv:2501.05441).  What is shipped is a moving average of the generator's weights (Yazıcı et al.
2019, arXiv:1806.04498).

A generator that begins from a VAE's decoder may be anchored to it: besides deceiving the critic
it then goes on rebuilding pictures from the VAE's codes of them, so that every picture keeps a
place (as in VAE/GAN, Larsen et al. 2016, arXiv:1512.09300, but by the pixels' error and with an
encoder that is learned before).
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn
from torch.nn import functional

from latent_core.architectures.generator import Discriminator, Generator
from latent_core.training.losses import reparameterize

EMA_HALF_LIFE_IMAGES = 20_000
"""Images over which the shipped weights are averaged: half of it by the last so many."""


class GANTrainer(nn.Module):
    """A generator, the critic it is trained against, and the average that is shipped.

    Parameters
    ----------
    generator, image_shape, latent_dim
        What is trained, its pictures ``(C, H, W)`` and its codes' dimensions.
    guide
        The VAE it is anchored to, with as many dimensions or fewer; it isn't trained.
    """

    def __init__(
        self,
        generator: Generator,
        image_shape: tuple[int, int, int],
        latent_dim: int,
        teacher: nn.Module | None = None,
    ) -> None:
        super().__init__()
        self.generator = generator
        self.teacher = None if teacher is None else teacher.requires_grad_(False)
        self.discriminator = Discriminator(image_shape, widths=generator.widths)
        self.ema_generator = copy.deepcopy(generator).requires_grad_(False)
        self.latent_dim = latent_dim

    def sample(self, count: int, rng: torch.Generator) -> Tensor:
        """Images ``(count, C, H, W)`` of codes drawn from N(0, I)."""
        codes = torch.randn(count, self.latent_dim, generator=rng, device=rng.device)
        return self.generator.decode(codes).float()

    def reconstruction_loss(self, images: Tensor, rng: torch.Generator) -> Tensor:
        """Mean squared error of images rebuilt from the guide's codes of them."""
        with torch.no_grad():
            codes = self.generator.whiten(reparameterize(self.teacher, images, rng)[0])
        return functional.mse_loss(self.generator.decode(codes).float(), images)

    def update_ema(self, images: int) -> None:
        """Move the average towards the generator, after so many more images."""
        keep = 0.5 ** (images / EMA_HALF_LIFE_IMAGES)
        pairs = zip(self.ema_generator.parameters(), self.generator.parameters(), strict=True)
        for mean, now in pairs:
            mean.data.lerp_(now.data, 1 - keep)


def discriminator_loss(trainer: GANTrainer, real: Tensor, fake: Tensor, r1_gamma: float) -> Tensor:
    """Relativistic pairing loss (eq. 2) plus R1 and R2 (eqs. 3 and 4), each by ``penalty / 2``."""
    real, fake = real.requires_grad_(r1_gamma > 0), fake.requires_grad_(r1_gamma > 0)
    scores = trainer.discriminator(torch.cat([real, fake])).float()
    on_real, on_fake = scores.chunk(2)
    loss = functional.softplus(on_fake - on_real).mean()
    if not r1_gamma:
        return loss
    slopes = torch.autograd.grad(scores.sum(), [real, fake], create_graph=True)
    steep = torch.stack([slope.square().flatten(1).sum(1).mean() for slope in slopes]).sum()
    return loss + r1_gamma / 2 * steep


def generator_loss(trainer: GANTrainer, real: Tensor, fake: Tensor) -> Tensor:
    """The same pairing, seen from the other side."""
    with torch.no_grad():
        on_real = trainer.discriminator(real).float()
    return functional.softplus(on_real - trainer.discriminator(fake).float()).mean()


def gan_step(
    trainer: GANTrainer,
    real: Tensor,
    rng: torch.Generator,
    optimizer: torch.optim.Optimizer,
    r1_gamma: float,
    reconstruction_weight: float = 0.0,
) -> Tensor:
    """One step of the critic, one of the generator; gives the critic's loss.

    One optimizer serves both: it leaves alone whatever has no gradient.

    Parameters
    ----------
    real
        ``(N, C, H, W)`` in [0, 1].
    penalty
        γ of `critic_loss`; 0 to leave the penalties out of this step.
    anchor
        The weight of `Duel.rebuilding_error` beside the generator's own loss.
    """
    with torch.no_grad():
        fake = trainer.sample(len(real), rng)
    loss = discriminator_loss(trainer, real, fake, r1_gamma)
    _descend(optimizer, loss)
    drawn = trainer.sample(len(real), rng)
    trainer.discriminator.requires_grad_(False)
    aim = generator_loss(trainer, real, drawn)
    if reconstruction_weight:
        aim = aim + reconstruction_weight * trainer.reconstruction_loss(real.detach(), rng)
    _descend(optimizer, aim)
    trainer.discriminator.requires_grad_(True)
    trainer.update_ema(len(real))
    return loss.detach()


def _descend(optimizer: torch.optim.Optimizer, loss: Tensor) -> None:
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    optimizer.step()
