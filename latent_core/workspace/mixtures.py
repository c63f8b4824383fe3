"""Cached: the mixture of Gaussians that new codes are drawn from."""

from __future__ import annotations

from latent_core.analysis.mixture import GaussianMixture, fit_mixture
from latent_core.cache.entry import CacheEntry
from latent_core.cache.store import Store
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Encodings
from latent_core.workspace.keys import mixture_key
from latent_core.workspace.stores import get_or_compute


def code_mixture(
    encodings: Encodings,
    *,
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> GaussianMixture:
    """`fit_mixture` of the mean codes, cached."""

    def compute() -> CacheEntry:
        mixture = fit_mixture(encodings.mean, progress=progress)
        arrays = {name: getattr(mixture, name) for name in ("weights", "means", "factors")}
        return CacheEntry(arrays=arrays, meta={"held_out": list(mixture.held_out.items())})

    entry = get_or_compute(store, mixture_key(encodings), compute, progress)
    held_out = {int(number): float(value) for number, value in entry.meta["held_out"]}
    return GaussianMixture(**entry.arrays, held_out=held_out)
