"""Sample hair roots on the base mesh: the same on every head, so equal factors give equal hair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from datagen.faces.hair_regions import eyebrow_density, facial_hair_density, scalp_density
from datagen.faces.mesh import EARS_MASK, MOUTH_MASK, SKIN, base_mesh

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]
Density = Callable[[Floats], Floats]

_MAX_COUNTS: dict[Density, int] = {
    scalp_density: 3400,
    facial_hair_density: 2600,
    eyebrow_density: 420,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class HairRoots:
    """Points on the base mesh's skin.

    Parameters
    ----------
    corners, weights
        ``(S, 3)`` each: the vertex indices of a triangle, and barycentric weights.
    rest_positions
        ``(S, 3)``, decimeters.
    random_values
        ``(S, 4)``, uniform in [0, 1].
    """

    corners: Ints
    weights: Floats
    rest_positions: Floats
    random_values: Floats

    def interpolate(self, values: Floats) -> Floats:
        """Vertex attributes ``(V, n)`` at the roots: ``(S, n)``."""
        at_roots: Floats = np.einsum("sc,scn->sn", self.weights, values[self.corners])
        return at_roots


@cache
def sample_roots(density: Density) -> HairRoots:
    """Roots by rejection sampling from a density of `hair_regions`, with a fixed seed."""
    count = _MAX_COUNTS[density]
    rng = np.random.default_rng(count)
    triangles = _skin_triangles()
    corner = base_mesh().rest_positions[triangles]
    edges = corner[:, 1:] - corner[:, :1]
    area = np.linalg.norm(np.cross(edges[:, 0], edges[:, 1]), axis=1)
    probability = area * (density(corner).max(1) > 0)
    rows = rng.choice(len(triangles), 12 * count, p=probability / probability.sum())
    # uniform barycentric coordinates
    u, v = np.sqrt(rng.uniform(size=(len(rows), 1))), rng.uniform(size=(len(rows), 1))
    weights = np.concatenate([1 - u, u * (1 - v), u * v], 1).astype(np.float32)
    rest = np.einsum("sc,scn->sn", weights, corner[rows]).astype(np.float32)
    accepted = np.flatnonzero(rng.uniform(size=len(rows)) < density(rest))[:count]
    return HairRoots(
        corners=triangles[rows[accepted]],
        weights=weights[accepted],
        rest_positions=rest[accepted],
        random_values=rng.uniform(size=(len(accepted), 4)).astype(np.float32),
    )


def _skin_triangles() -> Ints:
    """The skin without the ears and the mouth's lining."""
    mesh = base_mesh()
    triangles = mesh.triangles[mesh.parts == SKIN]
    excluded = np.maximum(mesh.masks[MOUTH_MASK], mesh.masks[EARS_MASK])
    skin: Ints = triangles[excluded[triangles].max(1) <= 0.3]
    return skin
