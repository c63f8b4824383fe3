"""Grow the strands of scalp hair step by step, compiled by numba.

A strand starts in the combing direction, is bent down by gravity as far as its curl allows, and is
kept outside the head by a map of the head's radius in spherical coordinates. Lengths are in
decimeters.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from datagen.faces.head_radius import HEAD_CENTER_Y, HEAD_CENTER_Z, head_radius
from datagen.rendering.vectors import Floats, Vec3, normalize, smoothstep

N_POINTS = 14  # per strand
ROOT_RADIUS = 0.017  # thicker than real hair, as 3,400 strands stand for 100,000
NECK_AXIS_Z, MAX_RADIUS = 0.3, 1.46  # hair within this distance of the axis stays in the image


class HairStyle(NamedTuple):
    """How hair is cut and combed; lengths and heights in decimeters, the rest without unit."""

    length: float
    cut_y: float
    fringe_y: float
    curl: float
    volume: float
    parting: float
    sweep: float


class StrandParameters(NamedTuple):
    """How one strand grows.

    `clearance` is its distance from the scalp, `comb` the unit combing direction, `side` 1 on the
    left of the parting and -1 on the right; `coil_radius` and `phase` describe its coils.
    """

    length: float
    clearance: float
    comb: Vec3
    side: float
    in_fringe: bool
    phase: float
    coil_radius: float


@njit(cache=True, fastmath=True)
def _strand_parameters(rest: Floats, random: Floats, style: HairStyle) -> StrandParameters:
    """The parameters of a strand, from its root's rest position and random values ``(4,)``."""
    y, z = rest[1], rest[2]
    offset = rest[0] - style.parting * smoothstep(-0.2, 0.6, z) + 0.08 * (random[2] - 0.5)
    side = 1.0 if offset > 0 else -1.0
    front = smoothstep(0.7, 1.1, z) * smoothstep(7.5, 7.85, y)
    forward = max(0.0, -style.sweep) * front
    in_fringe = forward > 0.12 + 0.4 * random[3]
    length = style.length * (0.8 + 0.4 * random[0])
    length *= 1 - 0.55 * (1 - smoothstep(7.6, 8.2, y)) * (1 - smoothstep(0.3, 1.2, style.length))
    length *= 1 - 0.62 * style.curl * smoothstep(0.5, 1.8, style.length)
    if in_fringe:
        length = min(length, 0.55 + 0.35 * random[2])
    back = max(0.0, style.sweep) * front
    comb = normalize((
        0.7 * side * max(np.tanh(9 * abs(offset)), 0.6) * (1 - 0.5 * back - 0.45 * forward),
        -0.45 * (1 - front) + 0.45 * back - 0.1 * forward,
        -0.3 * (1 - front) - 0.9 * back + 0.8 * forward - 0.5 * (front - forward),
    ))  # fmt: skip
    loft = (0.05 + 0.2 * style.volume + 0.06 * style.curl) * random[1]
    loft *= 0.35 + 0.65 * smoothstep(0.1, 0.9, style.length)
    clearance = 0.02 + 0.02 * style.length + loft
    coil_radius = style.curl * (0.03 + 0.045 * smoothstep(0.2, 1.5, length))
    return StrandParameters(
        length, clearance, comb, side, in_fringe, 6.283 * random[2], coil_radius
    )


@njit(cache=True, fastmath=True)
def _initial_direction(
    strand: StrandParameters, normal: Floats, random: Floats, style: HairStyle
) -> Vec3:
    """The direction in which a strand leaves the scalp."""
    lift = 0.3 + 0.3 * style.volume + 0.9 * style.curl
    disorder = 0.35 + 0.9 * style.curl
    return (
        strand.comb[0] + lift * normal[0] + disorder * (random[1] - 0.5),
        strand.comb[1] + lift * normal[1] + disorder * (random[2] - 0.5),
        strand.comb[2] + lift * normal[2] + disorder * (random[0] - 0.5),
    )


@njit(cache=True, fastmath=True)
def _next_direction(
    strand: StrandParameters,
    style: HairStyle,
    position: Vec3,
    direction: Vec3,
    arc_length: float,
    step: float,
) -> Vec3:
    """Direction of the next segment: combing decays, gravity bends it, the face is avoided."""
    gravity = (1 - 0.75 * style.curl**1.5) * smoothstep(0.05, 1.0, style.length)
    hold = np.exp(-arc_length / 0.7) * min(1.0, step / 0.12) * 0.5
    x = direction[0] + hold * strand.comb[0]
    y = direction[1] + hold * strand.comb[1] - gravity * step / 0.3
    z = direction[2] + hold * strand.comb[2]
    if position[1] < 7.95 and not strand.in_fringe:
        sideways = min(1.0, step / 0.15) * smoothstep(0.85, 1.15, position[2])
        x += strand.side * 0.9 * sideways
        z -= 0.6 * sideways
    near_neck = smoothstep(7.5, 7.0, position[1])
    damping = 1 - 0.3 * (1 - 0.7 * style.curl) * min(1.0, step / 0.2) * near_neck
    return normalize((x * damping, y, z * damping))


@njit(cache=True, fastmath=True)
def _resolve_collisions(
    strand: StrandParameters,
    radius_map: Floats,
    position: Vec3,
    direction: Vec3,
    arc_length: float,
) -> tuple[Vec3, Vec3]:
    """Position and direction, moved out of face and skull and into the image."""
    x, y, z = position
    dx, dy, dz = direction
    if z > 0.8 and y < 7.8 and abs(x) < 0.66 and not strand.in_fringe:
        x, dx = 0.66 * strand.side, 0.3 * dx
    vx, vy, vz = x, y - HEAD_CENTER_Y, z - HEAD_CENTER_Z
    distance = np.sqrt(vx * vx + vy * vy + vz * vz)
    vx, vy, vz = vx / distance, vy / distance, vz / distance
    clearance = strand.clearance * min(1.0, arc_length / 0.35 + 0.1)
    minimum = head_radius(radius_map, (vx, vy, vz)) + 0.01 + clearance
    if distance < minimum and y > 6.2:
        x, y, z = vx * minimum, HEAD_CENTER_Y + vy * minimum, HEAD_CENTER_Z + vz * minimum
        inward = min(dx * vx + dy * vy + dz * vz, 0.0)
        dx, dy, dz = dx - inward * vx, dy - inward * vy, dz - inward * vz
    radius = np.hypot(x, z - NECK_AXIS_Z)
    if radius > MAX_RADIUS:
        x, z = x * MAX_RADIUS / radius, NECK_AXIS_Z + (z - NECK_AXIS_Z) * MAX_RADIUS / radius
    return (x, y, z), (dx, dy, dz)


@njit(cache=True, fastmath=True)
def _is_cut(strand: StrandParameters, style: HairStyle, position: Vec3, random: Floats) -> bool:
    """Whether the strand ends at this position."""
    if position[1] < style.cut_y + 0.2 * (random[0] - 0.5):
        return True
    fringe_y = style.fringe_y + 0.12 * (random[1] - 0.5)
    return strand.in_fringe and position[2] > 0.9 and position[1] < fringe_y


@njit(cache=True, fastmath=True, nogil=True)
def grow_strands(
    starts: Floats, normals: Floats, rest: Floats, random: Floats, radius_map: Floats,
    style: HairStyle,
) -> tuple[Floats, Floats]:  # fmt: skip
    """Strands ``(S, K, 3)`` and their radii ``(S, K)``, zero after the cut.

    Parameters
    ----------
    starts, normals, rest
        ``(S, 3)`` each: positions, unit normals and rest positions of the roots.
    random
        ``(S, 4)``, uniform in [0, 1].
    radius_map
        From `head_radius.head_radius_map`.
    """
    points = np.zeros((starts.shape[0], N_POINTS, 3), np.float32)
    radii = np.zeros((starts.shape[0], N_POINTS), np.float32)
    for s in range(starts.shape[0]):
        strand = _strand_parameters(rest[s], random[s], style)
        direction = _initial_direction(strand, normals[s], random[s], style)
        position = (starts[s, 0], starts[s, 1], starts[s, 2])
        arc_length, cut = 0.0, False
        for k in range(N_POINTS):
            angle = strand.phase + arc_length * (9 + 8 * style.curl)
            coil = strand.coil_radius * min(1.0, arc_length / 0.15)
            points[s, k, 0] = position[0] + coil * np.cos(angle)
            points[s, k, 1] = position[1] + coil * np.sin(angle * 0.8)
            points[s, k, 2] = position[2] + coil * np.sin(angle)
            if k == 0:
                points[s, k] = starts[s]
            t = k / (N_POINTS - 1)
            radii[s, k] = 0.0 if cut else ROOT_RADIUS * (1 - 0.6 * t * t)
            if cut:
                continue
            step = strand.length / (N_POINTS - 1) * (0.4 + 1.2 * t)
            direction = _next_direction(strand, style, position, direction, arc_length, step)
            arc_length += step
            position = (
                position[0] + direction[0] * step,
                position[1] + direction[1] * step,
                position[2] + direction[2] * step,
            )
            position, direction = _resolve_collisions(
                strand, radius_map, position, direction, arc_length
            )
            cut = _is_cut(strand, style, position, random[s])
    return points, radii
