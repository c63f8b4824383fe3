"""The attraction of t-SNE: one spring per pair of neighbours."""

from __future__ import annotations

import numpy as np

from latent_core.neighbors import SparseMatrix
from latent_core.types import Array

_BLOCK = 1024  # points at a time: about 100,000 springs, which stay in the cache


class AttractiveForces:
    """Σⱼ pᵢⱼ (yᵢ − yⱼ) / (1 + ‖yᵢ − yⱼ‖²) for all points at once.

    Plain numpy on one axis at a time: as quick per core as openTSNE's compiled loop, and its
    threads never wait for each other on a busy machine.

    Parameters
    ----------
    affinities
        P, scipy CSR ``(N, N)``, at least one entry per row.
    """

    def __init__(self, affinities: SparseMatrix) -> None:
        self.strength = affinities.data.astype(np.float32)
        self.other = affinities.indices.astype(np.int64)
        self.start = affinities.indptr.astype(np.int64)

    def forces(self, points: Array) -> Array:
        """The attraction ``(N, d)`` at `points` ``(N, d)``."""
        axes = np.ascontiguousarray(points.T, dtype=np.float32)
        force = np.empty_like(axes)
        for low in range(0, len(points), _BLOCK):
            self._pull(axes, force, low, min(low + _BLOCK, len(points)))
        return force.T

    def _pull(self, axes: Array, force: Array, low: int, high: int) -> None:
        first, last = self.start[low], self.start[high]
        other = self.other[first:last]
        counts = np.diff(self.start[low : high + 1])
        gaps = [np.repeat(a[low:high], counts) - np.take(a, other, mode="clip") for a in axes]
        pull = np.ones(len(other), np.float32)
        for gap in gaps:
            pull += gap * gap
        np.divide(self.strength[first:last], pull, out=pull)
        for axis, gap in enumerate(gaps):
            force[axis, low:high] = np.add.reduceat(gap * pull, self.start[low:high] - first)
