"""A piece of furniture's picture: on a plain ground, in soft light with soft shadows.

The light is a disc and a sky, each sampled by maps of depth seen from many directions; the same
maps darken the ground around the feet.
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from datagen.faces.colors import linear
from datagen.furniture.model import build
from datagen.rendering.lighting import Triple, at, dot, mix, scaled, soft, unit
from datagen.rendering.primitives import Solid, turn_about_y
from datagen.rendering.rasterizer import Camera, buffers, draw_triangles
from datagen.rendering.tone_mapping import develop

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Piece = Mapping[str, float]

SIZE, SAMPLES = 64, 4
ELEVATION_DEG, ANGLE_DEG, DISTANCE = 20.0, 18.6, 6.2
MAP_SIZE, MAP_REACH = 144, 2.1
KEY_MAPS, SKY_MAPS = 10, 22
KEY_POWER, SKY_POWER = 1.15, 0.75
GROUND = (0.1, 0.83, 0.16), (0.1, 0.86, 0.14)  # hue, lightness, saturation of floor and wall
LIGHT_AZIMUTH_DEG = -38.0
OUT = 0.012  # how far from a surface its shadow is looked up


def draw_piece(piece: Piece, size: int = SIZE) -> NDArray[np.uint8]:
    """The picture ``(3, size, size)`` of a piece of furniture."""
    solid = _placed(piece)
    middle = (solid.places.max(0) + solid.places.min(0)) / 2
    up = np.radians(ELEVATION_DEG)
    away = np.array([0, np.sin(up), np.cos(up)], np.float32) * DISTANCE
    camera = Camera.looking_at(middle + away, middle, angle_deg=ANGLE_DEG, size=size * SAMPLES)
    near, seen, where = buffers(camera.size)
    draw_triangles(camera.project(solid.places), solid.triangles, 0, near, seen, where)
    directions, powers = _lamps()
    lights = Lights(directions, powers, *_depth_maps(solid, middle))
    image = np.zeros((camera.size, camera.size, 3), np.float32)
    _shade(
        image,
        (near, seen, where),
        (solid.triangles, solid.paints, solid.normals),
        (tuple(float(n) for n in camera.eye), camera.axes, camera.focal),
        lights,
        _paints(piece),
    )
    return develop(image, SAMPLES)


def _placed(piece: Piece) -> Solid:
    """The solid in units in which large and small pieces fill the picture nearly alike."""
    solid = build(piece)
    reach = np.linalg.norm(solid.places.max(0) - solid.places.min(0)) / 2
    scale = np.float32(1.0 / (0.8 * reach + 0.2 * 70))
    turned = solid.moved(turn_about_y(np.radians(piece["yaw"])), (0, 0, 0))
    return Solid(
        places=turned.places * scale,
        normals=turned.normals,
        triangles=turned.triangles,
        paints=turned.paints,
    )


def _paints(piece: Piece) -> Floats:
    """``(6, 3)``: the four paints, the floor's, and the wall's."""
    hue, light = piece["hue"], 0.24 + 0.5 * piece["lightness"]
    hls = [
        (hue, light, 0.38),
        (hue, 0.72 * light, 0.32),
        (hue, 1.1 * light, 0.36),
        (0.1, 0.75, 0.1),
        *GROUND,
    ]
    return np.stack([linear(np.array(colorsys.hls_to_rgb(*c)) * 255) for c in hls]).astype(
        np.float32
    )


@cache
def _lamps() -> tuple[Floats, Floats]:
    """Directions ``(L, 3)`` of all lights and the power of each ``(L,)``."""
    azimuth, elevation = np.radians(LIGHT_AZIMUTH_DEG), np.radians(48)
    key = np.array(
        [
            np.sin(azimuth) * np.cos(elevation),
            np.sin(elevation),
            np.cos(azimuth) * np.cos(elevation),
        ]
    )
    n = np.arange(KEY_MAPS) + 0.5
    radius, turn = 0.16 * np.sqrt(n / KEY_MAPS), np.pi * (1 + 5**0.5) * n
    right = np.cross([0.0, 1, 0], key)
    right /= np.linalg.norm(right)
    disc = key + (radius * np.cos(turn))[:, None] * right
    disc += (radius * np.sin(turn))[:, None] * np.cross(key, right)
    disc /= np.linalg.norm(disc, axis=1, keepdims=True)
    directions = np.concatenate([disc, _sky()]).astype(np.float32)
    powers = np.concatenate(
        [np.full(KEY_MAPS, KEY_POWER / KEY_MAPS), np.full(SKY_MAPS, 2 * SKY_POWER / SKY_MAPS)]
    )
    return directions, powers.astype(np.float32)


@cache
def _sky() -> NDArray[np.float64]:
    n = np.arange(SKY_MAPS) + 0.5
    height, turn = 1 - n / SKY_MAPS * 0.96, np.pi * (1 + 5**0.5) * n
    flat = np.sqrt(1 - height**2)
    return np.stack([flat * np.cos(turn), height, flat * np.sin(turn)], 1)


@cache
def _map_axes() -> Floats:
    """``(L, 3, 3)``: for each light, the rows that give map x, map y and nearness."""
    directions, _ = _lamps()
    right = np.cross(np.array([0.02, 1, 0.01]), directions)
    right /= np.linalg.norm(right, axis=1, keepdims=True)
    scale = MAP_SIZE / 2 / MAP_REACH
    rows = [right * scale, np.cross(directions, right) * scale, directions]
    return np.stack(rows, 1).astype(np.float32)


def _depth_maps(solid: Solid, middle: Floats) -> tuple[Floats, Floats]:
    """What each light sees: depths ``(L, S, S)`` and ways ``(L, 3, 4)`` from a place to them."""
    rows = _map_axes()
    shifts = np.array([MAP_SIZE / 2, MAP_SIZE / 2, 0], np.float32) - rows @ middle
    screens = np.einsum("lij,vj->lvi", rows, solid.places) + shifts[:, None]
    maps = np.full((len(rows), MAP_SIZE, MAP_SIZE), -np.inf, np.float32)
    _, seen, where = buffers(MAP_SIZE)
    for screen, depths in zip(np.ascontiguousarray(screens), maps, strict=True):
        draw_triangles(screen, solid.triangles, 0, depths, seen, where)
    return maps, np.concatenate([rows, shifts[..., None]], 2)


class Lights(NamedTuple):
    """Directions ``(L, 3)``, powers ``(L,)``, depths ``(L, S, S)`` and ways ``(L, 3, 4)``."""

    directions: Floats
    powers: Floats
    maps: Floats
    ways: Floats


@njit(cache=True, fastmath=True)
def _light_on(place: Triple, normal: Triple, lights: Lights) -> float:
    """All light that reaches a place."""
    maps, ways = lights.maps, lights.ways
    size = maps.shape[1]
    x, y, z = place[0] + OUT * normal[0], place[1] + OUT * normal[1], place[2] + OUT * normal[2]
    total = 0.0
    for n in range(lights.powers.shape[0]):
        way = lights.directions
        facing = way[n, 0] * normal[0] + way[n, 1] * normal[1] + way[n, 2] * normal[2]
        if facing <= 0:
            continue
        column = int(ways[n, 0, 0] * x + ways[n, 0, 1] * y + ways[n, 0, 2] * z + ways[n, 0, 3])
        row = int(ways[n, 1, 0] * x + ways[n, 1, 1] * y + ways[n, 1, 2] * z + ways[n, 1, 3])
        if 0 <= column < size and 0 <= row < size:
            depth = ways[n, 2, 0] * x + ways[n, 2, 1] * y + ways[n, 2, 2] * z + ways[n, 2, 3]
            if maps[n, row, column] > depth + OUT:
                continue
        total += facing * lights.powers[n]
    return total


@njit(cache=True, fastmath=True)
def _piece_light(
    place: Triple, normal: Triple, to_eye: Triple, paint: Triple, lights: Lights
) -> Triple:
    """The light that comes back from the piece itself."""
    if dot(normal, to_eye) < 0:
        normal = scaled(normal, -1.0)
    light = _light_on(place, normal, lights) + 0.1 + 0.07 * max(-normal[1], 0.0)
    sheen = 0.03 * light * (1 - max(dot(normal, to_eye), 0.0)) ** 4
    return (paint[0] * light + sheen, paint[1] * light + sheen, paint[2] * light + sheen)


@njit(cache=True, fastmath=True)
def _ground_light(eye: Triple, ray: Triple, paints: Floats, lights: Lights) -> Triple:
    """The floor, which turns into the wall far behind."""
    light, wall = 1.5, 1.0
    if ray[1] < -1e-4:
        reach = -eye[1] / ray[1]
        place = (eye[0] + ray[0] * reach, 0.0, eye[2] + ray[2] * reach)
        light = _light_on(place, (0.0, 1.0, 0.0), lights) + 0.1
        wall = soft(0.0, 1.0, (-place[2] - 1.2) / 6.0)
    light *= 0.72
    floor = (paints[4, 0] * light, paints[4, 1] * light, paints[4, 2] * light)
    return mix(floor, (paints[5, 0] * 1.1, paints[5, 1] * 1.1, paints[5, 2] * 1.1), wall)


@njit(cache=True, fastmath=True, nogil=True)
def _shade(
    image: Floats,
    drawn: tuple[Floats, Ints, Floats],
    mesh: tuple[Ints, Ints, Floats],
    camera: tuple[Triple, Floats, float],
    lights: Lights,
    paints: Floats,
) -> None:
    """Fill `image` ``(H, W, 3)`` with linear light, floor and wall included."""
    near, seen, where = drawn
    triangles, kinds, normals = mesh
    eye, axes, focal = camera
    height, width = seen.shape
    for i in range(height):
        for j in range(width):
            right, up = (j + 0.5 - width / 2) / focal, (height / 2 - i - 0.5) / focal
            ray = (
                right * axes[0, 0] + up * axes[1, 0] - axes[2, 0],
                right * axes[0, 1] + up * axes[1, 1] - axes[2, 1],
                right * axes[0, 2] + up * axes[1, 2] - axes[2, 2],
            )
            s = seen[i, j]
            if s < 0 and i % 2 + j % 2 > 0 and seen[i - i % 2, j - j % 2] < 0:
                image[i, j] = image[i - i % 2, j - j % 2]  # the ground is smooth enough
                continue
            if s < 0:
                out = _ground_light(eye, ray, paints, lights)
            else:
                far = 1 / near[i, j]
                place = (eye[0] + ray[0] * far, eye[1] + ray[1] * far, eye[2] + ray[2] * far)
                u, v = where[i, j, 0], where[i, j, 1]
                corners = (triangles[s, 0], triangles[s, 1], triangles[s, 2])
                normal = unit(at(normals, corners, (1 - u - v, u, v)))
                own = paints[kinds[s]]
                paint = (own[0], own[1], own[2])
                out = _piece_light(place, normal, unit(scaled(ray, -1.0)), paint, lights)
            image[i, j, 0], image[i, j, 1], image[i, j, 2] = out
