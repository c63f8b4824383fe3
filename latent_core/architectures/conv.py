"""A convolutional autoencoder; its decoder is also that of the GAN generators."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import cast

from torch import Tensor, nn
from torch.nn import functional

from latent_core.errors import InvalidCardError


class Residual(nn.Module):
    """``x + f(x)`` with two 3×3 convolutions; the identity at initialization."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.first = nn.Conv2d(width, width, 3, padding=1)
        self.second = nn.Conv2d(width, width, 3, padding=1)
        nn.init.zeros_(self.second.weight)

    def forward(self, x: Tensor) -> Tensor:
        return cast(Tensor, x + self.second(functional.silu(self.first(functional.silu(x)))))


def quarter_resolution_shape(image_shape: tuple[int, int, int], width: int) -> tuple[int, int, int]:
    """Channels, height and width at a quarter of the image resolution.

    Raises
    ------
    InvalidCardError
        Height or width is not divisible by 4.
    """
    _, image_height, image_width = image_shape
    if image_height % 4 or image_width % 4:
        raise InvalidCardError(
            "Height and width of images must be divisible by 4 for this architecture, not "
            f"{image_height}×{image_width}; change 'image_shape'."
        )
    return width, image_height // 4, image_width // 4


def lowest_resolution_shape(
    image_shape: tuple[int, int, int], widths: Sequence[int]
) -> tuple[int, int, int]:
    """Channels, height and width of the level with the lowest resolution.

    Raises
    ------
    InvalidCardError
        There are no widths, or height or width is not divisible by ``2 ** len(widths)``.
    """
    _, image_height, image_width = image_shape
    factor = 2 ** len(widths)
    if not widths or image_height % factor or image_width % factor:
        raise InvalidCardError(
            f"{len(widths)} levels need image sides divisible by {factor} and at least one level, "
            f"not {image_height}×{image_width}; change 'widths' or 'image_shape'."
        )
    return widths[-1], image_height // factor, image_width // factor


def decoder_layers(
    image_shape: tuple[int, int, int], latent_dim: int, width: int, hidden: int
) -> nn.Sequential:
    """A decoder: dense layers to a quarter of the resolution, then convolutions to images."""
    grid = quarter_resolution_shape(image_shape, width)
    return nn.Sequential(
        nn.Linear(latent_dim, hidden),
        nn.SiLU(),
        nn.Linear(hidden, hidden),
        nn.SiLU(),
        nn.Linear(hidden, math.prod(grid)),
        nn.Unflatten(1, grid),
        Residual(width),
        nn.SiLU(),
        nn.ConvTranspose2d(width, width, 4, stride=2, padding=1),
        nn.SiLU(),
        nn.Conv2d(width, 4 * image_shape[0], 3, padding=1),
        nn.PixelShuffle(2),
        nn.Sigmoid(),
    )


def init_constant_output(decoder: nn.Sequential, brightness: float) -> None:
    """Set the output bias of an untrained decoder to a mean brightness in (0, 1).

    Without it, outputs start at 0.5 and gradients on mostly dark images drive all of them to 0,
    where the sigmoid saturates and training stops.
    """
    last = cast(nn.Conv2d, decoder[-3])
    nn.init.constant_(cast(Tensor, last.bias), math.log(brightness / (1 - brightness)))


class Autoencoder(nn.Module):
    """An encoder and a decoder; a VAE where the encoder also outputs log-variances.

    Parameters
    ----------
    encoder
        From images ``(N, C, H, W)`` to outputs ``(N, D)``, or ``(N, 2 D)`` if `variational`.
    decoder
        From codes ``(N, D)`` to images ``(N, C, H, W)`` in [0, 1].
    variational
        Whether the second D outputs are log-variances (Kingma & Welling 2014, arXiv:1312.6114).
    """

    def __init__(self, encoder: nn.Module, decoder: nn.Sequential, variational: bool) -> None:
        super().__init__()
        self.encoder, self.decoder, self.variational = encoder, decoder, variational

    def init_output_bias(self, brightness: float) -> None:
        """Initialize the decoder's output bias to the data's mean brightness, in (0, 1)."""
        init_constant_output(self.decoder, brightness)

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


class ConvAutoencoder(Autoencoder):
    """Convolutions down to a quarter of the resolution, dense layers to the code, and back.

    The full resolution is reached by pixel shuffle alone (Shi et al. 2016, arXiv:1609.05158),
    without convolutions, so that the decoder is fast on a CPU and in a browser.

    Parameters
    ----------
    image_shape
        ``(C, H, W)``; H and W divisible by 4.
    latent_dim
        D.
    width, hidden
        Channels of the convolutions; units of the dense layers.
    variational
        Whether the encoder also outputs log-variances.
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
        channels = image_shape[0]
        cells = math.prod(quarter_resolution_shape(image_shape, width))
        encoder = nn.Sequential(
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
        decoder = decoder_layers(image_shape, latent_dim, width, hidden)
        super().__init__(encoder, decoder, variational)
