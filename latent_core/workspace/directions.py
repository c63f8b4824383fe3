"""Cached: the principal directions of a data set's codes."""

from __future__ import annotations

from latent_core.analysis.principal_components import PrincipalDirections, principal_directions
from latent_core.cache.entry import CacheEntry
from latent_core.cache.store import Store
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Encodings
from latent_core.workspace.keys import principal_directions_key
from latent_core.workspace.stores import get_or_compute

_ARRAYS = ("weights", "offsets", "directions", "low", "high", "explained_variance_ratio")


def code_directions(
    encodings: Encodings,
    *,
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> PrincipalDirections:
    """`principal_directions` of the mean codes, cached."""

    def compute() -> CacheEntry:
        progress(0.1, "Finding principal directions")
        found = principal_directions(encodings.mean)
        return CacheEntry(
            arrays={name: getattr(found, name) for name in _ARRAYS},
            meta={"names": list(found.names)},
        )

    entry = get_or_compute(store, principal_directions_key(encodings), compute, progress)
    return PrincipalDirections(names=tuple(entry.meta["names"]), **entry.arrays)
