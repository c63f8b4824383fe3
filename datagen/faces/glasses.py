"""Glasses: two rims, a bridge and two temples as round wires, fitted to a head."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from datagen.faces import hair, mesh
from datagen.faces.hair_strands import POINTS

Floats = NDArray[np.float32]
Face = Mapping[str, float]


def frame_wires(face: Face, positions: Floats) -> hair.Strands:
    """The wires on an upright head."""
    shared = mesh.template()
    eyes = mesh.part_vertices(mesh.EYE)
    left = positions[eyes[shared.canon[eyes, 0] > 0]].mean(0)
    front = _front(positions, left)
    exponent = 2 + 3 * face["glasses_shape"] ** 1.5
    wide, high = 0.265, 0.235 - 0.035 * face["glasses_shape"]
    centre = np.array([left[0] * 1.02, left[1] - 0.03, front])
    t = np.linspace(0, 2 * np.pi, 43)
    c, s = np.cos(t), np.sin(t)
    rim = np.stack(
        [
            centre[0] + wide * np.sign(c) * np.abs(c) ** (2 / exponent),
            centre[1] + high * np.sign(s) * np.abs(s) ** (2 / exponent),
            np.zeros_like(t),
        ],
        1,
    )
    rim[:, 2] = front - 0.16 * np.maximum(rim[:, 0] - 0.1, 0) ** 2 / 0.25
    inner = centre[0] - wide
    span = np.linspace(-inner, inner, 15)
    arch = 0.05 * (1 - (span / inner) ** 2)
    bridge = np.stack([span, centre[1] + 0.06 + arch, np.full_like(span, front + 0.02)], 1)
    temple = _temple(positions, centre[0] + wide, centre[1] + 0.06, rim[0, 2])
    mirror = np.array([-1, 1, 1])
    lines = [rim[:15], rim[14:29], rim[28:43], temple]
    lines = [*lines, *(line * mirror for line in lines), bridge]
    points = np.stack([_resampled(line) for line in lines]).astype(np.float32)
    thick = 0.026 - 0.008 * face["glasses_tone"]
    radii = np.full(points.shape[:2], thick, np.float32)
    return hair.of_kind(hair.WIRE, points, radii, np.zeros(len(points), np.float32))


def _front(positions: Floats, eye: Floats) -> float:
    """How far forward the rims stand: clear of brows, lashes and cheeks."""
    near = (np.abs(np.abs(positions[:, 0]) - eye[0]) < 0.2) & (
        np.abs(positions[:, 1] - eye[1]) < 0.2
    )
    return float(positions[near, 2].max() + 0.05)


def _temple(positions: Floats, x: float, y: float, z: float) -> NDArray[np.float64]:
    ears = mesh.template().masks[3] > 0.5
    ears &= mesh.template().canon[:, 0] > 0
    ear = positions[ears]
    top = ear[ear[:, 1].argmax()]
    side = ear[:, 0].min() + 0.05
    return np.array(
        [[x, y, z], [max(side, x) + 0.02, y, z - 0.2], [side + 0.04, top[1], top[2]],
         [side, top[1] - 0.1, top[2] - 0.25]]
    )  # fmt: skip


def _resampled(line: NDArray[np.float64]) -> NDArray[np.float64]:
    """`line` with `POINTS` points."""
    place = np.linspace(0, 1, POINTS)
    own = np.linspace(0, 1, len(line))
    return np.stack([np.interp(place, own, line[:, axis]) for axis in range(3)], 1)
