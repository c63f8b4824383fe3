"""Cached: the distributions that new codes are drawn from."""

from __future__ import annotations

from dataclasses import asdict

from latent_core.cache.entry import CacheEntry
from latent_core.cache.store import Store
from latent_core.models.catalog import load_card
from latent_core.progress import ProgressCallback, null_progress
from latent_core.sampling import CodeDistribution, CodeSet, Sampler
from latent_core.sampling.mixture import MixtureSampler, distribution_of
from latent_core.types import Dataset, Encodings
from latent_core.workspace.keys import distribution_key
from latent_core.workspace.mixtures import code_mixture
from latent_core.workspace.stores import get_or_compute


def code_set(encodings: Encodings, data: Dataset) -> CodeSet:
    """The codes of a data set with its labels, for a sampler."""
    return CodeSet(
        codes=encodings.mean,
        log_var=encodings.log_var,
        labels=data.labels,
        class_names=data.class_names,
        has_prior=load_card(encodings.model_id).has_gaussian_prior,
    )


def code_distribution(
    encodings: Encodings,
    data: Dataset,
    sampler: Sampler,
    *,
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> CodeDistribution:
    """The distribution of `sampler` fitted to the codes of a data set; a slow fit is cached.

    Raises
    ------
    InvalidInputError
        Model or data lack what the sampler needs.
    """
    codes = code_set(encodings, data)
    sampler.check(codes)
    if sampler == MixtureSampler():
        return distribution_of(code_mixture(encodings, progress=progress, store=store))
    if not sampler.is_slow:
        return sampler.fit(codes)

    def compute() -> CacheEntry:
        fitted = sampler.fit(codes, progress=progress)
        names = ("weights", "means", "factors")
        return CacheEntry(arrays={name: getattr(fitted, name) for name in names})

    key = distribution_key(encodings, sampler.id, asdict(sampler))
    return CodeDistribution(**get_or_compute(store, key, compute, progress).arrays)
