"""Rasterize triangles and strands into a visibility buffer, compiled by numba.

A visibility buffer keeps, per sample, the nearest primitive and the position on it; shading reads
it afterwards, once per sample. Depth is reversed: it grows towards the camera and is linear on the
screen, 1/z for a perspective camera and the negative distance for a directional light.

References
----------
C. A. Burns, W. A. Hunt: The visibility buffer: a cache-friendly approach to deferred shading
(2013), Journal of Computer Graphics Techniques 2(2).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
NO_PRIMITIVE = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A perspective camera.

    Parameters
    ----------
    position
        ``(3,)``, world coordinates.
    axes
        ``(3, 3)``, rows right, up and backward (from the scene to the camera).
    focal_length
        In samples: the image size of one unit of length at distance 1.
    size
        Width and height of the image, in samples.
    """

    position: Floats
    axes: Floats
    focal_length: float
    size: int

    @classmethod
    def look_at(cls, position: Any, target: Any, *, fov_deg: float, size: int) -> Camera:
        """A camera at `position` with `target` at the image center; `fov_deg` from edge to edge."""
        origin = np.asarray(position, np.float32)
        backward = origin - np.asarray(target, np.float32)
        backward /= np.linalg.norm(backward)
        right = np.cross(np.array([0, 1, 0], np.float32), backward)
        right /= np.linalg.norm(right)
        axes = np.stack([right, np.cross(backward, right), backward]).astype(np.float32)
        focal_length = size / 2 / np.tan(np.radians(fov_deg) / 2)
        return cls(position=origin, axes=axes, focal_length=float(focal_length), size=size)

    def project(self, points: Floats) -> Floats:
        """Screen x, screen y (downwards), both in samples, and depth 1/z of `points` ``(…, 3)``."""
        local = (points - self.position) @ self.axes.T
        depth = 1 / np.maximum(-local[..., 2], np.float32(1e-3))
        center = np.float32(self.size / 2)
        x = center + np.float32(self.focal_length) * local[..., 0] * depth
        y = center - np.float32(self.focal_length) * local[..., 1] * depth
        return np.stack([x, y, depth], -1).astype(np.float32)


class VisibilityBuffer(NamedTuple):
    """What each sample of a square image shows.

    `depth` is ``(S, S)``, larger is nearer. `primitive_ids` is ``(S, S)``, `NO_PRIMITIVE` where
    nothing is hit. `coordinates` is ``(S, S, 2)``, the position on the primitive.
    """

    depth: Floats
    primitive_ids: Ints
    coordinates: Floats


def empty_visibility_buffer(size: int) -> VisibilityBuffer:
    """A buffer of ``size × size`` samples that show nothing."""
    return VisibilityBuffer(
        np.full((size, size), -np.inf, np.float32),
        np.full((size, size), NO_PRIMITIVE, np.int32),
        np.zeros((size, size, 2), np.float32),
    )


@njit(cache=True, fastmath=True, nogil=True)
def rasterize_triangles(
    screen: Floats, triangles: Ints, first_id: int, buffer: VisibilityBuffer
) -> None:
    """Draw triangles into `buffer`, with a depth test.

    Parameters
    ----------
    screen
        ``(V, 3)`` from `Camera.project`.
    triangles
        ``(T, 3)`` vertex indices.
    first_id
        Triangle t gets the primitive id ``first_id + t``; its coordinates are the barycentric
        weights of the second and third corner.
    """
    depth, primitive_ids, coordinates = buffer
    height, width = depth.shape
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
                if z > depth[y, x]:
                    depth[y, x] = z
                    primitive_ids[y, x] = first_id + t
                    coordinates[y, x, 0] = u
                    coordinates[y, x, 1] = v


@njit(cache=True, fastmath=True, nogil=True)
def rasterize_strands(
    screen: Floats, radii: Floats, first_id: int, buffer: VisibilityBuffer
) -> None:
    """Draw polylines as ribbons that face the camera into `buffer`, with a depth test.

    Parameters
    ----------
    screen
        ``(S, K, 3)`` from `Camera.project`.
    radii
        ``(S, K)``, half the width, in samples.
    first_id
        Segment k of strand s gets the primitive id ``first_id + s * (K - 1) + k``; its
        coordinates are the position along the segment in [0, 1] and across it in [-1, 1].
    """
    depth, primitive_ids, coordinates = buffer
    height, width = depth.shape
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
                    if z > depth[y, x]:
                        depth[y, x] = z
                        primitive_ids[y, x] = first_id + s * (points - 1) + k
                        coordinates[y, x, 0] = t
                        coordinates[y, x, 1] = (px * dy - py * dx) / (length * radius + 1e-9)


@njit(cache=True, fastmath=True, nogil=True)
def vertex_normals(positions: Floats, triangles: Ints) -> Floats:
    """Unit normals ``(V, 3)``: the area-weighted mean of the adjacent triangles' normals."""
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
        norm = np.sqrt((normals[v] ** 2).sum()) + 1e-12
        normals[v] /= norm
    return normals
