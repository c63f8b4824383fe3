"""Conversion between sRGB and linear RGB (IEC 61966-2-1)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray


def srgb_to_linear(color: Any) -> NDArray[np.float64]:
    """Linear RGB in [0, 1] from sRGB in [0, 255]; any shape."""
    c = np.asarray(color, np.float64) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def linear_to_srgb(color: NDArray[np.float32]) -> NDArray[np.float32]:
    """SRGB in [0, 1] from linear RGB in [0, 1]; any shape, same dtype."""
    return np.where(color <= 0.0031308, 12.92 * color, 1.055 * color ** (1 / 2.4) - 0.055)
