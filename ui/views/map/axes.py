"""What the axes of a map mean."""

from __future__ import annotations

import numpy as np

from latent_core.projection import PCA, LatentAxes, Projection
from ui.components.map_types import MapAxis
from ui.spaces import Space


def map_axes(projection: Projection) -> list[MapAxis]:
    """The axes of a map, with ticks where a coordinate has a meaning.

    Those of PCA tell the fraction of the codes' variance along them.  A 2D map of another method
    has none: neither its directions nor its units mean anything.
    """
    dims = range(projection.n_components)
    if isinstance(projection.method, LatentAxes) and _is_strip(projection):
        return [MapAxis(title="z1", has_ticks=True), MapAxis(title="density")]
    if isinstance(projection.method, LatentAxes):
        return [MapAxis(title=f"z{k + 1}", has_ticks=True) for k in dims]
    if isinstance(projection.method, PCA):
        fractions = explained_variance(projection)
        return [
            MapAxis(title=f"PC {k + 1} · {100 * fractions[k]:.0f} %", has_ticks=True) for k in dims
        ]
    if projection.n_components == 2:
        return []
    return [MapAxis(title=f"{projection.method.name} {k + 1}") for k in dims]


def _is_strip(projection: Projection) -> bool:
    """Whether the codes have one dimension, and the other axis shows their density."""
    return bool(projection.codes.shape[1] == 1)


def explained_variance(projection: Projection) -> list[float]:
    """The fraction of the codes' variance along each axis of a PCA map, in [0, 1]."""
    total = float(projection.codes.var(axis=0, dtype=np.float64).sum())
    along = projection.points.var(axis=0, dtype=np.float64)
    return [float(value) / total for value in along]


def map_title(space: Space, projection: Projection) -> str:
    """Model, data set and method of a map."""
    parts = (space.model.card.title, space.data.title, projection.method.name)
    return " · ".join(dict.fromkeys(parts))


def map_note(projection: Projection) -> str:
    """What was done, and how well it keeps neighborhoods."""
    name, quality = projection.method.name, projection.quality
    if isinstance(projection.method, LatentAxes) and _is_strip(projection):
        return f"{name}: the value of each code; the points are as high as their density"
    if isinstance(projection.method, LatentAxes):
        return f"{name}: the codes themselves, not projected"
    if quality is None:
        return f"{name}: trustworthiness not measured yet"
    return f"{name}: trustworthiness {quality} (k = {quality.n_neighbors}; 1 is perfect)"
