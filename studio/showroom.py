"""A piece of furniture's picture: on a plain ground, in soft light with soft shadows.

The light is a disc and a sky, each sampled by maps of depth seen from many directions; the same
maps darken the ground around the feet.
"""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from functools import cache

import numpy as np
from numba import njit
from numpy.typing import NDArray

from studio.colours import linear
from studio.film import develop
from studio.furniture import build
from studio.raster import Camera, buffers, draw_triangles
from studio.solids import Solid, turn_about_y

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Piece = Mapping[str, float]

SIZE, SAMPLES = 64, 4
ELEVATION_DEG, ANGLE_DEG, DISTANCE = 20.0, 18.6, 6.2
MAP_SIZE, MAP_REACH = 144, 2.1
KEY_MAPS, SKY_MAPS = 10, 22
KEY_POWER, SKY_POWER = 1.15, 0.75


def draw_piece(piece: Piece, size: int = SIZE) -> NDArray[np.uint8]:
    """The picture ``(3, size, size)`` of a piece of furniture."""
    solid = _placed(piece)
    middle = (solid.places.max(0) + solid.places.min(0)) / 2
    up = np.radians(ELEVATION_DEG)
    away = np.array([0, np.sin(up), np.cos(up)], np.float32) * DISTANCE
    camera = Camera.looking_at(middle + away, middle, angle_deg=ANGLE_DEG, size=size * SAMPLES)
    near, seen, where = buffers(camera.size)
    draw_triangles(camera.project(solid.places), solid.triangles, 0, near, seen, where)
    directions, powers = _lights(piece["light_azimuth"])
    maps, ways = _depth_maps(solid, middle, directions)
    image = np.zeros((camera.size, camera.size, 3), np.float32)
    _shade(
        image,
        (near, seen, where),
        (solid.triangles, solid.paints, solid.normals),
        (camera.eye, camera.axes, np.float32(camera.focal)),
        (directions, powers, maps, ways),
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
    vivid = 0.08 + 0.5 * piece["saturation"]
    light = 0.2 + 0.55 * piece["lightness"]
    legs = 0.14 + 0.6 * piece["leg_lightness"]
    ground = 0.56 + 0.34 * piece["ground_lightness"]
    hls = [
        (piece["hue"], light, vivid),
        (piece["hue"], legs, vivid * 0.6),
        (piece["hue"], min(1.0, light * 1.12 + 0.03), vivid * 0.9),
        (0.1, 0.7, 0.08),
        (piece["ground_hue"], ground, 0.13),
        (piece["ground_hue"], min(0.95, ground * 1.05), 0.12),
    ]
    return np.stack([linear(np.array(colorsys.hls_to_rgb(*c)) * 255) for c in hls]).astype(
        np.float32
    )


def _lights(azimuth_deg: float) -> tuple[Floats, Floats]:
    """Directions ``(L, 3)`` of all lights and the power of each ``(L,)``."""
    azimuth, elevation = np.radians(azimuth_deg), np.radians(48)
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


def _depth_maps(solid: Solid, middle: Floats, directions: Floats) -> tuple[Floats, Floats]:
    """What each light sees: depths ``(L, S, S)`` and ways ``(L, 3, 4)`` from a place to them."""
    maps = np.full((len(directions), MAP_SIZE, MAP_SIZE), -np.inf, np.float32)
    ways = np.zeros((len(directions), 3, 4), np.float32)
    _, seen, where = buffers(MAP_SIZE)
    scale = MAP_SIZE / 2 / MAP_REACH
    for light, towards in enumerate(directions):
        right = np.cross([0.02, 1, 0.01], towards)
        right /= np.linalg.norm(right)
        rows = np.stack([right * scale, np.cross(towards, right) * scale, towards])
        shift = np.array([MAP_SIZE / 2, MAP_SIZE / 2, 0]) - rows @ middle
        ways[light] = np.concatenate([rows, shift[:, None]], 1)
        screen = (solid.places @ ways[light, :, :3].T + ways[light, :, 3]).astype(np.float32)
        draw_triangles(screen, solid.triangles, 0, maps[light], seen, where)
    return maps, ways


@njit(cache=True, fastmath=True)
def _light_on(
    x: float, y: float, z: float, nx: float, ny: float, nz: float,
    lights: tuple[Floats, Floats, Floats, Floats],
) -> float:  # fmt: skip
    directions, powers, maps, ways = lights
    size = maps.shape[1]
    x, y, z = x + 0.012 * nx, y + 0.012 * ny, z + 0.012 * nz
    total = 0.0
    for light in range(directions.shape[0]):
        facing = directions[light, 0] * nx + directions[light, 1] * ny + directions[light, 2] * nz
        if facing <= 0:
            continue
        w = ways[light]
        column = int(w[0, 0] * x + w[0, 1] * y + w[0, 2] * z + w[0, 3])
        row = int(w[1, 0] * x + w[1, 1] * y + w[1, 2] * z + w[1, 3])
        depth = w[2, 0] * x + w[2, 1] * y + w[2, 2] * z + w[2, 3] + 0.012
        if 0 <= column < size and 0 <= row < size and maps[light, row, column] > depth:
            continue
        total += facing * powers[light]
    return total


@njit(cache=True, fastmath=True, nogil=True)
def _shade(
    image: Floats,
    drawn: tuple[Floats, Ints, Floats],
    mesh: tuple[Ints, Ints, Floats],
    camera: tuple[Floats, Floats, float],
    lights: tuple[Floats, Floats, Floats, Floats],
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
            ray = right * axes[0] + up * axes[1] - axes[2]
            s = seen[i, j]
            if s >= 0:
                place = eye + ray / near[i, j]
                a, b, c = triangles[s, 0], triangles[s, 1], triangles[s, 2]
                u, v = where[i, j, 0], where[i, j, 1]
                n = normals[a] * (1 - u - v) + normals[b] * u + normals[c] * v
                n /= np.sqrt((n * n).sum()) + 1e-9
                if (n * ray).sum() > 0:
                    n = -n
                light = _light_on(place[0], place[1], place[2], n[0], n[1], n[2], lights)
                light += 0.1 + 0.07 * max(-n[1], 0.0)
                view = -ray / np.sqrt((ray * ray).sum())
                rim = (1 - max((n * view).sum(), 0.0)) ** 4
                for channel in range(3):
                    image[i, j, channel] = paints[kinds[s], channel] * light + 0.03 * rim * light
                continue
            if ray[1] < -1e-4:
                reach = -eye[1] / ray[1]
                place = eye + ray * reach
                light = _light_on(place[0], place[1], place[2], 0.0, 1.0, 0.0, lights) + 0.1
                wall = min(max((-place[2] - 1.2) / 6.0, 0.0), 1.0)
            else:
                light, wall = 1.5, 1.0
            wall = wall * wall * (3 - 2 * wall)
            for channel in range(3):
                floor = paints[4, channel] * light * 0.72
                image[i, j, channel] = floor + (paints[5, channel] * 1.1 - floor) * wall
