"""What is done to training pictures, so that neither they nor their finest details are learned."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

BLUR_RADIUS = 3
"""Pixels to each side that a blur looks at."""


def random_affine(images: Tensor, rng: torch.Generator, strength: float) -> Tensor:
    """Images ``(N, C, H, W)``, each turned, scaled and slanted about its middle by its own draw."""
    draws = torch.rand(4, len(images), generator=rng, device=images.device) * 2 - 1
    angle, height, width, slant = draws * strength * 0.1
    angle = angle * math.radians(10) / 0.1
    cos, sin, zero = angle.cos(), angle.sin(), torch.zeros_like(angle)
    rows = [(1 + width) * cos, slant - sin, zero, sin, (1 + height) * cos, zero]
    grid = functional.affine_grid(
        torch.stack(rows, 1).view(-1, 2, 3), list(images.shape), align_corners=False
    )
    return functional.grid_sample(images, grid, align_corners=False)


def gaussian_blur(images: Tensor, sigmas: Tensor) -> Tensor:
    """Images ``(N, C, H, W)``, each blurred by its own Gaussian of deviation ``(N,)``, pixels."""
    count, channels, height, width = images.shape
    away = torch.arange(-BLUR_RADIUS, BLUR_RADIUS + 1, device=images.device).square()
    bell = torch.exp(-0.5 * away / sigmas.clamp(min=0.05).square()[:, None])
    bell = (bell / bell.sum(dim=1, keepdim=True)).repeat_interleave(channels, 0)[:, None]
    flat = functional.pad(
        images.reshape(1, count * channels, height, width), (BLUR_RADIUS,) * 4, mode="replicate"
    )
    for kernel in (bell[:, :, None], bell[:, :, :, None]):
        flat = functional.conv2d(flat, kernel, groups=count * channels)
    return flat.view(images.shape)
