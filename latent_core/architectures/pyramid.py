"""A deeper convolutional autoencoder for larger pictures: every level halves the size."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import cast

from torch import Tensor, nn

from latent_core.architectures.conv import Residual, paint_evenly
from latent_core.errors import BadCard


def smallest_grid(image_shape: tuple[int, int, int], widths: Sequence[int]) -> tuple[int, int, int]:
    """Channels, height and width of the smallest level.

    Raises
    ------
    BadCard
        No widths, or a side that so many halvings don't divide.
    """
    _, height, across = image_shape
    parts = 2 ** len(widths)
    if not widths or height % parts or across % parts:
        raise BadCard(f"{len(widths)} levels need sides divisible by {parts}, not {image_shape}.")
    return widths[-1], height // parts, across // parts


def pyramid_decoder(
    image_shape: tuple[int, int, int], latent_dim: int, widths: Sequence[int], hidden: int
) -> nn.Sequential:
    """From codes ``(N, D)`` up the levels to images; the last is only rearranged.

    Parameters
    ----------
    widths
        Channels of each level, from half the size downwards.
    hidden
        Units of the dense layer.
    """
    grid = smallest_grid(image_shape, widths)
    layers: list[nn.Module] = [
        nn.Linear(latent_dim, hidden),
        nn.SiLU(),
        nn.Linear(hidden, math.prod(grid)),
        nn.Unflatten(1, grid),
        Residual(widths[-1]),
    ]
    for low, high in pairwise(reversed(widths)):
        up = nn.ConvTranspose2d(low, high, 4, stride=2, padding=1)
        layers += [nn.SiLU(), up, Residual(high)]
    return nn.Sequential(
        *layers,
        nn.SiLU(),
        nn.Conv2d(widths[0], 4 * image_shape[0], 3, padding=1),
        nn.PixelShuffle(2),
        nn.Sigmoid(),
    )


def pyramid_encoder(
    image_shape: tuple[int, int, int], outputs: int, widths: Sequence[int], hidden: int
) -> nn.Sequential:
    """From images down the levels to `outputs` numbers each."""
    grid = smallest_grid(image_shape, widths)
    layers: list[nn.Module] = [
        nn.PixelUnshuffle(2),
        nn.Conv2d(4 * image_shape[0], widths[0], 3, padding=1),
        Residual(widths[0]),
    ]
    for high, low in pairwise(widths):
        down = nn.Conv2d(high, low, 4, stride=2, padding=1)
        layers += [nn.SiLU(), down, Residual(low)]
    return nn.Sequential(
        *layers,
        nn.SiLU(),
        nn.Flatten(),
        nn.Linear(math.prod(grid), hidden),
        nn.SiLU(),
        nn.Linear(hidden, outputs),
    )


class PyramidAutoencoder(nn.Module):
    """Convolutions on every level between the picture's half size and a few cells.

    Parameters
    ----------
    image_shape
        ``(C, H, W)``; H and W divisible by 2 as often as there are levels.
    latent_dim
        D.
    widths
        Channels of each level, from half the size downwards.
    hidden
        Units of the dense layers.
    variational
        Whether the encoder gives a log-variance as well (Kingma & Welling 2014,
        arXiv:1312.6114).
    """

    def __init__(
        self,
        image_shape: tuple[int, int, int],
        latent_dim: int,
        *,
        widths: Sequence[int] = (32, 64, 96, 128),
        hidden: int = 256,
        variational: bool = False,
    ) -> None:
        super().__init__()
        self.variational = variational
        outputs = latent_dim * (2 if variational else 1)
        self.encoder = pyramid_encoder(image_shape, outputs, widths, hidden)
        self.decoder = pyramid_decoder(image_shape, latent_dim, widths, hidden)

    def start_at(self, brightness: float) -> None:
        """Make the untrained decoder paint an even picture of the data's mean brightness."""
        paint_evenly(self.decoder, brightness)

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        """Mean ``(N, D)`` and, if variational, log-variance ``(N, D)``."""
        features = self.encoder(images)
        if not self.variational:
            return features, None
        mean, log_var = features.chunk(2, dim=1)
        return mean, log_var.clamp(-12.0, 4.0)

    def decode(self, codes: Tensor) -> Tensor:
        """Images ``(N, C, H, W)`` in [0, 1]."""
        return cast(Tensor, self.decoder(codes))
