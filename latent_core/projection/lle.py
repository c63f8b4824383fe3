"""Locally linear embedding: keep how each code is mixed from its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from latent_core.neighbors import SparseMatrix, nearest
from latent_core.progress import ProgressCallback, subprogress
from latent_core.projection.base import (
    IterationCallback,
    ValidatedParams,
    check_codes,
    check_n_neighbors,
    n_components_param,
    n_neighbors_param,
    random_state_param,
)
from latent_core.projection.out_of_sample import barycentric_weights
from latent_core.types import Array, Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class LLE(ValidatedParams):
    """Points that are the same mixtures of their neighbours as the codes are.

    References
    ----------
    Roweis & Saul 2000, doi:10.1126/science.290.5500.2323.
    """

    id: ClassVar[str] = "lle"
    name: ClassVar[str] = "LLE"
    note: ClassVar[str] = (
        "Local geometry along one smooth surface is kept; "
        "separate clusters collapse to lines and corners, and scale means nothing."
    )
    version: ClassVar[int] = 1
    cache_name: ClassVar[str] = "LLE"
    cache_fields: ClassVar[dict[str, str]] = {
        "n_components": "dims",
        "n_neighbors": "neighbours",
        "random_state": "seed",
    }

    n_components: int = n_components_param()
    n_neighbors: int = n_neighbors_param(12, "How many neighbours each code is mixed from.")
    random_state: int = random_state_param()

    def fit(
        self, codes: Floats, *, progress: ProgressCallback, callback: IterationCallback
    ) -> dict[str, Array]:
        """The points; nothing else is needed to place new codes."""
        codes = check_codes(codes)
        check_n_neighbors(self.n_neighbors, codes, self.n_components + 1)

        index, _ = nearest(codes, None, self.n_neighbors, progress=subprogress(progress, 0.0, 0.1))
        progress(0.1, "Weighing neighbours")
        weights = barycentric_weights(codes, codes, index)
        points = _bottom(_misfit(weights, index), self.n_components, self.random_state, progress)
        callback(points)
        progress(1.0, "Done")
        return {"points": points}

    def transform(self, codes_ref: Floats, arrays: dict[str, Array], codes: Floats) -> Floats:
        """The same mixture of the neighbours' points (Saul & Roweis 2003, section 6.1)."""
        index, _ = nearest(codes_ref, codes, self.n_neighbors)
        weights = barycentric_weights(codes_ref, codes, index)
        points: Array = np.einsum("mk,mkd->md", weights, arrays["points"][index])
        return points.astype(np.float32)


def _misfit(weights: Array, index: Array) -> SparseMatrix:
    """(I − W)ᵀ (I − W), sparse ``(N, N)``: its quadratic form is what mixing gets wrong."""
    from scipy import sparse

    count, k = index.shape
    start = np.arange(0, count * k + 1, k)
    mix = sparse.csr_matrix((weights.ravel(), index.ravel(), start), shape=(count, count))
    rest = sparse.identity(count, format="csr") - mix
    return rest.T @ rest


def _bottom(misfit: SparseMatrix, dims: int, seed: int, progress: ProgressCallback) -> Floats:
    """The eigenvectors ``(N, dims)`` above the constant one, scaled to deviation 1."""
    from scipy.sparse import linalg

    count = misfit.shape[0]
    start = np.random.default_rng(seed).uniform(-1, 1, count)
    if count <= 200:
        vectors = np.linalg.eigh(misfit.toarray())[1]
    else:
        progress(0.2, "Factorising")
        shifted = (misfit + 1e-12 * linalg.norm(misfit) * _eye(count)).tocsc()
        factors = linalg.splu(shifted, "MMD_AT_PLUS_A", 0.0, options={"SymmetricMode": True})

        def solve(vector: Array) -> Array:
            progress(0.6, "Finding coordinates")
            solution: Array = factors.solve(vector)
            return solution

        inverse = linalg.LinearOperator(misfit.shape, matvec=solve, dtype=np.float64)
        vectors = linalg.eigsh(misfit, dims + 1, sigma=0.0, OPinv=inverse, v0=start, tol=1e-6)[1]
    chosen = vectors[:, 1 : dims + 1] * np.sqrt(count)
    largest = np.take_along_axis(chosen, np.abs(chosen).argmax(axis=0)[None], axis=0)
    points: Floats = (chosen * np.sign(largest)).astype(np.float32)
    return points


def _eye(count: int) -> SparseMatrix:
    from scipy import sparse

    return sparse.identity(count, format="csc")


METHOD = LLE
