"""Paint and light of a face's own surfaces: skin, lips, lining of the mouth, shirt and eyes."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from datagen.rendering.lighting import (
    Finish,
    Lamps,
    Spot,
    Triple,
    bump,
    dot,
    mix,
    noise,
    scaled,
    soft,
    surface,
    unit,
)


class Look(NamedTuple):
    """A face's colours in linear light, and amounts in [0, 1].

    `gaze` is the unit direction of both eyes, `left_eye` and `right_eye` are their middles.
    """

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


class Masks(NamedTuple):
    """How much a place is each of these, in [0, 1]."""

    lip: float
    inner: float
    lid: float
    ear: float
    sky: float
    beard: float
    scalp: float


CLOTH = Finish((0.1, 0.1, 0.1), 0.01, 8.0)
LINING = Finish((0.3, 0.1, 0.1), 0.02, 20.0)
EYEBALL = Finish((0.3, 0.25, 0.25), 0.02, 30.0)
SKIN_SPREAD = (0.32, 0.17, 0.12)  # light wanders below skin, red the farthest


@njit(cache=True, fastmath=True)
def skin_light(look: Look, lamps: Lamps, canon: Triple, masks: Masks, spot: Spot) -> Triple:
    """Skin, or what is there instead of it: the shirt, the mouth's lining."""
    x, y, z = canon
    below = max(5.86 - 0.46 * z - y, min(abs(x) - 0.95, 6.2 - y))
    if below > 0:
        paint = scaled(look.cloth, 0.7 + 0.3 * soft(0.0, 0.05, below))
        return surface(lamps, paint, spot, CLOTH)
    if masks.inner > 0.5 and z > 0.2 and y < 7.0:
        dark = 0.35 + 0.65 * spot.sky
        dim = Spot(spot.normal, spot.to_eye, spot.lit * 0.6, spot.sky)
        return surface(lamps, (0.2 * dark, 0.045 * dark, 0.04 * dark), dim, LINING)
    paint = _blushed(look, canon, masks)
    if look.age > 0.35:
        shade = _wrinkles(canon, (look.age - 0.35) / 0.65)
        paint = (paint[0] * shade, paint[1] * shade**1.3, paint[2] * shade**1.3)
    paint = mix(paint, look.lips, min(1.0, masks.lip * 1.6) * 0.92)
    paint = mix(paint, mix(look.skin, look.beard, 0.72), masks.beard * look.stubble)
    paint = mix(paint, look.hair, masks.scalp * look.scalp)
    hairy = max(masks.scalp * look.scalp, masks.beard * look.stubble)
    gloss = (0.065 + 0.05 * masks.lip - 0.02 * look.age) * (1 - 0.8 * hairy)
    open_sky = Spot(spot.normal, spot.to_eye, spot.lit, 0.3 + 0.7 * spot.sky)
    return surface(lamps, paint, open_sky, Finish(SKIN_SPREAD, gloss, 14.0))


@njit(cache=True, fastmath=True)
def _blushed(look: Look, canon: Triple, masks: Masks) -> Triple:
    """Skin with red cheeks, nose and ears, and shade around the eyes."""
    x, y, z = canon
    paint = scaled(look.skin, 0.94 + 0.12 * noise(x * 9, y * 9, z * 9))
    cheek = bump(abs(x), 0.52, 0.24) * bump(y, 6.88, 0.22) * (z > 0.5)
    nose = bump(x, 0.0, 0.17) * bump(y, 6.93, 0.13) * (z > 1.3)
    red = look.blush * (0.55 * cheek + 0.35 * nose) + 0.25 * masks.ear + 0.12 * masks.lid
    rosy = (paint[0] * 1.02, paint[1] * 0.66, paint[2] * 0.64)
    paint = mix(paint, rosy, min(red, 1.0))
    socket = 0.3 * bump(abs(x), 0.32, 0.17) * bump(y, 7.3, 0.09) * (z > 0.9)
    return mix(paint, (paint[0] * 0.8, paint[1] * 0.7, paint[2] * 0.7), socket)


@njit(cache=True, fastmath=True)
def _wrinkles(canon: Triple, old: float) -> float:
    """The shade of lines beside the mouth, on the forehead and at the eyes, and of spots."""
    x, y, z = abs(canon[0]), canon[1], canon[2]
    spot = soft(0.7, 0.85, noise(canon[0] * 5 + 31, y * 5, z * 5)) * 0.22 * old
    if z <= 0.6:
        return 1 - spot
    fold = abs(x - (0.2 + 0.5 * max(6.88 - y, 0.0)))
    line = soft(0.04, 0.0, fold) * soft(6.55, 6.66, y) * soft(6.9, 6.8, y)
    rows = 0.5 + 0.5 * np.cos((y + 0.03 * np.cos(7 * x) - 7.62) * 52)
    front = soft(7.58, 7.63, y) * soft(7.95, 7.85, y) * soft(0.62, 0.3, x)
    line = max(line, 0.5 * rows * rows * rows * front)
    fan = 0.5 + 0.5 * np.cos((y - 7.28) * 70)
    corner = soft(0.56, 0.61, x) * soft(0.78, 0.66, x) * soft(0.13, 0.05, abs(y - 7.28))
    line = max(line, 0.5 * fan * corner)
    bag = bump(x, 0.32, 0.15) * bump(y, 7.13, 0.045)
    return (1 - old * (0.42 * line + 0.2 * bag)) * (1 - spot)


@njit(cache=True, fastmath=True)
def eye_light(look: Look, lamps: Lamps, place: Triple, canon: Triple, spot: Spot) -> Triple:
    """Sclera, iris and pupil by the angle to the gaze, with a highlight."""
    centre = look.left_eye if canon[0] > 0 else look.right_eye
    normal = unit((place[0] - centre[0], place[1] - centre[1], place[2] - centre[2]))
    along = dot(normal, look.gaze)
    ring = np.sqrt(max(1 - along * along, 0.0)) if along > 0 else 1.0
    iris = mix(look.iris, (0.01, 0.008, 0.008), 0.75 * soft(0.4, 0.56, ring))
    iris = mix(iris, scaled(iris, 1.5), soft(0.2, 0.4, ring) * 0.5)
    paint = mix(iris, (0.66, 0.62, 0.59), soft(0.53, 0.6, ring))
    paint = mix((0.006, 0.005, 0.005), paint, soft(0.2, 0.27, ring))
    paint = scaled(paint, 0.45 + 0.55 * soft(7.385, 7.3, canon[1]))
    out = surface(lamps, paint, Spot(normal, spot.to_eye, 0.35 + 0.65 * spot.lit, 0.8), EYEBALL)
    key, view = lamps.key, spot.to_eye
    window = unit((key[0] * 0.7 + 0.1, abs(key[1]) * 0.6 + 0.35, key[2] * 0.7 + 0.5))
    half = unit((window[0] + view[0], window[1] + view[1], window[2] + view[2]))
    spark = soft(0.955, 0.985, dot(normal, half)) * 0.9
    return (out[0] + spark, out[1] + spark, out[2] + spark)
