"""Simple solids as triangles with normals: boxes, slabs with rounded outlines, tapering rods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Solid:
    """Places and unit normals ``(V, 3)``, triangles ``(T, 3)``, and the paint of each ``(T,)``."""

    places: Floats
    normals: Floats
    triangles: Ints
    paints: Ints

    def moved(self, turn: Floats, pivot: Any) -> Solid:
        """The same after the rotation `turn` ``(3, 3)`` about `pivot`."""
        centre = np.asarray(pivot, np.float32)
        return Solid(
            places=((self.places - centre) @ turn.T + centre).astype(np.float32),
            normals=(self.normals @ turn.T).astype(np.float32),
            triangles=self.triangles,
            paints=self.paints,
        )


def join(solids: list[Solid]) -> Solid:
    """All of `solids` as one."""
    starts = np.cumsum([0] + [len(solid.places) for solid in solids[:-1]])
    shifted = [solid.triangles + start for solid, start in zip(solids, starts, strict=True)]
    return Solid(
        places=np.concatenate([solid.places for solid in solids]),
        normals=np.concatenate([solid.normals for solid in solids]),
        triangles=np.concatenate(shifted).astype(np.int32),
        paints=np.concatenate([solid.paints for solid in solids]),
    )


def slab(centre: Any, size: Any, paint: int, corner: float = 1.0) -> Solid:
    """A flat solid with its faces up and down.

    Parameters
    ----------
    centre, size
        ``(3,)`` each.
    corner
        0 gives an ellipse for an outline, 1 a rectangle.
    """
    t = np.linspace(0, 2 * np.pi, 49)[:-1] + np.pi / 48
    power = 2 / (2 + 22 * corner**3)
    x = np.sign(np.cos(t)) * np.abs(np.cos(t)) ** power
    z = np.sign(np.sin(t)) * np.abs(np.sin(t)) ** power
    outline = np.stack([x, np.zeros_like(x), z], 1)
    half = np.asarray(size) / 2
    rim = np.roll(outline, -1, 0) - np.roll(outline, 1, 0)
    side = np.stack([rim[:, 2] * half[2], np.zeros_like(x), -rim[:, 0] * half[0]], 1)
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    side *= np.sign((side * outline).sum(1, keepdims=True))
    up = np.array([0.0, 1, 0])
    levels = [(1, up), (1, None), (-1, None), (-1, -up)]
    places = np.concatenate([(outline + up * level) * half for level, _ in levels])
    normals = np.concatenate([side if n is None else np.tile(n, (48, 1)) for _, n in levels])
    around = np.arange(48)
    after = (around + 1) % 48
    walls = [[48 + around, 96 + around, 48 + after], [48 + after, 96 + around, 96 + after]]
    fans = [[0 * around, around, after], [144 + 0 * around, 144 + after, 144 + around]]
    triangles = np.concatenate([np.stack(t, 1) for t in walls + fans])
    return _painted(places + np.asarray(centre), normals, triangles, paint)


def box(centre: Any, size: Any, paint: int) -> Solid:
    """A box with sharp edges."""
    places, normals, triangles = [], [], []
    half = np.asarray(size) / 2
    for axis in range(3):
        for sign in (-1, 1):
            a, b = (axis + 1) % 3, (axis + 2) % 3
            corners = np.zeros((4, 3))
            corners[:, axis] = sign
            corners[:, a], corners[:, b] = [-1, 1, 1, -1], [-1, -1, 1, 1]
            start = 4 * len(places)
            places.append(corners * half)
            normals.append(np.tile(np.eye(3)[axis] * sign, (4, 1)))
            triangles += [[start, start + 1, start + 2], [start, start + 2, start + 3]]
    placed = np.concatenate(places) + np.asarray(centre)
    return _painted(placed, np.concatenate(normals), np.array(triangles), paint)


def rod(start: Any, end: Any, radii: tuple[float, float], paint: int, sides: int = 14) -> Solid:
    """A rod from `start` to `end`; four sides give a square one."""
    bottom, top = np.asarray(start, float), np.asarray(end, float)
    along = (top - bottom) / np.linalg.norm(top - bottom)
    right = np.cross(along, [0.0, 0, 1]) if abs(along[2]) < 0.9 else np.cross(along, [0.0, 1, 0])
    right /= np.linalg.norm(right)
    ahead = np.cross(along, right)
    if sides == 4:
        return _square_rod(bottom, top, radii, (right, ahead), paint)
    t = np.arange(sides) / sides * 2 * np.pi
    ring = np.cos(t)[:, None] * right + np.sin(t)[:, None] * ahead
    places = np.concatenate([bottom + radii[0] * ring, top + radii[1] * ring])
    i = np.arange(sides)
    j = (i + 1) % sides
    walls = np.concatenate([np.stack([i, j, sides + i], 1), np.stack([j, sides + j, sides + i], 1)])
    return _painted(places, np.tile(ring, (2, 1)), walls, paint)


def _square_rod(
    bottom: NDArray[np.float64],
    top: NDArray[np.float64],
    radii: tuple[float, float],
    axes: tuple[NDArray[np.float64], NDArray[np.float64]],
    paint: int,
) -> Solid:
    right, ahead = axes
    places, normals, triangles = [], [], []
    for face in range(4):
        out, side = [(right, ahead), (ahead, -right), (-right, -ahead), (-ahead, right)][face]
        for end, radius in ((bottom, radii[0]), (top, radii[1])):
            places += [end + radius * (out - side), end + radius * (out + side)]
        normals += [out] * 4
        n = 4 * face
        triangles += [[n, n + 1, n + 2], [n + 1, n + 3, n + 2]]
    return _painted(np.array(places), np.array(normals), np.array(triangles), paint)


def turn_about_x(angle_rad: float) -> Floats:
    """The rotation ``(3, 3)`` that tips y towards z."""
    c, s = np.cos(angle_rad), np.sin(angle_rad)
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]], np.float32)


def turn_about_y(angle_rad: float) -> Floats:
    """The rotation ``(3, 3)`` that turns z towards x."""
    c, s = np.cos(angle_rad), np.sin(angle_rad)
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]], np.float32)


def _painted(places: Any, normals: Any, triangles: Any, paint: int) -> Solid:
    return Solid(
        places=np.asarray(places, np.float32),
        normals=np.asarray(normals, np.float32),
        triangles=np.asarray(triangles, np.int32),
        paints=np.full(len(triangles), paint, np.int32),
    )
