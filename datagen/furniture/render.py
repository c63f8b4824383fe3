"""Render a piece of furniture on a plain floor, with soft light and soft shadows."""

from __future__ import annotations

import colorsys

import numpy as np
from numba import njit
from numpy.typing import NDArray

from datagen.factor_table import Factors
from datagen.furniture.lighting import ShadowedLights, irradiance, shadowed_lights
from datagen.furniture.model import build_mesh
from datagen.rendering.color_space import srgb_to_linear
from datagen.rendering.primitives import TriangleMesh, rotation_y
from datagen.rendering.rasterizer import (
    Camera,
    VisibilityBuffer,
    empty_visibility_buffer,
    rasterize_triangles,
)
from datagen.rendering.tone_mapping import tone_map
from datagen.rendering.vectors import (
    Floats,
    Ints,
    Vec3,
    dot,
    interpolate,
    lerp,
    normalize,
    scale,
    smoothstep,
    to_vec3,
)

IMAGE_SIZE, SUPERSAMPLING = 64, 4  # pixels along a side; samples along each side of a pixel
CAMERA_ELEVATION_DEG, FOV_DEG, CAMERA_DISTANCE = 20.0, 18.6, 6.2
FLOOR_HLS, WALL_HLS = (0.1, 0.83, 0.16), (0.1, 0.86, 0.14)
HANDLE_HLS = (0.1, 0.75, 0.1)


def render_furniture(piece: Factors, size: int = IMAGE_SIZE) -> NDArray[np.uint8]:
    """Image ``(3, size, size)`` uint8 of a piece of furniture from its factors."""
    mesh = _scene_mesh(piece)
    center = (mesh.positions.max(0) + mesh.positions.min(0)) / 2
    elevation = np.radians(CAMERA_ELEVATION_DEG)
    offset = np.array([0, np.sin(elevation), np.cos(elevation)], np.float32) * CAMERA_DISTANCE
    camera = Camera.look_at(center + offset, center, fov_deg=FOV_DEG, size=size * SUPERSAMPLING)
    buffer = empty_visibility_buffer(camera.size)
    rasterize_triangles(camera.project(mesh.positions), mesh.triangles, 0, buffer)
    radiance = np.zeros((camera.size, camera.size, 3), np.float32)
    _shade(
        radiance,
        buffer,
        (mesh.triangles, mesh.material_ids, mesh.normals),
        (to_vec3(camera.position), camera.axes, camera.focal_length),
        shadowed_lights(mesh, center),
        _albedos(piece),
    )
    return tone_map(radiance, SUPERSAMPLING)


def _scene_mesh(piece: Factors) -> TriangleMesh:
    """The mesh after its yaw, scaled so that small and large pieces have similar image sizes."""
    mesh = build_mesh(piece)
    radius = np.linalg.norm(mesh.positions.max(0) - mesh.positions.min(0)) / 2
    factor = np.float32(1.0 / (0.8 * radius + 0.2 * 70))
    rotated = mesh.rotated(rotation_y(np.radians(piece["yaw"])), (0, 0, 0))
    return TriangleMesh(
        positions=rotated.positions * factor,
        normals=rotated.normals,
        triangles=rotated.triangles,
        material_ids=rotated.material_ids,
    )


def _albedos(piece: Factors) -> Floats:
    """Linear RGB ``(6, 3)``: the four materials in the order of their ids, the floor, the wall."""
    hue, lightness = piece["hue"], 0.24 + 0.5 * piece["lightness"]
    hls = [
        (hue, lightness, 0.38),
        (hue, 0.72 * lightness, 0.32),
        (hue, 1.1 * lightness, 0.36),
        HANDLE_HLS,
        FLOOR_HLS,
        WALL_HLS,
    ]
    rgb = [srgb_to_linear(np.array(colorsys.hls_to_rgb(*color)) * 255) for color in hls]
    return np.stack(rgb).astype(np.float32)


@njit(cache=True, fastmath=True)
def _mesh_radiance(
    position: Vec3, normal: Vec3, view: Vec3, albedo: Vec3, lights: ShadowedLights
) -> Vec3:
    """Linear RGB radiance of the furniture: diffuse, plus a sheen at grazing angles."""
    if dot(normal, view) < 0:
        normal = scale(normal, -1.0)
    light = irradiance(position, normal, lights) + 0.1 + 0.07 * max(-normal[1], 0.0)
    sheen = 0.03 * light * (1 - max(dot(normal, view), 0.0)) ** 4
    return (albedo[0] * light + sheen, albedo[1] * light + sheen, albedo[2] * light + sheen)


@njit(cache=True, fastmath=True)
def _background_radiance(origin: Vec3, ray: Vec3, albedos: Floats, lights: ShadowedLights) -> Vec3:
    """Linear RGB radiance of the floor, which fades into the wall with distance."""
    light, wall = 1.5, 1.0
    if ray[1] < -1e-4:
        distance = -origin[1] / ray[1]
        position = (origin[0] + ray[0] * distance, 0.0, origin[2] + ray[2] * distance)
        light = irradiance(position, (0.0, 1.0, 0.0), lights) + 0.1
        wall = smoothstep(0.0, 1.0, (-position[2] - 1.2) / 6.0)
    light *= 0.72
    floor = (albedos[4, 0] * light, albedos[4, 1] * light, albedos[4, 2] * light)
    return lerp(floor, (albedos[5, 0] * 1.1, albedos[5, 1] * 1.1, albedos[5, 2] * 1.1), wall)


@njit(cache=True, fastmath=True, nogil=True)
def _shade(
    radiance: Floats,
    buffer: VisibilityBuffer,
    mesh: tuple[Ints, Ints, Floats],
    camera: tuple[Vec3, Floats, float],
    lights: ShadowedLights,
    albedos: Floats,
) -> None:
    """Fill `radiance` ``(H, W, 3)`` with linear RGB, background included."""
    depth, primitive_ids, coordinates = buffer
    triangles, material_ids, normals = mesh
    origin, axes, focal_length = camera
    height, width = primitive_ids.shape
    for i in range(height):
        for j in range(width):
            right = (j + 0.5 - width / 2) / focal_length
            up = (height / 2 - i - 0.5) / focal_length
            ray = (
                right * axes[0, 0] + up * axes[1, 0] - axes[2, 0],
                right * axes[0, 1] + up * axes[1, 1] - axes[2, 1],
                right * axes[0, 2] + up * axes[1, 2] - axes[2, 2],
            )
            t = primitive_ids[i, j]
            if t < 0 and i % 2 + j % 2 > 0 and primitive_ids[i - i % 2, j - j % 2] < 0:
                # the background is smooth, so one sample in four is enough
                radiance[i, j] = radiance[i - i % 2, j - j % 2]
                continue
            if t < 0:
                color = _background_radiance(origin, ray, albedos, lights)
            else:
                z = 1 / depth[i, j]
                position = (origin[0] + ray[0] * z, origin[1] + ray[1] * z, origin[2] + ray[2] * z)
                u, v = coordinates[i, j, 0], coordinates[i, j, 1]
                corners = (triangles[t, 0], triangles[t, 1], triangles[t, 2])
                normal = normalize(interpolate(normals, corners, (1 - u - v, u, v)))
                row = albedos[material_ids[t]]
                albedo = (row[0], row[1], row[2])
                view = normalize(scale(ray, -1.0))
                color = _mesh_radiance(position, normal, view, albedo, lights)
            radiance[i, j, 0], radiance[i, j, 1], radiance[i, j, 2] = color
