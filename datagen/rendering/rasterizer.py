"""What is seen where: triangles and strands drawn into a depth buffer, compiled by numba.

A *view* is drawn at several samples to a pixel, and each sample keeps which primitive it sees
and where on it; shading comes later (`shade`), once per sample. Depth is kept as "nearness",
which grows towards the eye and is linear on the screen: 1/z of a perspective camera, or minus
the distance along a parallel light.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
NOTHING = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A perspective camera.

    Parameters
    ----------
    eye
        ``(3,)``, where it stands.
    axes
        ``(3, 3)``, rows right, up and backward (from the scene to the eye).
    focal
        Samples on the screen for one unit of length at distance one.
    size
        Samples along a side of the square screen.
    """

    eye: Floats
    axes: Floats
    focal: float
    size: int

    @classmethod
    def looking_at(cls, eye: Any, target: Any, *, angle_deg: float, size: int) -> Camera:
        """A camera at `eye` with `target` in the middle, seeing `angle_deg` from edge to edge."""
        place = np.asarray(eye, np.float32)
        backward = place - np.asarray(target, np.float32)
        backward /= np.linalg.norm(backward)
        right = np.cross(np.array([0, 1, 0], np.float32), backward)
        right /= np.linalg.norm(right)
        axes = np.stack([right, np.cross(backward, right), backward]).astype(np.float32)
        focal = size / 2 / np.tan(np.radians(angle_deg) / 2)
        return cls(eye=place, axes=axes, focal=float(focal), size=size)

    def project(self, points: Floats) -> Floats:
        """Screen x, screen y (down) in samples and nearness 1/z of `points` ``(…, 3)``."""
        seen = (points - self.eye) @ self.axes.T
        near = 1 / np.maximum(-seen[..., 2], np.float32(1e-3))
        middle = np.float32(self.size / 2)
        x = middle + np.float32(self.focal) * seen[..., 0] * near
        y = middle - np.float32(self.focal) * seen[..., 1] * near
        return np.stack([x, y, near], -1).astype(np.float32)


@njit(cache=True, fastmath=True, nogil=True)
def draw_triangles(
    screen: Floats, triangles: Ints, first: int, near: Floats, seen: Ints, where: Floats
) -> None:
    """Draw `triangles` ``(T, 3)`` of projected vertices `screen` into the buffers.

    Sample ``(y, x)`` gets ``seen = first + t`` and in `where` the weights of the triangle's
    second and third corner, if it is nearer than what was there.
    """
    height, width = near.shape
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ax, ay = screen[a, 0], screen[a, 1]
        bx, by = screen[b, 0] - ax, screen[b, 1] - ay
        cx, cy = screen[c, 0] - ax, screen[c, 1] - ay
        area = bx * cy - by * cx
        if abs(area) < 1e-9:
            continue
        x0 = max(int(np.ceil(ax + min(0.0, bx, cx) - 0.5)), 0)
        x1 = min(int(np.floor(ax + max(0.0, bx, cx) - 0.5)), width - 1)
        y0 = max(int(np.ceil(ay + min(0.0, by, cy) - 0.5)), 0)
        y1 = min(int(np.floor(ay + max(0.0, by, cy) - 0.5)), height - 1)
        az, bz, cz = screen[a, 2], screen[b, 2] - screen[a, 2], screen[c, 2] - screen[a, 2]
        for y in range(y0, y1 + 1):
            py = y + 0.5 - ay
            for x in range(x0, x1 + 1):
                px = x + 0.5 - ax
                u = (px * cy - py * cx) / area
                v = (bx * py - by * px) / area
                if u < 0 or v < 0 or u + v > 1:
                    continue
                z = az + u * bz + v * cz
                if z > near[y, x]:
                    near[y, x] = z
                    seen[y, x] = first + t
                    where[y, x, 0] = u
                    where[y, x, 1] = v


@njit(cache=True, fastmath=True, nogil=True)
def draw_strands(
    screen: Floats, radii: Floats, first: int, near: Floats, seen: Ints, where: Floats
) -> None:
    """Draw strands ``(S, K, 3)`` of projected points as lines facing the eye.

    Parameters
    ----------
    radii
        ``(S, K)`` in samples.
    first
        Sample ``(y, x)`` gets ``seen = first + s * (K - 1) + k``, and in `where` the place along
        segment k and the place across it in [-1, 1].
    """
    height, width = near.shape
    count, points = screen.shape[0], screen.shape[1]
    for s in range(count):
        for k in range(points - 1):
            ax, ay, az = screen[s, k, 0], screen[s, k, 1], screen[s, k, 2]
            dx, dy = screen[s, k + 1, 0] - ax, screen[s, k + 1, 1] - ay
            dz = screen[s, k + 1, 2] - az
            ra, rb = radii[s, k], radii[s, k + 1]
            reach = max(ra, rb)
            length2 = dx * dx + dy * dy + 1e-12
            length = np.sqrt(length2)
            x0 = max(int(np.ceil(ax + min(0.0, dx) - reach - 0.5)), 0)
            x1 = min(int(np.floor(ax + max(0.0, dx) + reach - 0.5)), width - 1)
            y0 = max(int(np.ceil(ay + min(0.0, dy) - reach - 0.5)), 0)
            y1 = min(int(np.floor(ay + max(0.0, dy) + reach - 0.5)), height - 1)
            for y in range(y0, y1 + 1):
                py = y + 0.5 - ay
                for x in range(x0, x1 + 1):
                    px = x + 0.5 - ax
                    t = (px * dx + py * dy) / length2
                    t = min(max(t, 0.0), 1.0)
                    ex, ey = px - t * dx, py - t * dy
                    radius = ra + t * (rb - ra)
                    if ex * ex + ey * ey > radius * radius:
                        continue
                    z = az + t * dz
                    if z > near[y, x]:
                        near[y, x] = z
                        seen[y, x] = first + s * (points - 1) + k
                        where[y, x, 0] = t
                        where[y, x, 1] = (px * dy - py * dx) / (length * radius + 1e-9)


@njit(cache=True, fastmath=True, nogil=True)
def vertex_normals(positions: Floats, triangles: Ints) -> Floats:
    """Unit normals ``(V, 3)``: the mean of the adjoining triangles', weighted by area."""
    normals = np.zeros_like(positions)
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        e, f = positions[b] - positions[a], positions[c] - positions[a]
        nx = e[1] * f[2] - e[2] * f[1]
        ny = e[2] * f[0] - e[0] * f[2]
        nz = e[0] * f[1] - e[1] * f[0]
        for corner in (a, b, c):
            normals[corner, 0] += nx
            normals[corner, 1] += ny
            normals[corner, 2] += nz
    for v in range(normals.shape[0]):
        size = np.sqrt((normals[v] ** 2).sum()) + 1e-12
        normals[v] /= size
    return normals


def buffers(size: int) -> tuple[Floats, Ints, Floats]:
    """Empty depth, what is seen, and where on it, for a square of `size` samples."""
    near = np.full((size, size), -np.inf, np.float32)
    return near, np.full((size, size), NOTHING, np.int32), np.zeros((size, size, 2), np.float32)
