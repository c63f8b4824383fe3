"""The generator of a GAN, and the discriminator it is trained against."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from latent_core.architectures.conv import (
    decoder_layers,
    init_constant_output,
    quarter_resolution_shape,
)
from latent_core.architectures.pyramid import pyramid_decoder, pyramid_encoder


class Generator(nn.Module):
    """A decoder of codes drawn from N(0, I), with the layers of an autoencoder's decoder.

    Parameters
    ----------
    image_shape, latent_dim, width, hidden
        As in `ConvAutoencoder`.
    widths
        Instead of `width`, for larger images: the decoder of `PyramidAutoencoder` with these
        channels.
    whitened_latents
        Whether it keeps the mean and the Cholesky factor by which `whiten` maps codes of the VAE
        it was initialized from to its own.
    """

    latent_mean: Tensor
    latent_cholesky: Tensor

    def __init__(
        self,
        image_shape: tuple[int, int, int],
        latent_dim: int,
        *,
        width: int = 48,
        hidden: int = 384,
        widths: Sequence[int] = (),
        whitened_latents: bool = False,
    ) -> None:
        super().__init__()
        self.widths, self.latent_dim = tuple(widths), latent_dim
        self.whitened_latents = whitened_latents
        if whitened_latents:
            self.latent_mean = nn.Parameter(torch.zeros(latent_dim), requires_grad=False)
            self.latent_cholesky = nn.Parameter(torch.eye(latent_dim), requires_grad=False)
        if widths:
            self.decoder = pyramid_decoder(image_shape, latent_dim, widths, hidden)
        else:
            self.decoder = decoder_layers(image_shape, latent_dim, width, hidden)

    def init_output_bias(self, brightness: float) -> None:
        """Initialize the output bias to the data's mean brightness, in (0, 1)."""
        init_constant_output(self.decoder, brightness)

    def decode(self, codes: Tensor) -> Tensor:
        """Images ``(N, C, H, W)`` in [0, 1] of codes ``(N, D)``."""
        return cast(Tensor, self.decoder(codes))

    @torch.no_grad()
    def whiten_latents(self, codes: Tensor) -> None:
        """Fold the mean and covariance of a VAE's codes into the first layer.

        The aggregate posterior of a VAE has neither mean 0 nor covariance I, so that samples from
        N(0, I) miss it (Ghosh et al. 2020, arXiv:1903.12436, who sample from a Gaussian fitted
        to the codes instead).  After this, codes drawn from N(0, I) give the images that codes
        drawn from that fitted Gaussian gave before.

        Parameters
        ----------
        codes
            ``(N, D')``, D' ≤ D, of the VAE whose decoder the generator was initialized from.
        """
        dims = codes.shape[1]
        self.latent_mean[:dims] = codes.mean(dim=0)
        self.latent_cholesky[:dims, :dims] = torch.linalg.cholesky(torch.cov(codes.T))
        first = cast(nn.Linear, self.decoder[0])
        first.bias.add_(first.weight @ self.latent_mean)
        first.weight.copy_(first.weight @ self.latent_cholesky)

    def whiten(self, codes: Tensor) -> Tensor:
        """The generator's codes for codes of the VAE it was initialized from.

        Parameters
        ----------
        codes
            ``(N, D')``, D' ≤ D.

        Returns
        -------
        Tensor
            ``(N, D)``; whitened where the generator has `whitened_latents`.
        """
        padded = functional.pad(codes, (0, self.latent_dim - codes.shape[1]))
        if not self.whitened_latents:
            return padded
        centered = (padded - self.latent_mean).T
        return cast(
            Tensor, torch.linalg.solve_triangular(self.latent_cholesky, centered, upper=False).T
        )


class Discriminator(nn.Module):
    """The discriminator of a GAN; used in training only.

    Parameters
    ----------
    image_shape
        ``(C, H, W)``.
    width
        Channels of the convolutions.
    widths
        Instead of `width`: the encoder of `PyramidAutoencoder` with these channels, as in the
        generator.
    """

    def __init__(
        self, image_shape: tuple[int, int, int], width: int = 48, widths: Sequence[int] = ()
    ) -> None:
        super().__init__()
        if widths:
            self.layers = pyramid_encoder(image_shape, 1, widths, hidden=256)
        else:
            self.layers = conv_discriminator(image_shape, width)

    def forward(self, images: Tensor) -> Tensor:
        """Logits ``(N,)`` of images ``(N, C, H, W)``; higher for real ones."""
        return cast(Tensor, self.layers(images).squeeze(1))


def conv_discriminator(image_shape: tuple[int, int, int], width: int) -> nn.Sequential:
    """Convolutions down to a quarter of the resolution, then dense layers to one logit."""
    cells = math.prod(quarter_resolution_shape(image_shape, 2 * width))
    return nn.Sequential(
        nn.PixelUnshuffle(2),
        nn.Conv2d(4 * image_shape[0], width, 3, padding=1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(width, 2 * width, 4, stride=2, padding=1),
        nn.LeakyReLU(0.2),
        nn.Conv2d(2 * width, 2 * width, 3, padding=1),
        nn.LeakyReLU(0.2),
        nn.Flatten(),
        nn.Linear(cells, 256),
        nn.LeakyReLU(0.2),
        nn.Linear(256, 1),
    )
