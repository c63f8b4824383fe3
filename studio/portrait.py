"""A face's picture from its factors: mesh, hair and glasses, lit, seen and shaded."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from studio import colours, glasses, hair, heads
from studio.film import backdrop, develop
from studio.raster import Camera, buffers, draw_strands, draw_triangles, vertex_normals
from studio.shade import FRAME, Look, shade_face

Floats = NDArray[np.float32]
Face = Mapping[str, float]

SIZE = 64
SAMPLES = 4  # along each side of a pixel
SHADOW_SIZE, SHADOW_REACH = 224, 3.0
AIM = np.array([0, 7.3, 0.3], np.float32)
DISTANCE, ANGLE_DEG = 15.0, 13.3


@lru_cache(maxsize=1)
def _masks() -> Floats:
    """``(V, 7)``: lips, mouth, lids, ears, sky, beard, scalp."""
    shared = heads.template()
    beard = np.maximum(hair.beard_surety(shared.canon), hair.moustache_surety(shared.canon))
    scalp = np.clip(hair.scalp_height(shared.canon) / 0.16 + 0.3, 0, 1) * (shared.masks[3] < 0.3)
    return np.ascontiguousarray(np.stack([*shared.masks, beard, scalp], 1).astype(np.float32))


def draw_face(face: Face, size: int = SIZE) -> NDArray[np.uint8]:
    """The picture ``(3, size, size)`` of a face."""
    shared = heads.template()
    upright = heads.head_positions(face)
    upright_normals = vertex_normals(upright, shared.triangles)
    strands = hair.grow_all(face, upright, upright_normals)
    groups = [strands.points.reshape(-1, 3)]
    rims = glasses.frame_lines(face, upright)
    points = heads.turned(strands.points, face)
    places = heads.turned(upright, face)
    camera = Camera.looking_at(
        AIM + np.array([0, 0.1, DISTANCE], np.float32),
        AIM,
        angle_deg=ANGLE_DEG,
        size=size * SAMPLES,
    )
    radii, kinds, chance = strands.radii, strands.kinds, strands.chance
    if rims is not None:
        points = np.concatenate([points, heads.turned(rims.points, face)])
        radii = np.concatenate([radii, rims.radii])
        kinds = np.concatenate([kinds, rims.kinds])
        chance = np.concatenate([chance, rims.chance])
    look = _look(face, places)
    shadow = _shadow(places, shared.triangles, points, radii, look)
    near, seen, where = buffers(camera.size)
    draw_triangles(camera.project(places), shared.triangles, 0, near, seen, where)
    screen = camera.project(points)
    draw_strands(
        screen, radii * screen[..., 2] * np.float32(camera.focal),
        len(shared.triangles), near, seen, where,
    )  # fmt: skip
    image = backdrop(colours.ground(face), camera.size)
    normals = vertex_normals(places, shared.triangles)
    shade_face(
        look,
        image,
        (seen, where),
        (shared.triangles, shared.parts, places, normals, shared.canon, _masks()),
        (points, kinds, chance),
        camera.eye,
        shadow,
    )
    return develop(image, SAMPLES)


def _look(face: Face, places: Floats) -> Look:
    light = np.radians([face["light_azimuth"], face["light_elevation"]])
    key = _direction(light[0], light[1])
    fill = _direction(-0.8 * np.sign(light[0] or 1.0), 0.15)
    grey = 0.7 * face["greyness"]
    eyes = heads.part_vertices(heads.EYE)
    canon_x = heads.template().canon[eyes, 0]
    left, right = (places[eyes[side]].mean(0) for side in (canon_x > 0, canon_x < 0))
    return Look(
        key=key,
        key_power=1.65,
        fill=fill,
        fill_power=0.34,
        sky_power=0.43,
        skin=colours.skin(face),
        lips=colours.lips(face),
        hair=colours.hair(face),
        beard=colours.hair(
            {**face, "greyness": grey, "hair_lightness": face["hair_lightness"] * 0.85}
        ),
        brow=colours.brows(face),
        iris=colours.iris(face),
        frame=colours.frame(face),
        cloth=colours.cloth(face),
        blush=float(face["blush"]),
        age=float(np.clip((face["age"] - 18) / 62, 0, 1)),
        stubble=float(min(1.0, 2.2 * max(face["beard"], 0.6 * face["moustache"])) * 0.75),
        lashes=float(0.85 - 0.35 * face["sex"]),
        scalp=float(0.9 * (1 - min(1.0, 1.3 * face["baldness"]))),
        gaze=_gaze(face, (left + right) / 2),
        left_eye=_three(left),
        right_eye=_three(right),
    )


def _three(values: Floats) -> tuple[float, float, float]:
    return float(values[0]), float(values[1]), float(values[2])


def _direction(azimuth: float, elevation: float) -> tuple[float, float, float]:
    flat = np.cos(elevation)
    return float(np.sin(azimuth) * flat), float(np.sin(elevation)), float(np.cos(azimuth) * flat)


def _gaze(face: Face, eyes: Floats) -> tuple[float, float, float]:
    """Half where the head faces, half at the camera."""
    ahead = heads.turned(np.array([[0, 7.3, 1], [0, 7.3, 2]], np.float32), face)
    forward = ahead[1] - ahead[0]
    to_camera = AIM + np.array([0, 0.1, DISTANCE], np.float32) - eyes
    gaze = 0.5 * forward + 0.5 * to_camera / np.linalg.norm(to_camera)
    return _three(gaze / np.linalg.norm(gaze))


def _shadow(
    places: Floats, triangles: NDArray[np.int32], points: Floats, radii: Floats, look: Look
) -> tuple[Floats, Floats]:
    """The depths that the key light sees, and the way from the scene to them."""
    towards = np.array(look.key, np.float32)
    right = np.cross(np.array([0, 1, 0], np.float32), towards)
    right /= np.linalg.norm(right)
    axes = np.stack([right, -np.cross(towards, right), towards])
    scale = np.float32(SHADOW_SIZE / 2 / SHADOW_REACH)
    rows = axes * np.array([[scale], [scale], [1]], np.float32)
    shift = -rows @ AIM + np.array([SHADOW_SIZE / 2, SHADOW_SIZE / 2, 0], np.float32)
    way = np.concatenate([rows, shift[:, None]], 1).astype(np.float32)
    near, seen, where = buffers(SHADOW_SIZE)
    draw_triangles(_seen_along(way, places), triangles, 0, near, seen, where)
    draw_strands(_seen_along(way, points), radii * scale, 0, near, seen, where)
    return near, way


def _seen_along(way: Floats, points: Floats) -> Floats:
    return np.ascontiguousarray((points @ way[:, :3].T + way[:, 3]).astype(np.float32))
