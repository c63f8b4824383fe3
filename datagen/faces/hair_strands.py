"""How scalp hair grows and falls, compiled by numba.

A strand starts along the comb's direction, falls as far as curl lets it, and is kept outside the
head by the head's radius in every direction, seen from inside.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from datagen.rendering.rasterizer import draw_triangles

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Triple = tuple[float, float, float]

POINTS = 14
RADIUS = 0.017  # of a strand at its root: thicker than hair, as 3,400 stand for 100,000
CENTRE_Y, CENTRE_Z = 7.25, 0.45
MAP_ROWS, MAP_COLUMNS = 40, 80
PIVOT_Z, WIDEST = 0.3, 1.46  # what stays this near to the neck's axis stays in the picture


class Style(NamedTuple):
    """How hair is cut and combed; lengths and heights in decimetres."""

    length: float
    cut_y: float
    fringe_y: float
    curl: float
    volume: float
    parting: float
    sweep: float


class Shoot(NamedTuple):
    """What one strand will do: its length, its height over the scalp, its comb, its side."""

    length: float
    height: float
    comb: Triple
    side: float
    fringe: bool
    phase: float
    swirl: float


def radius_map(positions: Floats, triangles: Ints) -> Floats:
    """The head's radius from its centre by polar angle (rows) and turn (columns)."""
    away = positions - np.array([0, CENTRE_Y, CENTRE_Z], np.float32)
    radius = np.linalg.norm(away, axis=1)
    polar = np.arccos(away[:, 1] / radius) * (MAP_ROWS / np.pi)
    turn = (np.arctan2(away[:, 0], away[:, 2]) + np.pi) * (MAP_COLUMNS / 2 / np.pi)
    screen = np.stack([turn, polar, radius], 1).astype(np.float32)
    whole = np.ptp(screen[triangles, 0], axis=1) < MAP_COLUMNS / 2
    near = np.full((MAP_ROWS, MAP_COLUMNS), 0.3, np.float32)
    seen = np.zeros(near.shape, np.int32)
    draw_triangles(screen, triangles[whole], 0, near, seen, np.zeros((*near.shape, 2), np.float32))
    wide = np.concatenate([near[:, -2:], near, near[:, :2]], 1)
    wide = np.maximum.reduce([wide[:, :-2], wide[:, 1:-1], wide[:, 2:]])
    wide[1:-1] = np.maximum.reduce([wide[:-2], wide[1:-1], wide[2:]])
    wide[0] = wide[1].max()
    return np.ascontiguousarray((wide[:, :-2] + wide[:, 1:-1] + wide[:, 2:]) / 3)


@njit(cache=True, fastmath=True)
def _soft(low: float, high: float, x: float) -> float:
    t = min(max((x - low) / (high - low), 0.0), 1.0)
    return t * t * (3 - 2 * t)


@njit(cache=True, fastmath=True)
def _unit(x: float, y: float, z: float) -> Triple:
    size = np.sqrt(x * x + y * y + z * z) + 1e-9
    return x / size, y / size, z / size


@njit(cache=True, fastmath=True)
def _bound(bounds: Floats, x: float, y: float, z: float) -> float:
    """The head's radius in the direction of a unit vector."""
    row = np.arccos(min(max(y, -1.0), 1.0)) * (MAP_ROWS / np.pi) - 0.5
    column = (np.arctan2(x, z) + np.pi) * (MAP_COLUMNS / 2 / np.pi) - 0.5
    i = min(max(int(np.floor(row)), 0), MAP_ROWS - 2)
    j = int(np.floor(column))
    a, b = min(max(row - i, 0.0), 1.0), column - j
    j0, j1 = j % MAP_COLUMNS, (j + 1) % MAP_COLUMNS
    top = bounds[i, j0] * (1 - b) + bounds[i, j1] * b
    low = bounds[i + 1, j0] * (1 - b) + bounds[i + 1, j1] * b
    return top * (1 - a) + low * a


@njit(cache=True, fastmath=True)
def _shoot(canon: Floats, chance: Floats, style: Style) -> Shoot:
    """The plan of a strand, from where its root is."""
    y, z = canon[1], canon[2]
    split = canon[0] - style.parting * _soft(-0.2, 0.6, z) + 0.08 * (chance[2] - 0.5)
    side = 1.0 if split > 0 else -1.0
    front = _soft(0.7, 1.1, z) * _soft(7.5, 7.85, y)
    forward = max(0.0, -style.sweep) * front
    fringe = forward > 0.12 + 0.4 * chance[3]
    length = style.length * (0.8 + 0.4 * chance[0])
    length *= 1 - 0.55 * (1 - _soft(7.6, 8.2, y)) * (1 - _soft(0.3, 1.2, style.length))
    length *= 1 - 0.62 * style.curl * _soft(0.5, 1.8, style.length)
    if fringe:
        length = min(length, 0.55 + 0.35 * chance[2])
    back = max(0.0, style.sweep) * front
    comb = _unit(
        0.7 * side * max(np.tanh(9 * abs(split)), 0.6) * (1 - 0.5 * back - 0.45 * forward),
        -0.45 * (1 - front) + 0.45 * back - 0.1 * forward,
        -0.3 * (1 - front) - 0.9 * back + 0.8 * forward - 0.5 * (front - forward),
    )
    loft = (0.05 + 0.2 * style.volume + 0.06 * style.curl) * chance[1]
    height = 0.02 + 0.02 * style.length + loft * (0.35 + 0.65 * _soft(0.1, 0.9, style.length))
    swirl = style.curl * (0.03 + 0.045 * _soft(0.2, 1.5, length))
    return Shoot(length, height, comb, side, fringe, 6.283 * chance[2], swirl)


@njit(cache=True, fastmath=True)
def _first_way(shoot: Shoot, normal: Floats, chance: Floats, style: Style) -> Triple:
    """The direction in which a strand leaves the scalp."""
    lift = 0.3 + 0.3 * style.volume + 0.9 * style.curl
    messy = 0.35 + 0.9 * style.curl
    return (
        shoot.comb[0] + lift * normal[0] + messy * (chance[1] - 0.5),
        shoot.comb[1] + lift * normal[1] + messy * (chance[2] - 0.5),
        shoot.comb[2] + lift * normal[2] + messy * (chance[0] - 0.5),
    )


@njit(cache=True, fastmath=True)
def _bent(
    shoot: Shoot, style: Style, place: Triple, way: Triple, along: float, step: float
) -> Triple:
    """The direction of the next piece: the comb wears off, weight takes over, the face is left."""
    weight = (1 - 0.75 * style.curl**1.5) * _soft(0.05, 1.0, style.length)
    hold = np.exp(-along / 0.7) * min(1.0, step / 0.12) * 0.5
    x = way[0] + hold * shoot.comb[0]
    y = way[1] + hold * shoot.comb[1] - weight * step / 0.3
    z = way[2] + hold * shoot.comb[2]
    if place[1] < 7.95 and not shoot.fringe:
        aside = min(1.0, step / 0.15) * _soft(0.85, 1.15, place[2])
        x += shoot.side * 0.9 * aside
        z -= 0.6 * aside
    drag = 1 - 0.3 * (1 - 0.7 * style.curl) * min(1.0, step / 0.2) * _soft(7.5, 7.0, place[1])
    return _unit(x * drag, y, z * drag)


@njit(cache=True, fastmath=True)
def _kept_out(
    shoot: Shoot, bounds: Floats, place: Triple, way: Triple, along: float
) -> tuple[Triple, Triple]:
    """Place and direction, pushed out of face and skull, and back into the picture."""
    x, y, z = place
    dx, dy, dz = way
    if z > 0.8 and y < 7.8 and abs(x) < 0.66 and not shoot.fringe:
        x, dx = 0.66 * shoot.side, 0.3 * dx
    vx, vy, vz = x, y - CENTRE_Y, z - CENTRE_Z
    reach = np.sqrt(vx * vx + vy * vy + vz * vz)
    vx, vy, vz = vx / reach, vy / reach, vz / reach
    least = _bound(bounds, vx, vy, vz) + 0.01 + shoot.height * min(1.0, along / 0.35 + 0.1)
    if reach < least and y > 6.2:
        x, y, z = vx * least, CENTRE_Y + vy * least, CENTRE_Z + vz * least
        inward = min(dx * vx + dy * vy + dz * vz, 0.0)
        dx, dy, dz = dx - inward * vx, dy - inward * vy, dz - inward * vz
    wide = np.hypot(x, z - PIVOT_Z)
    if wide > WIDEST:
        x, z = x * WIDEST / wide, PIVOT_Z + (z - PIVOT_Z) * WIDEST / wide
    return (x, y, z), (dx, dy, dz)


@njit(cache=True, fastmath=True)
def _ends(shoot: Shoot, style: Style, place: Triple, chance: Floats) -> bool:
    """Whether the scissors were here."""
    if place[1] < style.cut_y + 0.2 * (chance[0] - 0.5):
        return True
    fringe_y = style.fringe_y + 0.12 * (chance[1] - 0.5)
    return shoot.fringe and place[2] > 0.9 and place[1] < fringe_y


@njit(cache=True, fastmath=True, nogil=True)
def grow(
    starts: Floats, normals: Floats, canon: Floats, chance: Floats, bounds: Floats, style: Style
) -> tuple[Floats, Floats]:
    """Strands ``(S, K, 3)`` and their radii ``(S, K)``, zero beyond the cut.

    Parameters
    ----------
    starts, normals, canon
        ``(S, 3)`` each, of the roots.
    chance
        ``(S, 4)`` in [0, 1].
    bounds
        From `radius_map`.
    """
    points = np.zeros((starts.shape[0], POINTS, 3), np.float32)
    radii = np.zeros((starts.shape[0], POINTS), np.float32)
    for s in range(starts.shape[0]):
        shoot = _shoot(canon[s], chance[s], style)
        way = _first_way(shoot, normals[s], chance[s], style)
        place = (starts[s, 0], starts[s, 1], starts[s, 2])
        along, cut = 0.0, False
        for k in range(POINTS):
            wave = shoot.phase + along * (9 + 8 * style.curl)
            loop = shoot.swirl * min(1.0, along / 0.15)
            points[s, k, 0] = place[0] + loop * np.cos(wave)
            points[s, k, 1] = place[1] + loop * np.sin(wave * 0.8)
            points[s, k, 2] = place[2] + loop * np.sin(wave)
            if k == 0:
                points[s, k] = starts[s]
            t = k / (POINTS - 1)
            radii[s, k] = 0.0 if cut else RADIUS * (1 - 0.6 * t * t)
            if cut:
                continue
            step = shoot.length / (POINTS - 1) * (0.4 + 1.2 * t)
            way = _bent(shoot, style, place, way, along, step)
            along += step
            place = (place[0] + way[0] * step, place[1] + way[1] * step, place[2] + way[2] * step)
            place, way = _kept_out(shoot, bounds, place, way, along)
            cut = _ends(shoot, style, place, chance[s])
    return points, radii
