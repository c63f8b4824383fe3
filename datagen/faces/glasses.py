"""Glasses as strands of round wire, fitted to a head: two rims, a bridge and two temples."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from datagen.faces.hair import WIRE, Strands, strands_of_kind
from datagen.faces.hair_strands import N_POINTS
from datagen.faces.mesh import EARS_MASK, EYE, base_mesh, part_vertices
from datagen.factor_table import Factors

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]


def generate_glasses(face: Factors, positions: Floats) -> Strands:
    """The wires on a head with the vertex positions ``(V, 3)``, before its rotation."""
    eyes = part_vertices(EYE)
    left_eye = positions[eyes[base_mesh().rest_positions[eyes, 0] > 0]].mean(0)
    front = _rim_z(positions, left_eye)
    half_width, half_height = 0.265, 0.235 - 0.035 * face["glasses_shape"]
    center = np.array([left_eye[0] * 1.02, left_eye[1] - 0.03, front])
    rim = _rim(center, half_width, half_height, 2 + 3 * face["glasses_shape"] ** 1.5)
    bridge = _bridge(center, center[0] - half_width)
    temple = _temple(positions, center[0] + half_width, center[1] + 0.06, rim[0, 2])
    mirror = np.array([-1, 1, 1])
    lines = [rim[:15], rim[14:29], rim[28:43], temple]
    lines = [*lines, *(line * mirror for line in lines), bridge]
    points = np.stack([_resample(line) for line in lines]).astype(np.float32)
    radius = 0.026 - 0.008 * face["glasses_tone"]
    radii = np.full(points.shape[:2], radius, np.float32)
    return strands_of_kind(WIRE, points, radii, np.zeros(len(points), np.float32))


def _rim_z(positions: Floats, eye: Floats) -> float:
    """The z of the rims: in front of eyebrows, lashes and cheeks."""
    near_eye = (np.abs(np.abs(positions[:, 0]) - eye[0]) < 0.2) & (
        np.abs(positions[:, 1] - eye[1]) < 0.2
    )
    return float(positions[near_eye, 2].max() + 0.05)


def _rim(center: Doubles, half_width: float, half_height: float, exponent: float) -> Doubles:
    """A superellipse ``(43, 3)``, bent backwards towards the temple."""
    t = np.linspace(0, 2 * np.pi, 43)
    c, s = np.cos(t), np.sin(t)
    x = center[0] + half_width * np.sign(c) * np.abs(c) ** (2 / exponent)
    y = center[1] + half_height * np.sign(s) * np.abs(s) ** (2 / exponent)
    rim = np.stack([x, y, np.zeros_like(t)], 1)
    rim[:, 2] = center[2] - 0.16 * np.maximum(rim[:, 0] - 0.1, 0) ** 2 / 0.25
    return rim


def _bridge(center: Doubles, half_width: float) -> Doubles:
    """A parabolic arc ``(15, 3)`` between the rims."""
    x = np.linspace(-half_width, half_width, 15)
    arch = 0.05 * (1 - (x / half_width) ** 2)
    return np.stack([x, center[1] + 0.06 + arch, np.full_like(x, center[2] + 0.02)], 1)


def _temple(positions: Floats, x: float, y: float, z: float) -> Doubles:
    """The polyline ``(4, 3)`` from the rim at (x, y, z) over and behind the ear."""
    mesh = base_mesh()
    left_ear = mesh.masks[EARS_MASK] > 0.5
    left_ear &= mesh.rest_positions[:, 0] > 0
    ear = positions[left_ear]
    top = ear[ear[:, 1].argmax()]
    side = ear[:, 0].min() + 0.05
    return np.array(
        [[x, y, z], [max(side, x) + 0.02, y, z - 0.2], [side + 0.04, top[1], top[2]],
         [side, top[1] - 0.1, top[2] - 0.25]]
    )  # fmt: skip


def _resample(line: Doubles) -> Doubles:
    """The polyline ``(n, 3)`` with `N_POINTS` points, linear in the point index."""
    targets = np.linspace(0, 1, N_POINTS)
    sources = np.linspace(0, 1, len(line))
    return np.stack([np.interp(targets, sources, line[:, axis]) for axis in range(3)], 1)
