"""The attractive forces of t-SNE: one per pair of neighbors."""

from __future__ import annotations

import numpy as np

from latent_core.neighbors import SparseMatrix
from latent_core.types import Array

_BLOCK = 1024  # points at a time: about 100,000 pairs, which fit into the processor's cache


class AttractiveForces:
    """Σⱼ pᵢⱼ (yᵢ − yⱼ) / (1 + ‖yᵢ − yⱼ‖²) for all points at once.

    Plain numpy on one axis at a time: as fast per core as openTSNE's compiled loop, and its
    threads do not wait for each other when the machine is busy.

    Parameters
    ----------
    affinities
        P, scipy CSR ``(N, N)``, at least one entry per row.
    """

    def __init__(self, affinities: SparseMatrix) -> None:
        self.values = affinities.data.astype(np.float32)
        self.indices = affinities.indices.astype(np.int64)
        self.indptr = affinities.indptr.astype(np.int64)

    def forces(self, points: Array) -> Array:
        """The attractive forces ``(N, d)`` at `points` ``(N, d)``."""
        axes = np.ascontiguousarray(points.T, dtype=np.float32)
        force = np.empty_like(axes)
        for low in range(0, len(points), _BLOCK):
            self._compute_block(axes, force, low, min(low + _BLOCK, len(points)))
        return force.T

    def _compute_block(self, axes: Array, force: Array, low: int, high: int) -> None:
        first, last = self.indptr[low], self.indptr[high]
        other = self.indices[first:last]
        counts = np.diff(self.indptr[low : high + 1])
        differences = [
            np.repeat(axis[low:high], counts) - np.take(axis, other, mode="clip") for axis in axes
        ]
        weights = np.ones(len(other), np.float32)
        for difference in differences:
            weights += difference * difference
        np.divide(self.values[first:last], weights, out=weights)
        for d, difference in enumerate(differences):
            force[d, low:high] = np.add.reduceat(
                difference * weights, self.indptr[low:high] - first
            )
