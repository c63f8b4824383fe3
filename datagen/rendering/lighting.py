"""Local lighting of one surface point, compiled by numba.

A key and a fill light and an ambient sky; the key light is tested against a shadow map.

References
----------
W. T. Reeves, D. H. Salesin, R. L. Cook: Rendering antialiased shadows with depth maps (1987),
SIGGRAPH: percentage-closer filtering.
J. F. Blinn: Models of light reflection for computer synthesized pictures (1977), SIGGRAPH: the
specular lobe around the half vector.
S. Green: Real-time approximations to subsurface scattering (2004), GPU Gems, chapter 16: wrapped
diffuse lighting.
"""

from __future__ import annotations

from typing import NamedTuple

from numba import njit

from datagen.rendering.vectors import Floats, Vec3, dot, normalize


class LightRig(NamedTuple):
    """Two directional lights, with unit vectors towards them, and a uniform sky."""

    key_direction: Vec3
    key_intensity: float
    fill_direction: Vec3
    fill_intensity: float
    sky_intensity: float


class SurfacePoint(NamedTuple):
    """Geometry and visibility at a shaded point.

    `normal` and `to_camera` are unit vectors. `key_visibility` in [0, 1] is
    the unshadowed fraction of the key light; `sky_visibility` in [0, 1] is 1 minus the ambient
    occlusion.
    """

    normal: Vec3
    to_camera: Vec3  # not `view`, which numba takes for the method of arrays
    key_visibility: float
    sky_visibility: float


class Reflectance(NamedTuple):
    """Diffuse wrap per color channel, and strength and exponent of the specular lobe."""

    wrap: Vec3
    specular: float
    exponent: float


@njit(cache=True, fastmath=True)
def shadow_visibility(depth: Floats, world_to_map: Floats, position: Vec3, bias: float) -> float:
    """Unshadowed fraction of a light, by 3×3 percentage-closer filtering.

    Parameters
    ----------
    depth
        Shadow map ``(S, S)``, larger is nearer to the light.
    world_to_map
        ``(3, 4)``, affine map from a position to map x, map y and depth.
    bias
        Depth by which an occluder must be nearer to cast a shadow.

    Returns
    -------
    float
        In [0, 1].
    """
    m = world_to_map
    x = m[0, 0] * position[0] + m[0, 1] * position[1] + m[0, 2] * position[2] + m[0, 3]
    y = m[1, 0] * position[0] + m[1, 1] * position[1] + m[1, 2] * position[2] + m[1, 3]
    z = m[2, 0] * position[0] + m[2, 1] * position[1] + m[2, 2] * position[2] + m[2, 3]
    size = depth.shape[0]
    visible = 0.0
    for dy in range(-1, 2):
        for dx in range(-1, 2):
            i, j = int(y + 1.4 * dy), int(x + 1.4 * dx)
            if i < 0 or j < 0 or i >= size or j >= size or depth[i, j] < z + bias:
                visible += 1.0
    return visible / 9


@njit(cache=True, fastmath=True)
def reflected_radiance(
    lights: LightRig, albedo: Vec3, point: SurfacePoint, reflectance: Reflectance
) -> Vec3:
    """Linear RGB radiance towards the camera: wrapped diffuse plus a Blinn specular lobe.

    The specular term grows towards grazing angles.
    """
    key, view = lights.key_direction, point.to_camera
    n_dot_key = dot(point.normal, key)
    fill = max(dot(point.normal, lights.fill_direction), 0.0) * lights.fill_intensity
    sky = (0.6 + 0.4 * point.normal[1]) * lights.sky_intensity * point.sky_visibility
    half = normalize((key[0] + view[0], key[1] + view[1], key[2] + view[2]))
    grazing = (1 - max(dot(point.normal, view), 0.0)) ** 4
    lobe = max(dot(point.normal, half), 0.0) ** reflectance.exponent
    specular = lobe * point.key_visibility * lights.key_intensity
    specular = reflectance.specular * (specular * (1 + 3 * grazing) + 0.35 * grazing * (sky + fill))
    indirect = fill * point.sky_visibility + sky
    visibility, wrap = point.key_visibility, reflectance.wrap
    r = _wrapped_diffuse(n_dot_key, visibility, wrap[0]) * lights.key_intensity + indirect
    g = _wrapped_diffuse(n_dot_key, visibility, wrap[1]) * lights.key_intensity + indirect
    b = _wrapped_diffuse(n_dot_key, visibility, wrap[2]) * lights.key_intensity + indirect
    return (albedo[0] * r + specular, albedo[1] * g + specular, albedo[2] * b + specular)


@njit(cache=True, fastmath=True)
def _wrapped_diffuse(n_dot_l: float, visibility: float, wrap: float) -> float:
    """Diffuse term that reaches 0 at ``n·l = -wrap``; some light also leaks into shadow."""
    unshadowed = visibility + (1 - visibility) * wrap * 0.35
    return max((n_dot_l + wrap) / (1 + wrap), 0.0) * unshadowed
