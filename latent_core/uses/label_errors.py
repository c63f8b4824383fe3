"""Label errors: samples whose label differs from those of their neighbors."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.neighbors import nearest
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Array, Floats, as_codes
from latent_core.uses.detection import auroc
from latent_core.uses.results import EncodedData, cached

N_NEIGHBORS = 10
FLIPPED = 0.05
"""Fraction of the labels that are changed to measure how many are found."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LabelErrors:
    """The disagreement of labels with those of the nearest samples in one representation.

    Parameters
    ----------
    representation
        Of `latent_core.uses.results`: what the neighbors are found in.
    scores
        ``(N,)`` in [0, 1], from `label_disagreement`.
    suggested
        ``(N,)`` integers, the most frequent label among the neighbors; -1 for unlabelled samples.
    auroc, auroc_std, n_changed
        From `evaluate_label_errors`.
    """

    representation: str
    scores: Floats
    suggested: NDArray[np.int64]
    auroc: float
    auroc_std: float
    n_changed: int

    __repr__ = compact_repr


def label_disagreement(
    codes: Any,
    labels: Array,
    *,
    n_neighbors: int = N_NEIGHBORS,
    progress: ProgressCallback = null_progress,
) -> Floats:
    """How much the labels of the nearest codes speak against each sample's own label.

    Parameters
    ----------
    codes
        ``(N, D)``.
    labels
        ``(N,)`` integers, -1 for unlabelled samples, which neither vote nor are ranked.
    n_neighbors
        Lowered to N − 1 where there are fewer labelled codes.

    Returns
    -------
    ndarray
        ``(N,)`` float32 in [0, 1]: the fraction of another label among the labelled neighbors,
        each weighted by 1 / (1 + its rank); 0 for unlabelled samples.

    Raises
    ------
    InvalidInputError
        There are not as many labels as codes, or fewer than two classes.

    References
    ----------
    Wilson 1972, doi:10.1109/TSMC.1972.4309137 (edited nearest neighbors).
    """
    return _vote(as_codes(codes), np.asarray(labels), n_neighbors, progress)[0]


def _vote(
    codes: Floats, labels: Array, n_neighbors: int, progress: ProgressCallback
) -> tuple[Floats, NDArray[np.int64]]:
    """The disagreement of each label with those of its neighbors, and the label with most votes."""
    labelled = _labelled(codes, labels)
    classes, own = np.unique(labels[labelled], return_inverse=True)
    k = min(n_neighbors, len(labelled) - 1)
    neighbors, _ = nearest(codes[labelled], None, k, progress=progress)
    weights = 1 / (1 + np.arange(1, k + 1))
    against = np.zeros(len(labelled))
    votes = np.zeros((len(labelled), len(classes)))
    rows = np.arange(len(labelled))
    for rank in range(k):
        label = own[neighbors[:, rank]]
        votes[rows, label] += weights[rank]
        against += weights[rank] * (label != own)
    scores = np.zeros(len(codes), np.float32)
    scores[labelled] = (against / weights.sum()).clip(0, 1)
    suggested = np.full(len(codes), -1, np.int64)
    suggested[labelled] = classes[votes.argmax(axis=1)]
    return scores, suggested


def _labelled(codes: Floats, labels: Array) -> NDArray[np.int64]:
    """Indices of the labelled samples, which have two classes or more."""
    labelled = np.flatnonzero(labels >= 0) if len(labels) == len(codes) else np.zeros(0, np.int64)
    if len(np.unique(labels[labelled])) < 2:
        raise InvalidInputError(
            f"{len(codes)} codes with {len(labels)} labels of fewer than two classes have no "
            "label errors; give a label of one of several classes for each code."
        )
    return labelled


def evaluate_label_errors(
    codes: Any,
    labels: Array,
    *,
    fraction: float = FLIPPED,
    random_state: int = 0,
    progress: ProgressCallback = null_progress,
) -> tuple[float, float, int]:
    """How well `label_disagreement` finds labels that were changed at random.

    Parameters
    ----------
    codes, labels
        As for `label_disagreement`.
    fraction
        Of the labels to change to another class, in (0, 1).
    random_state
        Seed of the changes.

    Returns
    -------
    auroc, std, n
        Area under the ROC curve of changed against unchanged labels, its standard error, and
        the number of changed labels.
    """
    y = np.array(labels)
    labelled = _labelled(as_codes(codes), y)
    classes = np.unique(y[labelled])
    rng = np.random.default_rng(random_state)
    changed = rng.choice(labelled, max(1, round(fraction * len(labelled))), replace=False)
    places = np.searchsorted(classes, y[changed])
    shifts = rng.integers(1, len(classes), len(changed))
    y[changed] = classes[(places + shifts) % len(classes)]
    scores = label_disagreement(codes, y, progress=progress)
    kept = np.setdiff1d(labelled, changed)
    return *auroc(scores[kept], scores[changed]), len(changed)


def measure_label_errors(
    encoded: EncodedData, *, progress: ProgressCallback = null_progress
) -> tuple[LabelErrors, ...]:
    """Label errors in the code, in as many principal components, and in pixels.

    Cached.

    Raises
    ------
    InvalidInputError
        The data has fewer than two classes.
    """
    labels = encoded.data.labels
    if labels is None:
        raise InvalidInputError(
            f"{encoded.data.title} has no labels, so none can be wrong; choose data with classes."
        )

    def compute() -> list[LabelErrors]:
        spaces = encoded.representations(subprogress(progress, 0, 0.3))
        found = []
        for step, (name, codes) in enumerate(spaces.items()):
            progress(0.3 + 0.7 * step / len(spaces), "Comparing labels with those of neighbors")
            scores, suggested = _vote(codes, labels, N_NEIGHBORS, null_progress)
            area, std, n_changed = evaluate_label_errors(codes, labels)
            found.append(
                LabelErrors(
                    representation=name,
                    scores=scores,
                    suggested=suggested,
                    auroc=area,
                    auroc_std=std,
                    n_changed=n_changed,
                )
            )
        return found

    of = encoded.fingerprints | {"data": encoded.data.fingerprint}
    return cached(
        "label errors", LabelErrors, compute, of=of, progress=progress, store=encoded.store
    )
