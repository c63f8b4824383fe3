"""Default endpoints, used until the visitor chooses others."""

from __future__ import annotations

from itertools import combinations

import numpy as np

from latent_core.analysis.support import NEAR_DATA, Support, support_of_encodings
from latent_core.cache.memo import memoize
from latent_core.metrics import class_mean
from latent_core.types import Array, Floats
from ui.spaces import Space

CANDIDATES = 12


def default_samples(space: Space) -> list[int]:
    """Indices of samples whose paths differ clearly.

    Typical samples, one of each class if there are classes.  The first two are the pair whose
    midpoint is farthest from the data, so that the linear and the geodesic path differ; each
    further one is the farthest from those before.
    """
    name = f"{space.encodings.fingerprint} {space.data.fingerprint}"
    return memoize("default samples", name, lambda: _ordered(space, _candidates(space)))


def _candidates(space: Space) -> list[int]:
    """A typical sample of each class, or random samples."""
    codes, labels = space.encodings.mean, space.data.labels
    if labels is None:
        paths_key = np.random.default_rng(0).permutation(len(codes))[:CANDIDATES]
        return sorted(int(index) for index in paths_key)
    present = np.unique(labels[labels >= 0])[:CANDIDATES]
    support = support_of_encodings(space.encodings)
    return [_typical(codes, labels, int(label), support) for label in present]


def _typical(codes: Floats, labels: Array, label: int, support: Support) -> int:
    """Of the samples nearest to the class mean the first that is near data, or else the nearest."""
    own = np.flatnonzero(labels == label)
    distance = np.linalg.norm(codes[own] - class_mean(codes, labels, label), axis=1)
    nearest = own[distance.argsort()[:CANDIDATES]]
    return int(nearest[int((support.quantile(codes[nearest]) <= NEAR_DATA).argmax())])


def _ordered(space: Space, candidates: list[int]) -> list[int]:
    if len(candidates) < 2:
        candidates = [*candidates, *(i for i in range(len(space.data)) if i not in candidates)][:2]
    codes = space.encodings.mean
    pairs = list(combinations(candidates, 2))
    halfway = np.stack([(codes[a] + codes[b]) / 2 for a, b in pairs])
    distances = support_of_encodings(space.encodings).distance(halfway)
    chosen = list(pairs[int(distances.argmax())])
    rest = [index for index in candidates if index not in chosen]
    while rest:
        gaps = np.linalg.norm(codes[rest][:, None] - codes[chosen][None], axis=2).min(axis=1)
        chosen.append(rest.pop(int(gaps.argmax())))
    return chosen
