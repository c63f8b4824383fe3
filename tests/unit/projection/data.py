"""Synthetic codes for the tests of projections."""

from __future__ import annotations

import numpy as np
from sklearn.datasets import make_swiss_roll

from latent_core.projection import Projection
from latent_core.types import Floats


def clusters(count: int = 320, groups: int = 4, seed: int = 0) -> Floats:
    """Codes ``(count, 8)`` in well-separated clusters, one after the other."""
    rng = np.random.default_rng(seed)
    centers = np.random.default_rng(1).normal(0, 4, (groups, 8))
    return (np.repeat(centers, count // groups, 0) + rng.normal(0, 1, (count, 8))).astype("f")


def swiss_roll(count: int = 350) -> Floats:
    return make_swiss_roll(count, random_state=0)[0].astype(np.float32)


def extent(projection: Projection) -> float:
    """The largest range of the points along an axis."""
    return float(np.ptp(projection.points, axis=0).max())


CODES = clusters()
