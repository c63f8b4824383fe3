"""Cached measurements: reconstruction errors, inversion errors, and probes on pixels."""

from __future__ import annotations

from typing import Any

from latent_core import encoding
from latent_core.cache.entry import CacheEntry
from latent_core.cache.store import Store
from latent_core.evaluation.context import probes_of
from latent_core.models import inversion
from latent_core.models.model import LatentModel
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Dataset, Encodings, Floats
from latent_core.workspace.keys import errors_key, pixel_probes_key, self_inversion_errors_key
from latent_core.workspace.stores import get_or_compute


def reconstruction_errors(
    model: LatentModel,
    data: Dataset,
    encodings: Encodings,
    *,
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> Floats:
    """The MSE per pixel of each image's reconstruction, ``(N,)`` float32, cached."""

    def compute() -> CacheEntry:
        errors = encoding.reconstruction_errors(model, data, encodings.mean, progress=progress)
        return CacheEntry(arrays={"errors": errors}, meta={})

    errors: Floats = get_or_compute(store, errors_key(encodings), compute, progress).arrays[
        "errors"
    ]
    return errors


def self_inversion_errors(
    model: LatentModel, *, progress: ProgressCallback = null_progress, store: Store | None = None
) -> Floats:
    """The inversion error on each of the model's own samples, ``(M,)`` MSE per pixel, cached.

    See `latent_core.models.inversion.self_inversion_errors`.
    """

    def compute() -> CacheEntry:
        errors = inversion.self_inversion_errors(inversion.differentiable(model), progress=progress)
        return CacheEntry(arrays={"errors": errors}, meta={})

    key = self_inversion_errors_key(model.card)
    errors: Floats = get_or_compute(store, key, compute, progress).arrays["errors"]
    return errors


def pixel_probes(
    data: Dataset, *, progress: ProgressCallback = null_progress, store: Store | None = None
) -> dict[str, Any]:
    """`probes_of` the pixels instead of codes, a baseline, cached.

    Empty for a data set without images, or without labels and factors.
    """
    if data.precomputed is not None or not (data.labels is not None or data.factors):
        return {}

    def compute() -> CacheEntry:
        pixels = data.images().reshape(len(data), -1)
        return CacheEntry(arrays={}, meta={"metrics": probes_of(pixels, data)})

    entry = get_or_compute(store, pixel_probes_key(data), compute, progress)
    metrics: dict[str, Any] = entry.meta["metrics"]
    return {k: tuple(v) if isinstance(v, list) else v for k, v in metrics.items()}
