"""A direction from two groups of codes that a person marks: more like these, less like those.

References
----------
White 2016, arXiv:1609.04468, section 4 (mean differences); Shen, Gu, Tang & Zhou 2020,
arXiv:1907.10786 (normals of linear classifiers).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from latent_core.analysis.directions.attribute_directions import reduce_codes
from latent_core.analysis.directions.evidence import (
    LEVEL,
    N_BOOTSTRAP,
    N_RANDOM,
    N_SHUFFLED,
    DirectionEvidence,
    auroc,
)
from latent_core.analysis.directions.latent_directions import SLIDER_QUANTILES, LatentDirections
from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.types import Array, Floats, as_codes

Method = Literal["mean difference", "logistic"]
METHODS: tuple[Method, ...] = ("mean difference", "logistic")
N_FOLDS = 5
MIN_TESTED = 4
"""A direction is tested where each group has at least so many codes."""
MAX_GROUP = 2000
"""Of a larger group, random codes are used."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class MarkedDirection(LatentDirections):
    """One direction between two groups; its value is 0 at the mean of the second, 1 at the first's.

    Parameters
    ----------
    evidence
        The AUROC of codes that were held out, by cross-validation; None for groups of fewer than
        `MIN_TESTED` codes.
    n_more, n_less
        Sizes of the two groups.
    """

    evidence: DirectionEvidence | None
    n_more: int
    n_less: int

    __repr__ = compact_repr


def fit_marked_direction(
    more: Floats,
    less: Floats,
    codes: Floats,
    *,
    name: str = "marked",
    method: Method = "mean difference",
    random_state: int = 0,
) -> MarkedDirection:
    """Fit a direction from the codes `less` to the codes `more`.

    Parameters
    ----------
    more, less
        ``(M, D)`` and ``(L, D)``, the two groups.
    codes
        ``(N, D)``, the data: the slider spans most of it.
    name
        Of the direction.
    method
        The difference of the group means, or the normal of a logistic regression.
    random_state
        Seed of the folds, the controls and the bootstrap.

    Raises
    ------
    InvalidInputError
        A group is empty, or both have the same mean.
    """
    rng = np.random.default_rng(random_state)
    groups = [_limited(as_codes(group), rng) for group in (more, less)]
    if not all(len(group) for group in groups):
        raise InvalidInputError("A direction needs at least one image in each group; add one.")
    table, is_more = np.concatenate(groups), np.repeat([1.0, 0.0], [len(g) for g in groups])
    normal = _normal(table, is_more, method)
    means = [group.mean(axis=0, dtype=np.float64) for group in groups]
    distance = float(normal @ (means[0] - means[1]))
    if distance <= 0:
        raise InvalidInputError(
            "Both groups have the same mean code, so there is no direction between them; mark "
            "other images."
        )
    weights = (normal / distance).astype(np.float32)
    offset = np.float32(-weights @ means[1])
    low, high = np.quantile(codes @ weights + offset, SLIDER_QUANTILES)
    return MarkedDirection(
        names=(name,),
        weights=weights[None],
        offsets=np.array([offset]),
        directions=(normal * distance / (normal @ normal)).astype(np.float32)[None],
        low=np.array([min(low, 0)], np.float32),
        high=np.array([max(high, 1)], np.float32),
        evidence=_evidence(table, is_more, method, rng),
        n_more=len(more),
        n_less=len(less),
    )


def _limited(group: Floats, rng: np.random.Generator) -> Floats:
    limited: Floats = group[rng.permutation(len(group))[:MAX_GROUP]]
    return limited


def _normal(table: Array, is_more: Array, method: Method) -> Array:
    """The direction ``(D,)``, of any length, along which the first group has higher values."""
    means = [table[is_more == k].mean(axis=0, dtype=np.float64) for k in (1, 0)]
    if method == "mean difference":
        difference: Array = means[0] - means[1]
        return difference
    from sklearn.linear_model import LogisticRegression

    scale = max(float(table.std(axis=0).mean()), 1e-12)
    fitted = LogisticRegression(class_weight="balanced", max_iter=500).fit(table / scale, is_more)
    normal: Array = fitted.coef_[0].astype(np.float64)
    return normal


def _evidence(
    table: Floats, is_more: Array, method: Method, rng: np.random.Generator
) -> DirectionEvidence | None:
    if min(is_more.sum(), (1 - is_more).sum()) < MIN_TESTED:
        return None
    reduced = reduce_codes(table)[0]
    folds = _folds(is_more, rng)
    predicted = _held_out(reduced, is_more, folds, method)
    samples = rng.integers(0, len(table), (N_BOOTSTRAP, len(table)))
    scores = [auroc(is_more[s], predicted[s]) for s in samples if np.ptp(is_more[s]) > 0]
    low, high = np.quantile(scores, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    shuffled = [rng.permutation(is_more) for _ in range(N_SHUFFLED)]
    random = reduced @ rng.standard_normal((reduced.shape[1], N_RANDOM))
    return DirectionEvidence(
        measure="AUROC",
        score=auroc(is_more, predicted),
        low=float(low),
        high=float(high),
        random_directions=np.array([_signed(auroc(is_more, column)) for column in random.T]),
        shuffled_labels=np.array(
            [auroc(y, _held_out(reduced, y, _folds(y, rng), method)) for y in shuffled]
        ),
        n_fitted=len(table) - len(table) // N_FOLDS,
        n_held_out=len(table),
    )


def _signed(score: float) -> float:
    """The AUROC of a direction whose sign is free."""
    return max(score, 1 - score)


def _folds(is_more: Array, rng: np.random.Generator) -> Array:
    """The fold ``(N,)`` of each code; both groups are spread over all folds."""
    folds = np.empty(len(is_more), np.int64)
    for k in (0, 1):
        members = rng.permutation(np.flatnonzero(is_more == k))
        folds[members] = np.arange(len(members)) % N_FOLDS
    return folds


def _held_out(table: Array, is_more: Array, folds: Array, method: Method) -> Array:
    """For each code its value along the direction that the other folds give, ``(N,)``."""
    values = np.empty(len(table))
    for fold in np.unique(folds):
        test = folds == fold
        rest, labels = table[~test], is_more[~test]
        normal = _normal(rest, labels, method)
        middle = (rest[labels == 1].mean(axis=0) + rest[labels == 0].mean(axis=0)) / 2
        values[test] = (table[test] - middle) @ normal / np.linalg.norm(normal)
    return values
