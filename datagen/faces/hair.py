"""All strands of a head: hair as it is cut and combed, beard, moustache and eyebrows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from datagen.faces import hair_regions, mesh
from datagen.faces.hair_roots import spread
from datagen.faces.hair_strands import POINTS, Style, grow, radius_map

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Face = Mapping[str, float]

HAIR, BEARD, BROW, WIRE = range(4)  # what a strand is; wires are the glasses'


@dataclass(frozen=True, slots=True, kw_only=True)
class Strands:
    """Strands ``(S, K, 3)`` with radii ``(S, K)``, kinds ``(S,)`` and a random number each."""

    points: Floats
    radii: Floats
    kinds: Ints
    chance: Floats


def join(groups: list[Strands]) -> Strands:
    """All of `groups` as one."""
    return Strands(
        points=np.concatenate([group.points for group in groups]),
        radii=np.concatenate([group.radii for group in groups]),
        kinds=np.concatenate([group.kinds for group in groups]),
        chance=np.concatenate([group.chance for group in groups]),
    )


def of_kind(kind: int, points: Floats, radii: Floats, chance: Floats) -> Strands:
    """Strands that are all the same."""
    kinds = np.full(len(points), kind, np.int32)
    return Strands(points=points, radii=radii, kinds=kinds, chance=chance)


def strands_of(face: Face, positions: Floats, normals: Floats) -> Strands:
    """Hair, eyebrows and beard of an upright head, before it is turned."""
    groups = [_hair(face, positions, normals), _brows(face, positions, normals)]
    if max(face["beard"], face["moustache"]) > 0:
        groups.append(_beard(face, positions, normals))
    return join(groups)


def hair_style(face: Face) -> Style:
    """The cut that a face's factors ask for."""
    along = face["hair_length"]
    length = float(np.interp(along, [0, 0.25, 0.5, 0.75, 1], [0.07, 0.35, 1.0, 2.2, 3.4]))
    length *= 1 - 0.8 * min(1.0, 1.5 * face["baldness"])
    return Style(
        length=length,
        cut_y=float(np.interp(along, [0, 0.4, 0.55, 0.75, 1], [6.7, 6.7, 6.45, 5.9, 4.6])),
        fringe_y=7.64 - 0.1 * min(1.0, length),
        curl=float(face["hair_curl"]),
        volume=float(face["hair_volume"]),
        parting=float(face["hair_parting"]) * 0.42,
        sweep=float(face["hair_sweep"]),
    )


def _hair(face: Face, positions: Floats, normals: Floats) -> Strands:
    roots, shared = spread(hair_regions.scalp), mesh.template()
    lost = (face["baldness"] * 1.15 - 1 + hair_regions.bald_depth(roots.canon)) * 5
    kept = roots.chance[:, 3] > lost
    skull = shared.triangles[shared.parts == mesh.SKIN]
    skull = skull[(shared.canon[skull, 1] > 5.9).all(1)]
    points, radii = grow(
        roots.on(positions)[kept],
        roots.on(normals)[kept],
        roots.canon[kept],
        roots.chance[kept],
        radius_map(positions, skull),
        hair_style(face),
    )
    return of_kind(HAIR, points, radii, roots.chance[kept, 0])


def _tufts(
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
    roots, thick = spread(hair_regions.brow), face["brow_thickness"]
    kept = roots.chance[:, 3] < (0.35 + 0.65 * thick) * (0.6 + 0.4 * face["sex"])
    side, across = np.sign(roots.canon[:, :1]), np.abs(roots.canon[:, :1])
    normal = roots.on(normals)
    rise = np.clip((0.3 - across) / 0.2, -0.6, 1.2)
    along = _unit(np.concatenate([side, rise, 0 * side], 1) + 0.25 * normal)
    along += (roots.chance[:, :3] - 0.5) * 0.5
    length = 0.06 + 0.04 * roots.chance[:, 0] * (0.5 + thick)
    start = roots.on(positions) + 0.004 * normal
    points, radii = _tufts(start, along, -0.3 * normal, length, 0.0075)
    return of_kind(BROW, points[kept], radii[kept], roots.chance[kept, 0])


def _beard(face: Face, positions: Floats, normals: Floats) -> Strands:
    roots = spread(hair_regions.whiskers)
    on_lip = hair_regions.moustache(roots.canon) > 0.2
    amount = np.where(on_lip, face["moustache"], face["beard"])
    kept = (amount > 0) & (roots.chance[:, 3] < 0.55 + 1.2 * amount)
    normal, down = roots.on(normals), np.array([0, -1, 0.15], np.float32)
    aside = np.sign(roots.canon[:, :1]) * np.array([0.8, 0, 0], np.float32)
    along = _unit(0.75 * normal + down + on_lip[:, None] * aside)
    along += (roots.chance[:, :3] - 0.5) * 0.7
    low, fore = (6.5 - roots.canon[:, 1]) / 0.4, (roots.canon[:, 2] - 0.8) / 0.4
    chin = np.clip(low, 0, 1) * np.clip(fore, 0, 1) * ~on_lip
    length = 0.025 + amount**1.4 * (0.16 + 0.4 * chin)
    length = (length * (0.7 + 0.6 * roots.chance[:, 0])).astype(np.float32)
    bend = 0.6 * down - 0.25 * normal
    points, radii = _tufts(roots.on(positions), along, bend, length, 0.0125)
    return of_kind(BEARD, points[kept], radii[kept], roots.chance[kept, 0])
