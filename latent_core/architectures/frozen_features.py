"""A classifier's encoder, and how an autoencoder's may see with its eyes."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Self, cast

from torch import Tensor, nn

from latent_core.architectures.conv import lowest_resolution_shape


def batchnorm_encoder(
    image_shape: tuple[int, int, int], latent_dim: int, widths: Sequence[int]
) -> nn.Sequential:
    """Levels of two convolutions, the second of which halves the size, and a dense layer.

    Every convolution is followed by batch normalisation (Ioffe & Szegedy 2015,
    arXiv:1502.03167).

    Parameters
    ----------
    widths
        Channels of each level, from the full size downwards.
    """
    cells = math.prod(lowest_resolution_shape(image_shape, widths))
    layers: list[nn.Module] = []
    for before, after in pairwise([image_shape[0], *widths]):
        for kind in (
            nn.Conv2d(before, after, 3, padding=1, bias=False),
            nn.Conv2d(after, after, 4, stride=2, padding=1, bias=False),
        ):
            layers += [kind, nn.BatchNorm2d(after), nn.ReLU()]
    layers += [nn.Flatten(), nn.Dropout(0.3), nn.Linear(cells, latent_dim)]
    return nn.Sequential(*layers)


class FrozenFeatureEncoder(nn.Module):
    """An encoder to whose outputs those of a classifier's encoder are added, linearly.

    What hardly changes a pixel, such as a smile, is hard to find by the pixels' error alone; a
    classifier that was taught to tell it has found it already.  The eyes are closed, all zero,
    until `open` gives them what a classifier has learned; they learn nothing by themselves.

    Parameters
    ----------
    encoder
        From images ``(N, C, H, W)`` to `outputs` numbers.
    eyes
        From the same images to features ``(N, F)``, before their threshold.
    features, outputs
        F, and how many numbers they are made into.
    """

    def __init__(self, encoder: nn.Module, eyes: nn.Module, features: int, outputs: int) -> None:
        super().__init__()
        self.encoder, self.features = encoder, eyes.requires_grad_(False).eval()
        for value in self.features.parameters():
            value.zero_()
        self.projection = nn.Linear(features, outputs, bias=False)
        nn.init.zeros_(self.projection.weight)

    def load_features(self, encoder: nn.Module) -> None:
        """See with what a classifier's encoder of the same build has learned.

        Raises
        ------
        RuntimeError
            It is built otherwise.
        """
        self.features.load_state_dict(encoder.state_dict())

    def train(self, mode: bool = True) -> Self:
        """As any module's, but for the eyes, which stay as they are."""
        super().train(mode)
        self.features.eval()
        return self

    def forward(self, images: Tensor) -> Tensor:
        """``(N, outputs)``."""
        return cast(Tensor, self.encoder(images) + self.projection(self.features(images).relu()))


def with_frozen_features(
    encoder: nn.Module,
    image_shape: tuple[int, int, int],
    outputs: int,
    *,
    levels: Sequence[int],
    features: int,
) -> FrozenFeatureEncoder:
    """An encoder with the eyes, still closed, of a classifier of these levels and features."""
    return FrozenFeatureEncoder(
        encoder, batchnorm_encoder(image_shape, features, levels), features, outputs
    )
