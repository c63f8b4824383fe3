"""Whether a direction holds on held-out codes, against random directions and shuffled labels.

References
----------
Kim, Wattenberg, Gilmer, Cai, Wexler, Viegas & Sayres 2018, "TCAV", arXiv:1711.11279, section 3.2:
random concepts as the control of a direction.  Efron & Tibshirani 1993, "An Introduction to the
Bootstrap", chapter 13: percentile intervals.  Shen, Gu, Tang & Zhou 2020, arXiv:1907.10786,
section 3.2: conditional directions, orthogonal to the normals of what must not change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from latent_core.analysis.directions.attribute_directions import AttributeDirections, reduce_codes
from latent_core.analysis.directions.effects import STEP
from latent_core.analysis.directions.latent_directions import LatentDirections
from latent_core.analysis.ridge import fit_ridge
from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.types import Array, Floats, as_codes

MIN_SAMPLES = 20
MAX_SAMPLES = 4000
"""Of more codes, random ones are used."""
TEST_FRACTION = 0.5
N_RANDOM, N_SHUFFLED, N_BOOTSTRAP = 100, 10, 200
LEVEL = 0.95
MIN_REMAINING = 0.1
"""Conditional directions are dropped that keep less than this fraction of their effect."""

Measure = Literal["R²", "AUROC"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DirectionEvidence:
    """How well a linear function of the code predicts an attribute of held-out samples.

    Parameters
    ----------
    measure
        R², at most 1; or for attributes of two values the AUROC, in [0, 1], 0.5 for no relation.
    score, low, high
        On held-out samples, and its percentile interval (95 %) over bootstrap samples of them.
    random_directions
        ``(100,)``: the same of the projection on random directions, fitted on the same samples.
    shuffled_labels
        ``(10,)``: the same of directions fitted to shuffled values.
    n_fitted, n_held_out
        Number of samples.
    """

    measure: Measure
    score: float
    low: float
    high: float
    random_directions: Array
    shuffled_labels: Array
    n_fitted: int
    n_held_out: int

    __repr__ = compact_repr

    @property
    def control(self) -> float:
        """The higher of the mean random direction and the 95 % quantile of shuffled labels."""
        shuffled = np.quantile(self.shuffled_labels, LEVEL)
        return float(max(self.random_directions.mean(), shuffled))

    @property
    def exceeds_control(self) -> bool:
        """Whether the whole interval is above `control`."""
        return self.low > self.control


def direction_evidence(codes: Floats, values: Array, *, random_state: int = 0) -> DirectionEvidence:
    """Fit a direction on half of the samples, and score it and its controls on the other half.

    Parameters
    ----------
    codes
        ``(N, D)``.
    values
        ``(N,)``, the attribute; NaN where it is not known.
    random_state
        Seed of the split, of the controls and of the bootstrap.

    Raises
    ------
    InvalidInputError
        Fewer than `MIN_SAMPLES` known values, all of them equal, or one of two classes is so rare
        that a half of the samples has none of it.
    """
    rng = np.random.default_rng(random_state)
    targets = np.asarray(values, np.float64)
    known = rng.permutation(np.flatnonzero(np.isfinite(targets)))[:MAX_SAMPLES]
    if len(known) < MIN_SAMPLES:
        raise InvalidInputError(
            f"Evidence for a direction needs {MIN_SAMPLES} samples with a known value, not "
            f"{len(known)}; add more."
        )
    is_binary = len(np.unique(targets[known])) == 2
    table = reduce_codes(as_codes(codes[known]))[0]
    test, train = _split(targets[known], is_binary)
    y = targets[known]
    if np.ptp(y[train]) == 0 or np.ptp(y[test]) == 0:
        raise InvalidInputError(
            "A direction needs two different values among the fitted and among the held-out "
            "samples; add samples of the rarer value."
        )
    score = auroc if is_binary else _r2
    shuffled = np.stack([rng.permutation(y) for _ in range(N_SHUFFLED)], axis=1)
    fit = fit_ridge(table[train], np.column_stack([y, shuffled])[train])
    predicted = table[test] @ fit.weights.T + fit.offsets
    samples = rng.integers(0, test.sum(), (N_BOOTSTRAP, test.sum()))
    held_out = y[test]
    scores = [score(held_out[s], predicted[s, 0]) for s in samples if np.ptp(held_out[s]) > 0]
    low, high = np.quantile(scores, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return DirectionEvidence(
        measure="AUROC" if is_binary else "R²",
        score=score(held_out, predicted[:, 0]),
        low=float(low),
        high=float(high),
        random_directions=_random_scores(table, y, train, test, rng, is_binary),
        shuffled_labels=np.array(
            [score(shuffled[test, k], predicted[:, 1 + k]) for k in range(N_SHUFFLED)]
        ),
        n_fitted=int(train.sum()),
        n_held_out=int(test.sum()),
    )


def _split(values: Array, is_binary: bool) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which samples, in random order already, are held out and which are not; by class."""
    test = np.zeros(len(values), bool)
    groups = values if is_binary else np.zeros(len(values))
    for value in np.unique(groups):
        members = np.flatnonzero(groups == value)
        test[members[: round(TEST_FRACTION * len(members))]] = True
    return test, ~test


def _random_scores(
    table: Array,
    y: Array,
    train: NDArray[np.bool_],
    test: NDArray[np.bool_],
    rng: np.random.Generator,
    is_binary: bool,
) -> Array:
    """The scores of projections on random directions, scaled and signed on `train`."""
    projected = table @ rng.standard_normal((table.shape[1], N_RANDOM))
    centered = projected - projected[train].mean(axis=0)
    covariance = centered[train].T @ (y[train] - y[train].mean())
    slopes = covariance / np.maximum(np.square(centered[train]).sum(axis=0), 1e-30)
    predicted = y[train].mean() + centered[test] * slopes
    score = auroc if is_binary else _r2
    return np.array([score(y[test], column) for column in predicted.T])


def _r2(y: Array, predicted: Array) -> float:
    return float(1 - np.square(y - predicted).sum() / np.square(y - y.mean()).sum())


def auroc(y: Array, predicted: Array) -> float:
    """The Mann-Whitney statistic: how often the higher class has the higher prediction."""
    from scipy.stats import rankdata

    positive = y == y.max()
    n_positive = int(positive.sum())
    ranks = rankdata(predicted)[positive].sum()
    pairs = n_positive * (len(y) - n_positive)
    return float((ranks - n_positive * (n_positive + 1) / 2) / pairs)


def leakage(
    codes: Floats, attributes: AttributeDirections, directions: LatentDirections | None = None
) -> Array:
    """How much the prediction of every attribute changes along every direction, ``(F, G)``.

    Row f: the changes along direction f, moved by a quarter of its slider, in standard deviations
    of each prediction over the codes.

    Parameters
    ----------
    codes
        ``(N, D)``.
    attributes
        The G attributes that are predicted.
    directions
        The F directions; those of the attributes by default.
    """
    moved = attributes if directions is None else directions
    spread = np.maximum(attributes.predict(codes).std(axis=0), 1e-12)
    steps = STEP * (moved.high - moved.low)
    changes: Array = (moved.directions @ attributes.weights.T) * steps[:, None] / spread
    return changes


def hold_fixed(directions: AttributeDirections, names: Sequence[str]) -> AttributeDirections:
    """Conditional directions, along which the predictions of some attributes do not change.

    Each direction is projected orthogonally to the weights of the attributes `names`, and scaled
    to one unit of its own prediction again.  Directions are left out that keep less than
    `MIN_REMAINING` of their effect, and those of `names`.

    Parameters
    ----------
    directions
        Of F attributes.
    names
        The attributes that must not change; without any, `directions` are returned.

    Raises
    ------
    InvalidInputError
        There is no direction of such a name.
    """
    fixed = [directions.index(name) for name in names]
    if not fixed:
        return directions
    normals = directions.weights[fixed].astype(np.float64)
    moved = directions.directions - directions.directions @ np.linalg.pinv(normals) @ normals
    remaining = np.einsum("fd,fd->f", moved, directions.weights)
    kept = np.flatnonzero(remaining >= MIN_REMAINING)
    kept = kept[~np.isin(kept, fixed)]
    return replace(
        directions,
        names=tuple(directions.names[f] for f in kept),
        weights=directions.weights[kept],
        offsets=directions.offsets[kept],
        directions=(moved[kept] / remaining[kept, None]).astype(np.float32),
        low=directions.low[kept],
        high=directions.high[kept],
        r2=directions.r2[kept],
    )
