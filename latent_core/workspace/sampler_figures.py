"""Cached: how like the data the samples of each sampler are."""

from __future__ import annotations

from latent_core.cache.entry import CacheEntry
from latent_core.cache.store import Store
from latent_core.datasets.splits import indices_for_validation
from latent_core.evaluation.sampler_figures import SamplerFigures, measure_samplers
from latent_core.models.protocols import LatentModel
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.sampling import CodeSet
from latent_core.sampling.mixture import MixtureSampler
from latent_core.sampling.prior import PriorSampler
from latent_core.types import Dataset, Encodings
from latent_core.workspace.keys import sampler_figures_key
from latent_core.workspace.stores import get_or_compute


def sampler_figures(
    model: LatentModel,
    data: Dataset,
    encodings: Encodings,
    *,
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> SamplerFigures:
    """The figures of prior and mixture, the latter fitted to the validation codes; cached."""

    def compute() -> CacheEntry:
        codes = CodeSet(
            codes=encodings.mean[indices_for_validation(data)],
            has_prior=model.card.has_gaussian_prior,
        )
        usable = [one for one in (MixtureSampler(), PriorSampler()) if not one.missing(codes)]
        fitted = {one.id: one.fit(codes, progress=subprogress(progress, 0, 0.3)) for one in usable}
        part = subprogress(progress, 0.3, 1)
        found = measure_samplers(model, data, encodings, fitted, progress=part)
        meta = {
            "rows": {name: dict(row) for name, row in found.rows.items()},
            "features": found.features,
            "n_samples": found.n_samples,
        }
        return CacheEntry(arrays={}, meta=meta)

    key = sampler_figures_key(encodings, model.card.decoder_sha256 or model.card.weights_sha256)
    meta = get_or_compute(store, key, compute, progress).meta
    rows = {
        name: {figure: (value[0], value[1]) for figure, value in row.items()}
        for name, row in meta["rows"].items()
    }
    return SamplerFigures(rows=rows, features=meta["features"], n_samples=meta["n_samples"])
