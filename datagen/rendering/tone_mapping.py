"""Tone mapping: from supersampled linear radiance to an 8-bit sRGB image."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from datagen.rendering.color_space import linear_to_srgb

EXPOSURE = 1.15


def tone_map(radiance: NDArray[np.float32], supersampling: int) -> NDArray[np.uint8]:
    """Image ``(3, H, W)`` uint8 from linear radiance ``(H·s, W·s, 3)`` with ``s = supersampling``.

    The exponential tone curve is applied before averaging the samples of a pixel, so that an edge
    against a bright background stays antialiased.
    """
    toned = 1 - np.exp(-np.float32(EXPOSURE) * np.maximum(radiance, 0))
    size = radiance.shape[0] // supersampling
    mean = toned.reshape(size, supersampling, size, supersampling, 3).mean((1, 3))
    encoded = linear_to_srgb(mean)
    return np.ascontiguousarray((encoded * 255 + 0.5).astype(np.uint8).transpose(2, 0, 1))
