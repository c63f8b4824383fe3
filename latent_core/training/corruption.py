"""Corrupted images, as counterexamples for a network that rates realism."""

from __future__ import annotations

from collections.abc import Callable

import torch
from torch import Tensor
from torch.nn import functional

MASK_CELLS = 4
"""Cells per side of the random field that a mask is interpolated from."""
NOISE_CELL_PX = (1, 2, 4)
FLOW_CELL_PX = 4
SHARPENED_RADIUS = 2
MIN_BLEND, MAX_BLEND = 0.3, 0.5


class _Draws:
    """Random parameters for images ``(N, C, H, W)``, and others ``(N, C, H, W)`` beside them."""

    def __init__(self, images: Tensor, pool: Tensor, rng: torch.Generator) -> None:
        self._rng = rng
        self.count, self.channels, self.height, self.width = images.shape
        threshold = self.uniform(0.45, 0.8)
        field = torch.rand(self.count, 1, MASK_CELLS, MASK_CELLS, generator=rng)
        self.mask = ((self.enlarged(field, "bicubic") - threshold) * 6).clamp(0, 1)
        self.others = pool[torch.randint(len(pool), (self.count,), generator=rng)]

    def uniform(self, low: float, high: float) -> Tensor:
        """One number per image, ``(N, 1, 1, 1)``."""
        return low + (high - low) * torch.rand(self.count, 1, 1, 1, generator=self._rng)

    def normal(self, channels: int, cell_px: int) -> Tensor:
        """Noise ``(N, channels, H, W)``, smooth over cells of this side."""
        shape = (max(1, self.height // cell_px), max(1, self.width // cell_px))
        noise = torch.randn(self.count, channels, *shape, generator=self._rng)
        return self.enlarged(noise, "bilinear")

    def enlarged(self, field: Tensor, mode: str) -> Tensor:
        """A field ``(N, C, h, w)``, interpolated to the images' size."""
        size = (self.height, self.width)
        return functional.interpolate(field, size=size, mode=mode, align_corners=False)


def _noise(x: Tensor, draws: _Draws) -> Tensor:
    noise = sum(draws.normal(draws.channels, px) * draws.uniform(0, 1) for px in NOISE_CELL_PX)
    return x + draws.mask * noise * draws.uniform(0.05, 0.35)


def _overshoot(x: Tensor, draws: _Draws) -> Tensor:
    side = 2 * SHARPENED_RADIUS + 1
    detail = x - functional.avg_pool2d(x, side, stride=1, padding=SHARPENED_RADIUS)
    return x + draws.mask * detail * draws.uniform(2, 8)


def _displace(x: Tensor, draws: _Draws) -> Tensor:
    flow = draws.mask * draws.normal(2, FLOW_CELL_PX) * draws.uniform(0.03, 0.15)
    identity = functional.affine_grid(
        torch.eye(2, 3).expand(len(x), 2, 3), list(x.shape), align_corners=False
    )
    return functional.grid_sample(
        x, identity + flow.permute(0, 2, 3, 1), padding_mode="border", align_corners=False
    )


def _splice(x: Tensor, draws: _Draws) -> Tensor:
    return x + draws.mask * (draws.others - x)


def _blend(x: Tensor, draws: _Draws) -> Tensor:
    return x + draws.uniform(MIN_BLEND, MAX_BLEND) * (draws.others - x)


def _change_contrast(x: Tensor, draws: _Draws) -> Tensor:
    return x + draws.mask * ((x - 0.5) * draws.uniform(0.5, 2) + draws.uniform(-0.3, 0.3))


def _erase(x: Tensor, draws: _Draws) -> Tensor:
    return x + draws.mask * (draws.uniform(0, 1) - x)


def _plain(x: Tensor, draws: _Draws) -> Tensor:
    return draws.uniform(0, 1) + 0 * x


CORRUPTIONS: tuple[tuple[Callable[[Tensor, _Draws], Tensor], float], ...] = (
    (_noise, 2),
    (_overshoot, 2),
    (_displace, 2),
    (_splice, 1),
    (_blend, 1),
    (_change_contrast, 1),
    (_erase, 1),
    (_plain, 0.5),
)
"""With how often each is drawn, relative to the others."""


def corrupt(images: Tensor, rng: torch.Generator) -> Tensor:
    """Images ``(N, C, H, W)`` in [0, 1], each with one random defect.

    Colored noise, overshoots, displaced, spliced, erased or over-contrasted regions, a blend with
    another image, or a plain color.

    Parameters
    ----------
    images
        ``(N, C, H, W)`` float in [0, 1].
    rng
        Source of the random parameters, on the CPU.
    """
    weights = torch.tensor([weight for _, weight in CORRUPTIONS])
    chosen = torch.multinomial(weights, len(images), replacement=True, generator=rng)
    corrupted = images.clone()
    for number, (corruption, _) in enumerate(CORRUPTIONS):
        rows = chosen == number
        if rows.any():
            corrupted[rows] = corruption(images[rows], _Draws(images[rows], images, rng))
    return corrupted.clamp(0, 1)
