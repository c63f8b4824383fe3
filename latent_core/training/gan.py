"""GAN training: R3GAN, with an optional reconstruction loss from a frozen VAE.

The loss is a relativistic pairing loss with zero-centered gradient penalties on real and
generated images (R3GAN; Huang, Gokaslan, Kuleshov & Tompkin 2024, arXiv:2501.05441, who prove
local convergence).  The saved weights are an exponential moving average of the generator's
(Yazıcı et al. 2019, arXiv:1806.04498).

A generator initialized from a VAE's decoder can keep that VAE as its teacher: it is then also
trained to reconstruct images from the VAE's codes, so that every image keeps a code (as in
VAE/GAN, Larsen et al. 2016, arXiv:1512.09300, but with the pixel error and a frozen encoder).
"""

from __future__ import annotations

import copy

import torch
from torch import Tensor, nn
from torch.nn import functional

from latent_core.architectures.generator import Discriminator, Generator
from latent_core.training.losses import reparameterize

EMA_HALF_LIFE_IMAGES = 20_000
"""Half-life of the moving average of the generator's weights, in training images."""


class GANTrainer(nn.Module):
    """A generator, its discriminator, and the moving average of the generator that is saved.

    Parameters
    ----------
    generator
        The network that is trained.
    image_shape
        ``(C, H, W)``.
    latent_dim
        D.
    teacher
        A frozen VAE whose codes the generator also reconstructs images from; it has at most D
        latent dimensions.
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
        """Generated images ``(count, C, H, W)`` of codes drawn from N(0, I)."""
        codes = torch.randn(count, self.latent_dim, generator=rng, device=rng.device)
        return self.generator.decode(codes).float()

    def reconstruction_loss(self, images: Tensor, rng: torch.Generator) -> Tensor:
        """Mean squared error of reconstructions from the teacher's posterior samples."""
        with torch.no_grad():
            codes = self.generator.whiten(reparameterize(self.teacher, images, rng)[0])
        return functional.mse_loss(self.generator.decode(codes).float(), images)

    def update_ema(self, images: int) -> None:
        """Update the moving average after a step on this many images."""
        decay = 0.5 ** (images / EMA_HALF_LIFE_IMAGES)
        pairs = zip(self.ema_generator.parameters(), self.generator.parameters(), strict=True)
        for average, current in pairs:
            average.data.lerp_(current.data, 1 - decay)


def discriminator_loss(trainer: GANTrainer, real: Tensor, fake: Tensor, r1_gamma: float) -> Tensor:
    """Relativistic pairing loss (eq. 2) plus R1 and R2 (eqs. 3 and 4), each times ``r1_gamma / 2``.

    Parameters
    ----------
    real, fake
        ``(N, C, H, W)`` in [0, 1].
    r1_gamma
        γ; 0 leaves the gradient penalties out.
    """
    real, fake = real.requires_grad_(r1_gamma > 0), fake.requires_grad_(r1_gamma > 0)
    logits = trainer.discriminator(torch.cat([real, fake])).float()
    real_logits, fake_logits = logits.chunk(2)
    loss = functional.softplus(fake_logits - real_logits).mean()
    if not r1_gamma:
        return loss
    gradients = torch.autograd.grad(logits.sum(), [real, fake], create_graph=True)
    squared = torch.stack([grad.square().flatten(1).sum(1).mean() for grad in gradients]).sum()
    return loss + r1_gamma / 2 * squared


def generator_loss(trainer: GANTrainer, real: Tensor, fake: Tensor) -> Tensor:
    """The relativistic pairing loss with real and generated images exchanged (eq. 2)."""
    with torch.no_grad():
        real_logits = trainer.discriminator(real).float()
    return functional.softplus(real_logits - trainer.discriminator(fake).float()).mean()


def gan_step(
    trainer: GANTrainer,
    real: Tensor,
    rng: torch.Generator,
    optimizer: torch.optim.Optimizer,
    r1_gamma: float,
    reconstruction_weight: float = 0.0,
) -> Tensor:
    """One step of the discriminator and one of the generator; returns the discriminator's loss.

    One optimizer serves both networks, since it skips parameters without a gradient.

    Parameters
    ----------
    real
        ``(N, C, H, W)`` in [0, 1].
    r1_gamma
        γ of `discriminator_loss`; 0 leaves the gradient penalties out of this step.
    reconstruction_weight
        Weight of `GANTrainer.reconstruction_loss` beside the generator's loss.
    """
    with torch.no_grad():
        fake = trainer.sample(len(real), rng)
    loss = discriminator_loss(trainer, real, fake, r1_gamma)
    _optimizer_step(optimizer, loss)
    fake = trainer.sample(len(real), rng)
    trainer.discriminator.requires_grad_(False)
    total = generator_loss(trainer, real, fake)
    if reconstruction_weight:
        total = total + reconstruction_weight * trainer.reconstruction_loss(real.detach(), rng)
    _optimizer_step(optimizer, total)
    trainer.discriminator.requires_grad_(True)
    trainer.update_ema(len(real))
    return loss.detach()


def _optimizer_step(optimizer: torch.optim.Optimizer, loss: Tensor) -> None:
    optimizer.zero_grad(set_to_none=True)
    loss.backward()  # type: ignore[no-untyped-call]
    optimizer.step()
