"""Linear RGB colors in [0, 1] of skin, hair, eyes, clothes and background, from factors."""

from __future__ import annotations

import colorsys

import numpy as np
from numpy.typing import NDArray

from datagen.factor_table import Factors
from datagen.rendering.color_space import srgb_to_linear
from datagen.rendering.vectors import Vec3

# sRGB color stops from factor value 0 to 1
_SKIN = [(233, 196, 176), (221, 174, 146), (197, 143, 111), (140, 92, 66), (84, 54, 41)]
_HAIR = [(22, 18, 17), (52, 36, 27), (98, 66, 43), (158, 117, 72), (222, 187, 130)]
_COPPER = [(30, 16, 13), (72, 32, 18), (126, 55, 24), (176, 84, 36), (222, 142, 78)]
_GRAY = (205, 203, 200)
_IRIS = [(62, 36, 20), (92, 58, 28), (104, 96, 52), (82, 112, 108), (92, 134, 170)]
_FRAME = [(18, 18, 20), (70, 34, 22), (120, 84, 52), (176, 142, 84)]


def _interpolate_stops(stops: list[tuple[int, int, int]], t: float) -> NDArray[np.float64]:
    """SRGB ``(3,)`` in [0, 255] at `t` in [0, 1]."""
    positions = np.linspace(0, 1, len(stops))
    return np.array([np.interp(t, positions, channel) for channel in zip(*stops, strict=True)])


def _rgb(color: NDArray[np.float64]) -> Vec3:
    return float(color[0]), float(color[1]), float(color[2])


def skin(face: Factors) -> Vec3:
    """Skin color."""
    return _rgb(srgb_to_linear(_interpolate_stops(_SKIN, face["skin_tone"])))


def lips(face: Factors) -> Vec3:
    """Lip color: redder and slightly darker than the skin."""
    skin_color = np.array(skin(face))
    red = srgb_to_linear((186, 72, 74)) * (0.45 + 0.75 * skin_color.mean() / 0.5)
    fraction = 0.42 + 0.42 * face["blush"]
    return _rgb(skin_color * (1 - fraction) * 0.85 + red * fraction)


def hair(face: Factors) -> Vec3:
    """Hair color, mixed with gray."""
    color = _interpolate_stops(_HAIR, face["hair_lightness"])
    color += (_interpolate_stops(_COPPER, face["hair_lightness"]) - color) * max(
        0.0, face["hair_redness"] * 1.4 - 0.4
    )
    return _rgb(srgb_to_linear(color + (np.array(_GRAY) - color) * face["greyness"]))


def beard(face: Factors) -> Vec3:
    """Beard color: slightly darker and less gray than the hair."""
    changed = {
        "hair_lightness": 0.85 * face["hair_lightness"],
        "greyness": 0.7 * face["greyness"],
    }
    return hair({**face, **changed})


def brows(face: Factors) -> Vec3:
    """Eyebrow color: darker and less gray than the hair, mixed with some skin color."""
    changed = {"hair_lightness": 0.75 * face["hair_lightness"], "greyness": 0.6 * face["greyness"]}
    hair_color, skin_color = np.array(hair({**face, **changed})), np.array(skin(face))
    return _rgb(hair_color + 0.15 * (skin_color - hair_color))


def iris(face: Factors) -> Vec3:
    """Iris color."""
    return _rgb(srgb_to_linear(_interpolate_stops(_IRIS, face["eye_colour"])))


def glasses_frame(face: Factors) -> Vec3:
    """Color of the glasses' frame."""
    return _rgb(srgb_to_linear(_interpolate_stops(_FRAME, face["glasses_tone"])))


def shirt(face: Factors) -> Vec3:
    """Shirt color."""
    return _from_hls(face["shirt_hue"], 0.16 + 0.6 * face["shirt_lightness"], 0.38)


def background(face: Factors) -> Vec3:
    """Background color."""
    return _from_hls(face["ground_hue"], 0.3 + 0.52 * face["ground_lightness"], 0.2)


def _from_hls(hue: float, lightness: float, saturation: float) -> Vec3:
    rgb = colorsys.hls_to_rgb(hue % 1.0, lightness, saturation)
    return _rgb(srgb_to_linear(np.array(rgb) * 255))
