"""The light that comes back from each sample of a face, compiled by numba.

Skin is a wrapped diffuse term, redder where light fades, with a soft sheen; hair follows Kajiya
and Kay, “Rendering fur with three dimensional textures” (1989), with the lobes of Marschner et
al., “Light scattering from human hair fibers” (2003), reduced to two shifted highlights.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from datagen.faces.hair import BEARD, HAIR, WIRE
from datagen.faces.materials import Look, Masks, eye_light, skin_light
from datagen.faces.mesh import EYE, LASHES, SKIN, TEETH
from datagen.rendering.lighting import (
    Finish,
    Lamps,
    Spot,
    Triple,
    at,
    dot,
    lit_share,
    mix,
    scaled,
    surface,
    unit,
)

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

HAIRY = Finish((0.2, 0.2, 0.2), 0.0, 10.0)
ENAMEL = Finish((0.7, 0.7, 0.7), 0.04, 25.0)
TONGUE = Finish((0.4, 0.3, 0.3), 0.03, 12.0)
METAL = Finish((0.1, 0.1, 0.1), 0.25, 30.0)


class Mesh(NamedTuple):
    """Triangles ``(T, 3)``, their parts ``(T,)``; of vertices: places, normals, canon, masks."""

    triangles: Ints
    parts: Ints
    places: Floats
    normals: Floats
    canon: Floats
    masks: Floats


class Wisps(NamedTuple):
    """Strands ``(S, K, 3)``, their kinds, and a random number each."""

    points: Floats
    kinds: Ints
    chance: Floats


class Shadow(NamedTuple):
    """Depths ``(S, S)`` that the key light sees, and the way ``(3, 4)`` from a place to them."""

    depths: Floats
    way: Floats


@njit(cache=True, fastmath=True)
def _towards(a: Triple, b: Triple) -> Triple:
    return unit((b[0] - a[0], b[1] - a[1], b[2] - a[2]))


@njit(cache=True, fastmath=True)
def _mesh_light(
    look: Look, lamps: Lamps, mesh: Mesh, shadow: Shadow, eye: Triple, hit: tuple[int, float, float]
) -> Triple:
    t, u, v = hit
    corners = (mesh.triangles[t, 0], mesh.triangles[t, 1], mesh.triangles[t, 2])
    weights = (1 - u - v, u, v)
    place = at(mesh.places, corners, weights)
    normal = unit(at(mesh.normals, corners, weights))
    canon = at(mesh.canon, corners, weights)
    first = at(mesh.masks[:, 0:3], corners, weights)
    second = at(mesh.masks[:, 3:6], corners, weights)
    last = at(mesh.masks[:, 4:7], corners, weights)
    out = (place[0] + 0.035 * normal[0], place[1] + 0.035 * normal[1], place[2] + 0.035 * normal[2])
    lit = lit_share(shadow.depths, shadow.way, out, 0.05)
    spot = Spot(normal, _towards(place, eye), lit, second[1])
    part = mesh.parts[t]
    if part == SKIN:
        masks = Masks(first[0], first[1], first[2], second[0], second[1], second[2], last[2])
        return skin_light(look, lamps, canon, masks, spot)
    if part == EYE:
        return eye_light(look, lamps, place, canon, spot)
    if part == LASHES:
        dark = mix(look.skin, mix(look.brow, (0.01, 0.008, 0.008), 0.5), look.lashes)
        return surface(lamps, dark, Spot(normal, spot.to_eye, lit, 0.6), HAIRY)
    if part == TEETH:
        bright = Spot(normal, spot.to_eye, 0.55 + 0.3 * lit, 0.75)
        return surface(lamps, (0.86, 0.82, 0.74), bright, ENAMEL)
    return surface(lamps, (0.35, 0.1, 0.09), Spot(normal, spot.to_eye, 0.3 * lit, 0.35), TONGUE)


@njit(cache=True, fastmath=True)
def _strand_light(
    look: Look, lamps: Lamps, wisps: Wisps, shadow: Shadow, eye: Triple,
    hit: tuple[int, float, float],
) -> Triple:  # fmt: skip
    piece, u, v = hit
    pieces = wisps.points.shape[1] - 1
    s, k = piece // pieces, piece % pieces
    a, b = wisps.points[s, k], wisps.points[s, k + 1]
    start, end = (a[0], a[1], a[2]), (b[0], b[1], b[2])
    place, along = mix(start, end, u), _towards(start, end)
    view = _towards(place, eye)
    lit = lit_share(shadow.depths, shadow.way, place, 0.1)
    kind = wisps.kinds[s]
    if kind == WIRE:
        return surface(lamps, look.frame, Spot(_round(along, view, v), view, lit, 0.9), METAL)
    t = (k + u) / pieces
    if kind == HAIR:
        return _hair_light(lamps, look.hair, along, view, (lit, t, wisps.chance[s]))
    own = look.beard if kind == BEARD else look.brow
    return _hair_light(lamps, own, along, view, (0.3 + 0.7 * lit, 0.4 + t, wisps.chance[s]))


@njit(cache=True, fastmath=True)
def _round(along: Triple, view: Triple, across: float) -> Triple:
    """The normal of a round wire at a place across it in [-1, 1]."""
    side = unit((
        along[1] * view[2] - along[2] * view[1],
        along[2] * view[0] - along[0] * view[2],
        along[0] * view[1] - along[1] * view[0],
    ))  # fmt: skip
    rise = np.sqrt(max(1 - across * across, 0.0))
    return (
        view[0] * rise + side[0] * across,
        view[1] * rise + side[1] * across,
        view[2] * rise + side[2] * across,
    )


@njit(cache=True, fastmath=True)
def _hair_light(
    lamps: Lamps, own: Triple, along: Triple, view: Triple, state: tuple[float, float, float]
) -> Triple:
    """Hair; `state` is how lit it is, how far from the root, and a random number."""
    lit, t, chance = state
    colour = scaled(own, (0.75 + 0.5 * chance) * (0.55 + 0.45 * min(1.0, 2.5 * t)))
    to_key, to_fill = dot(along, lamps.key), dot(along, lamps.fill)
    key = lamps.key_power * (0.12 + 0.88 * lit)
    across = np.sqrt(max(1 - to_key * to_key, 0.0)) * key * 0.75
    rest = lamps.sky_power + lamps.fill_power * 0.7 * np.sqrt(max(1 - to_fill * to_fill, 0.0))
    half = unit((lamps.key[0] + view[0], lamps.key[1] + view[1], lamps.key[2] + view[2]))
    slant = dot(along, half) + 0.08 * (chance - 0.5)
    white = 0.035 * max(1 - (slant + 0.08) ** 2, 0.0) ** 40 * key * lit + 0.006 * rest
    tinted = 0.35 * max(1 - (slant - 0.12) ** 2, 0.0) ** 14 * key * lit
    total = across + rest + tinted
    return (colour[0] * total + white, colour[1] * total + white, colour[2] * total + white)


@njit(cache=True, fastmath=True, nogil=True)
def shade_face(
    image: Floats,
    buffers: tuple[Ints, Floats],
    scene: tuple[Mesh, Wisps, Shadow],
    look: Look,
    lamps: Lamps,
    eye: Triple,
) -> None:
    """Fill `image` ``(H, W, 3)`` with linear light wherever something is seen.

    Parameters
    ----------
    buffers
        What is seen and where on it, from `raster`; strands are numbered after triangles.
    eye
        Where the camera stands.
    """
    seen, where = buffers
    mesh, wisps, shadow = scene
    first = mesh.triangles.shape[0]
    for i in range(seen.shape[0]):
        for j in range(seen.shape[1]):
            s = seen[i, j]
            if s < 0:
                continue
            u, v = where[i, j, 0], where[i, j, 1]
            if s < first:
                out = _mesh_light(look, lamps, mesh, shadow, eye, (s, u, v))
            else:
                out = _strand_light(look, lamps, wisps, shadow, eye, (s - first, u, v))
            image[i, j, 0], image[i, j, 1], image[i, j, 2] = out
