"""Render a face from its factors: mesh, hair and glasses, shadow map, shading, tone mapping."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from datagen.faces import colors
from datagen.faces.glasses import generate_glasses
from datagen.faces.hair import Strands, concatenate_strands, generate_hair
from datagen.faces.hair_regions import facial_hair_density, height_above_hairline
from datagen.faces.materials import FaceAppearance
from datagen.faces.mesh import (
    EARS_MASK,
    EYE,
    base_mesh,
    head_positions,
    part_vertices,
    rotate_head,
)
from datagen.faces.shading import FaceMesh, ShadowMap, StrandArrays, shade_face
from datagen.factor_table import Factors
from datagen.rendering.background import vignetted_background
from datagen.rendering.lighting import LightRig
from datagen.rendering.rasterizer import (
    Camera,
    empty_visibility_buffer,
    rasterize_strands,
    rasterize_triangles,
    vertex_normals,
)
from datagen.rendering.tone_mapping import tone_map
from datagen.rendering.vectors import Floats, Vec3, to_vec3

IMAGE_SIZE, SUPERSAMPLING = 64, 4  # pixels along a side; samples along each side of a pixel
SHADOW_MAP_SIZE, SHADOW_MAP_RADIUS = 224, 3.0  # pixels along a side; half the side in decimeters
CAMERA_TARGET = np.array([0, 7.3, 0.3], np.float32)  # decimeters
CAMERA_POSITION = CAMERA_TARGET + np.array([0, 0.1, 15], np.float32)
FOV_DEG = 13.7


def render_face(face: Factors, size: int = IMAGE_SIZE) -> NDArray[np.uint8]:
    """Image ``(3, size, size)`` uint8 of a face from its factors."""
    triangles = base_mesh().triangles
    upright = head_positions(face)
    strands = generate_hair(face, upright, vertex_normals(upright, triangles))
    if face["glasses"] >= 0.5:
        strands = concatenate_strands([strands, generate_glasses(face, upright)])
    positions, points = rotate_head(upright, face), rotate_head(strands.points, face)
    camera = Camera.look_at(
        CAMERA_POSITION, CAMERA_TARGET, fov_deg=FOV_DEG, size=size * SUPERSAMPLING
    )
    buffer = empty_visibility_buffer(camera.size)
    rasterize_triangles(camera.project(positions), triangles, 0, buffer)
    screen = camera.project(points)
    radii = strands.radii * screen[..., 2] * np.float32(camera.focal_length)
    rasterize_strands(screen, radii, len(triangles), buffer)
    lights = _light_rig(face)
    scene = (
        _face_mesh(positions),
        StrandArrays(points, strands.kinds, strands.random_values),
        _shadow_map(positions, points, strands, lights.key_direction),
    )
    radiance = vignetted_background(colors.background(face), camera.size)
    look = _appearance(face, positions)
    shade_face(radiance, buffer, scene, look, lights, to_vec3(camera.position))
    return tone_map(radiance, SUPERSAMPLING)


def _face_mesh(positions: Floats) -> FaceMesh:
    mesh = base_mesh()
    return FaceMesh(
        triangles=mesh.triangles,
        parts=mesh.parts,
        positions=positions,
        normals=vertex_normals(positions, mesh.triangles),
        rest_positions=mesh.rest_positions,
        masks=_region_masks(),
    )


@cache
def _region_masks() -> Floats:
    """``(V, 7)`` in [0, 1], in the order of `materials.RegionMasks`."""
    mesh = base_mesh()
    scalp = np.clip(height_above_hairline(mesh.rest_positions) / 0.16 + 0.3, 0, 1)
    scalp *= mesh.masks[EARS_MASK] < 0.3
    rows = [*mesh.masks, facial_hair_density(mesh.rest_positions), scalp]
    return np.ascontiguousarray(np.stack(rows, 1).astype(np.float32))


def _light_rig(face: Factors) -> LightRig:
    azimuth, elevation = np.radians([face["light_azimuth"], face["light_elevation"]])
    return LightRig(
        key_direction=_direction(azimuth, elevation),
        key_intensity=1.6,
        fill_direction=_direction(-0.8 * np.sign(azimuth or 1.0), 0.15),
        fill_intensity=0.34,
        sky_intensity=0.43,
    )


def _appearance(face: Factors, positions: Floats) -> FaceAppearance:
    eyes = part_vertices(EYE)
    on_left = base_mesh().rest_positions[eyes, 0] > 0
    left, right = positions[eyes[on_left]].mean(0), positions[eyes[~on_left]].mean(0)
    stubble = max(face["beard"], 0.6 * face["moustache"])
    return FaceAppearance(
        skin=colors.skin(face),
        lips=colors.lips(face),
        hair=colors.hair(face),
        beard=colors.beard(face),
        brow=colors.brows(face),
        iris=colors.iris(face),
        glasses_frame=colors.glasses_frame(face),
        shirt=colors.shirt(face),
        blush=float(face["blush"]),
        age=float(np.clip((face["age"] - 18) / 62, 0, 1)),
        stubble=0.75 * min(1.0, 2.2 * stubble),
        lashes=0.85 - 0.35 * face["sex"],
        scalp=0.9 * (1 - min(1.0, 1.3 * face["baldness"])),
        gaze=_gaze(face, (left + right) / 2),
        left_eye=to_vec3(left),
        right_eye=to_vec3(right),
    )


def _direction(azimuth: float, elevation: float) -> Vec3:
    """Unit vector from spherical angles in radians; (0, 0) is +z."""
    flat = np.cos(elevation)
    return float(np.sin(azimuth) * flat), float(np.sin(elevation)), float(np.cos(azimuth) * flat)


def _gaze(face: Factors, eyes: Floats) -> Vec3:
    """Unit vector halfway between the head's forward direction and the direction to the camera."""
    axis = rotate_head(np.array([[0, 7.3, 1], [0, 7.3, 2]], np.float32), face)
    to_camera = (CAMERA_POSITION - eyes) / np.linalg.norm(CAMERA_POSITION - eyes)
    gaze = axis[1] - axis[0] + to_camera
    return to_vec3(gaze / np.linalg.norm(gaze))


def _shadow_map(positions: Floats, points: Floats, strands: Strands, light: Vec3) -> ShadowMap:
    """Depth of mesh and strands seen from the unit direction `light`."""
    towards = np.array(light)
    right = np.cross([0.0, 1, 0], towards)
    right /= np.linalg.norm(right)
    scale = SHADOW_MAP_SIZE / 2 / SHADOW_MAP_RADIUS
    rows = np.stack([right * scale, np.cross(right, towards) * scale, towards])
    offset = np.array([SHADOW_MAP_SIZE / 2, SHADOW_MAP_SIZE / 2, 0]) - rows @ CAMERA_TARGET
    world_to_map = np.concatenate([rows, offset[:, None]], 1).astype(np.float32)
    buffer = empty_visibility_buffer(SHADOW_MAP_SIZE)
    triangles = base_mesh().triangles
    rasterize_triangles(_transform(world_to_map, positions), triangles, 0, buffer)
    radii = strands.radii * np.float32(scale)
    rasterize_strands(_transform(world_to_map, points), radii, 0, buffer)
    return ShadowMap(buffer.depth, world_to_map)


def _transform(matrix: Floats, points: Floats) -> Floats:
    """Points ``(…, 3)`` under the affine map ``(3, 4)``."""
    return np.ascontiguousarray((points @ matrix[:, :3].T + matrix[:, 3]).astype(np.float32))
