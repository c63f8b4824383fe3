"""Soft shadows from many shadow maps: an area light and a sky, sampled as directional lights.

References
----------
H. Vogel: A better way to construct the sunflower head (1979), Mathematical Biosciences 44: the
golden-angle spiral that places the samples.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from datagen.rendering.primitives import TriangleMesh
from datagen.rendering.rasterizer import (
    VisibilityBuffer,
    empty_visibility_buffer,
    rasterize_triangles,
)
from datagen.rendering.vectors import Floats, Vec3

MAP_SIZE, MAP_RADIUS = 144, 2.1  # pixels along a side; half the side in world units
N_KEY_LIGHTS, N_SKY_LIGHTS = 10, 22
KEY_INTENSITY, SKY_INTENSITY = 1.15, 0.75
KEY_AZIMUTH_DEG, KEY_ELEVATION_DEG = -38.0, 48
KEY_RADIUS = 0.16  # of the disc of directions around the key light, which softens its shadow
BIAS = 0.012  # world units, against self-shadowing: along the normal and in depth
GOLDEN_ANGLE_RAD = np.pi * (1 + 5**0.5)


class ShadowedLights(NamedTuple):
    """L directional lights with a shadow map each.

    `directions` is ``(L, 3)``, unit vectors towards the lights; `intensities` is ``(L,)``; `depth`
    is ``(L, S, S)``, larger is nearer to the light; `world_to_map` is ``(L, 3, 4)``, from a
    position to map x, map y and depth.
    """

    directions: Floats
    intensities: Floats
    depth: Floats
    world_to_map: Floats


def shadowed_lights(mesh: TriangleMesh, center: Floats) -> ShadowedLights:
    """The lights, with shadow maps of `mesh` around the point `center` ``(3,)``."""
    axes = _map_axes()
    offsets = np.array([MAP_SIZE / 2, MAP_SIZE / 2, 0], np.float32) - axes @ center
    screens = np.einsum("lij,vj->lvi", axes, mesh.positions) + offsets[:, None]
    maps = np.full((len(axes), MAP_SIZE, MAP_SIZE), -np.inf, np.float32)
    _, primitive_ids, coordinates = empty_visibility_buffer(MAP_SIZE)
    for screen, depth in zip(np.ascontiguousarray(screens), maps, strict=True):
        buffer = VisibilityBuffer(depth, primitive_ids, coordinates)
        rasterize_triangles(screen, mesh.triangles, 0, buffer)
    return ShadowedLights(*_lights(), maps, np.concatenate([axes, offsets[..., None]], 2))


@cache
def _lights() -> tuple[Floats, Floats]:
    """Directions ``(L, 3)`` and intensities ``(L,)`` of all lights."""
    directions = np.concatenate([_key_directions(), _sky_directions()]).astype(np.float32)
    intensities = np.concatenate(
        [
            np.full(N_KEY_LIGHTS, KEY_INTENSITY / N_KEY_LIGHTS),
            np.full(N_SKY_LIGHTS, 2 * SKY_INTENSITY / N_SKY_LIGHTS),
        ]
    )
    return directions, intensities.astype(np.float32)


def _key_directions() -> NDArray[np.float64]:
    """Unit vectors ``(N_KEY_LIGHTS, 3)`` in a small disc around the key light's direction."""
    azimuth, elevation = np.radians(KEY_AZIMUTH_DEG), np.radians(KEY_ELEVATION_DEG)
    key = np.array(
        [
            np.sin(azimuth) * np.cos(elevation),
            np.sin(elevation),
            np.cos(azimuth) * np.cos(elevation),
        ]
    )
    n = np.arange(N_KEY_LIGHTS) + 0.5
    radius, angle = KEY_RADIUS * np.sqrt(n / N_KEY_LIGHTS), GOLDEN_ANGLE_RAD * n
    right = np.cross([0.0, 1, 0], key)
    right /= np.linalg.norm(right)
    disc = key + (radius * np.cos(angle))[:, None] * right
    disc += (radius * np.sin(angle))[:, None] * np.cross(key, right)
    directions: NDArray[np.float64] = disc / np.linalg.norm(disc, axis=1, keepdims=True)
    return directions


def _sky_directions() -> NDArray[np.float64]:
    """Unit vectors ``(N_SKY_LIGHTS, 3)`` spread evenly over the upper hemisphere."""
    n = np.arange(N_SKY_LIGHTS) + 0.5
    height, angle = 1 - n / N_SKY_LIGHTS * 0.96, GOLDEN_ANGLE_RAD * n
    radius = np.sqrt(1 - height**2)
    return np.stack([radius * np.cos(angle), height, radius * np.sin(angle)], 1)


@cache
def _map_axes() -> Floats:
    """``(L, 3, 3)``: for each light the rows that give map x, map y and depth."""
    directions, _ = _lights()
    right = np.cross(np.array([0.02, 1, 0.01]), directions)
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    scale = MAP_SIZE / 2 / MAP_RADIUS
    up = np.cross(directions, right)
    return np.stack([right * scale, up * scale, directions], 1).astype(np.float32)


@njit(cache=True, fastmath=True)
def irradiance(position: Vec3, normal: Vec3, lights: ShadowedLights) -> float:
    """Irradiance at a point from all unoccluded lights; positions outside a map are lit."""
    directions, maps, m = lights.directions, lights.depth, lights.world_to_map
    size = maps.shape[1]
    x = position[0] + BIAS * normal[0]
    y = position[1] + BIAS * normal[1]
    z = position[2] + BIAS * normal[2]
    total = 0.0
    for n in range(lights.intensities.shape[0]):
        d = directions
        n_dot_l = d[n, 0] * normal[0] + d[n, 1] * normal[1] + d[n, 2] * normal[2]
        if n_dot_l <= 0:
            continue
        column = int(m[n, 0, 0] * x + m[n, 0, 1] * y + m[n, 0, 2] * z + m[n, 0, 3])
        row = int(m[n, 1, 0] * x + m[n, 1, 1] * y + m[n, 1, 2] * z + m[n, 1, 3])
        if 0 <= column < size and 0 <= row < size:
            depth = m[n, 2, 0] * x + m[n, 2, 1] * y + m[n, 2, 2] * z + m[n, 2, 3]
            if maps[n, row, column] > depth + BIAS:
                continue
        total += n_dot_l * lights.intensities[n]
    return total
