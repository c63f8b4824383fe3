"""Where hair grows, told from a place's canon (see `heads`); all in decimetres or in [0, 1]."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_HAIRLINE_Z = np.array([-0.7, 0.0, 0.22, 0.28, 0.62, 0.7, 0.85, 1.0, 1.35])
_HAIRLINE_Y = np.array([6.72, 6.74, 6.95, 7.32, 7.32, 7.2, 7.55, 7.8, 7.98])


def scalp_height(canon: Floats) -> Floats:
    """How far above the hairline places ``(…, 3)`` are; negative off the scalp."""
    return (canon[..., 1] - np.interp(canon[..., 2], _HAIRLINE_Z, _HAIRLINE_Y)).astype(np.float32)


def scalp(canon: Floats) -> Floats:
    """How surely hair grows at places ``(…, 3)``."""
    return np.clip(scalp_height(canon) / 0.1, 0, 1)


def bald_depth(canon: Floats) -> Floats:
    """From 0 where hair stays longest to 1 where it goes first: temples and crown."""
    x, y, z = np.moveaxis(canon, -1, 0)
    temples = np.clip((z - 0.75) / 0.45, 0, 1) * np.clip((y - 7.5) / 0.3, 0, 1)
    temples *= 0.75 + 0.25 * np.clip(np.abs(x) / 0.45, 0, 1)
    crown = np.clip((y - 7.75) / 0.6, 0, 1) * np.clip((z + 0.75) / 0.5, 0, 1)
    return np.maximum(temples, 0.9 * crown).astype(np.float32)


def beard(canon: Floats) -> Floats:
    """How surely a beard grows at places ``(…, 3)``."""
    x, y, z = np.moveaxis(canon, -1, 0)
    cheek = np.interp(z, [0.5, 0.7, 0.95, 1.2, 1.4], [7.0, 7.1, 6.72, 6.58, 6.52])
    inside = np.clip((cheek - y) / 0.1, 0, 1) * np.clip((y - 5.98 + 0.1 * z) / 0.12, 0, 1)
    inside *= np.clip((z - 0.5) / 0.15, 0, 1)
    mouth = np.hypot(x / 0.4, (y - 6.6) / 0.13)
    return (inside * np.clip((mouth - 1) / 0.2, 0, 1)).astype(np.float32)


def moustache(canon: Floats) -> Floats:
    """How surely a moustache grows at places ``(…, 3)``."""
    x, y, z = np.moveaxis(canon, -1, 0)
    low = 6.635 - 0.28 * np.abs(x)
    high = 6.775 - 0.2 * np.abs(x)
    inside = np.clip((y - low) / 0.03, 0, 1) * np.clip((high - y) / 0.04, 0, 1)
    return (inside * np.clip((0.42 - np.abs(x)) / 0.06, 0, 1) * (z > 1.1)).astype(np.float32)


def whiskers(canon: Floats) -> Floats:
    """How surely either grows."""
    return np.maximum(beard(canon), moustache(canon))


def brow(canon: Floats) -> Floats:
    """How surely eyebrows grow at places ``(…, 3)``."""
    x, y, z = np.abs(canon[..., 0]), canon[..., 1], canon[..., 2]
    arc = np.interp(x, [0.1, 0.2, 0.4, 0.5, 0.62], [7.455, 7.48, 7.525, 7.52, 7.465])
    half = np.interp(x, [0.1, 0.15, 0.4, 0.62], [0.02, 0.037, 0.03, 0.012])
    inside = np.clip(1.4 - np.abs(y - arc) / half, 0, 1) * (z > 0.8)
    ends = np.clip((x - 0.1) / 0.04, 0, 1) * np.clip((0.62 - x) / 0.05, 0, 1)
    return (inside * ends).astype(np.float32)
