"""Cached: the disentanglement of codes, beside principal components of the pixels."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from latent_core.cache.entry import CacheEntry
from latent_core.cache.store import Store
from latent_core.datasets.factors import factors_of_card
from latent_core.errors import InvalidInputError
from latent_core.evaluation.disentanglement.scores import (
    DisentanglementScores,
    Score,
    disentanglement_scores,
)
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Array, Dataset, Encodings, Floats
from latent_core.workspace.keys import disentanglement_key
from latent_core.workspace.stores import get_or_compute

N_SPLITS = 3
MAX_FITTED = 3000
"""Images that the principal components are fitted to."""
MAX_CATEGORIES = 20
"""Unordered factors with more values, as an angle over a full circle, are left out."""
CLASS = "class"
"""The factor that the labels of a data set without factors are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedDisentanglement:
    """Scores of a model's codes, and of as many principal components of the pixels.

    Parameters
    ----------
    model, pca
        ``pca`` is None for data without images.
    omitted
        Names of unordered factors with too many values.
    """

    model: DisentanglementScores
    pca: DisentanglementScores | None
    omitted: tuple[str, ...]


def known_attributes(data: Dataset) -> tuple[dict[str, Array], tuple[str, ...], tuple[str, ...]]:
    """Factors to measure disentanglement with, the categorical ones, and those omitted.

    Of many factors those that the data set's evaluation reads from images; without factors, the
    labels.
    """
    described = factors_of_card(data.card, data.id)
    read = data.card.get("attribute_thresholds", {})
    names = [name for name in data.factors if not read or name in read]
    if not names:
        if data.labels is None:
            return {}, (), ()
        labels = np.where(data.labels >= 0, data.labels, np.nan).astype(np.float64)
        return {CLASS: labels}, (CLASS,), ()
    unordered = [name for name in names if name in described and not described[name].ordered]
    omitted = tuple(n for n in unordered if len(np.unique(data.factors[n])) > MAX_CATEGORIES)
    factors = {name: data.factors[name] for name in names if name not in omitted}
    return factors, tuple(name for name in unordered if name not in omitted), omitted


def disentanglement(
    data: Dataset,
    encodings: Encodings,
    *,
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> ComparedDisentanglement:
    """`disentanglement_scores` of codes and of principal components of the pixels, cached.

    Raises
    ------
    InvalidInputError
        The data has no factor or label that varies, or as for `disentanglement_scores`.
    """
    factors, categorical, omitted = known_attributes(data)
    if not factors:
        raise InvalidInputError(
            f"{data.title} has neither factors nor labels, which disentanglement is measured with."
        )

    def compute() -> CacheEntry:
        has_images = data.precomputed is None
        end = 0.5 if has_images else 1.0
        parts = {"model": _measure(encodings.mean, factors, categorical, progress, (0.0, end))}
        if has_images:
            codes = _pixel_codes(data, encodings.latent_dim)
            parts["pca"] = _measure(codes, factors, categorical, progress, (end, 1.0))
        return CacheEntry(
            arrays={f"{name}.importance": found.importance for name, found in parts.items()},
            meta={name: _to_meta(found) for name, found in parts.items()},
        )

    key = disentanglement_key(encodings, factors, categorical)
    return _from_entry(get_or_compute(store, key, compute, progress), omitted)


def _measure(
    codes: Floats,
    factors: Mapping[str, Array],
    categorical: tuple[str, ...],
    progress: ProgressCallback,
    span: tuple[float, float],
) -> DisentanglementScores:
    return disentanglement_scores(
        codes,
        factors,
        categorical=categorical,
        n_splits=N_SPLITS,
        progress=subprogress(progress, *span),
    )


def _pixel_codes(data: Dataset, latent_dim: int) -> Floats:
    """``(N, K)`` scores of the first K principal components of the pixels, K ≤ `latent_dim`."""
    from latent_core.architectures.linear import principal_components

    rows = np.sort(np.random.default_rng(0).permutation(len(data))[:MAX_FITTED])
    flat = data.images(rows).reshape(len(rows), -1)
    mean, components = principal_components(flat, min(latent_dim, *flat.shape))
    parts = [
        (data.images(slice(first, first + 1000)).reshape(-1, len(mean)) - mean) @ components.T
        for first in range(0, len(data), 1000)
    ]
    codes: Floats = np.concatenate(parts).astype(np.float32)
    return codes


def _to_meta(found: DisentanglementScores) -> dict[str, object]:
    return {
        "scores": {name: asdict(score) for name, score in found.scores.items()},
        "factors": list(found.factors),
        "left_out": list(found.left_out),
        "n_held_out": found.n_held_out,
        "n_splits": found.n_splits,
    }


def _from_entry(entry: CacheEntry, omitted: tuple[str, ...]) -> ComparedDisentanglement:
    found = {
        name: DisentanglementScores(
            scores={key: Score(**score) for key, score in meta["scores"].items()},
            factors=tuple(meta["factors"]),
            left_out=tuple(meta["left_out"]),
            importance=entry.arrays[f"{name}.importance"],
            n_held_out=meta["n_held_out"],
            n_splits=meta["n_splits"],
        )
        for name, meta in entry.meta.items()
    }
    return ComparedDisentanglement(model=found["model"], pca=found.get("pca"), omitted=omitted)
