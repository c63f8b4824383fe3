"""Paths between codes, with their distances to the data and their points on the map."""

from __future__ import annotations

import numpy as np

from latent_core.analysis.support import NEAR_DATA, SPARSE, support_of_encodings
from latent_core.interpolation import LatentPath
from latent_core.projection import Projection
from ui.components.morph_types import AnnotatedPath, SupportLimits
from ui.spaces import Space


def support_limits(space: Space) -> SupportLimits:
    """The largest kNN distances to the data that count as near data and as sparse."""
    distances = support_of_encodings(space.encodings).reference_distances
    quantiles = np.linspace(0, 1, len(distances))
    near, sparse = np.interp([NEAR_DATA, SPARSE], quantiles, distances)
    return SupportLimits(near=max(float(near), 1e-9), sparse=max(float(sparse), 1e-9))


def annotate_path(space: Space, projection: Projection | None, path: LatentPath) -> AnnotatedPath:
    """A path with its distances to the data and its points on a 2D map."""
    distances = support_of_encodings(space.encodings).distance(path.codes)
    map_points = None if projection is None else projection.transform(path.codes)
    return AnnotatedPath(path=path, distances=distances, map_points=map_points)
