"""Shading of the visible points of a face: mesh, hair and glasses, compiled by numba.

References
----------
J. T. Kajiya, T. L. Kay: Rendering fur with three dimensional textures (1989), SIGGRAPH: diffuse
and specular terms of a hair from its tangent.
S. R. Marschner et al.: Light scattering from human hair fibers (2003), SIGGRAPH: its lobes are
reduced here to two shifted highlights, one white and one with the hair's color.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from datagen.faces.hair import BEARD, HAIR, WIRE
from datagen.faces.materials import FaceAppearance, RegionMasks, eye_radiance, skin_radiance
from datagen.faces.mesh import EYE, LASHES, SKIN, TEETH
from datagen.rendering.lighting import (
    LightRig,
    Reflectance,
    SurfacePoint,
    reflected_radiance,
    shadow_visibility,
)
from datagen.rendering.rasterizer import VisibilityBuffer
from datagen.rendering.vectors import Floats, Ints, Vec3, dot, interpolate, lerp, normalize, scale

EYELASHES = Reflectance((0.2, 0.2, 0.2), 0.0, 10.0)
ENAMEL = Reflectance((0.7, 0.7, 0.7), 0.04, 25.0)
TONGUE = Reflectance((0.4, 0.3, 0.3), 0.03, 12.0)
METAL = Reflectance((0.1, 0.1, 0.1), 0.25, 30.0)
SHADOW_OFFSET = 0.035  # decimeters along the normal, against self-shadowing


class FaceMesh(NamedTuple):
    """A head's triangles and vertex attributes.

    `triangles` is ``(T, 3)``, `parts` ``(T,)``; positions, normals and rest positions are
    ``(V, 3)``; `masks` is ``(V, 7)`` in the order of `RegionMasks`.
    """

    triangles: Ints
    parts: Ints
    positions: Floats
    normals: Floats
    rest_positions: Floats
    masks: Floats


class StrandArrays(NamedTuple):
    """Strands ``(S, K, 3)``, their kinds ``(S,)`` and random values ``(S,)``."""

    points: Floats
    kinds: Ints
    random_values: Floats


class ShadowMap(NamedTuple):
    """Depth ``(S, S)`` seen from the key light, and the affine map ``(3, 4)`` into it."""

    depth: Floats
    world_to_map: Floats


@njit(cache=True, fastmath=True)
def _direction(a: Vec3, b: Vec3) -> Vec3:
    """Unit vector from `a` to `b`."""
    return normalize((b[0] - a[0], b[1] - a[1], b[2] - a[2]))


@njit(cache=True, fastmath=True)
def _mesh_radiance(
    look: FaceAppearance, lights: LightRig, mesh: FaceMesh, shadow: ShadowMap, camera: Vec3,
    hit: tuple[int, float, float],
) -> Vec3:  # fmt: skip
    """Linear RGB radiance of the mesh; `hit` is triangle and barycentric coordinates."""
    t, u, v = hit
    corners = (mesh.triangles[t, 0], mesh.triangles[t, 1], mesh.triangles[t, 2])
    weights = (1 - u - v, u, v)
    p = interpolate(mesh.positions, corners, weights)
    n = normalize(interpolate(mesh.normals, corners, weights))
    rest = interpolate(mesh.rest_positions, corners, weights)
    first = interpolate(mesh.masks[:, 0:3], corners, weights)
    second = interpolate(mesh.masks[:, 3:6], corners, weights)
    last = interpolate(mesh.masks[:, 4:7], corners, weights)
    d = SHADOW_OFFSET
    lifted = (p[0] + d * n[0], p[1] + d * n[1], p[2] + d * n[2])
    lit = shadow_visibility(shadow.depth, shadow.world_to_map, lifted, 0.05)
    point = SurfacePoint(n, _direction(p, camera), lit, second[1])
    part = mesh.parts[t]
    if part == SKIN:
        masks = RegionMasks(first[0], first[1], first[2], second[0], second[1], second[2], last[2])
        return skin_radiance(look, lights, rest, masks, point)
    if part == EYE:
        return eye_radiance(look, lights, p, rest, point)
    if part == LASHES:
        dark = lerp(look.skin, lerp(look.brow, (0.01, 0.008, 0.008), 0.5), look.lashes)
        return reflected_radiance(
            lights, dark, SurfacePoint(n, point.to_camera, lit, 0.6), EYELASHES
        )
    if part == TEETH:
        teeth = SurfacePoint(n, point.to_camera, 0.55 + 0.3 * lit, 0.75)
        return reflected_radiance(lights, (0.86, 0.82, 0.74), teeth, ENAMEL)
    tongue = SurfacePoint(n, point.to_camera, 0.3 * lit, 0.35)
    return reflected_radiance(lights, (0.35, 0.1, 0.09), tongue, TONGUE)


@njit(cache=True, fastmath=True)
def _strand_radiance(
    look: FaceAppearance, lights: LightRig, strands: StrandArrays, shadow: ShadowMap, camera: Vec3,
    hit: tuple[int, float, float],
) -> Vec3:  # fmt: skip
    """Linear RGB radiance of a strand; `hit` is the segment and the coordinates on it."""
    segment, u, v = hit
    segments = strands.points.shape[1] - 1
    s, k = segment // segments, segment % segments
    a, b = strands.points[s, k], strands.points[s, k + 1]
    start, end = (a[0], a[1], a[2]), (b[0], b[1], b[2])
    position, tangent = lerp(start, end, u), _direction(start, end)
    view = _direction(position, camera)
    lit = shadow_visibility(shadow.depth, shadow.world_to_map, position, 0.1)
    kind, random = strands.kinds[s], strands.random_values[s]
    if kind == WIRE:
        point = SurfacePoint(_cylinder_normal(tangent, view, v), view, lit, 0.9)
        return reflected_radiance(lights, look.glasses_frame, point, METAL)
    t = (k + u) / segments
    if kind == HAIR:
        return _hair_radiance(lights, look.hair, tangent, view, (lit, t, random))
    albedo = look.beard if kind == BEARD else look.brow
    return _hair_radiance(lights, albedo, tangent, view, (0.3 + 0.7 * lit, 0.4 + t, random))


@njit(cache=True, fastmath=True)
def _cylinder_normal(axis: Vec3, view: Vec3, across: float) -> Vec3:
    """Normal of a cylinder whose visible width is `across` in [-1, 1]."""
    side = normalize((
        axis[1] * view[2] - axis[2] * view[1],
        axis[2] * view[0] - axis[0] * view[2],
        axis[0] * view[1] - axis[1] * view[0],
    ))  # fmt: skip
    height = np.sqrt(max(1 - across * across, 0.0))
    return (
        view[0] * height + side[0] * across,
        view[1] * height + side[1] * across,
        view[2] * height + side[2] * across,
    )


@njit(cache=True, fastmath=True)
def _hair_radiance(
    lights: LightRig, albedo: Vec3, tangent: Vec3, view: Vec3, state: tuple[float, float, float]
) -> Vec3:
    """Linear RGB radiance of hair.

    `state` is the visibility of the key light, the position from root (0) to tip (1), and a
    random value in [0, 1].
    """
    lit, t, random = state
    color = scale(albedo, (0.75 + 0.5 * random) * (0.55 + 0.45 * min(1.0, 2.5 * t)))
    cos_key, cos_fill = dot(tangent, lights.key_direction), dot(tangent, lights.fill_direction)
    key = lights.key_intensity * (0.12 + 0.88 * lit)
    diffuse = np.sqrt(max(1 - cos_key * cos_key, 0.0)) * key * 0.75
    fill = lights.fill_intensity * 0.7 * np.sqrt(max(1 - cos_fill * cos_fill, 0.0))
    indirect = lights.sky_intensity + fill
    light = lights.key_direction
    half = normalize((light[0] + view[0], light[1] + view[1], light[2] + view[2]))
    cos_half = dot(tangent, half) + 0.08 * (random - 0.5)
    white = 0.035 * max(1 - (cos_half + 0.08) ** 2, 0.0) ** 40 * key * lit + 0.006 * indirect
    tinted = 0.35 * max(1 - (cos_half - 0.12) ** 2, 0.0) ** 14 * key * lit
    total = diffuse + indirect + tinted
    return (color[0] * total + white, color[1] * total + white, color[2] * total + white)


@njit(cache=True, fastmath=True, nogil=True)
def shade_face(
    radiance: Floats,
    buffer: VisibilityBuffer,
    scene: tuple[FaceMesh, StrandArrays, ShadowMap],
    look: FaceAppearance,
    lights: LightRig,
    camera: Vec3,
) -> None:
    """Write linear RGB into `radiance` ``(H, W, 3)`` wherever a primitive is visible.

    Parameters
    ----------
    buffer
        Strand segments are numbered after the triangles.
    camera
        The camera's position.
    """
    _, primitive_ids, coordinates = buffer
    mesh, strands, shadow = scene
    n_triangles = mesh.triangles.shape[0]
    for i in range(primitive_ids.shape[0]):
        for j in range(primitive_ids.shape[1]):
            s = primitive_ids[i, j]
            if s < 0:
                continue
            u, v = coordinates[i, j, 0], coordinates[i, j, 1]
            if s < n_triangles:
                color = _mesh_radiance(look, lights, mesh, shadow, camera, (s, u, v))
            else:
                hit = (s - n_triangles, u, v)
                color = _strand_radiance(look, lights, strands, shadow, camera, hit)
            radiance[i, j, 0], radiance[i, j, 1], radiance[i, j, 2] = color
