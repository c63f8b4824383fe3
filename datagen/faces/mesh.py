"""The head's mesh: a linear combination of MakeHuman's morph targets, as in MakeHuman.

Coordinates are those of MakeHuman: decimeters, x to the person's left, y up, z to the front. The
rest position of a vertex is its position before any target is applied; regions such as eyebrows
and cheeks are defined by it, so that they are the same on every head.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numba import njit
from numpy.typing import NDArray

from datagen.faces.morph_targets import AGES, ANCESTRIES, SHAPES
from datagen.factor_table import Factors

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

MESH_FILE = Path(__file__).with_name("head_mesh.npz")
AGE_STOPS_YEARS = (1.0, 12.0, 25.0, 80.0)  # of `AGES`; MakeHuman's own last stop is 90
SKIN, EYE, LASHES, TEETH, TONGUE = range(5)  # parts, in the order of `convert_makehuman.PARTS`
LIPS_MASK, MOUTH_MASK, EYELIDS_MASK, EARS_MASK, SKY_MASK = range(5)  # rows of `BaseMesh.masks`
CHIN_Y, CROWN_Y = 6.13, 8.49
LINING_RETRACTION = 0.3  # fraction of the way to the middle of the mouth
LOWER_LASHES_MAX_Y = 7.27  # left out: at 64×64 pixels they look like smudges
SHAPE_OFFSETS = {"eye_size": 0.4}  # enlarged: at 64×64 pixels an eye is under three pixels high
NECK_PIVOT = (0.0, 6.25, 0.3)


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseMesh:
    """What all heads share.

    Parameters
    ----------
    rest_positions
        ``(V, 3)``, decimeters.
    triangles
        ``(T, 3)`` vertex indices.
    parts
        ``(T,)``, from `SKIN` to `TONGUE`.
    masks
        ``(5, V)`` in [0, 1], indexed by `LIPS_MASK` to `SKY_MASK`; the last is the sky
        visibility, 1 minus the ambient occlusion.
    displacements
        ``(targets, V, 3)`` of the morph targets, decimeters.
    target_rows
        Target name to its row in `displacements`.
    """

    rest_positions: Floats
    triangles: Ints
    parts: Ints
    masks: Floats
    displacements: Floats
    target_rows: dict[str, int]


@cache
def base_mesh() -> BaseMesh:
    """The shared mesh, read once from `MESH_FILE`."""
    with np.load(MESH_FILE, allow_pickle=False) as file:
        quads = file["quads"].astype(np.int32)
        parts = file["quad_part"].astype(np.int32)
        rest_positions = file["positions"]
        height = rest_positions[quads, 1].mean(1)
        lower_lashes = (parts == LASHES) & (height < LOWER_LASHES_MAX_Y)
        quads, parts = quads[~lower_lashes], parts[~lower_lashes]
        return BaseMesh(
            rest_positions=rest_positions,
            triangles=np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]]),
            parts=np.concatenate([parts, parts]),
            masks=file["masks"].astype(np.float32),
            displacements=file["deltas"].astype(np.float32),
            target_rows={str(name): row for row, name in enumerate(file["target_names"])},
        )


@cache
def part_vertices(part: int) -> Ints:
    """Indices of the vertices of a part."""
    mesh = base_mesh()
    return np.unique(mesh.triangles[mesh.parts == part]).astype(np.int32)


def head_positions(face: Factors) -> Floats:
    """Vertex positions ``(V, 3)`` of the face's head, before its rotation, in decimeters.

    Size is normalized, so that a fixed camera sees every head whole; only children's heads stay
    slightly smaller.
    """
    mesh = base_mesh()
    weights = np.zeros(len(mesh.target_rows), np.float32)
    for name, weight in target_weights(face).items():
        weights[mesh.target_rows[name]] += weight
    displacement = weights @ mesh.displacements.reshape(len(weights), -1)
    positions = mesh.rest_positions + displacement.reshape(-1, 3)
    _adjust_mouth_interior(positions, face["mouth_open"])
    return _normalize_size(positions, face["age"])


def _adjust_mouth_interior(positions: Floats, mouth_open: float) -> None:
    """Retract the mouth's lining, lower the upper teeth and the tongue, in place.

    The targets move lining and lips alike, so that the lining would intersect the lips of a broad
    smile. The mesh has no lower teeth.
    """
    mouth = base_mesh().masks[MOUTH_MASK]
    lining = mouth[:, None] * (base_mesh().rest_positions[:, 2:] > 0.3)
    center = positions[mouth > 0.9].mean(0)
    positions += LINING_RETRACTION * lining * (center - positions)
    positions[part_vertices(TEETH), 1] -= 0.028
    positions[part_vertices(TONGUE)] -= np.array([0, 0.06 + 0.05 * mouth_open, 0.05], np.float32)


def _normalize_size(positions: Floats, age: float) -> Floats:
    """Scale the distance from chin to crown to that of the base mesh, and center the skull."""
    rest = base_mesh().rest_positions
    skull = rest[:, 1] > 7.3
    chin = np.abs(rest[:, 1] - CHIN_Y) < 0.12
    chin &= rest[:, 2] > 0.9
    low, high = positions[chin, 1].mean(), positions[skull, 1].max()
    child_scale = 1 - 0.1 * np.clip((14 - age) / 9, 0, 1)
    scale = np.float32(child_scale * (CROWN_Y - CHIN_Y) / (high - low))
    center = np.array([0, (low + high) / 2, positions[skull, 2].mean()], np.float32)
    target = np.array([0, (CHIN_Y + CROWN_Y) / 2, rest[skull, 2].mean()], np.float32)
    return ((positions - center) * scale + target).astype(np.float32)


def target_weights(face: Factors) -> dict[str, float]:
    """Weights of the morph targets; targets with weight 0 are left out."""
    weights: dict[str, float] = {}
    ages = _age_weights(face["age"])
    ancestries = {name: face[name] for name in ANCESTRIES}
    for sex, sex_weight in (("female", 1 - face["sex"]), ("male", face["sex"])):
        for age, age_weight in ages.items():
            for ancestry, ancestry_weight in ancestries.items():
                weights[f"{ancestry}-{sex}-{age}"] = sex_weight * age_weight * ancestry_weight
            for build, weight in _signed_weights(face["weight"], "maxweight", "minweight").items():
                weights[f"{sex}-{age}-{build}"] = sex_weight * age_weight * weight
    for name in SHAPES:
        value = face[name] + SHAPE_OFFSETS.get(name, 0.0)
        weights |= _signed_weights(value, f"{name}+", f"{name}-")
    for name, weight in _expression_weights(face).items():
        weights |= {f"{ancestry}-{name}": weight * share for ancestry, share in ancestries.items()}
    return {name: weight for name, weight in weights.items() if weight}


def _age_weights(years: float) -> dict[str, float]:
    """Linear interpolation between the targets of two ages."""
    weights = [np.interp(years, AGE_STOPS_YEARS, row) for row in np.eye(len(AGE_STOPS_YEARS))]
    return dict(zip(AGES, map(float, weights), strict=True))


def _signed_weights(value: float, positive: str, negative: str) -> dict[str, float]:
    """The target for the sign of a factor, with the factor's absolute value."""
    return {positive: value} if value > 0 else {negative: -value}


def _expression_weights(face: Factors) -> dict[str, float]:
    smile, mouth, brow, closed = (
        face[name] for name in ("smile", "mouth_open", "brow", "eyes_closed")
    )
    # the targets fit an adult; a full smile and a fully open mouth together tear the mesh
    age_scale = 0.7 + 0.3 * min(1.0, (face["age"] - 5) / 12)
    smile, mouth = smile * age_scale * (1 - 0.3 * mouth), mouth * age_scale
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


def rotate_head(points: Floats, face: Factors) -> Floats:
    """`points` ``(…, 3)`` after yaw, pitch and roll; neck and shoulders follow only partly."""
    angles = np.radians([face["yaw"], -face["pitch"], -face["roll"]])
    rotated = np.empty((points.size // 3, 3), np.float32)
    flat = np.ascontiguousarray(points).reshape(-1, 3)
    _rotate_about_neck(flat, angles[0], angles[1], angles[2], rotated)
    return rotated.reshape(points.shape)


@njit(cache=True, fastmath=True, nogil=True)
def _rotate_about_neck(
    points: Floats, yaw: float, pitch: float, roll: float, rotated: Floats
) -> None:
    """Fill `rotated` ``(n, 3)``; angles in radians, scaled by a smooth step along the neck."""
    px, py, pz = NECK_PIVOT
    for n in range(points.shape[0]):
        height = min(max((points[n, 1] - 5.2) / 1.1, 0.0), 1.0)
        weight = height * height * (3 - 2 * height)
        x, y, z = points[n, 0] - px, points[n, 1] - py, points[n, 2] - pz
        c, s = np.cos(roll * weight), np.sin(roll * weight)
        x, y = x * c - y * s, x * s + y * c
        c, s = np.cos(pitch * weight), np.sin(pitch * weight)
        y, z = y * c - z * s, y * s + z * c
        c, s = np.cos(yaw * (0.35 + 0.65 * weight)), np.sin(yaw * (0.35 + 0.65 * weight))
        x, z = x * c + z * s, z * c - x * s
        rotated[n, 0], rotated[n, 1], rotated[n, 2] = x + px, y + py, z + pz
