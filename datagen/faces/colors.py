"""Colours of skin, hair, eyes and cloth as linear light, from factors in [0, 1]."""

from __future__ import annotations

import colorsys
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Face = Mapping[str, float]
Colour = tuple[float, float, float]

_SKIN = [(233, 196, 176), (221, 174, 146), (197, 143, 111), (140, 92, 66), (84, 54, 41)]
_HAIR = [(22, 18, 17), (52, 36, 27), (98, 66, 43), (158, 117, 72), (222, 187, 130)]
_COPPER = [(30, 16, 13), (72, 32, 18), (126, 55, 24), (176, 84, 36), (222, 142, 78)]
_GREY = (205, 203, 200)
_EYES = [(62, 36, 20), (92, 58, 28), (104, 96, 52), (82, 112, 108), (92, 134, 170)]


def linear(colour: Any) -> NDArray[np.float64]:
    """Linear light in [0, 1] for sRGB in [0, 255]."""
    c = np.asarray(colour, np.float64) / 255
    return np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)


def _ramp(stops: list[tuple[int, int, int]], t: float) -> NDArray[np.float64]:
    places = np.linspace(0, 1, len(stops))
    return np.array([np.interp(t, places, channel) for channel in zip(*stops, strict=True)])


def _triple(colour: NDArray[np.float64]) -> Colour:
    return float(colour[0]), float(colour[1]), float(colour[2])


def skin(face: Face) -> Colour:
    """The skin's own colour."""
    return _triple(linear(_ramp(_SKIN, face["skin_tone"])))


def lips(face: Face) -> Colour:
    """The lips': the skin's, redder and a little darker."""
    ground = np.array(skin(face))
    rosy = linear((186, 72, 74)) * (0.45 + 0.75 * ground.mean() / 0.5)
    share = 0.42 + 0.42 * face["blush"]
    return _triple(ground * (1 - share) * 0.85 + rosy * share)


def hair(face: Face) -> Colour:
    """The hair's, grey mixed in."""
    own = _ramp(_HAIR, face["hair_lightness"])
    own += (_ramp(_COPPER, face["hair_lightness"]) - own) * max(
        0.0, face["hair_redness"] * 1.4 - 0.4
    )
    return _triple(linear(own + (np.array(_GREY) - own) * face["greyness"]))


def beard(face: Face) -> Colour:
    """The beard's: a little darker and less grey than the hair."""
    fading = {
        "hair_lightness": 0.85 * face["hair_lightness"],
        "greyness": 0.7 * face["greyness"],
    }
    return hair({**face, **fading})


def brows(face: Face) -> Colour:
    """The eyebrows': darker and less grey than the hair, some skin between them."""
    darker = {"hair_lightness": 0.75 * face["hair_lightness"], "greyness": 0.6 * face["greyness"]}
    strands, ground = np.array(hair({**face, **darker})), np.array(skin(face))
    return _triple(strands + 0.15 * (ground - strands))


def iris(face: Face) -> Colour:
    """The iris'."""
    return _triple(linear(_ramp(_EYES, face["eye_colour"])))


def frame(face: Face) -> Colour:
    """The glasses' frame."""
    stops = [(18, 18, 20), (70, 34, 22), (120, 84, 52), (176, 142, 84)]
    return _triple(linear(_ramp(stops, face["glasses_tone"])))


def cloth(face: Face) -> Colour:
    """The shirt's."""
    return _from_hls(face["shirt_hue"], 0.16 + 0.6 * face["shirt_lightness"], 0.38)


def ground(face: Face) -> Colour:
    """The plain background's."""
    return _from_hls(face["ground_hue"], 0.3 + 0.52 * face["ground_lightness"], 0.2)


def _from_hls(hue: float, lightness: float, saturation: float) -> Colour:
    rgb = colorsys.hls_to_rgb(hue % 1.0, lightness, saturation)
    return _triple(linear(np.array(rgb) * 255))
