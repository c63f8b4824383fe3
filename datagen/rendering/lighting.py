"""Light on a surface, sample by sample: the small functions that all shading is made of."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Triple = tuple[float, float, float]


class Lamps(NamedTuple):
    """A key and a fill from afar, with unit directions towards them, and an even sky."""

    key: Triple
    key_power: float
    fill: Triple
    fill_power: float
    sky_power: float


class Spot(NamedTuple):
    """What is known of a seen place besides its paint.

    `lit` is the share of the key light that reaches it, `sky` how open to the sky it is.
    """

    normal: Triple
    to_eye: Triple
    lit: float
    sky: float


class Finish(NamedTuple):
    """How far light wraps into the shade, per channel, and a sheen's strength and exponent."""

    spread: Triple
    gloss: float
    exponent: float


@njit(cache=True, fastmath=True)
def dot(a: Triple, b: Triple) -> float:
    """The inner product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


@njit(cache=True, fastmath=True)
def unit(a: Triple) -> Triple:
    """`a` at length one."""
    size = np.sqrt(dot(a, a)) + 1e-9
    return (a[0] / size, a[1] / size, a[2] / size)


@njit(cache=True, fastmath=True)
def mix(a: Triple, b: Triple, t: float) -> Triple:
    """`a` where `t` is 0, `b` where it is 1."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


@njit(cache=True, fastmath=True)
def scaled(a: Triple, t: float) -> Triple:
    """`a` times `t`."""
    return (a[0] * t, a[1] * t, a[2] * t)


@njit(cache=True, fastmath=True)
def soft(low: float, high: float, x: float) -> float:
    """A smooth step from 0 at `low` to 1 at `high`."""
    t = min(max((x - low) / (high - low), 0.0), 1.0)
    return t * t * (3 - 2 * t)


@njit(cache=True, fastmath=True)
def bump(x: float, centre: float, width: float) -> float:
    """A bell of height one."""
    away = (x - centre) / width
    return np.exp(-away * away)


@njit(cache=True, fastmath=True)
def at(values: Floats, corners: Triple, weights: Triple) -> Triple:
    """Values ``(V, 3)`` of three vertices, weighted."""
    a, b, c = corners
    u, v, w = weights
    return (
        values[a, 0] * u + values[b, 0] * v + values[c, 0] * w,
        values[a, 1] * u + values[b, 1] * v + values[c, 1] * w,
        values[a, 2] * u + values[b, 2] * v + values[c, 2] * w,
    )


@njit(cache=True, fastmath=True)
def _hash(i: int, j: int, k: int) -> float:
    n = (i * 374761393 + j * 668265263 + k * 1274126177) & 0x7FFFFFFF
    n = ((n ^ (n >> 13)) * 1103515245) & 0x7FFFFFFF
    return ((n ^ (n >> 16)) & 0xFFFF) / 65535.0


@njit(cache=True, fastmath=True)
def noise(x: float, y: float, z: float) -> float:
    """Smooth noise in [0, 1] with about one bump to a unit."""
    i, j, k = int(np.floor(x)), int(np.floor(y)), int(np.floor(z))
    u, v, w = soft(0, 1, x - i), soft(0, 1, y - j), soft(0, 1, z - k)
    total = 0.0
    for a in range(2):
        for b in range(2):
            for c in range(2):
                weight = (u if a else 1 - u) * (v if b else 1 - v) * (w if c else 1 - w)
                total += weight * _hash(i + a, j + b, k + c)
    return total


@njit(cache=True, fastmath=True)
def lit_share(depths: Floats, way: Floats, place: Triple, bias: float) -> float:
    """How much of the key light reaches `place`, in [0, 1], from a depth map seen by the light.

    `way` ``(3, 4)`` takes a place to map x, map y and nearness.
    """
    x = way[0, 0] * place[0] + way[0, 1] * place[1] + way[0, 2] * place[2] + way[0, 3]
    y = way[1, 0] * place[0] + way[1, 1] * place[1] + way[1, 2] * place[2] + way[1, 3]
    z = way[2, 0] * place[0] + way[2, 1] * place[1] + way[2, 2] * place[2] + way[2, 3]
    size = depths.shape[0]
    lit = 0.0
    for dy in range(-1, 2):
        for dx in range(-1, 2):
            i, j = int(y + 1.4 * dy), int(x + 1.4 * dx)
            if i < 0 or j < 0 or i >= size or j >= size or depths[i, j] < z + bias:
                lit += 1.0
    return lit / 9


@njit(cache=True, fastmath=True)
def surface(lamps: Lamps, paint: Triple, spot: Spot, finish: Finish) -> Triple:
    """Wrapped diffuse light on `paint`, with a sheen that grows towards the edge."""
    facing = dot(spot.normal, lamps.key)
    filling = max(dot(spot.normal, lamps.fill), 0.0) * lamps.fill_power
    sky = (0.6 + 0.4 * spot.normal[1]) * lamps.sky_power * spot.sky
    view = spot.to_eye
    half = unit((lamps.key[0] + view[0], lamps.key[1] + view[1], lamps.key[2] + view[2]))
    rim = (1 - max(dot(spot.normal, view), 0.0)) ** 4
    sheen = (max(dot(spot.normal, half), 0.0) ** finish.exponent) * spot.lit * lamps.key_power
    sheen = finish.gloss * (sheen * (1 + 3 * rim) + 0.35 * rim * (sky + filling))
    rest = filling * spot.sky + sky
    r = _wrapped(facing, spot.lit, finish.spread[0]) * lamps.key_power + rest
    g = _wrapped(facing, spot.lit, finish.spread[1]) * lamps.key_power + rest
    b = _wrapped(facing, spot.lit, finish.spread[2]) * lamps.key_power + rest
    return (paint[0] * r + sheen, paint[1] * g + sheen, paint[2] * b + sheen)


@njit(cache=True, fastmath=True)
def _wrapped(facing: float, lit: float, spread: float) -> float:
    return max((facing + spread) / (1 + spread), 0.0) * (lit + (1 - lit) * spread * 0.35)
