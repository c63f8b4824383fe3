"""The light that comes back from each sample of a face: skin, eyes, teeth, cloth and hair.

Skin is a wrapped diffuse term, redder where light fades, with a soft sheen; hair follows Kajiya
and Kay, “Rendering fur with three dimensional textures” (1989), with the lobes of Marschner et
al., “Light scattering from human hair fibers” (2003), reduced to two shifted highlights.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from studio.heads import EYE, LASHES, SKIN, TEETH
from studio.hair import BEARD, BROW, HAIR

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Triple = tuple[float, float, float]

FRAME = 11  # the glasses' material


class Look(NamedTuple):
    """Colours in linear light, unit directions in the scene, and amounts in [0, 1]."""

    key: Triple
    key_power: float
    fill: Triple
    fill_power: float
    sky_power: float
    skin: Triple
    lips: Triple
    hair: Triple
    beard: Triple
    brow: Triple
    iris: Triple
    frame: Triple
    cloth: Triple
    blush: float
    age: float
    stubble: float
    lashes: float
    scalp: float
    gaze: Triple
    left_eye: Triple
    right_eye: Triple


@njit(cache=True, fastmath=True)
def _dot(a: Triple, b: Triple) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


@njit(cache=True, fastmath=True)
def _unit(a: Triple) -> Triple:
    size = np.sqrt(_dot(a, a)) + 1e-9
    return (a[0] / size, a[1] / size, a[2] / size)


@njit(cache=True, fastmath=True)
def _mix(a: Triple, b: Triple, t: float) -> Triple:
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


@njit(cache=True, fastmath=True)
def _soft(low: float, high: float, x: float) -> float:
    t = min(max((x - low) / (high - low), 0.0), 1.0)
    return t * t * (3 - 2 * t)


@njit(cache=True, fastmath=True)
def _hash(i: int, j: int, k: int) -> float:
    n = (i * 374761393 + j * 668265263 + k * 1274126177) & 0x7FFFFFFF
    n = ((n ^ (n >> 13)) * 1103515245) & 0x7FFFFFFF
    return ((n ^ (n >> 16)) & 0xFFFF) / 65535.0


@njit(cache=True, fastmath=True)
def _noise(x: float, y: float, z: float) -> float:
    """Smooth noise in [0, 1] with one bump to a unit."""
    i, j, k = int(np.floor(x)), int(np.floor(y)), int(np.floor(z))
    u, v, w = _soft(0, 1, x - i), _soft(0, 1, y - j), _soft(0, 1, z - k)
    total = 0.0
    for a in range(2):
        for b in range(2):
            for c in range(2):
                weight = (u if a else 1 - u) * (v if b else 1 - v) * (w if c else 1 - w)
                total += weight * _hash(i + a, j + b, k + c)
    return total


@njit(cache=True, fastmath=True)
def lit_share(depths: Floats, to_light: Floats, place: Triple, bias: float) -> float:
    """How much of the key light reaches `place`, in [0, 1], from a depth map seen by the light.

    `to_light` ``(3, 4)`` takes a place to map x, map y and nearness.
    """
    x = to_light[0, 0] * place[0] + to_light[0, 1] * place[1] + to_light[0, 2] * place[2]
    y = to_light[1, 0] * place[0] + to_light[1, 1] * place[1] + to_light[1, 2] * place[2]
    z = to_light[2, 0] * place[0] + to_light[2, 1] * place[1] + to_light[2, 2] * place[2]
    x, y, z = x + to_light[0, 3], y + to_light[1, 3], z + to_light[2, 3] + bias
    size = depths.shape[0]
    lit = 0.0
    for dy in range(-1, 2):
        for dx in range(-1, 2):
            i, j = int(y + 1.4 * dy), int(x + 1.4 * dx)
            if i < 0 or j < 0 or i >= size or j >= size or depths[i, j] < z:
                lit += 1.0
    return lit / 9


@njit(cache=True, fastmath=True)
def _surface(
    look: Look,
    albedo: Triple,
    normal: Triple,
    view: Triple,
    lit: float,
    spread: Triple,
    gloss: Triple,
) -> Triple:
    """Wrapped diffuse light on `albedo`, with a sheen.

    `spread` is how far light wraps into the shade per channel; `gloss` is the sheen's strength,
    its exponent, and how open to the sky the place is.
    """
    strength, exponent, open_sky = gloss
    facing = _dot(normal, look.key)
    filling = max(_dot(normal, look.fill), 0.0)
    sky = (0.6 + 0.4 * normal[1]) * look.sky_power * open_sky
    half = _unit((look.key[0] + view[0], look.key[1] + view[1], look.key[2] + view[2]))
    rim = (1 - max(_dot(normal, view), 0.0)) ** 4
    sheen = strength * (max(_dot(normal, half), 0.0) ** exponent) * lit * look.key_power
    sheen *= 1 + 3 * rim
    sheen += strength * 0.35 * rim * (sky + look.fill_power * filling)
    light = []
    for c in range(3):
        w = spread[c]
        wrapped = max((facing + w) / (1 + w), 0.0)
        shade = lit + (1 - lit) * w * 0.35
        light.append(
            albedo[c]
            * (wrapped * shade * look.key_power + filling * look.fill_power * open_sky + sky)
            + sheen
        )
    return (light[0], light[1], light[2])


@njit(cache=True, fastmath=True)
def _skin(
    look: Look, canon: Triple, masks: Floats, normal: Triple, view: Triple, lit: float
) -> Triple:
    """Skin, lips, the mouth's inside and the shirt, by where on the head it is."""
    x, y, z = canon
    lip, inner, lid, ear, sky = masks[0], masks[1], masks[2], masks[3], masks[4]
    if y < 5.86 - 0.46 * z or (abs(x) > 0.95 and y < 6.2):
        edge = _soft(0.0, 0.05, max(5.86 - 0.46 * z - y, abs(x) - 0.95))
        shade = 0.7 + 0.3 * edge
        cloth = (look.cloth[0] * shade, look.cloth[1] * shade, look.cloth[2] * shade)
        return _surface(look, cloth, normal, view, lit, (0.1, 0.1, 0.1), (0.01, 8.0, sky))
    if inner > 0.5 and z > 0.2 and y < 7.0:
        dark = 0.35 + 0.65 * sky
        red = (0.2 * dark, 0.045 * dark, 0.04 * dark)
        return _surface(look, red, normal, view, lit * 0.6, (0.3, 0.1, 0.1), (0.02, 20.0, sky))
    mottle = 0.94 + 0.12 * _noise(x * 9, y * 9, z * 9)
    albedo = (look.skin[0] * mottle, look.skin[1] * mottle, look.skin[2] * mottle)
    cheek = np.exp(-(((abs(x) - 0.52) / 0.24) ** 2) - (((y - 6.88) / 0.22) ** 2)) * (z > 0.5)
    nose = np.exp(-((x / 0.17) ** 2) - (((y - 6.93) / 0.13) ** 2)) * (z > 1.3)
    red = look.blush * (0.55 * cheek + 0.35 * nose) + 0.25 * ear + 0.12 * lid
    albedo = _mix(albedo, (albedo[0] * 1.02, albedo[1] * 0.66, albedo[2] * 0.64), min(red, 1.0))
    if look.age > 0.35:
        old = (look.age - 0.35) / 0.65
        fold = abs(abs(x) - (0.2 + 0.5 * max(6.88 - y, 0.0)))
        lines = _soft(0.04, 0.0, fold) * _soft(6.55, 6.66, y) * _soft(6.9, 6.8, y)
        rows = 0.5 + 0.5 * np.cos((y + 0.03 * np.cos(7 * x) - 7.62) * 52)
        front = _soft(7.58, 7.63, y) * _soft(7.95, 7.85, y) * _soft(0.62, 0.3, abs(x))
        lines = max(lines, 0.5 * rows * rows * rows * front)
        crow = abs(x) - 0.56
        lines = max(
            lines,
            0.5
            * _soft(0.0, 0.05, crow)
            * _soft(0.22, 0.1, crow)
            * (0.5 + 0.5 * np.cos((y - 7.28) * 70))
            * _soft(0.13, 0.05, abs(y - 7.28)),
        )
        bag = np.exp(-(((abs(x) - 0.32) / 0.15) ** 2) - (((y - 7.13) / 0.045) ** 2))
        shade = 1 - old * (0.42 * lines + 0.2 * bag) * (z > 0.6)
        spot = _soft(0.7, 0.85, _noise(x * 5 + 31, y * 5, z * 5)) * 0.22 * old
        shade *= 1 - spot
        albedo = (albedo[0] * shade, albedo[1] * shade * shade**0.3, albedo[2] * shade * shade**0.3)
    hood = np.exp(-(((abs(x) - 0.32) / 0.17) ** 2) - (((y - 7.3) / 0.09) ** 2)) * (z > 0.9)
    albedo = _mix(albedo, (albedo[0] * 0.8, albedo[1] * 0.7, albedo[2] * 0.7), 0.3 * hood)
    albedo = _mix(albedo, look.lips, min(1.0, lip * 1.6) * 0.92)
    if look.stubble > 0 and masks[5] > 0:
        albedo = _mix(albedo, _mix(look.skin, look.beard, 0.72), masks[5] * look.stubble)
    if look.scalp > 0 and masks[6] > 0:
        albedo = _mix(albedo, look.hair, masks[6] * look.scalp)
    sky = 0.3 + 0.7 * sky
    gloss = 0.045 + 0.05 * lip + 0.02 * (1 - look.age)
    hairless = 1 - 0.8 * max(masks[6] * look.scalp, masks[5] * look.stubble)
    return _surface(
        look, albedo, normal, view, lit, (0.32, 0.17, 0.12), (gloss * hairless, 14.0, sky)
    )


@njit(cache=True, fastmath=True)
def _eye(look: Look, place: Triple, canon: Triple, view: Triple, lit: float, sky: float) -> Triple:
    """Sclera, iris and pupil by the angle to the gaze, with a highlight of the key light."""
    centre = look.left_eye if canon[0] > 0 else look.right_eye
    normal = _unit((place[0] - centre[0], place[1] - centre[1], place[2] - centre[2]))
    along = _dot(normal, look.gaze)
    ring = np.sqrt(max(1 - along * along, 0.0)) if along > 0 else 1.0
    white = (0.66, 0.62, 0.59)
    iris = _mix(look.iris, (0.01, 0.008, 0.008), 0.75 * _soft(0.4, 0.56, ring))
    iris = _mix(iris, (iris[0] * 1.5, iris[1] * 1.5, iris[2] * 1.5), _soft(0.2, 0.4, ring) * 0.5)
    albedo = _mix(iris, white, _soft(0.53, 0.6, ring))
    albedo = _mix((0.006, 0.005, 0.005), albedo, _soft(0.2, 0.27, ring))
    corner = 0.45 + 0.55 * _soft(7.385, 7.3, canon[1])
    albedo = (albedo[0] * corner, albedo[1] * corner, albedo[2] * corner)
    out = _surface(
        look, albedo, normal, view, 0.35 + 0.65 * lit, (0.3, 0.25, 0.25), (0.02, 30.0, 0.8)
    )
    shine = _unit((look.key[0] * 0.7 + 0.1, abs(look.key[1]) * 0.6 + 0.35, look.key[2] * 0.7 + 0.5))
    half = _unit((shine[0] + view[0], shine[1] + view[1], shine[2] + view[2]))
    spark = _soft(0.955, 0.985, _dot(normal, half)) * 0.9
    return (out[0] + spark, out[1] + spark, out[2] + spark)


@njit(cache=True, fastmath=True)
def _strand(
    look: Look, own: Triple, along: Triple, view: Triple, lit: float, root: Triple
) -> Triple:
    """Hair; `root` is how far from the root, a random number, and how open to the sky."""
    t, chance, sky = root
    tint = 0.75 + 0.5 * chance
    deep = 0.55 + 0.45 * min(1.0, 2.5 * t)
    colour = (own[0] * tint * deep, own[1] * tint * deep, own[2] * tint * deep)
    to_key = _dot(along, look.key)
    sin_key = np.sqrt(max(1 - to_key * to_key, 0.0))
    to_fill = _dot(along, look.fill)
    sin_fill = np.sqrt(max(1 - to_fill * to_fill, 0.0))
    half = _unit((look.key[0] + view[0], look.key[1] + view[1], look.key[2] + view[2]))
    shift = 0.08 * (chance - 0.5)
    white = max(1 - (_dot(along, half) + shift + 0.08) ** 2, 0.0) ** 40
    tinted = max(1 - (_dot(along, half) + shift - 0.12) ** 2, 0.0) ** 14
    key = look.key_power * (0.12 + 0.88 * lit)
    rest = look.sky_power * (0.35 + 0.65 * sky) + look.fill_power * sin_fill * 0.7
    light = []
    for c in range(3):
        diffuse = colour[c] * (key * sin_key * 0.75 + rest)
        shine = key * lit * (0.035 * white + 0.35 * tinted * colour[c])
        light.append(diffuse + shine + 0.006 * rest)
    return (light[0], light[1], light[2])


@njit(cache=True, fastmath=True, nogil=True)
def shade_face(
    look: Look,
    image: Floats,
    buffers: tuple[Ints, Floats],
    mesh: tuple[Ints, Ints, Floats, Floats, Floats, Floats],
    strands: tuple[Floats, Ints, Floats],
    eye: Floats,
    shadow: tuple[Floats, Floats],
) -> None:
    """Fill `image` ``(H, W, 3)`` with linear light wherever something is seen.

    Parameters
    ----------
    buffers
        What is seen and where on it, from `raster`.
    mesh
        Triangles, their parts, and of the vertices: places, normals, canon, masks ``(V, M)``.
    strands
        Points ``(S, K, 3)``, kinds, a random number each; numbered after the triangles.
    eye
        Where the camera stands.
    shadow
        Depths seen by the key light, and the way to them.
    """
    seen, where = buffers
    triangles, parts, places, normals, canons, masks = mesh
    points, kinds, chance = strands
    first, pieces = triangles.shape[0], points.shape[1] - 1
    for i in range(seen.shape[0]):
        for j in range(seen.shape[1]):
            s = seen[i, j]
            if s < 0:
                continue
            u, v = where[i, j, 0], where[i, j, 1]
            if s < first:
                a, b, c = triangles[s, 0], triangles[s, 1], triangles[s, 2]
                w = 1 - u - v
                p = places[a] * w + places[b] * u + places[c] * v
                n = normals[a] * w + normals[b] * u + normals[c] * v
                q = canons[a] * w + canons[b] * u + canons[c] * v
                m = masks[a] * w + masks[b] * u + masks[c] * v
                place = (p[0], p[1], p[2])
                canon = (q[0], q[1], q[2])
                normal = _unit((n[0], n[1], n[2]))
                view = _unit((eye[0] - p[0], eye[1] - p[1], eye[2] - p[2]))
                away = (
                    p[0] + 0.035 * normal[0],
                    p[1] + 0.035 * normal[1],
                    p[2] + 0.035 * normal[2],
                )
                lit = lit_share(shadow[0], shadow[1], away, 0.05)
                part = parts[s]
                if part == SKIN:
                    out = _skin(look, canon, m, normal, view, lit)
                elif part == EYE:
                    out = _eye(look, place, canon, view, lit, m[4])
                elif part == LASHES:
                    dark = _mix(look.skin, _mix(look.brow, (0.01, 0.008, 0.008), 0.5), look.lashes)
                    out = _surface(look, dark, normal, view, lit, (0.2, 0.2, 0.2), (0.0, 10.0, 0.6))
                elif part == TEETH:
                    out = _surface(
                        look, (0.86, 0.82, 0.74), normal, view, 0.55 + 0.3 * lit,
                        (0.7, 0.7, 0.7), (0.04, 25.0, 0.75),
                    )  # fmt: skip
                else:
                    out = _surface(
                        look, (0.35, 0.1, 0.09), normal, view, 0.3 * lit,
                        (0.4, 0.3, 0.3), (0.03, 12.0, 0.35),
                    )  # fmt: skip
            else:
                r = (s - first) // pieces
                k = (s - first) - r * pieces
                p = points[r, k] * (1 - u) + points[r, k + 1] * u
                d = points[r, k + 1] - points[r, k]
                along = _unit((d[0], d[1], d[2]))
                view = _unit((eye[0] - p[0], eye[1] - p[1], eye[2] - p[2]))
                lit = lit_share(shadow[0], shadow[1], (p[0], p[1], p[2]), 0.1)
                kind = kinds[r]
                if kind == FRAME:
                    side = _unit((
                        along[1] * view[2] - along[2] * view[1],
                        along[2] * view[0] - along[0] * view[2],
                        along[0] * view[1] - along[1] * view[0],
                    ))  # fmt: skip
                    rise = np.sqrt(max(1 - v * v, 0.0))
                    normal = (
                        view[0] * rise + side[0] * v,
                        view[1] * rise + side[1] * v,
                        view[2] * rise + side[2] * v,
                    )
                    out = _surface(
                        look, look.frame, normal, view, lit, (0.1, 0.1, 0.1), (0.25, 30.0, 0.9)
                    )
                else:
                    own = look.hair
                    if kind == BEARD:
                        own = look.beard
                    elif kind == BROW:
                        own = look.brow
                    t = (k + u) / pieces
                    if kind == HAIR:
                        out = _strand(look, own, along, view, lit, (t, chance[r], 1.0))
                    else:
                        out = _strand(
                            look, own, along, view, 0.3 + 0.7 * lit, (0.4 + t, chance[r], 1.0)
                        )
            image[i, j, 0] = out[0]
            image[i, j, 1] = out[1]
            image[i, j, 2] = out[2]
