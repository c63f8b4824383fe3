"""All hair of a head as strands: scalp hair, eyebrows, beard and moustache."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datagen.faces.hair_regions import (
    balding_order,
    eyebrow_density,
    facial_hair_density,
    moustache_density,
    scalp_density,
)
from datagen.faces.hair_roots import sample_roots
from datagen.faces.hair_strands import N_POINTS, HairStyle, grow_strands
from datagen.faces.head_radius import head_radius_map
from datagen.faces.mesh import SKIN, base_mesh
from datagen.factor_table import Factors

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

HAIR, BEARD, BROW, WIRE = range(4)  # kinds of strands; wires are those of the glasses


@dataclass(frozen=True, slots=True, kw_only=True)
class Strands:
    """S polylines of K points.

    Parameters
    ----------
    points
        ``(S, K, 3)``, decimeters.
    radii
        ``(S, K)``, decimeters.
    kinds
        ``(S,)``, from `HAIR` to `WIRE`.
    random_values
        ``(S,)``, uniform in [0, 1].
    """

    points: Floats
    radii: Floats
    kinds: Ints
    random_values: Floats


def concatenate_strands(groups: list[Strands]) -> Strands:
    """All strands of `groups`."""
    return Strands(
        points=np.concatenate([group.points for group in groups]),
        radii=np.concatenate([group.radii for group in groups]),
        kinds=np.concatenate([group.kinds for group in groups]),
        random_values=np.concatenate([group.random_values for group in groups]),
    )


def strands_of_kind(kind: int, points: Floats, radii: Floats, random_values: Floats) -> Strands:
    """Strands that all have the same kind."""
    kinds = np.full(len(points), kind, np.int32)
    return Strands(points=points, radii=radii, kinds=kinds, random_values=random_values)


def generate_hair(face: Factors, positions: Floats, normals: Floats) -> Strands:
    """Scalp hair, eyebrows and facial hair of a head, before its rotation.

    Parameters
    ----------
    positions, normals
        ``(V, 3)`` each, of the head's vertices.
    """
    groups = [_scalp_hair(face, positions, normals), _eyebrows(face, positions, normals)]
    if max(face["beard"], face["moustache"]) > 0:
        groups.append(_facial_hair(face, positions, normals))
    return concatenate_strands(groups)


def hair_style(face: Factors) -> HairStyle:
    """Cut and combing from the factors of a face."""
    factor = face["hair_length"]
    length = float(np.interp(factor, [0, 0.25, 0.5, 0.75, 1], [0.07, 0.35, 1.0, 2.2, 3.4]))
    length *= 1 - 0.8 * min(1.0, 1.5 * face["baldness"])
    return HairStyle(
        length=length,
        cut_y=float(np.interp(factor, [0, 0.4, 0.55, 0.75, 1], [6.7, 6.7, 6.45, 5.9, 4.6])),
        fringe_y=7.64 - 0.1 * min(1.0, length),
        curl=float(face["hair_curl"]),
        volume=float(face["hair_volume"]),
        parting=float(face["hair_parting"]) * 0.42,
        sweep=float(face["hair_sweep"]),
    )


def _scalp_hair(face: Factors, positions: Floats, normals: Floats) -> Strands:
    roots, mesh = sample_roots(scalp_density), base_mesh()
    lost = (face["baldness"] * 1.15 - 1 + balding_order(roots.rest_positions)) * 5
    kept = roots.random_values[:, 3] > lost
    skull = mesh.triangles[mesh.parts == SKIN]
    skull = skull[(mesh.rest_positions[skull, 1] > 5.9).all(1)]
    points, radii = grow_strands(
        roots.interpolate(positions)[kept],
        roots.interpolate(normals)[kept],
        roots.rest_positions[kept],
        roots.random_values[kept],
        head_radius_map(positions, skull),
        hair_style(face),
    )
    return strands_of_kind(HAIR, points, radii, roots.random_values[kept, 0])


def _short_strands(
    start: Floats, direction: Floats, bend: Floats, length: Floats, radius: float
) -> tuple[Floats, Floats]:
    """Points ``(S, K, 3)`` and radii ``(S, K)`` of parabolas from `start` along `direction`."""
    t = np.linspace(0, 1, N_POINTS, dtype=np.float32)[None, :, None]
    scale = length[:, None, None]
    points = start[:, None] + scale * (t * direction[:, None] + t * t * bend[:, None])
    radii = radius * (1 - 0.7 * t[..., 0]) * np.ones((len(start), 1), np.float32)
    return points.astype(np.float32), radii.astype(np.float32)


def _normalize(vectors: Floats) -> Floats:
    unit: Floats = vectors / (np.linalg.norm(vectors, axis=-1, keepdims=True) + 1e-9)
    return unit


def _eyebrows(face: Factors, positions: Floats, normals: Floats) -> Strands:
    roots, thickness = sample_roots(eyebrow_density), face["brow_thickness"]
    rest, random = roots.rest_positions, roots.random_values
    kept = random[:, 3] < (0.35 + 0.65 * thickness) * (0.6 + 0.4 * face["sex"])
    side, distance = np.sign(rest[:, :1]), np.abs(rest[:, :1])
    normal = roots.interpolate(normals)
    rise = np.clip((0.3 - distance) / 0.2, -0.6, 1.2)
    direction = _normalize(np.concatenate([side, rise, 0 * side], 1) + 0.25 * normal)
    direction += (random[:, :3] - 0.5) * 0.5
    length = 0.06 + 0.04 * random[:, 0] * (0.5 + thickness)
    start = roots.interpolate(positions) + 0.004 * normal
    points, radii = _short_strands(start, direction, -0.3 * normal, length, 0.0075)
    return strands_of_kind(BROW, points[kept], radii[kept], random[kept, 0])


def _facial_hair(face: Factors, positions: Floats, normals: Floats) -> Strands:
    roots = sample_roots(facial_hair_density)
    rest, random = roots.rest_positions, roots.random_values
    on_lip = moustache_density(rest) > 0.2
    amount = np.where(on_lip, face["moustache"], face["beard"])
    kept = (amount > 0) & (random[:, 3] < 0.55 + 1.2 * amount)
    normal, down = roots.interpolate(normals), np.array([0, -1, 0.15], np.float32)
    outward = np.sign(rest[:, :1]) * np.array([0.8, 0, 0], np.float32)
    direction = _normalize(0.75 * normal + down + on_lip[:, None] * outward)
    direction += (random[:, :3] - 0.5) * 0.7
    below, front = (6.5 - rest[:, 1]) / 0.4, (rest[:, 2] - 0.8) / 0.4
    chin = np.clip(below, 0, 1) * np.clip(front, 0, 1) * ~on_lip
    length = 0.025 + amount**1.4 * (0.16 + 0.4 * chin)
    length = (length * (0.7 + 0.6 * random[:, 0])).astype(np.float32)
    bend = 0.6 * down - 0.25 * normal
    start = roots.interpolate(positions)
    points, radii = _short_strands(start, direction, bend, length, 0.0125)
    return strands_of_kind(BEARD, points[kept], radii[kept], random[kept, 0])
