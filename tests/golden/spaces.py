"""Codes of shipped data, difficult queries, and maps by every method and metric."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

import latent_core as lc
from latent_core.analysis.support import Support, fit_support
from latent_core.neighbors import METRICS
from latent_core.projection import LLE, PCA, TSNE, UMAP, Isomap, LatentAxes, Projection, project
from latent_core.projection.base import ProjectionMethod
from latent_core.projection.inverse import LinearInverse, fit_inverse, map_support
from latent_core.types import Floats
from tests.golden.arrays import significant, to_text
from ui.components.decoder import inverse_data, support_data
from ui.components.map_transform import transform_data

N_CODES, N_COPIES = 80, 5
SPACES: dict[str, tuple[str, dict[str, Any]]] = {
    "digits-vae-16": ("digits", {}),
    "digits-gan-32": ("digits", {"trained_on_prior_samples": True}),
    "faces-vae-32": ("faces", {"active_dims": np.arange(32) % 3 > 0}),
    "swissroll-3": ("swissroll", {}),
    "words-glove-50": ("words", {}),
}
"""Data set and options of `fit_support` by model."""


def write_space(model_id: str) -> dict[str, Any]:
    """The vectors of one space."""
    data_id, options = SPACES[model_id]
    codes = _reference_codes(model_id, data_id)
    queries, support = _query_codes(codes), fit_support(codes, **options)
    return {
        "codes": to_text(codes),
        "space": significant(support_data(support)),
        "queries": to_text(queries),
        "ranks": to_text(support.quantile(queries)),
        "levels": support.levels(queries),
        "maps": [
            _write_map(model_id, codes, method, queries, support) for method in _methods(model_id)
        ],
    }


def _methods(model_id: str) -> list[ProjectionMethod]:
    if model_id == "digits-vae-16":
        return [method for n in (2, 3) for method in _all_methods(n)]
    if model_id == "words-glove-50":
        return [TSNE(perplexity=20, metric="cosine"), UMAP(metric="cosine")]
    if model_id == "swissroll-3":
        return [PCA(), LLE(), Isomap(), LatentAxes()]
    return [TSNE(perplexity=20), UMAP(), LLE()]


def _all_methods(n: int) -> Iterator[ProjectionMethod]:
    yield from (PCA(n_components=n), LLE(n_components=n), Isomap(n_components=n))
    for metric in METRICS:
        yield TSNE(n_components=n, perplexity=20, metric=metric)
        yield UMAP(n_components=n, metric=metric)


def _reference_codes(model_id: str, data_id: str) -> Floats:
    """Codes of the data; the last ones are copies of the first."""
    codes = lc.encode(lc.load_model(model_id), lc.load_dataset(data_id)).mean
    chosen: Floats = codes[np.random.default_rng(0).permutation(len(codes))[:N_CODES]].copy()
    chosen[-N_COPIES:] = chosen[0]
    return chosen


def _query_codes(codes: Floats) -> Floats:
    """Almost halfway, random, with one dimension far out, of the data, a copy, the mean."""
    rng = np.random.default_rng(1)
    first, second = rng.integers(0, len(codes) - N_COPIES, (2, 8))
    far_out = codes[[3, 4, 5]].copy()
    far_out[[0, 1, 2], [0, -1, 1]] += np.array([50, -50, 300], np.float32)
    parts = [
        0.52 * codes[first] + 0.48 * codes[second],  # exactly halfway, the two would tie
        rng.normal(size=(6, codes.shape[1])),
        far_out,
        codes[[7, 8]],
        codes[[0]],
        codes[[9]] + 1e-4,
        codes.mean(axis=0, keepdims=True),
    ]
    return np.concatenate(parts).astype(np.float32)


def _write_map(
    model_id: str, codes: Floats, method: ProjectionMethod, queries: Floats, support: Support
) -> dict[str, Any]:
    fingerprint = f"golden {model_id} {method!r}"
    projection = project(codes, method, fingerprint=fingerprint)
    arrays, info = projection.to_arrays()
    places = _places(projection.points)
    inverted = fit_inverse(projection).inverse_transform(places)
    spec = transform_data(projection)
    assert spec is not None
    return {
        "name": repr(method),
        "info": info,
        "arrays": {name: to_text(array) for name, array in arrays.items()},
        "transform": {name: value for name, value in spec.items() if name != "geodesics"},
        "inverse": significant(inverse_data(projection)),
        "transformed": to_text(transform_each(projection, queries)),
        "places": to_text(places),
        "inverted": to_text(inverted),
        "place_ranks": to_text(place_ranks(projection, support, places, inverted)),
    }


def _places(points: Floats) -> Floats:
    """Points of a map: random ones, two of the data, and one far from all."""
    low, high = points.min(axis=0), points.max(axis=0)
    places = np.random.default_rng(2).uniform(low, high, (8, points.shape[1]))
    far = high + 9 * (high - low)
    return np.concatenate([places, points[:2], far[None]]).astype(np.float32)


def transform_each(projection: Projection, queries: Floats) -> Floats:
    """The points of the codes, each transformed alone, as the browser does it."""
    return np.concatenate([projection.transform(code[None]) for code in queries])


def place_ranks(
    projection: Projection, support: Support, places: Floats, inverted: Floats
) -> Floats:
    """The support of map points: of their codes and, where the inverse is not exact, their own."""
    ranks = support.quantile(inverted)
    if isinstance(fit_inverse(projection), LinearInverse):
        return ranks
    return np.maximum(ranks, map_support(projection).quantile(places))
