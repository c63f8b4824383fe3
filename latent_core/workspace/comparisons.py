"""Cached: the comparison of two models' codes of one data set."""

from __future__ import annotations

from typing import Any

from latent_core.cache.entry import CacheEntry
from latent_core.cache.store import Store
from latent_core.comparison import CarriedErrors, Comparison, LinearMap, compare_codes
from latent_core.comparison import carried_errors as measure_carried_errors
from latent_core.comparison.compare import N_NEIGHBORS
from latent_core.errors import InvalidInputError
from latent_core.models.model import LatentModel
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Dataset, Encodings
from latent_core.workspace.keys import carried_errors_key, comparison_key
from latent_core.workspace.stores import find, get_or_compute

_ARRAYS = ("agreement", "ranks")
_FIGURES = ("n_neighbors", "neighbor_recall", "cka", "cka_permuted", "cka_permuted_std")
_MAPS = ("a_to_b", "b_to_a")
_MAP_ARRAYS = ("weights", "offsets", "held_out")
_MAP_FIGURES = ("r2", "r2_permuted")


def compare(
    encodings_a: Encodings,
    encodings_b: Encodings,
    *,
    n_neighbors: int = N_NEIGHBORS,
    metric: str = "euclidean",
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> Comparison:
    """`compare_codes` of the encodings of one data set, computed once and cached.

    Raises
    ------
    InvalidInputError
        The encodings are of different data sets; or as for `compare_codes`.
    """
    if encodings_a.dataset_id != encodings_b.dataset_id:
        raise InvalidInputError(
            f"{encodings_a.dataset_id!r} and {encodings_b.dataset_id!r} are different data sets; "
            "compare the encodings of one data set."
        )

    def compute() -> CacheEntry:
        comparison = compare_codes(
            encodings_a.mean,
            encodings_b.mean,
            n_neighbors=n_neighbors,
            metric=metric,
            progress=progress,
        )
        return _to_entry(comparison)

    key = comparison_key(encodings_a, encodings_b, n_neighbors, metric)
    return _from_entry(get_or_compute(store, key, compute, progress))


def find_comparison(
    encodings_a: Encodings,
    encodings_b: Encodings,
    *,
    n_neighbors: int = N_NEIGHBORS,
    metric: str = "euclidean",
    store: Store | None = None,
) -> Comparison | None:
    """The comparison if it is cached, else None."""
    entry = find(store, comparison_key(encodings_a, encodings_b, n_neighbors, metric))
    return None if entry is None else _from_entry(entry)


def carried_errors(
    model_b: LatentModel,
    data: Dataset,
    encodings_a: Encodings,
    encodings_b: Encodings,
    *,
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> CarriedErrors:
    """The errors of held-out images that `model_b` decodes from codes of A, cached.

    Raises
    ------
    InvalidInputError
        `model_b` has no decoder.
    """
    if not model_b.card.decodes:
        raise InvalidInputError(
            f"{model_b.card.id!r} has no decoder, so carried codes cannot be decoded; choose a "
            "model with a decoder."
        )

    def compute() -> CacheEntry:
        errors = measure_carried_errors(
            compare(encodings_a, encodings_b, progress=first, store=store).a_to_b,
            encodings_a.mean,
            encodings_b.mean,
            data.images,
            model_b.decode,
            progress=then,
        )
        names = ("carried", "own", "mean_code", "n_images")
        return CacheEntry(arrays={}, meta={name: getattr(errors, name) for name in names})

    first, then = subprogress(progress, 0, 0.5), subprogress(progress, 0.5, 1)
    key = carried_errors_key(encodings_a, encodings_b)
    return CarriedErrors(**get_or_compute(store, key, compute, progress).meta)


def _to_entry(comparison: Comparison) -> CacheEntry:
    arrays = {name: getattr(comparison, name) for name in _ARRAYS}
    meta: dict[str, Any] = {name: getattr(comparison, name) for name in _FIGURES}
    for which in _MAPS:
        linear_map = getattr(comparison, which)
        arrays |= {f"{which}.{name}": getattr(linear_map, name) for name in _MAP_ARRAYS}
        meta[which] = {name: getattr(linear_map, name) for name in _MAP_FIGURES}
    return CacheEntry(arrays=arrays, meta=meta)


def _from_entry(entry: CacheEntry) -> Comparison:
    parts: dict[str, Any] = {name: entry.arrays[name] for name in _ARRAYS}
    parts |= {name: entry.meta[name] for name in _FIGURES}
    parts |= {which: _to_map(which, entry) for which in _MAPS}
    return Comparison(**parts)


def _to_map(which: str, entry: CacheEntry) -> LinearMap:
    parts: dict[str, Any] = {name: entry.arrays[f"{which}.{name}"] for name in _MAP_ARRAYS}
    return LinearMap(**parts, **entry.meta[which])
