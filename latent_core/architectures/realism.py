"""Small networks that rate how much images look like those of a data set."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

OPPONENT = ((1 / 3, 1 / 3, 1 / 3), (0.5, -0.5, 0.0), (0.25, 0.25, -0.5))
"""Brightness, red against green, and yellow against blue, from red, green and blue."""
SCALES = (1, 2, 4)
"""Factors by which images are reduced before differences are taken."""
PATCH_PX = 8
"""Side of a patch in the unreduced image; patches overlap by half."""
MIN_SIDE = 5
"""Smallest side of a reduced image."""
EPSILON = 1e-6
WIDTHS = (12, 24, 32, 48)
MIN_GRID = 4
"""Levels halve the resolution as long as the result has at least this side, in pixels."""


class PatchStatistics(nn.Module):
    """Statistics of the energy of second differences over all patches of an image.

    Torn, noisy or smeared regions have another energy at some scale than any region of the data's
    images.  The maxima see a defect that is small and anywhere in the image.  Images are rated as
    they are shown, in 256 levels, since smooth regions have hardly more energy than rounding.
    """

    def forward(self, images: Tensor) -> Tensor:
        """Statistics ``(N, F)`` of images ``(N, C, H, W)`` in [0, 1]."""
        images = torch.round(images * 255) / 255
        if images.shape[1] == len(OPPONENT):
            images = functional.conv2d(images, images.new_tensor(OPPONENT)[:, :, None, None])
        scales = [scale for scale in SCALES if min(images.shape[2:]) // scale >= MIN_SIDE]
        return torch.cat([part for scale in scales for part in _statistics(images, scale)], dim=1)


def _statistics(images: Tensor, scale: int) -> list[Tensor]:
    """Statistics ``(N, C)`` of horizontal, vertical and both second differences at one scale."""
    x = functional.avg_pool2d(images, scale) if scale > 1 else images
    side = max(2, PATCH_PX // scale)
    found = []
    for differences in (_across(x), _down(x), _down(_across(x))):
        energy = functional.avg_pool2d(differences.square(), side, stride=max(1, side // 2))
        log = torch.log(energy + EPSILON)
        mean = log.mean(dim=(2, 3), keepdim=True)
        deviation = (log - mean).square().mean(dim=(2, 3)).sqrt()
        total = torch.log(energy.mean(dim=(2, 3)) + EPSILON)
        found += [log.amax(dim=(2, 3)), mean[:, :, 0, 0], deviation, total]
    return found


def _across(x: Tensor) -> Tensor:
    return x[:, :, :, 2:] - 2 * x[:, :, :, 1:-1] + x[:, :, :, :-2]


def _down(x: Tensor) -> Tensor:
    return x[:, :, 2:] - 2 * x[:, :, 1:-1] + x[:, :, :-2]


class PatchNetwork(nn.Module):
    """A linear score of patch statistics: sees torn, noisy and smeared regions.

    Parameters
    ----------
    image_shape
        ``(C, H, W)``, H and W of at least 5 pixels.
    """

    def __init__(self, image_shape: tuple[int, int, int]) -> None:
        super().__init__()
        self.statistics = PatchStatistics()
        n_statistics = self.statistics(torch.zeros(1, *image_shape)).shape[1]
        self.head = nn.Linear(n_statistics, 1)

    def forward(self, images: Tensor) -> Tensor:
        """Log-odds ``(N,)`` that images ``(N, C, H, W)`` in [0, 1] look like the data's."""
        return cast(Tensor, self.head(self.statistics(images)))[:, 0]


class ConvNetwork(nn.Module):
    """Strided convolutions, means and maxima over all positions, and a linear score: sees shapes.

    Parameters
    ----------
    image_shape
        ``(C, H, W)``.
    widths
        Channels of each level.
    """

    def __init__(self, image_shape: tuple[int, int, int], widths: Sequence[int] = WIDTHS) -> None:
        super().__init__()
        channels, side = image_shape[0], min(image_shape[1:])
        layers: list[nn.Module] = []
        for width in widths:
            stride = 2 if side >= 2 * MIN_GRID else 1
            side = -(-side // stride)
            layers += [
                nn.Conv2d(channels, width, 3, stride=stride, padding=1, bias=False),
                nn.BatchNorm2d(width),
                nn.LeakyReLU(0.1),
            ]
            channels = width
        self.features = nn.Sequential(*layers)
        self.head = nn.Linear(2 * channels, 1)

    def forward(self, images: Tensor) -> Tensor:
        """Log-odds ``(N,)`` that images ``(N, C, H, W)`` in [0, 1] look like the data's."""
        maps = self.features(images - 0.5)  # (N, width, h, w)
        pooled = torch.cat([maps.mean(dim=(2, 3)), maps.amax(dim=(2, 3))], dim=1)
        return cast(Tensor, self.head(pooled))[:, 0]


REALISM_NETWORKS: dict[str, type[PatchNetwork | ConvNetwork]] = {
    "patches": PatchNetwork,
    "convolutional": ConvNetwork,
}
"""By the name on the card of a data set."""
