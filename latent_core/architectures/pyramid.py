"""A deeper convolutional autoencoder for larger images; every level halves the resolution."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any, cast

from torch import Tensor, nn

from latent_core.architectures.conv import Autoencoder, Residual, lowest_resolution_shape
from latent_core.architectures.frozen_features import with_frozen_features


def variance_preserving_init(layers: nn.Sequential) -> nn.Sequential:
    """Initialize the weights of `layers` so that the variance of activations is preserved.

    As in He et al. 2015, arXiv:1502.01852, with the gain of SiLU: E[SiLU(x)²] = 0.36 for
    x ~ N(0, 1).  With torch's default initialization, activations shrink a thousandfold over seven
    layers, and the first epochs only restore their scale.
    """
    for layer in layers.modules():
        if isinstance(layer, nn.Conv2d | nn.ConvTranspose2d | nn.Linear):
            if layer.weight.is_meta or not layer.weight.any():  # no values, or zeros on purpose
                continue
            shape = layer.weight.shape
            inputs = shape[0] * 4 if isinstance(layer, nn.ConvTranspose2d) else shape[1:].numel()
            nn.init.normal_(layer.weight, std=math.sqrt(1 / (0.36 * inputs)))
            nn.init.zeros_(cast(Tensor, layer.bias))
    return layers


def pyramid_decoder(
    image_shape: tuple[int, int, int], latent_dim: int, widths: Sequence[int], hidden: int
) -> nn.Sequential:
    """A decoder with one level per width; the full resolution is reached by pixel shuffle.

    Parameters
    ----------
    widths
        Channels of each level, from half the resolution down.
    hidden
        Units of the dense layer.
    """
    grid = lowest_resolution_shape(image_shape, widths)
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
    last = nn.Conv2d(widths[0], 4 * image_shape[0], 3, padding=1)
    layers += [nn.SiLU(), last, nn.PixelShuffle(2), nn.Sigmoid()]
    return variance_preserving_init(nn.Sequential(*layers))


def pyramid_encoder(
    image_shape: tuple[int, int, int], outputs: int, widths: Sequence[int], hidden: int
) -> nn.Sequential:
    """An encoder of images ``(N, C, H, W)`` to ``(N, outputs)``, with one level per width."""
    grid = lowest_resolution_shape(image_shape, widths)
    layers: list[nn.Module] = [
        nn.PixelUnshuffle(2),
        nn.Conv2d(4 * image_shape[0], widths[0], 3, padding=1),
        Residual(widths[0]),
    ]
    for high, low in pairwise(widths):
        down = nn.Conv2d(high, low, 4, stride=2, padding=1)
        layers += [nn.SiLU(), down, Residual(low)]
    inner, last = nn.Linear(math.prod(grid), hidden), nn.Linear(hidden, outputs)
    layers += [nn.SiLU(), nn.Flatten(), inner, nn.SiLU(), last]
    return variance_preserving_init(nn.Sequential(*layers))


class PyramidAutoencoder(Autoencoder):
    """Residual convolutions at every resolution from half the image's down to a few pixels.

    Parameters
    ----------
    image_shape
        ``(C, H, W)``; H and W divisible by ``2 ** len(widths)``.
    latent_dim
        D.
    widths
        Channels of each level, from half the resolution down.
    hidden
        Units of the dense layers.
    variational
        Whether the encoder also outputs log-variances.
    frozen_features
        ``levels`` and ``features`` of the classifier whose frozen encoder is a second branch of
        the encoder; see `FrozenFeatureEncoder`.
    """

    def __init__(
        self,
        image_shape: tuple[int, int, int],
        latent_dim: int,
        *,
        widths: Sequence[int] = (32, 64, 96, 128),
        hidden: int = 256,
        variational: bool = False,
        frozen_features: Mapping[str, Any] | None = None,
    ) -> None:
        outputs = latent_dim * (2 if variational else 1)
        encoder: nn.Module = pyramid_encoder(image_shape, outputs, widths, hidden)
        if frozen_features:
            encoder = with_frozen_features(encoder, image_shape, outputs, **frozen_features)
        decoder = pyramid_decoder(image_shape, latent_dim, widths, hidden)
        super().__init__(encoder, decoder, variational)
