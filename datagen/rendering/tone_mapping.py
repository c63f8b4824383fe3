"""From linear light to a picture: the backdrop, the samples' mean, the tone curve."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
EXPOSURE = 1.15


def backdrop(colour: tuple[float, float, float], size: int) -> Floats:
    """A plain ground ``(size, size, 3)``, a little darker towards the corners."""
    place = (np.arange(size, dtype=np.float32) + 0.5) / size * 2 - 1
    away = place[:, None] ** 2 + place[None] ** 2
    shade = (1.05 - 0.22 * away)[..., None]
    return (shade * np.array(colour, np.float32)).astype(np.float32)


def develop(light: Floats, samples: int) -> NDArray[np.uint8]:
    """The picture ``(3, H, W)`` of linear light ``(H·samples, W·samples, 3)``.

    The tone curve comes before the mean, so that an edge against a bright place stays smooth.
    """
    toned = 1 - np.exp(-np.float32(EXPOSURE) * np.maximum(light, 0))
    size = light.shape[0] // samples
    mean = toned.reshape(size, samples, size, samples, 3).mean((1, 3))
    curved = np.where(mean <= 0.0031308, 12.92 * mean, 1.055 * mean ** (1 / 2.4) - 0.055)
    return np.ascontiguousarray((curved * 255 + 0.5).astype(np.uint8).transpose(2, 0, 1))
