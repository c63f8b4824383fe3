"""Results of uses as cache entries, and the representations that uses compare."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any, TypeVar

import numpy as np

from latent_core.cache.entry import CacheEntry
from latent_core.cache.keys import content_key
from latent_core.cache.store import Store
from latent_core.datasets.splits import indices_for_validation
from latent_core.models.model import BATCH_SIZE, LatentModel
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Dataset, Encodings, Floats
from latent_core.uses.pixel_components import PixelComponents, fit_pixel_components
from latent_core.workspace.keys import NO_KEY
from latent_core.workspace.stores import get_or_compute

T = TypeVar("T")
VERSION = 1
"""Increased when a use or its baselines change their result."""
N_COMPONENTS = 128
"""Principal components that stand for the pixels where distances are measured."""
CODE, PCA, PIXELS = "code", "pca", "pixels"
"""The representations: the model's code, as many components of the pixels, and all of them."""
MIN_IMAGES = 4
"""Half of them are for validation."""


def cached(
    kind: str,
    result_type: type[T],
    compute: Callable[[], Sequence[T]],
    *,
    of: dict[str, Any],
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> tuple[T, ...]:
    """The dataclasses of `compute`, cached under what they are computed `of`.

    Parameters
    ----------
    of
        Fingerprints and parameters by name; nothing is stored where one is empty text.
    """
    is_known = all(value != "" for value in of.values())
    key = content_key(f"use {kind}", version=VERSION, **of) if is_known else NO_KEY
    entry = get_or_compute(store, key, lambda: _to_entry(compute()), progress)
    return tuple(
        result_type(**_with_tuples(meta), **_arrays_of(entry, number))
        for number, meta in enumerate(entry.meta["results"])
    )


def _to_entry(results: Sequence[Any]) -> CacheEntry:
    """Arrays by number and field name; all else as metadata."""
    arrays: dict[str, Array] = {}
    metas = []
    for number, result in enumerate(results):
        values = {item.name: getattr(result, item.name) for item in fields(result)}
        own = {name for name, value in values.items() if isinstance(value, np.ndarray)}
        arrays |= {f"{number}.{name}": values[name] for name in own}
        metas.append({name: value for name, value in values.items() if name not in own})
    return CacheEntry(arrays=arrays, meta={"results": metas})


def _arrays_of(entry: CacheEntry, number: int) -> dict[str, Any]:
    prefix = f"{number}."
    names = [name for name in entry.arrays if name.startswith(prefix)]
    return {name.removeprefix(prefix): entry.arrays[name] for name in names}


def _with_tuples(meta: dict[str, Any]) -> dict[str, Any]:
    return {k: tuple(v) if isinstance(v, list) else v for k, v in meta.items()}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class EncodedData:
    """A data set and its codes under a model, which uses are measured on.

    Parameters
    ----------
    store
        Where results are cached; by default the shared one.
    """

    model: LatentModel
    data: Dataset
    encodings: Encodings
    store: Store | None = None

    __repr__ = compact_repr

    @property
    def fingerprints(self) -> dict[str, str]:
        """What results that depend on codes and decoder are cached under."""
        weights = self.model.card.weights_sha256 or self.encodings.fingerprint
        return {"encodings": self.encodings.fingerprint, "weights": weights}

    @property
    def has_images(self) -> bool:
        """Whether there are images, not all equal, that principal components exist of."""
        if self.data.precomputed is not None or len(self.data) < MIN_IMAGES:
            return False
        return bool(np.ptp(self.data.images_uint8, axis=0).any())

    def components(self, progress: ProgressCallback = null_progress) -> PixelComponents:
        """The principal components of the validation images, cached."""

        def compute() -> list[PixelComponents]:
            progress(0.0, "Computing principal components of the pixels")
            rows = indices_for_validation(self.data)
            return [fit_pixel_components(self.data.images(rows), N_COMPONENTS)]

        of = {"data": self.data.fingerprint, "n_components": N_COMPONENTS}
        kind = "pixel components"
        return cached(kind, PixelComponents, compute, of=of, progress=progress, store=self.store)[0]

    def representations(self, progress: ProgressCallback = null_progress) -> dict[str, Floats]:
        """Every sample in each representation.

        `CODE` ``(N, D)``, and where there are images `PCA` ``(N, D)`` and `PIXELS` ``(N, K)``;
        without `PCA` where the K components are no more than D.
        """
        found: dict[str, Floats] = {CODE: self.encodings.mean}
        if not self.has_images:
            return found
        components = self.components(progress)
        starts = range(0, len(self.data), BATCH_SIZE)
        batches = (self.data.images(slice(i, i + BATCH_SIZE)) for i in starts)
        scores = np.concatenate([components.encode(batch) for batch in batches])
        if self.encodings.latent_dim < scores.shape[1]:
            found[PCA] = scores[:, : self.encodings.latent_dim]
        found[PIXELS] = scores
        return found
