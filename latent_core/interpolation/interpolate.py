"""Interpolation between two codes, between four, and between the pixels of two images."""

from __future__ import annotations

from typing import Any

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.interpolation.path import as_numbers, check_kind
from latent_core.types import Array, Floats, as_codes, as_images

MIN_SINE = 1e-6
"""Codes are treated as parallel or opposite when the sine of their angle is smaller."""


def lerp(a: Array, b: Array, weight: Array) -> Array:
    """Linear interpolation: codes ``(M, D)`` float64, `a` at weight 0 and `b` at 1.

    Parameters
    ----------
    a, b
        ``(M, D)`` or ``(D,)``.
    weight
        ``(M,)``; values outside [0, 1] extrapolate.
    """
    t = weight[:, None]
    codes: Array = (1 - t) * np.asarray(a, np.float64) + t * np.asarray(b, np.float64)
    return codes


def slerp(a: Array, b: Array, weight: Array) -> Array:
    """Spherical linear interpolation: codes ``(M, D)`` float64, `a` at weight 0 and `b` at 1.

    The direction moves along the great circle at constant angular speed; the norm is
    interpolated linearly, and extrapolated linearly down to 0.  (Shoemake's formula applied to
    codes of unequal norm, as in White 2016, makes the norm exceed both between them; for equal
    norms the results are the same.)

    Where no unique great circle joins the two, because they are parallel or opposite (the sine
    of their angle is below 1e-6) or one is zero, the result is that of `lerp`.

    Parameters
    ----------
    a, b
        ``(M, D)`` or ``(D,)``.
    weight
        ``(M,)``; values outside [0, 1] extrapolate.

    References
    ----------
    Shoemake 1985, doi:10.1145/325334.325242; White 2016, arXiv:1609.04468.
    """
    a, b, t = np.asarray(a, np.float64), np.asarray(b, np.float64), weight[:, None]
    norm_a, unit_a = _norm_and_direction(a)
    norm_b, unit_b = _norm_and_direction(b)
    # arctan2 is accurate for small angles, where arccos of the dot product is not
    angle = 2 * np.arctan2(_norm(unit_a - unit_b), _norm(unit_a + unit_b))
    sine = np.sin(angle)
    is_degenerate = (sine < MIN_SINE) | (norm_a == 0) | (norm_b == 0)
    rotated = np.sin((1 - t) * angle) * unit_a + np.sin(t * angle) * unit_b
    norm = np.maximum((1 - t) * norm_a + t * norm_b, 0)
    spherical = rotated * norm / np.where(is_degenerate, 1, sine)
    codes: Array = np.where(is_degenerate, lerp(a, b, weight), spherical)
    return codes


def _norm(codes: Array) -> Array:
    norm: Array = np.linalg.norm(codes, axis=-1, keepdims=True)
    return norm


def _norm_and_direction(codes: Array) -> tuple[Array, Array]:
    norm = _norm(codes)
    return norm, codes / np.where(norm > 0, norm, 1)


INTERPOLATORS = {"linear": lerp, "spherical": slerp}
"""The kinds of path that depend on their endpoints only."""


def bilinear(codes: Any, u: Any, v: Any, kind: str = "linear") -> Floats:
    """Codes ``(M, D)`` float32 interpolated between four corners, exact at the corners.

    Parameters
    ----------
    codes
        ``(4, D)``: top left, top right, bottom left, bottom right.
    u, v
        ``(M,)`` each in [0, 1]: the horizontal coordinate from left to right, and the vertical
        one from top to bottom.
    kind
        ``"linear"``: bilinear interpolation.  ``"spherical"``: `slerp` along the top and the
        bottom edge, then between the two results.

    Raises
    ------
    UnknownNameError
        Another kind.
    InvalidInputError
        Not four codes, or coordinates of different length or outside [0, 1].
    """
    check_kind(kind, tuple(INTERPOLATORS))
    corners = as_codes(codes)
    if len(corners) != 4:
        raise InvalidInputError(f"A square has four corners, not {len(corners)}; give four codes.")
    horizontal, vertical = _as_coordinates(u, "u"), _as_coordinates(v, "v")
    if len(horizontal) != len(vertical):
        raise InvalidInputError(
            f"{len(horizontal)} values of u but {len(vertical)} of v; give as many of each."
        )
    interpolate = INTERPOLATORS[kind]
    top = interpolate(corners[0], corners[1], horizontal)
    bottom = interpolate(corners[2], corners[3], horizontal)
    return interpolate(top, bottom, vertical).astype(np.float32)


def _as_coordinates(values: Any, name: str) -> Array:
    coordinates = as_numbers(values, f"values of {name}")
    if coordinates.size and (coordinates.min() < 0 or coordinates.max() > 1):
        raise InvalidInputError(
            f"The values of {name} must lie in [0, 1], "
            f"not [{coordinates.min():.3g}, {coordinates.max():.3g}]; choose points inside the "
            "square."
        )
    return coordinates


def cross_fade(a: Any, b: Any, times: Any) -> Floats:
    """Images ``(T, C, H, W)`` blended pixel by pixel, as a baseline for a path of codes.

    Parameters
    ----------
    a, b
        ``(C, H, W)`` in [0, 1].
    times
        ``(T,)``: `a` at 0, `b` at 1; outside, the extrapolation is clipped to [0, 1].

    Raises
    ------
    InvalidInputError
        Images of different shape or outside [0, 1], or times that are not finite numbers.
    """
    first = as_images(np.asarray(a)[None])
    last = as_images(np.asarray(b)[None], first.shape[1:])
    t = as_numbers(times, "times")[:, None, None, None]
    blend: Floats = np.clip((1 - t) * first + t * last, 0, 1).astype(np.float32)
    return blend
