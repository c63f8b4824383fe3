"""Augmentation of training images: random affine transforms and Gaussian blur."""

from __future__ import annotations

import math

import torch
from torch import Tensor
from torch.nn import functional

BLUR_RADIUS = 3
"""Half width of the blur kernel, in pixels."""


def random_affine(images: Tensor, rng: torch.Generator, strength: float) -> Tensor:
    """Images ``(N, C, H, W)``, each with its own random rotation, scale and shear.

    Parameters
    ----------
    images
        ``(N, C, H, W)`` float.
    rng
        Source of the random parameters, on the device of `images`.
    strength
        With 1, rotation is uniform in ±10°, scale in 1 ± 0.1 per axis, shear in ±0.1; 0 is the
        identity.
    """
    draws = torch.rand(4, len(images), generator=rng, device=images.device) * 2 - 1
    angle, height, width, shear = draws * strength * 0.1
    angle = angle * math.radians(10) / 0.1
    cos, sin, zero = angle.cos(), angle.sin(), torch.zeros_like(angle)
    rows = [(1 + width) * cos, shear - sin, zero, sin, (1 + height) * cos, zero]
    grid = functional.affine_grid(
        torch.stack(rows, 1).view(-1, 2, 3), list(images.shape), align_corners=False
    )
    return functional.grid_sample(images, grid, align_corners=False)


def gaussian_blur(images: Tensor, sigmas: Tensor) -> Tensor:
    """Images ``(N, C, H, W)``, each blurred by a Gaussian of its own standard deviation.

    Parameters
    ----------
    images
        ``(N, C, H, W)`` float.
    sigmas
        ``(N,)`` standard deviations, in pixels.
    """
    count, channels, height, width = images.shape
    squared = torch.arange(-BLUR_RADIUS, BLUR_RADIUS + 1, device=images.device).square()
    kernels = torch.exp(-0.5 * squared / sigmas.clamp(min=0.05).square()[:, None])
    kernels = kernels / kernels.sum(dim=1, keepdim=True)
    kernels = kernels.repeat_interleave(channels, 0)[:, None]
    blurred = functional.pad(
        images.reshape(1, count * channels, height, width), (BLUR_RADIUS,) * 4, mode="replicate"
    )
    for kernel in (kernels[:, :, None], kernels[:, :, :, None]):
        blurred = functional.conv2d(blurred, kernel, groups=count * channels)
    return blurred.view(images.shape)
