"""How near one image is to another: PSNR and SSIM, and means over images with their interval."""

from __future__ import annotations

from typing import Any

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.metrics import per_image_mse
from latent_core.types import Floats, as_images

MIN_MSE = 1 / (12 * 255**2)
"""Of pixels stored in 8 bits; smaller errors count as this, so that no PSNR is infinite."""
SSIM_SIGMA_PX = 1.5
SSIM_RADIUS_PX = 5
K1, K2 = 0.01, 0.03
Z_95 = 1.96


def psnr(images: Any, restored: Any) -> Floats:
    """Peak signal-to-noise ratio of each image, ``(N,)`` in dB, at most 58.9.

    Parameters
    ----------
    images, restored
        ``(N, C, H, W)`` in [0, 1]: the originals, and what approximates them.

    Raises
    ------
    InvalidInputError
        Not images, or of different shapes.
    """
    a, b = _pair(images, restored)
    ratios: Floats = (-10 * np.log10(np.maximum(per_image_mse(a, b), MIN_MSE))).astype(np.float32)
    return ratios


def ssim(images: Any, restored: Any) -> Floats:
    """Structural similarity of each image, ``(N,)`` in [-1, 1]; 1 is equal.

    With a Gaussian window of 11 × 11 pixels and standard deviation 1.5; the mean over all windows
    and channels.  At the border, images continue mirrored.

    Parameters
    ----------
    images, restored
        ``(N, C, H, W)`` in [0, 1]: the originals, and what approximates them.

    Raises
    ------
    InvalidInputError
        Not images, or of different shapes.

    References
    ----------
    Wang, Bovik, Sheikh & Simoncelli 2004, Image quality assessment, IEEE TIP 13(4), eq. 13.
    """
    a, b = _pair(images, restored)
    mean_a, mean_b = _local_mean(a), _local_mean(b)
    var_a = _local_mean(a * a) - mean_a**2
    var_b = _local_mean(b * b) - mean_b**2
    covariance = _local_mean(a * b) - mean_a * mean_b
    c1, c2 = K1**2, K2**2
    luminance = (2 * mean_a * mean_b + c1) / (mean_a**2 + mean_b**2 + c1)
    structure = (2 * covariance + c2) / (var_a + var_b + c2)
    similarity: Floats = (luminance * structure).mean(axis=(1, 2, 3)).astype(np.float32)
    return similarity


def mean_and_interval(values: Any) -> tuple[float, float]:
    """The mean of values ``(N,)``, and the half width of its 95 % confidence interval.

    The interval is 1.96 standard errors over the values; NaN for fewer than two.
    """
    found = np.asarray(values, np.float64)
    if len(found) < 2:
        return float(found.mean()), float("nan")
    return float(found.mean()), float(Z_95 * found.std(ddof=1) / np.sqrt(len(found)))


def _pair(images: Any, restored: Any) -> tuple[Floats, Floats]:
    a, b = as_images(images), as_images(restored)
    if a.shape != b.shape:
        raise InvalidInputError(
            f"Images of shapes {a.shape} and {b.shape} cannot be compared; give equal shapes."
        )
    return a, b


def _local_mean(images: Floats) -> Floats:
    """The mean around each pixel, weighted by the window."""
    from scipy.ndimage import gaussian_filter

    mean: Floats = gaussian_filter(images, SSIM_SIGMA_PX, axes=(2, 3), radius=SSIM_RADIUS_PX)
    return mean
