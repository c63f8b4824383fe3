"""A head's mesh from its factors: a weighted sum of MakeHuman's targets, as in MakeHuman itself.

The mesh's own frame is kept: decimetres, x to the person's left, y up, z to the front. *Canon* is
the place of a vertex on the mesh before any target: it tells brows from cheeks on every head.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numba import njit
from numpy.typing import NDArray

from datagen.faces import morph_targets

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Face = Mapping[str, float]

HEADS = Path(__file__).with_name("head_mesh.npz")
AGE_YEARS = (1.0, 12.0, 25.0, 80.0)  # of MakeHuman's baby, child, young and old (there 90)
SKIN, EYE, LASHES, TEETH, TONGUE = range(5)
CHIN_Y, CROWN_Y = 6.13, 8.49
LINING_DRAW = 0.3
LASH_Y = 7.27  # the lower lashes lie below; at this size they read as smudges
USUAL = {"eye_size": 0.4}  # at 64 pixels an eye of its true size is hardly three pixels high
NECK_PIVOT = (0.0, 6.25, 0.3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """What all heads share.

    Parameters
    ----------
    canon
        ``(V, 3)``.
    triangles
        ``(T, 3)`` vertex numbers.
    parts
        ``(T,)``, one of `SKIN` … `TONGUE` each.
    masks
        ``(M, V)`` in [0, 1], see `bake.MASKS`, and last how open to the sky a vertex is.
    deltas
        ``(targets, V, 3)``.
    names
        A target's row in `deltas`.
    """

    canon: Floats
    triangles: Ints
    parts: Ints
    masks: Floats
    deltas: Floats
    names: dict[str, int]


@cache
def template() -> Template:
    """The shared mesh, read once from ``heads.npz``."""
    with np.load(HEADS, allow_pickle=False) as file:
        quads = file["quads"].astype(np.int32)
        parts = file["quad_part"].astype(np.int32)
        canon = file["positions"]
        lower_lashes = (parts == LASHES) & (canon[quads, 1].mean(1) < LASH_Y)
        quads, parts = quads[~lower_lashes], parts[~lower_lashes]
        return Template(
            canon=canon,
            triangles=np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]]),
            parts=np.concatenate([parts, parts]),
            masks=file["masks"].astype(np.float32),
            deltas=file["deltas"].astype(np.float32),
            names={str(name): row for row, name in enumerate(file["target_names"])},
        )


def head_positions(face: Face) -> Floats:
    """The vertices ``(V, 3)`` of a face's head, upright, its size made even.

    Heads of children keep a little of their smallness; of what else differs in size nothing is
    left, so that a camera that stands still sees every head whole.
    """
    shared = template()
    weights = np.zeros(len(shared.names), np.float32)
    for name, weight in target_weights(face).items():
        weights[shared.names[name]] += weight
    flat = weights @ shared.deltas.reshape(len(weights), -1)
    positions = shared.canon + flat.reshape(-1, 3)
    _seat_mouth(positions, face["mouth_open"])
    return _framed(positions, face["age"])


def _seat_mouth(positions: Floats, mouth_open: float) -> None:
    """Lower the upper teeth into sight, and draw the mouth's lining in behind the lips.

    The targets move lining and lips alike, and a broad smile would push the one through the
    other. The tongue makes room; lower teeth there are none.
    """
    inside = template().masks[1][:, None] * (template().canon[:, 2:] > 0.3)
    hollow = positions[template().masks[1] > 0.9].mean(0)
    positions += LINING_DRAW * inside * (hollow - positions)
    positions[part_vertices(TEETH), 1] -= 0.028
    positions[part_vertices(TONGUE)] -= np.array([0, 0.06 + 0.05 * mouth_open, 0.05], np.float32)


@cache
def part_vertices(part: int) -> Ints:
    """The numbers of a part's vertices."""
    shared = template()
    return np.unique(shared.triangles[shared.parts == part]).astype(np.int32)


def _framed(positions: Floats, age: float) -> Floats:
    canon = template().canon
    skull = canon[:, 1] > 7.3
    jaw = np.abs(canon[:, 1] - CHIN_Y) < 0.12
    jaw &= canon[:, 2] > 0.9
    low, high = positions[jaw, 1].mean(), positions[skull, 1].max()
    smallness = 1 - 0.1 * np.clip((14 - age) / 9, 0, 1)
    scale = np.float32(smallness * (CROWN_Y - CHIN_Y) / (high - low))
    middle = np.array([0, (low + high) / 2, positions[skull, 2].mean()], np.float32)
    home = np.array([0, (CHIN_Y + CROWN_Y) / 2, canon[skull, 2].mean()], np.float32)
    return ((positions - middle) * scale + home).astype(np.float32)


def target_weights(face: Face) -> dict[str, float]:
    """How much of each target a face has."""
    weights: dict[str, float] = {}
    ages = _age_weights(face["age"])
    ancestries = {name: face[name] for name in morph_targets.ANCESTRIES}
    for sex, of_sex in (("female", 1 - face["sex"]), ("male", face["sex"])):
        for age, of_age in ages.items():
            for ancestry, of_ancestry in ancestries.items():
                weights[f"{ancestry}-{sex}-{age}"] = of_sex * of_age * of_ancestry
            for build, of_build in _either(face["weight"], "maxweight", "minweight").items():
                weights[f"{sex}-{age}-{build}"] = of_sex * of_age * of_build
    for name in morph_targets.SHAPES:
        weights |= _either(face[name] + USUAL.get(name, 0.0), f"{name}+", f"{name}-")
    for name, weight in _expression(face).items():
        weights |= {f"{ancestry}-{name}": weight * of for ancestry, of in ancestries.items()}
    return {name: weight for name, weight in weights.items() if weight}


def _age_weights(years: float) -> dict[str, float]:
    shares = [np.interp(years, AGE_YEARS, row) for row in np.eye(len(AGE_YEARS))]
    return dict(zip(morph_targets.AGES, map(float, shares), strict=True))


def _either(value: float, more: str, less: str) -> dict[str, float]:
    """The target of the side that a signed factor is on."""
    return {more: value} if value > 0 else {less: -value}


def _expression(face: Face) -> dict[str, float]:
    smile, mouth, brow, closed = (
        face[name] for name in ("smile", "mouth_open", "brow", "eyes_closed")
    )
    small = 0.7 + 0.3 * min(1.0, (face["age"] - 5) / 12)  # the targets are an adult's
    smile, mouth = smile * small * (1 - 0.3 * mouth), mouth * small  # both in full tear the mesh
    return {
        "smile": smile,
        "retract": 0.35 * smile,
        "raise_upper": 0.2 * smile,
        "open": 0.55 * mouth,
        "part": 0.5 * min(1.0, 2 * mouth + 1.2 * max(0.0, smile - 0.35)),
        "brow_up": 1.2 * max(0.0, brow),
        "brow_inner_up": 0.5 * max(0.0, brow),
        "brow_down": max(0.0, -brow),
        "eyes_closed": closed,
        "eyes_slit": 0.15 * smile * (1 - closed),
        "eyes_wide": 0.6 * max(0.0, brow) * (1 - closed),
    }


def turned(points: Floats, face: Face) -> Floats:
    """`points` ``(…, 3)`` after the head's turn; neck and shoulders follow it only in part."""
    angles = np.radians([face["yaw"], -face["pitch"], -face["roll"]])
    moved = np.empty((points.size // 3, 3), np.float32)
    _turn(np.ascontiguousarray(points).reshape(-1, 3), angles[0], angles[1], angles[2], moved)
    return moved.reshape(points.shape)


@njit(cache=True, fastmath=True, nogil=True)
def _turn(points: Floats, yaw: float, pitch: float, roll: float, moved: Floats) -> None:
    px, py, pz = NECK_PIVOT
    for n in range(points.shape[0]):
        height = min(max((points[n, 1] - 5.2) / 1.1, 0.0), 1.0)
        share = height * height * (3 - 2 * height)
        x, y, z = points[n, 0] - px, points[n, 1] - py, points[n, 2] - pz
        c, s = np.cos(roll * share), np.sin(roll * share)
        x, y = x * c - y * s, x * s + y * c
        c, s = np.cos(pitch * share), np.sin(pitch * share)
        y, z = y * c - z * s, y * s + z * c
        c, s = np.cos(yaw * (0.35 + 0.65 * share)), np.sin(yaw * (0.35 + 0.65 * share))
        x, z = x * c + z * s, z * c - x * s
        moved[n, 0], moved[n, 1], moved[n, 2] = x + px, y + py, z + pz
