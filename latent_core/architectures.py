"""The networks, one class per architecture, found by the name a card gives.

Each maps images ``(N, C, H, W)`` in [0, 1] to the parameters of a code and codes
``(N, D)`` back to images.  Nothing here knows cards, files or data sets.
"""

from __future__ import annotations

import math
from typing import Any, Protocol, cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from latent_core.errors import BadCard, UnknownName


class Network(Protocol):
    """What every architecture offers."""

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        """Mean ``(N, D)`` and, for a VAE, log-variance ``(N, D)``."""

    def decode(self, codes: Tensor) -> Tensor:
        """Images ``(N, C, H, W)`` in [0, 1]."""

    def start_at(self, brightness: float) -> None:
        """Prepare for training on images of this mean brightness, in (0, 1)."""


class LinearAutoencoder(nn.Module):
    """Projection on `latent_dim` orthonormal directions and back: PCA as a network."""

    mean: Tensor
    components: Tensor

    def __init__(self, image_shape: tuple[int, int, int], latent_dim: int) -> None:
        super().__init__()
        channels, height, width = image_shape
        self.image_shape = image_shape
        self.register_buffer("mean", torch.zeros(channels * height * width))
        self.register_buffer("components", torch.zeros(latent_dim, channels * height * width))

    def start_at(self, brightness: float) -> None:
        """Nothing to prepare: the components are computed, not descended to."""

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        return functional.linear(images.flatten(1) - self.mean, self.components), None

    def decode(self, codes: Tensor) -> Tensor:
        flat = codes @ self.components + self.mean
        return flat.clamp(0.0, 1.0).view(-1, *self.image_shape)


class Residual(nn.Module):
    """``x + f(x)`` with two 3×3 convolutions; starts as the identity."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        nn.init.zeros_(self.second.weight)

    def forward(self, x: Tensor) -> Tensor:
        return cast(Tensor, x + self.second(functional.silu(self.first(functional.silu(x)))))


class ConvAutoencoder(nn.Module):
    """Convolutions down to a quarter of the size, dense layers to the code, and back.

    The full resolution is only ever rearranged (Shi et al. 2016, arXiv:1609.05158), never
    convolved, which makes a decoder that is quick on a processor and in a browser.

    Parameters
    ----------
    image_shape
        ``(C, H, W)``; H and W divisible by 4.
    latent_dim
        D.
    width, hidden
        Channels of the convolutions; units of the dense layers.
    variational
        Whether the encoder gives a log-variance as well (Kingma & Welling 2014,
        arXiv:1312.6114).
    """

    def __init__(
        self,
        image_shape: tuple[int, int, int],
        latent_dim: int,
        *,
        width: int = 32,
        hidden: int = 384,
        variational: bool = False,
    ) -> None:
        super().__init__()
        channels, height, rows = image_shape
        if height % 4 or rows % 4:
            raise BadCard(f"Architecture 'conv' needs sides divisible by 4, not {height}×{rows}.")
        self.variational = variational
        grid = (width, height // 4, rows // 4)
        cells = width * grid[1] * grid[2]
        self.encoder = nn.Sequential(
            nn.PixelUnshuffle(2),
            nn.Conv2d(4 * channels, width, 3, stride=2, padding=1),
            Residual(width),
            nn.SiLU(),
            nn.Flatten(),
            nn.Linear(cells, hidden),
            nn.SiLU(),
            nn.Linear(hidden, hidden),
            nn.SiLU(),
            nn.Linear(hidden, latent_dim * (2 if variational else 1)),
        )
        self.decoder = nn.Sequential(
            nn.Linear(latent_dim, hidden),
            nn.SiLU(),
            nn.Linear(hidden, hidden),
            nn.SiLU(),
            nn.Linear(hidden, cells),
            nn.Unflatten(1, grid),
            Residual(width),
            nn.SiLU(),
            nn.ConvTranspose2d(width, width, 4, stride=2, padding=1),
            nn.SiLU(),
            nn.Conv2d(width, 4 * channels, 3, padding=1),
            nn.PixelShuffle(2),
            nn.Sigmoid(),
        )

    def start_at(self, brightness: float) -> None:
        """Make the untrained decoder paint an even picture of the data's mean brightness.

        From a bright start the quickest descent is to paint everything black, where the
        sigmoid is flat and training ends.
        """
        last = cast(nn.Conv2d, self.decoder[-3])
        nn.init.constant_(cast(Tensor, last.bias), math.log(brightness / (1 - brightness)))

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        features = self.encoder(images)
        if not self.variational:
            return features, None
        mean, log_var = features.chunk(2, dim=1)
        return mean, log_var.clamp(-12.0, 4.0)

    def decode(self, codes: Tensor) -> Tensor:
        return cast(Tensor, self.decoder(codes))


ARCHITECTURES: dict[str, type[nn.Module]] = {
    "linear": LinearAutoencoder,
    "conv": ConvAutoencoder,
}


def build(
    name: str, image_shape: tuple[int, int, int], latent_dim: int, **options: Any
) -> nn.Module:
    """An untrained network of the architecture `name`.

    Raises
    ------
    UnknownName
        There is no such architecture.
    BadCard
        It does not take these options.
    """
    if name not in ARCHITECTURES:
        raise UnknownName("architecture", name, ARCHITECTURES)
    try:
        return ARCHITECTURES[name](image_shape, latent_dim, **options)
    except TypeError as error:
        raise BadCard(f"Architecture {name!r} does not take these options: {error}.") from error
