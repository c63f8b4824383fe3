"""Cached projections of encodings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from latent_core.cache.entry import CacheEntry
from latent_core.cache.store import Store
from latent_core.errors import CancelledError
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.projection import Projection, ProjectionMethod, Trustworthiness
from latent_core.projection import project as fit_projection
from latent_core.types import Encodings, Floats
from latent_core.workspace.keys import projection_key, quality_key
from latent_core.workspace.stores import find, get_or_compute


def project(  # what is computed, two callbacks, and where it is stored
    encodings: Encodings,
    method: ProjectionMethod,
    *,
    progress: ProgressCallback = null_progress,
    callback: Callable[[Floats], None] | None = None,
    measure: bool = True,
    store: Store | None = None,
) -> Projection:
    """The projection of encodings to 2 or 3 dimensions, computed once and cached.

    It is stored before its trustworthiness is measured; cancelling that gives the projection
    without its `quality`.

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
    measure
        Whether to measure the trustworthiness; `measure_quality` does it later.
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
    fit_end = 0.9 if measure else 1.0

    def compute() -> CacheEntry:
        projection = fit_projection(
            encodings.mean,
            method,
            fingerprint=key,
            progress=subprogress(progress, 0.0, fit_end),
            callback=callback or (lambda points: None),
            measure=False,
        )
        arrays, meta = projection.to_arrays()
        return CacheEntry(arrays=arrays, meta=meta)

    projection = _to_projection(get_or_compute(store, key, compute, progress), encodings)
    if not measure:
        return projection
    try:
        return measure_quality(
            projection, progress=subprogress(progress, fit_end, 1.0), store=store
        )
    except CancelledError:
        return projection


def measure_quality(
    projection: Projection,
    *,
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> Projection:
    """`projection` with its trustworthiness, measured once and cached.

    Parameters
    ----------
    projection
        From `project`.
    progress
        Called with the completed fraction; may raise `CancelledError`.
    store
        Where results are cached; by default `default_store`.
    """

    def compute() -> CacheEntry:
        quality = projection.measured(progress).quality
        return CacheEntry(arrays={}, meta={} if quality is None else quality.to_dict())

    if projection.quality is not None:
        return projection
    entry = get_or_compute(store, quality_key(projection), compute, progress)
    return replace(projection, quality=Trustworthiness.from_dict(entry.meta))


def find_projection(
    encodings: Encodings, method: ProjectionMethod, *, store: Store | None = None
) -> Projection | None:
    """The projection if it is cached, with its trustworthiness if that is too; else None."""
    entry = find(store, projection_key(encodings, method))
    return None if entry is None else with_quality(_to_projection(entry, encodings), store=store)


def with_quality(projection: Projection, *, store: Store | None = None) -> Projection:
    """`projection` with its trustworthiness if that is cached, else unchanged."""
    entry = None
    if projection.quality is None:
        entry = find(store, quality_key(projection))
    if entry is None:
        return projection
    return replace(projection, quality=Trustworthiness.from_dict(entry.meta))


def _to_projection(entry: CacheEntry, encodings: Encodings) -> Projection:
    return Projection.from_arrays(dict(entry.arrays), entry.meta, codes=encodings.mean)
