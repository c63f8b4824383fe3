"""Filters that restore images without a model, and their best settings."""

from __future__ import annotations

from typing import Any

import numpy as np

from latent_core.types import Floats, as_images
from latent_core.uses.image_quality import psnr

MEDIAN_SIZES_PX = (3, 5, 7)
GAUSSIAN_SIGMAS_PX = (0.4, 0.6, 0.8, 1.0, 1.5, 2.0, 3.0)


def median_filter(images: Any, size_px: int) -> Floats:
    """Each pixel the median of the `size_px` × `size_px` around it, in each channel."""
    from scipy.ndimage import median_filter as median

    filtered: Floats = median(as_images(images), size=(1, 1, size_px, size_px))
    return filtered


def gaussian_filter(images: Any, sigma_px: float) -> Floats:
    """Each pixel the mean around it, weighted by a Gaussian."""
    from scipy.ndimage import gaussian_filter as gaussian

    filtered: Floats = gaussian(as_images(images), sigma_px, axes=(2, 3)).clip(0, 1)
    return filtered


def best_median(clean: Floats, corrupted: Floats) -> float:
    """The size of highest PSNR; larger, slower ones are tried while they are better."""
    best, highest = MEDIAN_SIZES_PX[0], -np.inf
    for size in MEDIAN_SIZES_PX:
        value = psnr(clean, median_filter(corrupted, size)).mean()
        if value < highest:
            break
        best, highest = size, value
    return best


def best_sigma(clean: Floats, corrupted: Floats) -> float:
    """The standard deviation of highest PSNR."""
    values = [psnr(clean, gaussian_filter(corrupted, s)).mean() for s in GAUSSIAN_SIGMAS_PX]
    return GAUSSIAN_SIGMAS_PX[int(np.argmax(values))]
