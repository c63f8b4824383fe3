"""t-SNE: who is near whom.

openTSNE turns neighbours into affinities; the descent is here, since it is what takes the
time: repulsion from a mesh, attraction in plain numpy, both at once in two threads, neither
holding Python's lock for more than about 20 ms at 10,000 codes.  In 3D, where openTSNE has only
Barnes-Hut, a coarser mesh keeps 10,000 codes to about three times the work of 2D.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic
from typing import ClassVar

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.neighbors import SparseMatrix, nearest
from latent_core.progress import ProgressCallback, subprogress
from latent_core.projection.base import (
    IterationCallback,
    ValidatedParams,
    check_codes,
    metric_param,
    n_components_param,
    param,
    pca_init,
    random_state_param,
)
from latent_core.projection.out_of_sample import binary_search_bandwidth, place_by_neighbors
from latent_core.projection.tsne_attraction import AttractiveForces
from latent_core.projection.tsne_repulsion import ParticleMesh
from latent_core.types import Array, Floats

_EXAGGERATION = 4.0  # the first paper's; 12 gave less trustworthy maps at 10,000
_EARLY, _MAIN, _FINE = 200, 350, 150  # steps: exaggerated, on a coarse mesh, on a fine mesh
_SPACING = {2: (0.5, 0.25), 3: (1.0, 0.8)}  # of the mesh: coarse, fine
_MOST_CELLS = {2: 1000, 3: 108}
_FEW = 400  # so few points repel each other pair by pair
_MOMENTUM = 0.8
_LONGEST_STEP = 5.0
_CALLBACK_INTERVAL_S = 0.2
_PLACING_PERPLEXITY = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TSNE(ValidatedParams):
    """Points whose neighbourhoods resemble the codes' own.

    References
    ----------
    van der Maaten & Hinton 2008, JMLR 9:2579-2605.
    Belkina et al. 2019, doi:10.1038/s41467-019-13055-y (learning rate N / exaggeration).
    """

    id: ClassVar[str] = "tsne"
    name: ClassVar[str] = "t-SNE"
    note: ClassVar[str] = (
        "Near neighbours stay together; the size of a cluster and the distance between clusters "
        "mean nothing."
    )
    version: ClassVar[int] = 1
    cache_name: ClassVar[str] = "TSNE"
    cache_fields: ClassVar[dict[str, str]] = {
        "n_components": "dims",
        "perplexity": "perplexity",
        "metric": "metric",
        "random_state": "seed",
    }

    n_components: int = n_components_param()
    perplexity: float = param(
        30.0,
        "Perplexity",
        "About how many neighbours each point listens to: few show detail, many the whole.",
        min=2.0,
        max=300.0,
        step=1.0,
    )
    metric: str = metric_param()
    random_state: int = random_state_param()

    def fit(
        self, codes: Floats, *, progress: ProgressCallback, callback: IterationCallback
    ) -> dict[str, Array]:
        """The points; nothing else is needed to place new codes.

        Raises
        ------
        BadInput
            The perplexity is over a third of the number of codes.
        """
        codes = check_codes(codes)
        largest = (len(codes) - 1) / 3
        if self.perplexity > largest:
            raise InvalidInputError(
                f"Perplexity {self.perplexity:g} is too large for {len(codes)} codes; "
                f"choose at most {np.floor(largest * 10) / 10:g}."
            )
        start = pca_init(codes, self.n_components, self.random_state)
        callback(start.astype(np.float32))
        springs = AttractiveForces(self._affinities(codes, progress))
        points = _descend(start * 1e-4, springs, progress, callback)
        progress(1.0, "Done")
        return {"points": points}

    def transform(self, codes_ref: Floats, arrays: dict[str, Array], codes: Floats) -> Floats:
        """Settle new codes among their neighbours' points: ``(M, dims)``."""
        return place_by_neighbors(codes_ref, arrays["points"], codes, self.metric, self._pulls)

    def _affinities(self, codes: Floats, progress: ProgressCallback) -> SparseMatrix:
        """P, symmetric and summing to 1: CSR ``(N, N)``."""
        from openTSNE.affinity import joint_probabilities_nn

        count = int(3 * self.perplexity)
        index, distance = nearest(codes, None, count, self.metric, subprogress(progress, 0.0, 0.1))
        progress(0.1, "Weighing neighbours")
        return joint_probabilities_nn(index, distance.astype(np.float64), [self.perplexity])

    def _pulls(self, distance: Floats) -> Array:
        """Affinities ``(M, K)`` at the small perplexity that Poličar et al. place with."""
        squared = distance.astype(np.float64) ** 2
        excess = squared - squared.min(axis=1, keepdims=True)
        perplexity = min(_PLACING_PERPLEXITY, self.perplexity, 0.5 * distance.shape[1])
        pulls: Array = np.exp(-excess * binary_search_bandwidth(excess, _perplexity, perplexity))
        return pulls


def _perplexity(weights: Array) -> Array:
    share = weights / weights.sum(axis=1, keepdims=True)
    entropy = -(share * np.log(np.maximum(share, 1e-300))).sum(axis=1)
    result: Array = np.exp(entropy)
    return result


def _descend(
    points: Array, springs: AttractiveForces, progress: ProgressCallback, watch: IterationCallback
) -> Floats:
    """Gradient descent with momentum and gains (Jacobs 1988) from `points` ``(N, dims)``."""
    count, dims = points.shape
    speed, gains = np.zeros_like(points), np.ones_like(points)
    steps, shown = _EARLY + _MAIN + _FINE, monotonic()
    with ThreadPoolExecutor(1) as helper:
        for step in range(steps):
            progress(0.1 + 0.8 * step / steps, "Arranging points")
            exaggeration = _EXAGGERATION if step < _EARLY else 1.0
            spacing = _SPACING[dims][step >= _EARLY + _MAIN]
            attraction = helper.submit(springs.forces, points)
            gradient = _repulsion(points, spacing) + exaggeration * attraction.result()
            gains = np.where(gradient * speed > 0, 0.8 * gains + 0.01, gains + 0.2)
            rate = max(count / exaggeration, 50.0)
            speed = _shortened(_MOMENTUM * speed - rate * gains * gradient)
            points = points + speed
            points -= points.mean(axis=0)
            if monotonic() - shown > _CALLBACK_INTERVAL_S:
                watch(points.astype(np.float32))
                shown = monotonic()
    return points.astype(np.float32)


def _repulsion(points: Array, spacing: float) -> Array:
    """−Σⱼ (yᵢ − yⱼ) / (1 + ‖yᵢ − yⱼ‖²)² / Z: half the slope of φ over Z."""
    if len(points) <= _FEW:
        return _exact_repulsion(points)
    potential, slope = ParticleMesh(
        points, spacing, _MOST_CELLS[points.shape[1]]
    ).potential_and_gradient()
    total = potential.sum(dtype=np.float64) - len(points)
    force: Array = slope.astype(np.float64) / (2 * total)
    return force


def _exact_repulsion(points: Array) -> Array:
    from scipy.spatial.distance import cdist

    near = 1 / (1 + cdist(points, points, "sqeuclidean"))
    total = near.sum() - len(points)
    near *= near
    push = np.einsum("ij,jd->id", near, points) - near.sum(axis=1, keepdims=True) * points
    force: Array = push / max(total, 1e-12)
    return force


def _shortened(moves: Array) -> Array:
    length = np.linalg.norm(moves, axis=1, keepdims=True)
    shortened: Array = moves * np.minimum(1.0, _LONGEST_STEP / np.maximum(length, 1e-12))
    return shortened


METHOD = TSNE
