"""A classifier's encoder, and an encoder with such an encoder as a frozen feature branch."""

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
    """An encoder with batch normalization: levels of two convolutions, then a dense layer.

    The second convolution of a level halves the resolution; each is followed by batch
    normalization (Ioffe & Szegedy 2015, arXiv:1502.03167).

    Parameters
    ----------
    image_shape
        ``(C, H, W)``; H and W divisible by ``2 ** len(widths)``.
    latent_dim
        Number of outputs.
    widths
        Channels of each level, from the full resolution down.
    """
    cells = math.prod(lowest_resolution_shape(image_shape, widths))
    layers: list[nn.Module] = []
    for before, after in pairwise([image_shape[0], *widths]):
        for convolution in (
            nn.Conv2d(before, after, 3, padding=1, bias=False),
            nn.Conv2d(after, after, 4, stride=2, padding=1, bias=False),
        ):
            layers += [convolution, nn.BatchNorm2d(after), nn.ReLU()]
    layers += [nn.Flatten(), nn.Dropout(0.3), nn.Linear(cells, latent_dim)]
    return nn.Sequential(*layers)


class FrozenFeatureEncoder(nn.Module):
    """An encoder plus a linear projection of a frozen classifier's features.

    Attributes that change few pixels, such as a smile, are hard to learn from the pixel error
    alone; a trained classifier already has features for them.  The feature branch is
    zero-initialized and never trained; `load_features` copies a trained classifier's weights.

    Parameters
    ----------
    encoder
        From images ``(N, C, H, W)`` to ``(N, outputs)``.
    feature_encoder
        From the same images to features ``(N, F)``, before the ReLU.
    n_features
        F.
    outputs
        Number of outputs.
    """

    def __init__(
        self, encoder: nn.Module, feature_encoder: nn.Module, n_features: int, outputs: int
    ) -> None:
        super().__init__()
        self.encoder, self.features = encoder, feature_encoder.requires_grad_(False).eval()
        for value in self.features.parameters():
            value.zero_()
        self.projection = nn.Linear(n_features, outputs, bias=False)
        nn.init.zeros_(self.projection.weight)

    def load_features(self, encoder: nn.Module) -> None:
        """Copy the weights of a trained classifier's encoder into the feature branch.

        Raises
        ------
        RuntimeError
            Its layers differ from those of the feature branch.
        """
        self.features.load_state_dict(encoder.state_dict())

    def train(self, mode: bool = True) -> Self:
        """Set training mode; the feature branch stays in evaluation mode."""
        super().train(mode)
        self.features.eval()
        return self

    def forward(self, images: Tensor) -> Tensor:
        """Outputs ``(N, outputs)`` of images ``(N, C, H, W)`` in [0, 1]."""
        return cast(Tensor, self.encoder(images) + self.projection(self.features(images).relu()))


def with_frozen_features(
    encoder: nn.Module,
    image_shape: tuple[int, int, int],
    outputs: int,
    *,
    levels: Sequence[int],
    features: int,
) -> FrozenFeatureEncoder:
    """An encoder with a zero-initialized feature branch.

    Parameters
    ----------
    levels, features
        Channels of each level, and the number of features F, of the classifier whose weights
        `FrozenFeatureEncoder.load_features` will copy.
    """
    return FrozenFeatureEncoder(
        encoder, batchnorm_encoder(image_shape, features, levels), features, outputs
    )
