"""t-SNE: t-distributed stochastic neighbor embedding.

openTSNE computes the affinities; the gradient descent, which takes most of the time, is
implemented here: repulsion on a particle mesh, attraction in numpy, both in parallel in two
threads, neither of which holds Python's global lock for more than about 20 ms at 10,000 codes.
In 3D, where openTSNE has only Barnes-Hut, a coarser mesh limits the cost to about three times
that of 2D at 10,000 codes.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import monotonic
from typing import ClassVar

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.neighbors import NeighborLists, SparseMatrix, neighbor_lists
from latent_core.progress import ProgressCallback, subprogress
from latent_core.projection.base import (
    IterationCallback,
    check_codes,
    metric_param,
    n_components_param,
    names_in_keys,
    param,
    pca_init,
    random_state_param,
)
from latent_core.projection.estimator import ProjectionEstimator, projection_method
from latent_core.projection.out_of_sample import place_by_neighbors
from latent_core.projection.tsne_attraction import AttractiveForces
from latent_core.projection.tsne_repulsion import ParticleMesh
from latent_core.types import Array, Floats

_EXAGGERATION = 4.0  # as in the first paper; 12 was less trustworthy at 10,000 codes
_EARLY, _MAIN, _FINE = 200, 350, 150  # iterations: exaggerated, on a coarse and on a fine mesh
_FINE_FROM, _MOST_FINE = 30.0, 900  # perplexity below which there are more fine iterations
_SPACING = {2: (0.5, 0.25), 3: (1.0, 0.8)}  # of the coarse and the fine mesh
_MAX_CELLS = {2: 1000, 3: 108}  # per axis of the mesh
_EXACT_UP_TO = 400  # points whose repulsion is summed over all pairs
MIN_PERPLEXITY = 2.0
_MOMENTUM = 0.8
_MAX_STEP_NORM = 5.0
_CALLBACK_INTERVAL_S = 0.2


@projection_method
class TSNE(ProjectionEstimator):
    """Points whose pairwise affinities resemble those of the codes.

    References
    ----------
    van der Maaten & Hinton 2008, JMLR 9:2579-2605.
    Belkina et al. 2019, doi:10.1038/s41467-019-13055-y (learning rate N / exaggeration).
    """

    id: ClassVar[str] = "tsne"
    name: ClassVar[str] = "t-SNE"
    note: ClassVar[str] = (
        "Near neighbors are preserved; the size of a cluster and the distance between clusters "
        "have no meaning."
    )
    version: ClassVar[int] = 1
    cache_name: ClassVar[str] = "TSNE"
    cache_fields: ClassVar[dict[str, str]] = names_in_keys(
        "n_components", "perplexity", "metric", "random_state"
    )

    n_components: int = n_components_param()
    perplexity: float = param(
        30.0,
        "Perplexity",
        "The effective number of neighbors of each code: low for detail, high for structure.",
        min=MIN_PERPLEXITY,
        max=300.0,
        step=1.0,
    )
    metric: str = metric_param()
    random_state: int = random_state_param()

    def fit_arrays(
        self, codes: Floats, *, progress: ProgressCallback, callback: IterationCallback
    ) -> dict[str, Array]:
        """``points``; `transform_arrays` needs nothing else.

        Raises
        ------
        InvalidInputError
            The codes cannot be projected, or the perplexity is over a third of their number.
        """
        codes = check_codes(codes)
        largest = (len(codes) - 1) / 3
        if largest < MIN_PERPLEXITY:
            raise InvalidInputError(
                f"{len(codes)} codes are too few for t-SNE; give at least "
                f"{int(3 * MIN_PERPLEXITY) + 1}, or choose another method."
            )
        if self.perplexity > largest:
            raise InvalidInputError(
                f"Perplexity {self.perplexity:g} is too large for {len(codes)} codes; "
                f"choose at most {np.floor(largest * 10) / 10:g}."
            )
        init = pca_init(codes, self.n_components, self.random_state)
        callback(init.astype(np.float32))
        count, seed = int(3 * self.perplexity), self.random_state
        searching = subprogress(progress, 0.0, 0.1)
        neighbors = neighbor_lists(codes, count, self.metric, seed, searching)
        progress(0.1, "Computing affinities")
        attraction = AttractiveForces(self._affinities(neighbors))
        phases = _iterations(self.perplexity)
        points = _gradient_descent(init * 1e-4, attraction, phases, progress, callback)
        progress(1.0, "Done")
        return {"points": points, **neighbors.recall_array()}

    def transform_arrays(
        self, codes_ref: Floats, arrays: dict[str, Array], codes: Floats
    ) -> Floats:
        """Place new codes by their neighbors' points, ``(M, n_components)``."""
        return place_by_neighbors(codes_ref, arrays["points"], codes, self.metric)

    def _affinities(self, neighbors: NeighborLists) -> SparseMatrix:
        """P, symmetric and summing to 1: CSR ``(N, N)``."""
        from openTSNE.affinity import joint_probabilities_nn

        distance = neighbors.distance.astype(np.float64)
        return joint_probabilities_nn(neighbors.index, distance, [self.perplexity])


def _iterations(perplexity: float) -> tuple[int, int, int]:
    """How many iterations are exaggerated, on the coarse mesh and on the fine mesh.

    Few neighbors attract a point weakly and the points are spread out further, so the noise of the
    coarse mesh stops the descent: on 2,000 digits at perplexity 5 the KL divergence stays at 1.70
    there and falls to 1.48 on the fine mesh.
    """
    fine = min(int(_FINE * max(1.0, _FINE_FROM / perplexity)), _MOST_FINE)
    return _EARLY, max(0, _MAIN + _FINE - fine), fine


def _gradient_descent(
    points: Array,
    attraction: AttractiveForces,
    phases: tuple[int, int, int],
    progress: ProgressCallback,
    callback: IterationCallback,
) -> Floats:
    """Gradient descent with momentum and gains (Jacobs 1988) from `points` ``(N, d)``."""
    count, n_components = points.shape
    velocity, gains = np.zeros_like(points), np.ones_like(points)
    early, main, _ = phases
    n_iterations, last_callback = sum(phases), monotonic()
    with ThreadPoolExecutor(1) as executor:
        for iteration in range(n_iterations):
            progress(0.1 + 0.8 * iteration / n_iterations, "Optimizing the layout")
            exaggeration = _EXAGGERATION if iteration < early else 1.0
            spacing = _SPACING[n_components][iteration >= early + main]
            attractive = executor.submit(attraction.forces, points)
            gradient = _repulsion(points, spacing) + exaggeration * attractive.result()
            gains = np.where(gradient * velocity > 0, 0.8 * gains + 0.01, gains + 0.2)
            learning_rate = max(count / exaggeration, 50.0)
            velocity = _clip_norms(_MOMENTUM * velocity - learning_rate * gains * gradient)
            points = points + velocity
            points -= points.mean(axis=0)
            if monotonic() - last_callback > _CALLBACK_INTERVAL_S:
                callback(points.astype(np.float32))
                last_callback = monotonic()
    return points.astype(np.float32)


def _repulsion(points: Array, spacing: float) -> Array:
    """−Σⱼ (yᵢ − yⱼ) / (1 + ‖yᵢ − yⱼ‖²)² / Z: half the gradient of φ, over Z."""
    if len(points) <= _EXACT_UP_TO:
        return _exact_repulsion(points)
    mesh = ParticleMesh(points, spacing, _MAX_CELLS[points.shape[1]])
    potential, gradient = mesh.potential_and_gradient()
    z = potential.sum(dtype=np.float64) - len(points)
    force: Array = gradient.astype(np.float64) / (2 * z)
    return force


def _exact_repulsion(points: Array) -> Array:
    from scipy.spatial.distance import cdist

    kernel = 1 / (1 + cdist(points, points, "sqeuclidean"))
    z = kernel.sum() - len(points)
    kernel *= kernel
    force = np.einsum("ij,jd->id", kernel, points) - kernel.sum(axis=1, keepdims=True) * points
    normalized: Array = force / max(z, 1e-12)
    return normalized


def _clip_norms(steps: Array) -> Array:
    norms = np.linalg.norm(steps, axis=1, keepdims=True)
    clipped: Array = steps * np.minimum(1.0, _MAX_STEP_NORM / np.maximum(norms, 1e-12))
    return clipped


METHOD = TSNE
