"""Where strands start: the same places on every head, so that equal factors give equal hair."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from datagen.faces import hair_regions, mesh

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

_COUNTS = {hair_regions.scalp: 3400, hair_regions.whiskers: 2600, hair_regions.brow: 420}


@dataclass(frozen=True, slots=True, kw_only=True)
class Roots:
    """Places on the template's skin.

    Parameters
    ----------
    corners, weights
        ``(S, 3)`` each: a triangle's vertices and their shares.
    canon
        ``(S, 3)``.
    chance
        ``(S, 4)`` even random numbers in [0, 1].
    """

    corners: Ints
    weights: Floats
    canon: Floats
    chance: Floats

    def on(self, values: Floats) -> Floats:
        """Values ``(V, n)`` of the vertices, at the roots: ``(S, n)``."""
        found: Floats = np.einsum("sc,scn->sn", self.weights, values[self.corners])
        return found


@cache
def spread(region: Callable[[Floats], Floats]) -> Roots:
    """Roots over one of the `regions`, as dense as it is sure."""
    count = _COUNTS[region]
    rng = np.random.default_rng(count)
    triangles = _bare_skin()
    corner = mesh.template().canon[triangles]
    sides = corner[:, 1:] - corner[:, :1]
    area = np.linalg.norm(np.cross(sides[:, 0], sides[:, 1]), axis=1)
    likely = area * (region(corner).max(1) > 0)
    rows = rng.choice(len(triangles), 12 * count, p=likely / likely.sum())
    flat, v = np.sqrt(rng.uniform(size=(len(rows), 1))), rng.uniform(size=(len(rows), 1))
    weights = np.concatenate([1 - flat, flat * (1 - v), flat * v], 1).astype(np.float32)
    canon = np.einsum("sc,scn->sn", weights, corner[rows]).astype(np.float32)
    kept = np.flatnonzero(rng.uniform(size=len(rows)) < region(canon))[:count]
    return Roots(
        corners=triangles[rows[kept]],
        weights=weights[kept],
        canon=canon[kept],
        chance=rng.uniform(size=(len(kept), 4)).astype(np.float32),
    )


def _bare_skin() -> Ints:
    """The skin's triangles without ears and the mouth's lining."""
    shared = mesh.template()
    triangles = shared.triangles[shared.parts == mesh.SKIN]
    inside, ears = shared.masks[1], shared.masks[3]
    bare: Ints = triangles[np.maximum(inside, ears)[triangles].max(1) <= 0.3]
    return bare
