"""Hair as strands: roots spread over the scalp, each grown along the comb and under its weight.

A strand is K points from root to tip. It starts along the comb's direction, falls as far as curl
lets it, and is kept outside the head by the head's radius in every direction, seen from inside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from studio import heads
from studio.raster import draw_triangles, vertex_normals

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Face = Mapping[str, float]

HAIR, BEARD, BROW = 8, 9, 10  # materials, after those of `heads`
POINTS = 14
SCALP_ROOTS, BEARD_ROOTS, BROW_ROOTS = 3400, 2600, 420
CENTRE = np.array([0, 7.25, 0.45], np.float32)
MAP_ROWS, MAP_COLUMNS = 40, 80
_HAIRLINE_Z = np.array([-0.7, 0.0, 0.22, 0.28, 0.62, 0.7, 0.85, 1.0, 1.35])
_HAIRLINE_Y = np.array([6.72, 6.74, 6.95, 7.32, 7.32, 7.2, 7.55, 7.8, 7.98])


@dataclass(frozen=True, slots=True, kw_only=True)
class Roots:
    """Places on the template's skin: ``(S,)`` triangles and ``(S, 3)`` weights of their corners.

    Also how surely hair grows there, ``(S,)``, and four even random numbers each, ``(S, 4)``.
    """

    corners: Ints
    weights: Floats
    canon: Floats
    surety: Floats
    chance: Floats

    def on(self, values: Floats) -> Floats:
        """Values ``(V, n)`` of the vertices, at the roots: ``(S, n)``."""
        found: Floats = np.einsum("sc,scn->sn", self.weights, values[self.corners])
        return found


class Style(NamedTuple):
    """How hair is cut and combed; lengths in decimetres."""

    length: float
    cut_y: float
    fringe_y: float
    curl: float
    volume: float
    parting: float
    sweep: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Strands:
    """Strands ``(S, K, 3)`` with radii ``(S, K)``, kinds ``(S,)`` and a random number each."""

    points: Floats
    radii: Floats
    kinds: Ints
    chance: Floats


def scalp_height(canon: Floats) -> Floats:
    """How far above the hairline places ``(…, 3)`` are, in decimetres; negative off the scalp."""
    return (canon[..., 1] - np.interp(canon[..., 2], _HAIRLINE_Z, _HAIRLINE_Y)).astype(np.float32)


def bald_depth(canon: Floats) -> Floats:
    """From 0 at the lowest hair to 1 where hair goes first: temples and crown."""
    x, y, z = np.moveaxis(canon, -1, 0)
    temples = np.clip((z - 0.75) / 0.45, 0, 1) * np.clip((y - 7.5) / 0.3, 0, 1)
    temples *= 0.75 + 0.25 * np.clip(np.abs(x) / 0.45, 0, 1)
    crown = np.clip((y - 7.75) / 0.6, 0, 1) * np.clip((z + 0.75) / 0.5, 0, 1)
    return np.maximum(temples, 0.9 * crown).astype(np.float32)


def beard_surety(canon: Floats) -> Floats:
    """How surely a beard grows at places ``(…, 3)``, in [0, 1]."""
    x, y, z = np.moveaxis(canon, -1, 0)
    cheek = np.interp(z, [0.5, 0.7, 0.95, 1.2, 1.4], [7.0, 7.1, 6.72, 6.58, 6.52])
    inside = np.clip((cheek - y) / 0.1, 0, 1) * np.clip((y - 5.98 + 0.1 * z) / 0.12, 0, 1)
    inside *= np.clip((z - 0.5) / 0.15, 0, 1)
    mouth = np.hypot(x / 0.4, (y - 6.6) / 0.13)
    return (inside * np.clip((mouth - 1) / 0.2, 0, 1)).astype(np.float32)


def moustache_surety(canon: Floats) -> Floats:
    """How surely a moustache grows at places ``(…, 3)``, in [0, 1]."""
    x, y, z = np.moveaxis(canon, -1, 0)
    low = 6.635 - 0.28 * np.abs(x)
    high = 6.775 - 0.2 * np.abs(x)
    inside = np.clip((y - low) / 0.03, 0, 1) * np.clip((high - y) / 0.04, 0, 1)
    return (inside * np.clip((0.42 - np.abs(x)) / 0.06, 0, 1) * (z > 1.1)).astype(np.float32)


def brow_surety(canon: Floats) -> Floats:
    """How surely eyebrows grow at places ``(…, 3)``, in [0, 1]."""
    x, y, z = np.abs(canon[..., 0]), canon[..., 1], canon[..., 2]
    arc = np.interp(x, [0.1, 0.2, 0.4, 0.5, 0.62], [7.455, 7.48, 7.525, 7.52, 7.465])
    half = np.interp(x, [0.1, 0.15, 0.4, 0.62], [0.02, 0.037, 0.03, 0.012])
    inside = np.clip(1.4 - np.abs(y - arc) / half, 0, 1) * (z > 0.8)
    return (inside * np.clip((x - 0.1) / 0.04, 0, 1) * np.clip((0.62 - x) / 0.05, 0, 1)).astype(
        np.float32
    )


@lru_cache(maxsize=1)
def scalp_roots() -> Roots:
    """Roots over the scalp; the same on every head, so that equal factors give equal hair."""
    return _spread(lambda c: np.clip(scalp_height(c) / 0.1, 0, 1), SCALP_ROOTS, 1)


@lru_cache(maxsize=1)
def beard_roots() -> Roots:
    """Roots over cheeks, chin and lip."""
    return _spread(lambda c: np.maximum(beard_surety(c), moustache_surety(c)), BEARD_ROOTS, 2)


@lru_cache(maxsize=1)
def brow_roots() -> Roots:
    """Roots over the eyebrows."""
    return _spread(brow_surety, BROW_ROOTS, 3)


def _spread(surety: object, count: int, seed: int) -> Roots:
    shared = heads.template()
    rng = np.random.default_rng(seed)
    triangles = shared.triangles[shared.parts == heads.SKIN]
    ears = shared.masks[3][triangles].max(1) > 0.3
    hidden = shared.masks[1][triangles].max(1) > 0.3
    triangles = triangles[~ears & ~hidden]
    corner = shared.canon[triangles]
    area = np.linalg.norm(
        np.cross(corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]), axis=1
    )
    likely = area * (surety(corner).max(1) > 0)  # type: ignore[operator]
    rows = rng.choice(len(triangles), 12 * count, p=likely / likely.sum())
    flat = np.sqrt(rng.uniform(size=(len(rows), 1)))
    v = rng.uniform(size=(len(rows), 1))
    weights = np.concatenate([1 - flat, flat * (1 - v), flat * v], 1).astype(np.float32)
    canon = np.einsum("sc,scn->sn", weights, corner[rows])
    sure = surety(canon)  # type: ignore[operator]
    kept = np.flatnonzero(rng.uniform(size=len(rows)) < sure)[:count]
    return Roots(
        corners=triangles[rows[kept]],
        weights=weights[kept],
        canon=canon[kept].astype(np.float32),
        surety=sure[kept].astype(np.float32),
        chance=rng.uniform(size=(len(kept), 4)).astype(np.float32),
    )


def hair_style(face: Face) -> Style:
    """The cut that a face's factors ask for."""
    along = face["hair_length"]
    length = float(np.interp(along, [0, 0.25, 0.5, 0.75, 1], [0.07, 0.35, 1.0, 2.2, 3.4]))
    length *= 1 - 0.8 * min(1.0, 1.5 * float(face["baldness"]))
    return Style(
        length=length,
        cut_y=float(np.interp(along, [0, 0.4, 0.55, 0.75, 1], [6.7, 6.7, 6.45, 5.9, 4.6])),
        fringe_y=float(7.64 - 0.1 * min(1.0, length)),
        curl=float(face["hair_curl"]),
        volume=float(face["hair_volume"]),
        parting=float(face["hair_parting"]) * 0.42,
        sweep=float(face["hair_sweep"]),
    )


def radius_map(positions: Floats, triangles: Ints) -> Floats:
    """The head's radius from `CENTRE` by polar angle (rows) and turn (columns)."""
    away = positions - CENTRE
    radius = np.linalg.norm(away, axis=1)
    polar = np.arccos(away[:, 1] / radius) * (MAP_ROWS / np.pi)
    turn = (np.arctan2(away[:, 0], away[:, 2]) + np.pi) * (MAP_COLUMNS / 2 / np.pi)
    screen = np.stack([turn, polar, radius], 1).astype(np.float32)
    columns = screen[triangles, 0]
    whole = np.ptp(columns, axis=1) < MAP_COLUMNS / 2
    near = np.full((MAP_ROWS, MAP_COLUMNS), 0.3, np.float32)
    seen = np.zeros(near.shape, np.int32)
    draw_triangles(screen, triangles[whole], 0, near, seen, np.zeros((*near.shape, 2), np.float32))
    wide = np.concatenate([near[:, -2:], near, near[:, :2]], 1)
    wide = np.maximum.reduce([wide[:, :-2], wide[:, 1:-1], wide[:, 2:]])
    wide[1:-1] = np.maximum.reduce([wide[:-2], wide[1:-1], wide[2:]])
    wide[0] = wide[1].max()
    return np.ascontiguousarray((wide[:, :-2] + wide[:, 1:-1] + wide[:, 2:]) / 3)


def grow_all(face: Face, positions: Floats, normals: Floats) -> Strands:
    """Hair, beard and eyebrows of an upright head, before it is turned."""
    groups = [_scalp(face, positions, normals), _brows(face, positions, normals)]
    if max(face["beard"], face["moustache"]) > 0.02:
        groups.append(_beard(face, positions, normals))
    return Strands(
        points=np.concatenate([g.points for g in groups]),
        radii=np.concatenate([g.radii for g in groups]),
        kinds=np.concatenate([g.kinds for g in groups]),
        chance=np.concatenate([g.chance for g in groups]),
    )


def _scalp(face: Face, positions: Floats, normals: Floats) -> Strands:
    roots, style = scalp_roots(), hair_style(face)
    kept = roots.chance[:, 3] > np.clip(
        (face["baldness"] * 1.15 - 1 + bald_depth(roots.canon)) * 5, 0, 1
    )
    shared = heads.template()
    skull = shared.triangles[(shared.parts == heads.SKIN)]
    skull = skull[(shared.canon[skull, 1] > 5.9).all(1)]
    bounds = radius_map(positions, skull)
    points, radii = _grow(
        roots.on(positions)[kept],
        roots.on(normals)[kept],
        roots.canon[kept],
        roots.chance[kept],
        bounds,
        style,
    )
    kinds = np.full(len(points), HAIR, np.int32)
    return Strands(points=points, radii=radii, kinds=kinds, chance=roots.chance[kept, 0])


def _tuft(
    start: Floats, along: Floats, bend: Floats, length: Floats, radius: float
) -> tuple[Floats, Floats]:
    """Short strands: straight ahead at first, then bent."""
    t = np.linspace(0, 1, POINTS, dtype=np.float32)[None, :, None]
    reach = length[:, None, None]
    points = start[:, None] + reach * (t * along[:, None] + t * t * bend[:, None])
    radii = radius * (1 - 0.7 * t[..., 0]) * np.ones((len(start), 1), np.float32)
    return points.astype(np.float32), radii.astype(np.float32)


def _unit(vectors: Floats) -> Floats:
    found: Floats = vectors / (np.linalg.norm(vectors, axis=-1, keepdims=True) + 1e-9)
    return found


def _brows(face: Face, positions: Floats, normals: Floats) -> Strands:
    roots = brow_roots()
    thick = face["brow_thickness"]
    kept = roots.chance[:, 3] < (0.35 + 0.65 * thick) * (0.6 + 0.4 * face["sex"])
    side = np.sign(roots.canon[:, :1])
    normal = roots.on(normals)
    across = np.abs(roots.canon[:, :1])
    rise = np.clip((0.3 - across) / 0.2, -0.6, 1.2)
    along = _unit(np.concatenate([side, rise, 0 * side], 1) + 0.25 * normal)
    jitter = (roots.chance[:, :3] - 0.5) * 0.5
    length = 0.06 + 0.04 * roots.chance[:, 0] * (0.5 + thick)
    start = roots.on(positions) + 0.004 * normal
    points, radii = _tuft(start, along + jitter, -0.3 * normal, length, 0.0075)
    kinds = np.full(kept.sum(), BROW, np.int32)
    return Strands(
        points=points[kept], radii=radii[kept], kinds=kinds, chance=roots.chance[kept, 0]
    )


def _beard(face: Face, positions: Floats, normals: Floats) -> Strands:
    roots = beard_roots()
    lip = moustache_surety(roots.canon)
    amount = np.where(lip > 0.2, face["moustache"], face["beard"])
    kept = (amount > 0.02) & (roots.chance[:, 3] < 0.55 + 1.2 * amount)
    normal = roots.on(normals)
    down = np.array([0, -1, 0.15], np.float32)
    sideways = np.where(lip[:, None] > 0.2, np.sign(roots.canon[:, :1]) * 0.8, 0)
    along = _unit(0.75 * normal + down + sideways * np.array([1, 0, 0], np.float32))
    jitter = (roots.chance[:, :3] - 0.5) * 0.7
    chin = np.clip((6.5 - roots.canon[:, 1]) / 0.4, 0, 1) * np.clip(
        (roots.canon[:, 2] - 0.8) / 0.4, 0, 1
    )
    full = 0.025 + amount**1.4 * (0.16 + 0.4 * chin * (lip <= 0.2))
    length = (full * (0.7 + 0.6 * roots.chance[:, 0])).astype(np.float32)
    bend = down * 0.6 - 0.25 * normal
    points, radii = _tuft(roots.on(positions), along + jitter, bend, length, 0.0125)
    kinds = np.full(kept.sum(), BEARD, np.int32)
    return Strands(
        points=points[kept], radii=radii[kept], kinds=kinds, chance=roots.chance[kept, 0]
    )


@njit(cache=True, fastmath=True)
def _soft(low: float, high: float, x: float) -> float:
    t = min(max((x - low) / (high - low), 0.0), 1.0)
    return t * t * (3 - 2 * t)


@njit(cache=True, fastmath=True)
def _bound(bounds: Floats, x: float, y: float, z: float, r: float) -> float:
    row = np.arccos(min(max(y / r, -1.0), 1.0)) * (MAP_ROWS / np.pi) - 0.5
    column = (np.arctan2(x, z) + np.pi) * (MAP_COLUMNS / 2 / np.pi) - 0.5
    i = min(max(int(np.floor(row)), 0), MAP_ROWS - 2)
    j = int(np.floor(column))
    a, b = min(max(row - i, 0.0), 1.0), column - j
    j0, j1 = j % MAP_COLUMNS, (j + 1) % MAP_COLUMNS
    top = bounds[i, j0] * (1 - b) + bounds[i, j1] * b
    low = bounds[i + 1, j0] * (1 - b) + bounds[i + 1, j1] * b
    return top * (1 - a) + low * a


@njit(cache=True, fastmath=True)
def _grow(
    starts: Floats, normals: Floats, canon: Floats, chance: Floats, bounds: Floats, style: Style
) -> tuple[Floats, Floats]:
    count = starts.shape[0]
    points = np.zeros((count, POINTS, 3), np.float32)
    radii = np.zeros((count, POINTS), np.float32)
    gravity = (1 - 0.75 * style.curl**1.5) * _soft(0.05, 1.0, style.length)
    for s in range(count):
        cx, cy, cz = canon[s, 0], canon[s, 1], canon[s, 2]
        split = cx - style.parting * _soft(-0.2, 0.6, cz)
        split += 0.08 * (chance[s, 2] - 0.5)
        side = np.tanh(9 * split)
        side = max(abs(side), 0.6) * (1.0 if split > 0 else -1.0)
        front = _soft(0.7, 1.1, cz) * _soft(7.5, 7.85, cy)
        top = _soft(7.6, 8.2, cy)
        length = style.length * (0.8 + 0.4 * chance[s, 0])
        length *= 1 - 0.55 * (1 - top) * (1 - _soft(0.3, 1.2, style.length))
        length *= 1 - 0.62 * style.curl * _soft(0.5, 1.8, style.length)
        forward = max(0.0, -style.sweep) * front
        fringe = forward > 0.12 + 0.4 * chance[s, 3]
        back = max(0.0, style.sweep) * front
        if fringe:
            length = min(length, 0.55 + 0.35 * chance[s, 2])
        kx = 0.7 * side * (1 - 0.5 * back - 0.45 * forward)
        ky = -0.45 * (1 - front) + 0.45 * back - 0.1 * forward
        kz = -0.3 * (1 - front) - 0.9 * back + 0.8 * forward - 0.5 * (front - forward)
        size = np.sqrt(kx * kx + ky * ky + kz * kz) + 1e-6
        kx, ky, kz = kx / size, ky / size, kz / size
        nx, ny, nz = normals[s, 0], normals[s, 1], normals[s, 2]
        lift = 0.3 + 0.3 * style.volume + 0.9 * style.curl
        jx, jy, jz = chance[s, 1] - 0.5, chance[s, 2] - 0.5, chance[s, 0] - 0.5
        messy = 0.35 + 0.9 * style.curl
        dx = kx + lift * nx + messy * jx
        dy = ky + lift * ny + messy * jy
        dz = kz + lift * nz + messy * jz
        along = 0.0
        height = (0.02 + 0.06 * style.length / 3) + (
            0.05 + 0.2 * style.volume + 0.06 * style.curl
        ) * chance[s, 1] * (0.35 + 0.65 * _soft(0.1, 0.9, style.length))
        px, py, pz = starts[s, 0], starts[s, 1], starts[s, 2]
        phase = 6.283 * chance[s, 2]
        done = False
        swirl = style.curl * (0.03 + 0.045 * _soft(0.2, 1.5, length))
        for k in range(POINTS):
            step = length / (POINTS - 1) * (0.4 + 1.2 * k / (POINTS - 1))
            qx, qy, qz = px, py, pz
            if k > 0:
                wave = phase + along * (9 + 8 * style.curl)
                grown = swirl * min(1.0, along / 0.15)
                qx += grown * np.cos(wave)
                qy += grown * np.sin(wave * 0.8)
                qz += grown * np.sin(wave)
            points[s, k, 0], points[s, k, 1], points[s, k, 2] = qx, qy, qz
            t = k / (POINTS - 1)
            radii[s, k] = 0.0 if done else 0.017 * (1 - 0.6 * t * t)
            if done:
                continue
            pull = gravity * step / 0.3
            hold = np.exp(-along / 0.7) * min(1.0, step / 0.12) * 0.5
            dx += hold * kx
            dy += hold * ky - pull
            dz += hold * kz
            if pz > 0.85 and py < 7.95 and not fringe:
                turn = 1.0 if split > 0 else -1.0
                dx += turn * 0.9 * min(1.0, step / 0.15) * _soft(0.85, 1.15, pz)
                dz -= 0.6 * min(1.0, step / 0.15) * _soft(0.85, 1.15, pz)
            drag = 1 - 0.3 * (1 - 0.7 * style.curl) * min(1.0, step / 0.2) * _soft(7.5, 7.0, py)
            dx, dz = dx * drag, dz * drag
            size = np.sqrt(dx * dx + dy * dy + dz * dz) + 1e-9
            dx, dy, dz = dx / size, dy / size, dz / size
            along += step
            px, py, pz = px + dx * step, py + dy * step, pz + dz * step
            if pz > 0.8 and py < 7.8 and abs(px) < 0.66 and not fringe:
                px = 0.66 if split > 0 else -0.66
                dx *= 0.3
            vx, vy, vz = px - CENTRE[0], py - CENTRE[1], pz - CENTRE[2]
            r = np.sqrt(vx * vx + vy * vy + vz * vz)
            least = _bound(bounds, vx, vy, vz, r) + 0.01 + height * min(1.0, along / 0.35 + 0.1)
            if r < least and py > 6.2:
                vx, vy, vz = vx / r, vy / r, vz / r
                px, py, pz = CENTRE[0] + vx * least, CENTRE[1] + vy * least, CENTRE[2] + vz * least
                inward = dx * vx + dy * vy + dz * vz
                if inward < 0:
                    dx, dy, dz = dx - inward * vx, dy - inward * vy, dz - inward * vz
            if py < style.cut_y + 0.2 * (chance[s, 0] - 0.5):
                done = True
            if fringe and pz > 0.9 and py < style.fringe_y + 0.12 * (chance[s, 1] - 0.5):
                done = True
    return points, radii
