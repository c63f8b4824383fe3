"""Cached projections of encodings."""

from __future__ import annotations

from collections.abc import Callable

from latent_core.cache.entry import CacheEntry
from latent_core.cache.store import Store
from latent_core.progress import ProgressCallback, null_progress
from latent_core.projection import Projection, ProjectionMethod
from latent_core.projection import project as fit_projection
from latent_core.types import Encodings, Floats
from latent_core.workspace.keys import projection_key
from latent_core.workspace.stores import get_or_compute, store_or_default


def project(
    encodings: Encodings,
    method: ProjectionMethod,
    *,
    progress: ProgressCallback = null_progress,
    callback: Callable[[Floats], None] | None = None,
    store: Store | None = None,
) -> Projection:
    """The projection of encodings to 2 or 3 dimensions, computed once and cached.

    Parameters
    ----------
    encodings
        ``(N, D)`` codes.
    method
        The method and its parameters, e.g. ``TSNE(n_components=2, random_state=0)``.
    progress
        Called with the completed fraction; may raise `CancelledError`.
    callback
        Called with intermediate points ``(N, n_components)``; may raise `CancelledError`.
    store
        Where results are cached; by default `default_store`.

    Returns
    -------
    Projection
        With points ``(N, n_components)`` float32.

    Raises
    ------
    InvalidInputError
        The method cannot project these codes with these parameters.
    """
    key = projection_key(encodings, method)

    def compute() -> CacheEntry:
        projection = fit_projection(
            encodings.mean,
            method,
            fingerprint=key,
            progress=progress,
            callback=callback or (lambda points: None),
        )
        arrays, meta = projection.to_arrays()
        return CacheEntry(arrays=arrays, meta=meta)

    return _to_projection(get_or_compute(store, key, compute, progress), encodings)


def find_projection(
    encodings: Encodings, method: ProjectionMethod, *, store: Store | None = None
) -> Projection | None:
    """The projection if it is cached, else None."""
    entry = store_or_default(store).get(projection_key(encodings, method))
    return None if entry is None else _to_projection(entry, encodings)


def _to_projection(entry: CacheEntry, encodings: Encodings) -> Projection:
    return Projection.from_arrays(dict(entry.arrays), entry.meta, codes=encodings.mean)
