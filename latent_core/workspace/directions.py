"""Cached: the principal directions of a data set's codes, and evidence for attribute directions."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress

import numpy as np

from latent_core.analysis.directions.evidence import DirectionEvidence, direction_evidence
from latent_core.analysis.directions.principal_components import (
    PrincipalDirections,
    principal_directions,
)
from latent_core.cache.entry import CacheEntry
from latent_core.cache.store import Store
from latent_core.errors import InvalidInputError
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Encodings, Floats
from latent_core.workspace.keys import evidence_key, principal_directions_key
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


def attribute_evidence(
    encodings: Encodings,
    attributes: Mapping[str, Array],
    *,
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> dict[str, DirectionEvidence]:
    """`direction_evidence` of each attribute ``(N,)``, cached.

    Attributes of which too few samples are known have none.
    """

    def compute() -> CacheEntry:
        found: dict[str, DirectionEvidence] = {}
        for k, (name, values) in enumerate(attributes.items()):
            progress(k / len(attributes), f"Testing the direction of {name}")
            with suppress(InvalidInputError):  # too few samples
                found[name] = direction_evidence(encodings.mean, values)
        tables = [(e.random_directions, e.shuffled_labels) for e in found.values()]
        return CacheEntry(
            arrays={
                "scores": np.array([[e.score, e.low, e.high] for e in found.values()]),
                "random_directions": np.array([random for random, _ in tables]),
                "shuffled_labels": np.array([shuffled for _, shuffled in tables]),
            },
            meta={
                "names": list(found),
                "measures": [e.measure for e in found.values()],
                "counts": [[e.n_fitted, e.n_held_out] for e in found.values()],
            },
        )

    values: dict[str, Floats] = {n: np.asarray(v, np.float32) for n, v in attributes.items()}
    entry = get_or_compute(store, evidence_key(encodings, values), compute, progress)
    return {name: _evidence(entry, k) for k, name in enumerate(entry.meta["names"])}


def _evidence(entry: CacheEntry, k: int) -> DirectionEvidence:
    score, low, high = entry.arrays["scores"][k].tolist()
    n_fitted, n_held_out = entry.meta["counts"][k]
    return DirectionEvidence(
        measure=entry.meta["measures"][k],
        score=score,
        low=low,
        high=high,
        random_directions=entry.arrays["random_directions"][k],
        shuffled_labels=entry.arrays["shuffled_labels"][k],
        n_fitted=n_fitted,
        n_held_out=n_held_out,
    )
