"""A small residual network of depthwise convolutions: the trained evaluation network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from torch import Tensor, nn

GRID = 4
"""Side of the grid that the last feature maps are averaged to, so that positions are kept."""


class ResidualBlock(nn.Module):
    """A depthwise 5×5 convolution, then two 1×1 convolutions, added to the input.

    Parameters
    ----------
    channels
        Channels of input and output; inside there are twice as many.

    References
    ----------
    He, Zhang, Ren & Sun 2016, arXiv:1512.03385; Liu et al. 2022, arXiv:2201.03545.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(channels, channels, 5, padding=2, groups=channels),
            nn.GroupNorm(1, channels),
            nn.Conv2d(channels, 2 * channels, 1),
            nn.GELU(),
            nn.Conv2d(2 * channels, channels, 1),
        )

    def forward(self, x: Tensor) -> Tensor:
        """Feature maps ``(N, C, H, W)`` of the same shape."""
        return x + cast(Tensor, self.layers(x))


class ResidualNetwork(nn.Module):
    """Residual blocks at decreasing resolution, features, and a linear head.

    Without batch normalization, unlike `Classifier`.

    Parameters
    ----------
    image_shape
        ``(C, H, W)``.
    latent_dim
        D, the number of features.
    outputs
        Number of outputs of the head.
    widths
        Channels of each level; each level has half the resolution of the one before.
    """

    def __init__(
        self,
        image_shape: tuple[int, int, int],
        latent_dim: int,
        *,
        outputs: int,
        widths: Sequence[int] = (32, 64, 128),
    ) -> None:
        super().__init__()
        levels: list[nn.Module] = []
        for before, width in zip((image_shape[0], *widths), widths, strict=False):
            levels += [nn.Conv2d(before, width, 2, stride=2), ResidualBlock(width)]
        self.levels = nn.Sequential(*levels, nn.GroupNorm(1, widths[-1]), nn.GELU())
        side = min(GRID, *(size >> len(widths) for size in image_shape[1:]))
        self.features = nn.Sequential(
            nn.AdaptiveAvgPool2d(side), nn.Flatten(), nn.Linear(widths[-1] * side**2, latent_dim)
        )
        self.head = nn.Linear(latent_dim, outputs)

    def encode(self, images: Tensor) -> Tensor:
        """Features ``(N, D)`` of images ``(N, C, H, W)`` in [0, 1]."""
        return cast(Tensor, self.features(self.levels(images - 0.5)))

    def forward(self, images: Tensor) -> Tensor:
        """Outputs ``(N, outputs)`` of images ``(N, C, H, W)`` in [0, 1]."""
        return cast(Tensor, self.head(nn.functional.gelu(self.encode(images))))
