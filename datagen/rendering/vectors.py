"""Vectors of three floats as tuples, and scalar functions of shading, compiled by numba."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Vec3 = tuple[float, float, float]


def to_vec3(values: Floats) -> Vec3:
    """The array ``(3,)`` as a tuple of Python floats."""
    return float(values[0]), float(values[1]), float(values[2])


@njit(cache=True, fastmath=True)
def dot(a: Vec3, b: Vec3) -> float:
    """Inner product."""
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


@njit(cache=True, fastmath=True)
def normalize(a: Vec3) -> Vec3:
    """`a` divided by its Euclidean norm."""
    norm = np.sqrt(dot(a, a)) + 1e-9
    return (a[0] / norm, a[1] / norm, a[2] / norm)


@njit(cache=True, fastmath=True)
def lerp(a: Vec3, b: Vec3, t: float) -> Vec3:
    """Linear interpolation: `a` where `t` is 0, `b` where it is 1."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


@njit(cache=True, fastmath=True)
def scale(a: Vec3, t: float) -> Vec3:
    """`a` times the scalar `t`."""
    return (a[0] * t, a[1] * t, a[2] * t)


@njit(cache=True, fastmath=True)
def smoothstep(low: float, high: float, x: float) -> float:
    """Cubic Hermite step from 0 at `low` to 1 at `high`; `low` may be the larger."""
    t = min(max((x - low) / (high - low), 0.0), 1.0)
    return t * t * (3 - 2 * t)


@njit(cache=True, fastmath=True)
def gaussian(x: float, center: float, width: float) -> float:
    """``exp(-((x - center) / width)²)``, 1 at the center."""
    offset = (x - center) / width
    value: float = np.exp(-offset * offset)
    return value


@njit(cache=True, fastmath=True)
def interpolate(values: Floats, corners: tuple[int, int, int], weights: Vec3) -> Vec3:
    """Vertex attribute ``(V, 3)`` at barycentric `weights` of the triangle `corners`."""
    a, b, c = corners
    u, v, w = weights
    return (
        values[a, 0] * u + values[b, 0] * v + values[c, 0] * w,
        values[a, 1] * u + values[b, 1] * v + values[c, 1] * w,
        values[a, 2] * u + values[b, 2] * v + values[c, 2] * w,
    )
