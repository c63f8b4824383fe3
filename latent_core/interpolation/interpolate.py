"""Mixtures of two codes, of four, and of two pictures."""

from __future__ import annotations

from typing import Any

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.interpolation.path import as_numbers, check_kind
from latent_core.types import Array, Floats, as_codes, as_images

_FLAT = 1e-6
"""Two codes whose angle has a smaller sine point the same way, or opposite ways."""


def lerp(a: Array, b: Array, weight: Array) -> Array:
    """Codes ``(M, D)`` on the straight line: `a` at share 0, `b` at 1, and straight on beyond.

    Parameters
    ----------
    a, b
        ``(M, D)`` or ``(D,)``.
    share
        ``(M,)``.
    """
    s = weight[:, None]
    mixed: Array = (1 - s) * np.asarray(a, np.float64) + s * np.asarray(b, np.float64)
    return mixed


def slerp(a: Array, b: Array, weight: Array) -> Array:
    """Codes ``(M, D)`` on the great circle: `a` at share 0, `b` at 1, turning on beyond.

    The direction turns at constant angular speed; the norm goes evenly from that of `a` to that
    of `b`, on at the same rate beyond, and never below 0.  (The literal formula applied to
    codes of unequal norm, as in White 2016, lets the norm swell on the way; codes of equal norm
    come out the same.)

    Where no single great circle joins the two, because they point the same way or opposite
    ways (the sine of their angle is under 1e-6) or one is zero, this is `lerp`.

    Parameters
    ----------
    a, b
        ``(M, D)`` or ``(D,)``.
    share
        ``(M,)``.

    Returns
    -------
    float64.

    References
    ----------
    Shoemake 1985, doi:10.1145/325334.325242; White 2016, arXiv:1609.04468.
    """
    a, b, s = np.asarray(a, np.float64), np.asarray(b, np.float64), weight[:, None]
    norm_a, unit_a = _polar(a)
    norm_b, unit_b = _polar(b)
    angle = 2 * np.arctan2(_norm(unit_a - unit_b), _norm(unit_a + unit_b))  # exact for small ones
    sine = np.sin(angle)
    flat = (sine < _FLAT) | (norm_a == 0) | (norm_b == 0)
    turned = np.sin((1 - s) * angle) * unit_a + np.sin(s * angle) * unit_b
    norm = np.maximum((1 - s) * norm_a + s * norm_b, 0)
    mixed: Array = np.where(flat, lerp(a, b, weight), turned * norm / np.where(flat, 1, sine))
    return mixed


def _norm(codes: Array) -> Array:
    norm: Array = np.linalg.norm(codes, axis=-1, keepdims=True)
    return norm


def _polar(codes: Array) -> tuple[Array, Array]:
    norm = _norm(codes)
    return norm, codes / np.where(norm > 0, norm, 1)


INTERPOLATORS = {"line": lerp, "sphere": slerp}
"""The kinds of path that need nothing but their ends."""


def bilinear(codes: Any, u: Any, v: Any, kind: str = "line") -> Floats:
    """Codes ``(M, D)`` between four corners, each of them exactly at its corner.

    Parameters
    ----------
    codes
        ``(4, D)``: top left, top right, bottom left, bottom right.
    u, v
        ``(M,)`` each in [0, 1]: how far to the right, and how far down.
    kind
        ``"line"``: bilinear.  ``"sphere"``: `slerp` along the top and the bottom edge, then
        from one to the other.

    Raises
    ------
    UnknownName, BadInput
        Another kind; not four codes; shares of different length or outside [0, 1].
    """
    check_kind(kind, tuple(INTERPOLATORS))
    four = as_codes(codes)
    if len(four) != 4:
        raise InvalidInputError(f"A square has four corners, not {len(four)}; give four codes.")
    right, down = _shares(u, "u"), _shares(v, "v")
    if len(right) != len(down):
        raise InvalidInputError(
            f"{len(right)} values of u but {len(down)} of v; give as many of each."
        )
    mix = INTERPOLATORS[kind]
    edge = mix(four[0], four[1], right), mix(four[2], four[3], right)
    return mix(*edge, down).astype(np.float32)


def _shares(values: Any, what: str) -> Array:
    shares = as_numbers(values, f"values of {what}")
    if shares.size and (shares.min() < 0 or shares.max() > 1):
        raise InvalidInputError(
            f"The values of {what} must lie in [0, 1], "
            f"not [{shares.min():.3g}, {shares.max():.3g}]; keep inside the square."
        )
    return shares


def cross_fade(a: Any, b: Any, times: Any) -> Floats:
    """Pictures ``(T, C, H, W)`` that blend pixel by pixel: what a path of codes is not.

    Parameters
    ----------
    a, b
        ``(C, H, W)`` in [0, 1].
    times
        ``(T,)``: `a` at 0, `b` at 1; beyond, the difference grows on and is clipped to [0, 1].

    Raises
    ------
    BadInput
        Pictures of different shape or outside [0, 1], or times that aren't finite numbers.
    """
    first = as_images(np.asarray(a)[None])
    last = as_images(np.asarray(b)[None], first.shape[1:])
    s = as_numbers(times, "times")[:, None, None, None]
    blend: Floats = np.clip((1 - s) * first + s * last, 0, 1).astype(np.float32)
    return blend
