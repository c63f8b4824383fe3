"""Image backgrounds."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def vignetted_background(color: tuple[float, float, float], size: int) -> NDArray[np.float32]:
    """Linear RGB ``(size, size, 3)``: one color, slightly darker towards the corners."""
    coordinate = (np.arange(size, dtype=np.float32) + 0.5) / size * 2 - 1
    radius_squared = coordinate[:, None] ** 2 + coordinate[None] ** 2
    brightness = (1.05 - 0.22 * radius_squared)[..., None]
    return (brightness * np.array(color, np.float32)).astype(np.float32)
