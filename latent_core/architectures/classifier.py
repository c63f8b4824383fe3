"""A classifier whose last hidden layer is a latent space; there is no way back to pictures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import cast

from torch import Tensor, nn

from latent_core.architectures.conv import quarter_grid
from latent_core.architectures.pyramid import pyramid_encoder


class Classifier(nn.Module):
    """Convolutions, a hidden layer of `latent_dim` features, and one score per class.

    Parameters
    ----------
    image_shape
        ``(C, H, W)``; H and W divisible by 4.
    latent_dim
        D, the features.
    classes
        How many scores.
    width
        Channels of the first convolutions.
    widths
        For larger pictures: the encoder of `PyramidAutoencoder`, with these channels.
    """

    def __init__(
        self,
        image_shape: tuple[int, int, int],
        latent_dim: int,
        *,
        classes: int,
        width: int = 32,
        widths: Sequence[int] = (),
    ) -> None:
        super().__init__()
        if widths:
            self.encoder = pyramid_encoder(image_shape, latent_dim, widths, hidden=256)
        else:
            self.encoder = shallow_encoder(image_shape, latent_dim, width)
        self.head = nn.Sequential(nn.ReLU(), nn.Dropout(0.3), nn.Linear(latent_dim, classes))

    def start_at(self, brightness: float) -> None:
        """Nothing to prepare."""

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        """Features ``(N, D)`` of images ``(N, C, H, W)`` in [0, 1], before their threshold."""
        return cast(Tensor, self.encoder(images)), None

    def scores(self, images: Tensor) -> Tensor:
        """One score per class, ``(N, classes)``; the highest wins."""
        return cast(Tensor, self.head(self.encoder(images)))


def shallow_encoder(
    image_shape: tuple[int, int, int], latent_dim: int, width: int
) -> nn.Sequential:
    """Convolutions down to a quarter of the size, and a dense layer."""
    cells = math.prod(quarter_grid(image_shape, 2 * width))
    return nn.Sequential(
        nn.Conv2d(image_shape[0], width, 3, padding=1, bias=False),
        nn.BatchNorm2d(width),
        nn.ReLU(),
        nn.Conv2d(width, width, 4, stride=2, padding=1, bias=False),
        nn.BatchNorm2d(width),
        nn.ReLU(),
        nn.Conv2d(width, 2 * width, 3, padding=1, bias=False),
        nn.BatchNorm2d(2 * width),
        nn.ReLU(),
        nn.Conv2d(2 * width, 2 * width, 4, stride=2, padding=1, bias=False),
        nn.BatchNorm2d(2 * width),
        nn.ReLU(),
        nn.Flatten(),
        nn.Dropout(0.3),
        nn.Linear(cells, latent_dim),
    )
