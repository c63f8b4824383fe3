"""Albedo and shading of skin, lips, mouth, shirt and eyes, compiled by numba."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from datagen.rendering.lighting import LightRig, Reflectance, SurfacePoint, reflected_radiance
from datagen.rendering.noise import value_noise
from datagen.rendering.vectors import Vec3, dot, gaussian, lerp, normalize, scale, smoothstep


class FaceAppearance(NamedTuple):
    """Linear RGB albedos of a face, and amounts in [0, 1].

    `gaze` is the unit direction in which both eyes look; `left_eye` and `right_eye` are the
    centers of the eyeballs.
    """

    skin: Vec3
    lips: Vec3
    hair: Vec3
    beard: Vec3
    brow: Vec3
    iris: Vec3
    glasses_frame: Vec3
    shirt: Vec3
    blush: float
    age: float
    stubble: float
    lashes: float
    scalp: float
    gaze: Vec3
    left_eye: Vec3
    right_eye: Vec3


class RegionMasks(NamedTuple):
    """Membership of a skin point in each region, in [0, 1], and its sky visibility."""

    lips: float
    mouth: float
    eyelids: float
    ears: float
    sky_visibility: float
    facial_hair: float
    scalp: float


SHIRT = Reflectance((0.1, 0.1, 0.1), 0.01, 8.0)
MOUTH_LINING = Reflectance((0.3, 0.1, 0.1), 0.02, 20.0)
EYEBALL = Reflectance((0.3, 0.25, 0.25), 0.02, 30.0)
SKIN_WRAP = (0.32, 0.17, 0.12)  # subsurface scattering reaches farthest in the red channel


@njit(cache=True, fastmath=True)
def skin_radiance(
    look: FaceAppearance, lights: LightRig, rest: Vec3, masks: RegionMasks, point: SurfacePoint
) -> Vec3:
    """Linear RGB radiance of a point on the part `SKIN`: skin, lips, shirt or mouth lining."""
    x, y, z = rest
    below_collar = max(5.86 - 0.46 * z - y, min(abs(x) - 0.95, 6.2 - y))
    if below_collar > 0:
        albedo = scale(look.shirt, 0.7 + 0.3 * smoothstep(0.0, 0.05, below_collar))
        return reflected_radiance(lights, albedo, point, SHIRT)
    if masks.mouth > 0.5 and z > 0.2 and y < 7.0:
        dark = 0.35 + 0.65 * point.sky_visibility
        dim = SurfacePoint(
            point.normal, point.to_camera, point.key_visibility * 0.6, point.sky_visibility
        )
        albedo = (0.2 * dark, 0.045 * dark, 0.04 * dark)
        return reflected_radiance(lights, albedo, dim, MOUTH_LINING)
    albedo = _skin_albedo(look, rest, masks)
    if look.age > 0.35:
        shade = _wrinkle_factor(rest, (look.age - 0.35) / 0.65)
        albedo = (albedo[0] * shade, albedo[1] * shade**1.3, albedo[2] * shade**1.3)
    albedo = lerp(albedo, look.lips, min(1.0, masks.lips * 1.6) * 0.92)
    albedo = lerp(albedo, lerp(look.skin, look.beard, 0.72), masks.facial_hair * look.stubble)
    albedo = lerp(albedo, look.hair, masks.scalp * look.scalp)
    hair = max(masks.scalp * look.scalp, masks.facial_hair * look.stubble)
    specular = (0.065 + 0.05 * masks.lips - 0.02 * look.age) * (1 - 0.8 * hair)
    brightened = SurfacePoint(
        point.normal, point.to_camera, point.key_visibility, 0.3 + 0.7 * point.sky_visibility
    )
    return reflected_radiance(lights, albedo, brightened, Reflectance(SKIN_WRAP, specular, 14.0))


@njit(cache=True, fastmath=True)
def _skin_albedo(look: FaceAppearance, rest: Vec3, masks: RegionMasks) -> Vec3:
    """Skin with redder cheeks, nose and ears, and darker eye sockets."""
    x, y, z = rest
    albedo = scale(look.skin, 0.94 + 0.12 * value_noise(x * 9, y * 9, z * 9))
    cheek = gaussian(abs(x), 0.52, 0.24) * gaussian(y, 6.88, 0.22) * (z > 0.5)
    nose = gaussian(x, 0.0, 0.17) * gaussian(y, 6.93, 0.13) * (z > 1.3)
    redness = look.blush * (0.55 * cheek + 0.35 * nose) + 0.25 * masks.ears + 0.12 * masks.eyelids
    red = (albedo[0] * 1.02, albedo[1] * 0.66, albedo[2] * 0.64)
    albedo = lerp(albedo, red, min(redness, 1.0))
    socket = 0.3 * gaussian(abs(x), 0.32, 0.17) * gaussian(y, 7.3, 0.09) * (z > 0.9)
    return lerp(albedo, (albedo[0] * 0.8, albedo[1] * 0.7, albedo[2] * 0.7), socket)


@njit(cache=True, fastmath=True)
def _wrinkle_factor(rest: Vec3, amount: float) -> float:
    """Albedo factor in [0, 1] of wrinkles, bags under the eyes and age spots."""
    x, y, z = abs(rest[0]), rest[1], rest[2]
    noise = value_noise(rest[0] * 5 + 31, y * 5, z * 5)
    spot = smoothstep(0.7, 0.85, noise) * 0.22 * amount
    if z <= 0.6:
        return 1 - spot
    distance = abs(x - (0.2 + 0.5 * max(6.88 - y, 0.0)))  # from the nasolabial fold
    line = smoothstep(0.04, 0.0, distance) * smoothstep(6.55, 6.66, y) * smoothstep(6.9, 6.8, y)
    waves = 0.5 + 0.5 * np.cos((y + 0.03 * np.cos(7 * x) - 7.62) * 52)
    forehead = smoothstep(7.58, 7.63, y) * smoothstep(7.95, 7.85, y) * smoothstep(0.62, 0.3, x)
    line = max(line, 0.5 * waves * waves * waves * forehead)
    rays = 0.5 + 0.5 * np.cos((y - 7.28) * 70)
    eye_corner = smoothstep(0.56, 0.61, x) * smoothstep(0.78, 0.66, x)
    eye_corner *= smoothstep(0.13, 0.05, abs(y - 7.28))
    line = max(line, 0.5 * rays * eye_corner)
    bag = gaussian(x, 0.32, 0.15) * gaussian(y, 7.13, 0.045)
    factor: float = (1 - amount * (0.42 * line + 0.2 * bag)) * (1 - spot)
    return factor


@njit(cache=True, fastmath=True)
def eye_radiance(
    look: FaceAppearance, lights: LightRig, position: Vec3, rest: Vec3, point: SurfacePoint
) -> Vec3:
    """Linear RGB radiance of sclera, iris and pupil, by the angle to the gaze."""
    center = look.left_eye if rest[0] > 0 else look.right_eye
    normal = normalize((position[0] - center[0], position[1] - center[1], position[2] - center[2]))
    cosine = dot(normal, look.gaze)
    sine = np.sqrt(max(1 - cosine * cosine, 0.0)) if cosine > 0 else 1.0
    iris = lerp(look.iris, (0.01, 0.008, 0.008), 0.75 * smoothstep(0.4, 0.56, sine))
    iris = lerp(iris, scale(iris, 1.5), smoothstep(0.2, 0.4, sine) * 0.5)
    albedo = lerp(iris, (0.66, 0.62, 0.59), smoothstep(0.53, 0.6, sine))
    albedo = lerp((0.006, 0.005, 0.005), albedo, smoothstep(0.2, 0.27, sine))
    albedo = scale(albedo, 0.45 + 0.55 * smoothstep(7.385, 7.3, rest[1]))
    eye_point = SurfacePoint(normal, point.to_camera, 0.35 + 0.65 * point.key_visibility, 0.8)
    out = reflected_radiance(lights, albedo, eye_point, EYEBALL)
    key, view = lights.key_direction, point.to_camera
    window = normalize((key[0] * 0.7 + 0.1, abs(key[1]) * 0.6 + 0.35, key[2] * 0.7 + 0.5))
    half = normalize((window[0] + view[0], window[1] + view[1], window[2] + view[2]))
    highlight = smoothstep(0.955, 0.985, dot(normal, half)) * 0.9
    return (out[0] + highlight, out[1] + highlight, out[2] + highlight)
