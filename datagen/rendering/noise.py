"""Value noise for surface texture, compiled by numba."""

from __future__ import annotations

import numpy as np
from numba import njit

from datagen.rendering.vectors import smoothstep


@njit(cache=True, fastmath=True)
def value_noise(x: float, y: float, z: float) -> float:
    """Value noise in [0, 1]: random numbers at integer coordinates, interpolated smoothly."""
    i, j, k = int(np.floor(x)), int(np.floor(y)), int(np.floor(z))
    u, v, w = smoothstep(0, 1, x - i), smoothstep(0, 1, y - j), smoothstep(0, 1, z - k)
    total = 0.0
    for a in range(2):
        for b in range(2):
            for c in range(2):
                weight = (u if a else 1 - u) * (v if b else 1 - v) * (w if c else 1 - w)
                total += weight * _lattice_value(i + a, j + b, k + c)
    return total


@njit(cache=True, fastmath=True)
def _lattice_value(i: int, j: int, k: int) -> float:
    """Pseudo-random number in [0, 1] of a lattice point, from an integer hash."""
    n = (i * 374761393 + j * 668265263 + k * 1274126177) & 0x7FFFFFFF
    n = ((n ^ (n >> 13)) * 1103515245) & 0x7FFFFFFF
    return ((n ^ (n >> 16)) & 0xFFFF) / 65535.0
