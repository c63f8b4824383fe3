"""Clusters of a data set's codes, and their figures beside baselines; both cached."""

from __future__ import annotations

import numpy as np

from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Floats
from latent_core.uses.cluster_figures import (
    GAUSSIAN,
    MAX_COMPARED,
    ClusterFigures,
    cluster_figures,
)
from latent_core.uses.clusters import HDBSCAN, MIN_CLUSTER_SIZE, Clustering, cluster_codes
from latent_core.uses.results import CODE, EncodedData, cached


def codes_to_cluster(encoded: EncodedData) -> Floats:
    """The codes ``(N, D)``; of unit length where they are compared by the cosine."""
    codes, about = encoded.encodings.mean, encoded.data.precomputed
    if about is None or about.metric != "cosine":
        return codes
    length = np.linalg.norm(codes, axis=1, keepdims=True)
    units: Floats = np.divide(codes, length, out=np.zeros_like(codes), where=length > 0)
    return units


def find_clusters(
    encoded: EncodedData,
    method: str,
    *,
    n_clusters: int | None = None,
    min_cluster_size: int = MIN_CLUSTER_SIZE,
    progress: ProgressCallback = null_progress,
) -> Clustering:
    """`cluster_codes` of a data set, cached."""

    def compute() -> list[Clustering]:
        found = cluster_codes(
            codes_to_cluster(encoded),
            method,
            n_clusters=n_clusters,
            min_cluster_size=min_cluster_size,
            progress=progress,
        )
        return [found]

    of = {
        "encodings": encoded.encodings.fingerprint,
        "method": method,
        "size": min_cluster_size if method == HDBSCAN else n_clusters or "suggested",
    }
    store = encoded.store
    return cached("clusters", Clustering, compute, of=of, progress=progress, store=store)[0]


def measure_clusters(
    encoded: EncodedData, method: str, size: int, *, progress: ProgressCallback = null_progress
) -> tuple[ClusterFigures, ...]:
    """`cluster_figures` of the code, of pixels and their components, and of one Gaussian.

    Cached.

    Parameters
    ----------
    method, size
        As for `cluster_figures`; the same ones for each representation.
    """
    labels, columns = encoded.data.labels, list(encoded.data.factors.values())
    factors = np.stack(columns, axis=1) if columns else None

    def compute() -> list[ClusterFigures]:
        spaces = encoded.representations(subprogress(progress, 0, 0.3))
        spaces[CODE] = codes_to_cluster(encoded)
        spaces[GAUSSIAN] = _one_gaussian(spaces[CODE])
        found = []
        for step, (name, codes) in enumerate(spaces.items()):
            low, high = (0.3 + 0.7 * (step + i) / len(spaces) for i in (0, 1))
            is_data = name != GAUSSIAN
            found.append(
                cluster_figures(
                    codes,
                    method,
                    size,
                    labels if is_data else None,
                    factors=factors if is_data else None,
                    representation=name,
                    progress=subprogress(progress, low, high),
                )
            )
        return found

    of = encoded.fingerprints | {"data": encoded.data.fingerprint, "method": method, "size": size}
    kind = "cluster figures"
    return cached(kind, ClusterFigures, compute, of=of, progress=progress, store=encoded.store)


def _one_gaussian(codes: Floats, random_state: int = 0) -> Floats:
    """As many samples, at most 10,000, of a Gaussian of the codes' mean and covariance."""
    z = codes.astype(np.float64)
    values, vectors = np.linalg.eigh(np.atleast_2d(np.cov(z.T)))
    n = min(len(z), MAX_COMPARED)
    noise = np.random.default_rng(random_state).standard_normal((n, z.shape[1]))
    drawn = z.mean(axis=0) + noise * np.sqrt(values.clip(0)) @ vectors.T
    codes_of_one: Floats = drawn.astype(np.float32)
    return codes_of_one
