"""A convolutional classifier whose last hidden layer is used as a latent space; no decoder."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from torch import Tensor, nn

from latent_core.architectures.frozen_features import batchnorm_encoder
from latent_core.architectures.pyramid import pyramid_encoder


class Classifier(nn.Module):
    """Convolutions, a hidden layer of `latent_dim` features, and a linear head.

    Parameters
    ----------
    image_shape
        ``(C, H, W)``; H and W divisible by ``2 ** number of levels``.
    latent_dim
        D, the number of features.
    classes
        Number of logits: of classes, or of binary attributes.
    width
        Channels of the first of two levels; the second has twice as many.
    levels
        Instead of `width`: the channels of each level.
    widths
        Instead of `levels`: the encoder of `PyramidAutoencoder` with these channels.
    """

    def __init__(
        self,
        image_shape: tuple[int, int, int],
        latent_dim: int,
        *,
        classes: int,
        width: int = 32,
        levels: Sequence[int] = (),
        widths: Sequence[int] = (),
    ) -> None:
        super().__init__()
        if widths:
            self.encoder = pyramid_encoder(image_shape, latent_dim, widths, hidden=256)
        else:
            self.encoder = batchnorm_encoder(image_shape, latent_dim, levels or (width, 2 * width))
        self.head = nn.Sequential(nn.ReLU(), nn.Dropout(0.3), nn.Linear(latent_dim, classes))

    def init_output_bias(self, brightness: float) -> None:
        """Do nothing: a classifier outputs no images."""

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        """Features ``(N, D)`` of images ``(N, C, H, W)`` in [0, 1], before the ReLU."""
        return cast(Tensor, self.encoder(images)), None

    def scores(self, images: Tensor) -> Tensor:
        """Logits ``(N, classes)`` of images ``(N, C, H, W)`` in [0, 1]."""
        return cast(Tensor, self.head(self.encoder(images)))
