"""A face's picture from its factors: mesh, hair and glasses, lit, seen and shaded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
from numpy.typing import NDArray

from datagen.faces import colors, glasses, hair, hair_regions, mesh
from datagen.faces.materials import Look
from datagen.faces.shading import Mesh, Shadow, Wisps, shade_face
from datagen.rendering.lighting import Lamps
from datagen.rendering.rasterizer import (
    Camera,
    buffers,
    draw_strands,
    draw_triangles,
    vertex_normals,
)
from datagen.rendering.tone_mapping import backdrop, develop

Floats = NDArray[np.float32]
Face = Mapping[str, float]
Triple = tuple[float, float, float]

SIZE = 64
SAMPLES = 4  # along each side of a pixel
SHADOW_SIZE, SHADOW_REACH = 224, 3.0
AIM = np.array([0, 7.3, 0.3], np.float32)
STAND = AIM + np.array([0, 0.1, 15], np.float32)
ANGLE_DEG = 13.7


def draw_face(face: Face, size: int = SIZE) -> NDArray[np.uint8]:
    """The picture ``(3, size, size)`` of a face."""
    triangles = mesh.template().triangles
    upright = mesh.head_positions(face)
    strands = hair.strands_of(face, upright, vertex_normals(upright, triangles))
    if face["glasses"] >= 0.5:
        strands = hair.join([strands, glasses.frame_wires(face, upright)])
    places, points = mesh.turned(upright, face), mesh.turned(strands.points, face)
    camera = Camera.looking_at(STAND, AIM, angle_deg=ANGLE_DEG, size=size * SAMPLES)
    near, seen, where = buffers(camera.size)
    draw_triangles(camera.project(places), triangles, 0, near, seen, where)
    screen = camera.project(points)
    radii = strands.radii * screen[..., 2] * np.float32(camera.focal)
    draw_strands(screen, radii, len(triangles), near, seen, where)
    lamps = _lamps(face)
    scene = (
        _mesh(places),
        Wisps(points, strands.kinds, strands.chance),
        _shadow(places, points, strands.radii, lamps.key),
    )
    image = backdrop(colors.ground(face), camera.size)
    shade_face(image, (seen, where), scene, _look(face, places), lamps, _three(camera.eye))
    return develop(image, SAMPLES)


def _mesh(places: Floats) -> Mesh:
    shared = mesh.template()
    normals = vertex_normals(places, shared.triangles)
    return Mesh(shared.triangles, shared.parts, places, normals, shared.canon, _masks())


@cache
def _masks() -> Floats:
    """``(V, 7)``, as `skin.Masks` names them."""
    shared = mesh.template()
    scalp = np.clip(hair_regions.scalp_height(shared.canon) / 0.16 + 0.3, 0, 1)
    scalp *= shared.masks[3] < 0.3
    rows = [*shared.masks, hair_regions.whiskers(shared.canon), scalp]
    return np.ascontiguousarray(np.stack(rows, 1).astype(np.float32))


def _lamps(face: Face) -> Lamps:
    azimuth, elevation = np.radians([face["light_azimuth"], face["light_elevation"]])
    return Lamps(
        key=_direction(azimuth, elevation),
        key_power=1.6,
        fill=_direction(-0.8 * np.sign(azimuth or 1.0), 0.15),
        fill_power=0.34,
        sky_power=0.43,
    )


def _look(face: Face, places: Floats) -> Look:
    eyes = mesh.part_vertices(mesh.EYE)
    side = mesh.template().canon[eyes, 0] > 0
    left, right = places[eyes[side]].mean(0), places[eyes[~side]].mean(0)
    stubble = max(face["beard"], 0.6 * face["moustache"])
    return Look(
        skin=colors.skin(face),
        lips=colors.lips(face),
        hair=colors.hair(face),
        beard=colors.beard(face),
        brow=colors.brows(face),
        iris=colors.iris(face),
        frame=colors.frame(face),
        cloth=colors.cloth(face),
        blush=float(face["blush"]),
        age=float(np.clip((face["age"] - 18) / 62, 0, 1)),
        stubble=0.75 * min(1.0, 2.2 * stubble),
        lashes=0.85 - 0.35 * face["sex"],
        scalp=0.9 * (1 - min(1.0, 1.3 * face["baldness"])),
        gaze=_gaze(face, (left + right) / 2),
        left_eye=_three(left),
        right_eye=_three(right),
    )


def _three(values: Floats) -> Triple:
    return float(values[0]), float(values[1]), float(values[2])


def _direction(azimuth: float, elevation: float) -> Triple:
    flat = np.cos(elevation)
    return float(np.sin(azimuth) * flat), float(np.sin(elevation)), float(np.cos(azimuth) * flat)


def _gaze(face: Face, eyes: Floats) -> Triple:
    """Half where the head faces, half at the camera."""
    ahead = mesh.turned(np.array([[0, 7.3, 1], [0, 7.3, 2]], np.float32), face)
    to_camera = (STAND - eyes) / np.linalg.norm(STAND - eyes)
    gaze = ahead[1] - ahead[0] + to_camera
    return _three(gaze / np.linalg.norm(gaze))


def _shadow(places: Floats, points: Floats, radii: Floats, key: Triple) -> Shadow:
    """The depths that the key light sees."""
    towards = np.array(key)
    right = np.cross([0.0, 1, 0], towards)
    right /= np.linalg.norm(right)
    scale = SHADOW_SIZE / 2 / SHADOW_REACH
    rows = np.stack([right * scale, np.cross(right, towards) * scale, towards])
    shift = np.array([SHADOW_SIZE / 2, SHADOW_SIZE / 2, 0]) - rows @ AIM
    way = np.concatenate([rows, shift[:, None]], 1).astype(np.float32)
    near, seen, where = buffers(SHADOW_SIZE)
    triangles = mesh.template().triangles
    draw_triangles(_along(way, places), triangles, 0, near, seen, where)
    draw_strands(_along(way, points), radii * np.float32(scale), 0, near, seen, where)
    return Shadow(near, way)


def _along(way: Floats, points: Floats) -> Floats:
    return np.ascontiguousarray((points @ way[:, :3].T + way[:, 3]).astype(np.float32))
