"""Locally linear embedding: preserve each code's reconstruction from its neighbors."""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from latent_core.neighbors import SparseMatrix, nearest, neighbor_lists
from latent_core.progress import ProgressCallback, subprogress
from latent_core.projection.base import (
    IterationCallback,
    check_codes,
    check_n_neighbors,
    n_components_param,
    n_neighbors_param,
    names_in_keys,
    random_state_param,
)
from latent_core.projection.estimator import ProjectionEstimator, projection_method
from latent_core.projection.out_of_sample import barycentric_weights
from latent_core.types import Array, Floats

_DENSE_UP_TO = 200  # codes; dense eigenvectors are faster for so few


@projection_method
class LLE(ProjectionEstimator):
    """Points that are the same linear combinations of their neighbors as the codes are.

    References
    ----------
    Roweis & Saul 2000, doi:10.1126/science.290.5500.2323.
    """

    id: ClassVar[str] = "lle"
    name: ClassVar[str] = "LLE"
    note: ClassVar[str] = (
        "Local geometry on one smooth manifold is preserved; "
        "separate clusters collapse to lines and corners, and the scale has no meaning."
    )
    version: ClassVar[int] = 1
    cache_name: ClassVar[str] = "LLE"
    cache_fields: ClassVar[dict[str, str]] = names_in_keys(
        "n_components", "n_neighbors", "random_state"
    )

    n_components: int = n_components_param()
    n_neighbors: int = n_neighbors_param(12, "How many neighbors each code is reconstructed from.")
    random_state: int = random_state_param()

    def fit_arrays(
        self, codes: Floats, *, progress: ProgressCallback, callback: IterationCallback
    ) -> dict[str, Array]:
        """``points``; `transform_arrays` needs nothing else."""
        codes = check_codes(codes)
        check_n_neighbors(self.n_neighbors, codes, self.n_components + 1)

        neighbors = neighbor_lists(
            codes,
            self.n_neighbors,
            random_state=self.random_state,
            progress=subprogress(progress, 0.0, 0.1),
        )
        progress(0.1, "Computing reconstruction weights")
        weights = barycentric_weights(codes, codes, neighbors.index)
        cost = _cost_matrix(weights, neighbors.index)
        points = _bottom_eigenvectors(cost, self.n_components, self.random_state, progress)
        callback(points)
        progress(1.0, "Done")
        return {"points": points, **neighbors.recall_array()}

    def transform_arrays(
        self, codes_ref: Floats, arrays: dict[str, Array], codes: Floats
    ) -> Floats:
        """The neighbors' points with the same weights (Saul & Roweis 2003, section 6.1)."""
        index, _ = nearest(codes_ref, codes, self.n_neighbors)
        weights = barycentric_weights(codes_ref, codes, index)
        points: Array = np.einsum("mk,mkd->md", weights, arrays["points"][index])
        return points.astype(np.float32)


def _cost_matrix(weights: Array, index: Array) -> SparseMatrix:
    """(I − W)ᵀ (I − W), sparse ``(N, N)``: its quadratic form is the reconstruction error."""
    from scipy import sparse

    count, k = index.shape
    indptr = np.arange(0, count * k + 1, k)
    w = sparse.csr_matrix((weights.ravel(), index.ravel(), indptr), shape=(count, count))
    residual = sparse.identity(count, format="csr") - w
    return residual.T @ residual


def _bottom_eigenvectors(
    cost: SparseMatrix, n_components: int, seed: int, progress: ProgressCallback
) -> Floats:
    """The eigenvectors ``(N, n_components)`` after the constant one, scaled to std 1."""
    count = cost.shape[0]
    if count <= _DENSE_UP_TO:
        vectors = np.linalg.eigh(cost.toarray())[1]
    else:
        vectors = _sparse_eigenvectors(cost, n_components + 1, seed, progress)
    chosen = vectors[:, 1 : n_components + 1] * np.sqrt(count)
    largest = np.take_along_axis(chosen, np.abs(chosen).argmax(axis=0)[None], axis=0)
    points: Floats = (chosen * np.sign(largest)).astype(np.float32)
    return points


def _sparse_eigenvectors(
    cost: SparseMatrix, n_vectors: int, seed: int, progress: ProgressCallback
) -> Array:
    """The eigenvectors of the smallest eigenvalues, by shift-invert Lanczos iteration."""
    from scipy import sparse
    from scipy.sparse import linalg

    count = cost.shape[0]
    v0 = np.random.default_rng(seed).uniform(-1, 1, count)
    progress(0.2, "Factorizing")
    identity = sparse.identity(count, format="csc")
    shifted = (cost + 1e-12 * linalg.norm(cost) * identity).tocsc()
    factors = linalg.splu(shifted, "MMD_AT_PLUS_A", 0.0, options={"SymmetricMode": True})

    def solve(vector: Array) -> Array:
        progress(0.6, "Computing eigenvectors")
        solution: Array = factors.solve(vector)
        return solution

    inverse = linalg.LinearOperator(cost.shape, matvec=solve, dtype=np.float64)
    vectors: Array = linalg.eigsh(cost, n_vectors, sigma=0.0, OPinv=inverse, v0=v0, tol=1e-6)[1]
    return vectors


METHOD = LLE
