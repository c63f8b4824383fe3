"""Where hair grows, as functions of rest positions (see `mesh`); positions in decimeters."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_HAIRLINE_Z = np.array([-0.7, 0.0, 0.22, 0.28, 0.62, 0.7, 0.85, 1.0, 1.35])
_HAIRLINE_Y = np.array([6.72, 6.74, 6.95, 7.32, 7.32, 7.2, 7.55, 7.8, 7.98])


def height_above_hairline(rest: Floats) -> Floats:
    """Decimeters ``(…)`` of the rest positions ``(…, 3)``; negative outside the scalp."""
    hairline = np.interp(rest[..., 2], _HAIRLINE_Z, _HAIRLINE_Y)
    height: Floats = (rest[..., 1] - hairline).astype(np.float32)
    return height


def scalp_density(rest: Floats) -> Floats:
    """Relative density of scalp hair ``(…)`` in [0, 1] at rest positions ``(…, 3)``."""
    density: Floats = np.clip(height_above_hairline(rest) / 0.1, 0, 1)
    return density


def balding_order(rest: Floats) -> Floats:
    """How early hair is lost ``(…)`` in [0, 1] at ``(…, 3)``: 1 first, at temples and crown."""
    x, y, z = np.moveaxis(rest, -1, 0)
    temples = np.clip((z - 0.75) / 0.45, 0, 1) * np.clip((y - 7.5) / 0.3, 0, 1)
    temples *= 0.75 + 0.25 * np.clip(np.abs(x) / 0.45, 0, 1)
    crown = np.clip((y - 7.75) / 0.6, 0, 1) * np.clip((z + 0.75) / 0.5, 0, 1)
    order: Floats = np.maximum(temples, 0.9 * crown).astype(np.float32)
    return order


def beard_density(rest: Floats) -> Floats:
    """Relative density of the beard ``(…)`` in [0, 1] at rest positions ``(…, 3)``."""
    x, y, z = np.moveaxis(rest, -1, 0)
    cheek = np.interp(z, [0.5, 0.7, 0.95, 1.2, 1.4], [7.0, 7.1, 6.72, 6.58, 6.52])
    inside = np.clip((cheek - y) / 0.1, 0, 1) * np.clip((y - 5.98 + 0.1 * z) / 0.12, 0, 1)
    inside *= np.clip((z - 0.5) / 0.15, 0, 1)
    mouth = np.hypot(x / 0.4, (y - 6.6) / 0.13)
    density: Floats = (inside * np.clip((mouth - 1) / 0.2, 0, 1)).astype(np.float32)
    return density


def moustache_density(rest: Floats) -> Floats:
    """Relative density of the moustache ``(…)`` in [0, 1] at rest positions ``(…, 3)``."""
    x, y, z = np.moveaxis(rest, -1, 0)
    low = 6.635 - 0.28 * np.abs(x)
    high = 6.775 - 0.2 * np.abs(x)
    inside = np.clip((y - low) / 0.03, 0, 1) * np.clip((high - y) / 0.04, 0, 1)
    ends = np.clip((0.42 - np.abs(x)) / 0.06, 0, 1)
    density: Floats = (inside * ends * (z > 1.1)).astype(np.float32)
    return density


def facial_hair_density(rest: Floats) -> Floats:
    """The larger of the densities of beard and moustache."""
    density: Floats = np.maximum(beard_density(rest), moustache_density(rest))
    return density


def eyebrow_density(rest: Floats) -> Floats:
    """Relative density of the eyebrows ``(…)`` in [0, 1] at rest positions ``(…, 3)``."""
    x, y, z = np.abs(rest[..., 0]), rest[..., 1], rest[..., 2]
    arc = np.interp(x, [0.1, 0.2, 0.4, 0.5, 0.62], [7.455, 7.48, 7.525, 7.52, 7.465])
    half = np.interp(x, [0.1, 0.15, 0.4, 0.62], [0.02, 0.037, 0.03, 0.012])
    inside = np.clip(1.4 - np.abs(y - arc) / half, 0, 1) * (z > 0.8)
    ends = np.clip((x - 0.1) / 0.04, 0, 1) * np.clip((0.62 - x) / 0.05, 0, 1)
    density: Floats = (inside * ends).astype(np.float32)
    return density
