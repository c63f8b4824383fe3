"""The head's radius in every direction from its center, which keeps hair outside the head."""

from __future__ import annotations

import numpy as np
from numba import njit

from datagen.rendering.rasterizer import VisibilityBuffer, rasterize_triangles
from datagen.rendering.vectors import Floats, Ints, Vec3

HEAD_CENTER_Y, HEAD_CENTER_Z = 7.25, 0.45  # decimeters
MAP_ROWS, MAP_COLUMNS = 40, 80


def head_radius_map(positions: Floats, triangles: Ints) -> Floats:
    """Head radius ``(MAP_ROWS, MAP_COLUMNS)`` by polar angle and azimuth around its center.

    Parameters
    ----------
    positions
        ``(V, 3)``.
    triangles
        ``(T, 3)`` vertex indices of the skull.
    """
    offset = positions - np.array([0, HEAD_CENTER_Y, HEAD_CENTER_Z], np.float32)
    radius = np.linalg.norm(offset, axis=1)
    polar = np.arccos(offset[:, 1] / radius) * (MAP_ROWS / np.pi)
    azimuth = (np.arctan2(offset[:, 0], offset[:, 2]) + np.pi) * (MAP_COLUMNS / 2 / np.pi)
    screen = np.stack([azimuth, polar, radius], 1).astype(np.float32)
    unwrapped = np.ptp(screen[triangles, 0], axis=1) < MAP_COLUMNS / 2
    outer = np.full((MAP_ROWS, MAP_COLUMNS), 0.3, np.float32)
    ids = np.zeros(outer.shape, np.int32)
    buffer = VisibilityBuffer(outer, ids, np.zeros((*outer.shape, 2), np.float32))
    rasterize_triangles(screen, triangles[unwrapped], 0, buffer)
    # maximum over 3×3 cells, then mean over 3 columns, both periodic in azimuth
    padded = np.concatenate([outer[:, -2:], outer, outer[:, :2]], 1)
    padded = np.maximum.reduce([padded[:, :-2], padded[:, 1:-1], padded[:, 2:]])
    padded[1:-1] = np.maximum.reduce([padded[:-2], padded[1:-1], padded[2:]])
    padded[0] = padded[1].max()
    return np.ascontiguousarray((padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]) / 3)


@njit(cache=True, fastmath=True)
def head_radius(radius_map: Floats, direction: Vec3) -> float:
    """Bilinear lookup of the head's radius in the direction of a unit vector."""
    x, y, z = direction
    row = np.arccos(min(max(y, -1.0), 1.0)) * (MAP_ROWS / np.pi) - 0.5
    column = (np.arctan2(x, z) + np.pi) * (MAP_COLUMNS / 2 / np.pi) - 0.5
    i = min(max(int(np.floor(row)), 0), MAP_ROWS - 2)
    j = int(np.floor(column))
    a, b = min(max(row - i, 0.0), 1.0), column - j
    j0, j1 = j % MAP_COLUMNS, (j + 1) % MAP_COLUMNS
    top = radius_map[i, j0] * (1 - b) + radius_map[i, j1] * b
    low = radius_map[i + 1, j0] * (1 - b) + radius_map[i + 1, j1] * b
    radius: float = top * (1 - a) + low * a
    return radius
