"""Primitive solids as triangle meshes: boxes, superelliptic slabs and tapered rods."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Ints = NDArray[np.int32]

SLAB_SIDES = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class TriangleMesh:
    """A mesh with a material per triangle.

    Parameters
    ----------
    positions, normals
        ``(V, 3)`` each, of the vertices; normals have unit length.
    triangles
        ``(T, 3)`` vertex indices.
    material_ids
        ``(T,)``.
    """

    positions: Floats
    normals: Floats
    triangles: Ints
    material_ids: Ints

    def rotated(self, rotation: Floats, pivot: Any) -> TriangleMesh:
        """The mesh after the rotation matrix ``(3, 3)`` about the point `pivot` ``(3,)``."""
        center = np.asarray(pivot, np.float32)
        return TriangleMesh(
            positions=((self.positions - center) @ rotation.T + center).astype(np.float32),
            normals=(self.normals @ rotation.T).astype(np.float32),
            triangles=self.triangles,
            material_ids=self.material_ids,
        )


def merge_meshes(meshes: list[TriangleMesh]) -> TriangleMesh:
    """One mesh with the vertices and triangles of all `meshes`."""
    offsets = np.cumsum([0] + [len(mesh.positions) for mesh in meshes[:-1]])
    shifted = [mesh.triangles + offset for mesh, offset in zip(meshes, offsets, strict=True)]
    return TriangleMesh(
        positions=np.concatenate([mesh.positions for mesh in meshes]),
        normals=np.concatenate([mesh.normals for mesh in meshes]),
        triangles=np.concatenate(shifted).astype(np.int32),
        material_ids=np.concatenate([mesh.material_ids for mesh in meshes]),
    )


def slab(center: Any, size: Any, material: int, squareness: float = 1.0) -> TriangleMesh:
    """A horizontal slab with a superelliptic outline.

    Parameters
    ----------
    center, size
        ``(3,)`` each.
    squareness
        In [0, 1]: 0 gives an elliptic outline, 1 a nearly rectangular one.
    """
    outline = _superellipse(2 / (2 + 22 * squareness**3))
    half = np.asarray(size) / 2
    side = _outline_normals(outline, half)
    up = np.array([0.0, 1, 0])
    # four rings of vertices: the top, both edges of the side wall, the bottom
    rings = [(1, up), (1, None), (-1, None), (-1, -up)]
    positions = np.concatenate([(outline + up * y) * half for y, _ in rings])
    normals = np.concatenate([side if n is None else np.tile(n, (SLAB_SIDES, 1)) for _, n in rings])
    i = np.arange(SLAB_SIDES)
    j = (i + 1) % SLAB_SIDES
    upper, lower, bottom = SLAB_SIDES, 2 * SLAB_SIDES, 3 * SLAB_SIDES
    walls = [[upper + i, lower + i, upper + j], [upper + j, lower + i, lower + j]]
    caps = [[0 * i, i, j], [bottom + 0 * i, bottom + j, bottom + i]]
    triangles = np.concatenate([np.stack(t, 1) for t in walls + caps])
    return _mesh(positions + np.asarray(center), normals, triangles, material)


def _superellipse(power: float) -> Doubles:
    """Points ``(SLAB_SIDES, 3)`` in the xz-plane, within [-1, 1]."""
    t = np.linspace(0, 2 * np.pi, SLAB_SIDES + 1)[:-1] + np.pi / SLAB_SIDES
    x = np.sign(np.cos(t)) * np.abs(np.cos(t)) ** power
    z = np.sign(np.sin(t)) * np.abs(np.sin(t)) ** power
    return np.stack([x, np.zeros_like(x), z], 1)


def _outline_normals(outline: Doubles, half: Doubles) -> Doubles:
    """Outward unit normals ``(SLAB_SIDES, 3)`` of the outline scaled by `half`."""
    tangent = np.roll(outline, -1, 0) - np.roll(outline, 1, 0)
    flat = np.zeros_like(outline[:, 0])
    normals = np.stack([tangent[:, 2] * half[2], flat, -tangent[:, 0] * half[0]], 1)
    normals /= np.linalg.norm(normals, axis=1, keepdims=True)
    normals *= np.sign((normals * outline).sum(1, keepdims=True))
    return normals


def box(center: Any, size: Any, material: int) -> TriangleMesh:
    """An axis-aligned box with sharp edges; `center` and `size` are ``(3,)``."""
    positions: list[Doubles] = []
    normals: list[Doubles] = []
    triangles: list[list[int]] = []
    half = np.asarray(size) / 2
    for axis in range(3):
        for sign in (-1, 1):
            a, b = (axis + 1) % 3, (axis + 2) % 3
            corners = np.zeros((4, 3))
            corners[:, axis] = sign
            corners[:, a], corners[:, b] = [-1, 1, 1, -1], [-1, -1, 1, 1]
            first = 4 * len(positions)
            positions.append(corners * half)
            normals.append(np.tile(np.eye(3)[axis] * sign, (4, 1)))
            triangles += [[first, first + 1, first + 2], [first, first + 2, first + 3]]
    placed = np.concatenate(positions) + np.asarray(center)
    return _mesh(placed, np.concatenate(normals), np.array(triangles), material)


def rod(
    start: Any, end: Any, radii: tuple[float, float], material: int, sides: int = 14
) -> TriangleMesh:
    """A tapered rod without caps from `start` to `end`, ``(3,)`` each.

    Parameters
    ----------
    radii
        At `start` and at `end`.
    sides
        4 gives a square cross-section with flat sides, more approximate a cylinder.
    """
    bottom, top = np.asarray(start, float), np.asarray(end, float)
    axis = (top - bottom) / np.linalg.norm(top - bottom)
    right = np.cross(axis, [0.0, 0, 1]) if abs(axis[2]) < 0.9 else np.cross(axis, [0.0, 1, 0])
    right /= np.linalg.norm(right)
    forward = np.cross(axis, right)
    if sides == 4:
        return _square_rod(bottom, top, radii, (right, forward), material)
    t = np.arange(sides) / sides * 2 * np.pi
    ring = np.cos(t)[:, None] * right + np.sin(t)[:, None] * forward
    positions = np.concatenate([bottom + radii[0] * ring, top + radii[1] * ring])
    i = np.arange(sides)
    j = (i + 1) % sides
    walls = np.concatenate([np.stack([i, j, sides + i], 1), np.stack([j, sides + j, sides + i], 1)])
    return _mesh(positions, np.tile(ring, (2, 1)), walls, material)


def _square_rod(
    bottom: Doubles,
    top: Doubles,
    radii: tuple[float, float],
    axes: tuple[Doubles, Doubles],
    material: int,
) -> TriangleMesh:
    right, forward = axes
    sides = [(right, forward), (forward, -right), (-right, -forward), (-forward, right)]
    positions, normals, triangles = [], [], []
    for face, (outward, tangent) in enumerate(sides):
        for end, radius in ((bottom, radii[0]), (top, radii[1])):
            positions += [end + radius * (outward - tangent), end + radius * (outward + tangent)]
        normals += [outward] * 4
        n = 4 * face
        triangles += [[n, n + 1, n + 2], [n + 1, n + 3, n + 2]]
    return _mesh(np.array(positions), np.array(normals), np.array(triangles), material)


def rotation_x(angle_rad: float) -> Floats:
    """Rotation matrix ``(3, 3)`` about the x-axis; a positive angle turns y towards z."""
    c, s = np.cos(angle_rad), np.sin(angle_rad)
    return np.array([[1, 0, 0], [0, c, -s], [0, s, c]], np.float32)


def rotation_y(angle_rad: float) -> Floats:
    """Rotation matrix ``(3, 3)`` about the y-axis; a positive angle turns z towards x."""
    c, s = np.cos(angle_rad), np.sin(angle_rad)
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]], np.float32)


def _mesh(positions: Any, normals: Any, triangles: Any, material: int) -> TriangleMesh:
    return TriangleMesh(
        positions=np.asarray(positions, np.float32),
        normals=np.asarray(normals, np.float32),
        triangles=np.asarray(triangles, np.int32),
        material_ids=np.full(len(triangles), material, np.int32),
    )
