"""Scores of disentanglement on held-out samples, beside those of a random rotation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.evaluation.disentanglement.measures import (
    Indices,
    attribute_predictability,
    completeness,
    disentanglement,
    factor_vae_score,
    forest_importance,
    modularity,
    mutual_information,
)
from latent_core.evaluation.disentanglement.mutual_information_gap import (
    discretized,
    mutual_information_gap,
)
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Floats, as_codes

MIN_SAMPLES = 200
MIN_DIFFERENT = 20
"""A factor with fewer samples beside its most frequent value counts as constant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """A score with its spread over random splits, and that of randomly rotated codes.

    Parameters
    ----------
    mean, std
        In [0, 1]; the standard deviation over splits into fitted and held-out halves.
    rotated, rotated_std
        The same of codes that were standardized and rotated at random, anew for each split.
    """

    mean: float
    std: float
    rotated: float
    rotated_std: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DisentanglementScores:
    """Scores of codes against known factors.

    Parameters
    ----------
    scores
        By name: ``"MIG"``, ``"SAP"``, ``"completeness"``, ``"informativeness"``; with at least two
        factors also ``"disentanglement"``, ``"modularity"`` and ``"FactorVAE"``.
    factors
        Names of the F factors that were used.
    left_out
        Names of constant factors, where fewer than 20 samples differ from the others.
    importance
        ``(D, F)``, mean importance of each dimension to a forest that predicts each factor.
    n_held_out, n_splits
        Held-out samples of each split, and the number of splits.
    """

    scores: dict[str, Score]
    factors: tuple[str, ...]
    left_out: tuple[str, ...]
    importance: Floats
    n_held_out: int
    n_splits: int

    __repr__ = compact_repr


def disentanglement_scores(
    codes: Floats,
    factors: Mapping[str, Array],
    *,
    categorical: Collection[str] = (),
    n_splits: int = 5,
    seed: int = 0,
    progress: ProgressCallback = null_progress,
) -> DisentanglementScores:
    """MIG, SAP, DCI, modularity and the FactorVAE score of codes.

    Forests and votes are fitted to a random half of the samples; all scores are of the other half.

    Parameters
    ----------
    codes
        ``(N, D)``, D ≥ 2.
    factors
        ``(N,)`` numbers each, such as ``{"age": …}``.  Samples with NaN in any of them are left
        out, and so are constant factors.
    categorical
        Names of factors whose values have no order, such as classes.
    n_splits
        Random splits into halves, at least 2.
    progress
        Called with the completed fraction; may raise `CancelledError`.

    Raises
    ------
    InvalidInputError
        Shapes do not fit, no factor varies, or there are fewer than 200 complete samples.

    References
    ----------
    MIG: Chen et al. 2018, arXiv:1802.04942.  SAP: Kumar et al. 2018, arXiv:1711.00848.
    DCI: Eastwood & Williams 2018.  Modularity: Ridgeway & Mozer 2018, arXiv:1802.05312.
    FactorVAE: Kim & Mnih 2018, arXiv:1802.05983.
    """
    checked, known, left_out = _complete(codes, factors)
    if n_splits < 2:
        raise InvalidInputError(f"There must be at least two splits, not {n_splits}.")
    plain, rotated, importances = [], [], []
    for split in range(n_splits):
        progress(split / n_splits, f"split {split + 1} of {n_splits}")
        rng = np.random.default_rng([seed, split])
        order = rng.permutation(len(checked))
        halves = order[: len(order) // 2], order[len(order) // 2 :]
        values, importance = _scores(checked, known, halves, categorical, seed)
        plain.append(values)
        importances.append(importance)
        rotated.append(_scores(_rotated(checked, rng), known, halves, categorical, seed)[0])
    return DisentanglementScores(
        scores={name: _score(name, plain, rotated) for name in plain[0]},
        factors=tuple(known),
        left_out=left_out,
        importance=np.mean(importances, axis=0),
        n_held_out=len(checked) - len(checked) // 2,
        n_splits=n_splits,
    )


def _complete(
    codes: Floats, factors: Mapping[str, Array]
) -> tuple[Floats, dict[str, Array], tuple[str, ...]]:
    """Codes and factors of the samples whose factors are all known; names of constant factors."""
    checked = as_codes(codes)
    if checked.shape[1] < 2 or any(len(values) != len(checked) for values in factors.values()):
        raise InvalidInputError(
            "Codes must have at least two dimensions, and factors as many values as there are "
            f"codes, not {checked.shape} and {[len(values) for values in factors.values()]}."
        )
    columns = {name: np.asarray(values, np.float64) for name, values in factors.items()}
    rows = np.ones(len(checked), bool)
    for values in columns.values():
        rows &= np.isfinite(values)
    if rows.sum() < MIN_SAMPLES:
        raise InvalidInputError(
            f"Scores need at least {MIN_SAMPLES} samples with all factors known, not {rows.sum()}."
        )
    known = {name: values[rows] for name, values in columns.items() if _varies(values[rows])}
    if not known:
        raise InvalidInputError("Scores need a factor that varies between samples.")
    return checked[rows], known, tuple(name for name in columns if name not in known)


def _varies(values: Array) -> bool:
    counts = np.unique(values, return_counts=True)[1]
    return int(counts.sum() - counts.max()) >= MIN_DIFFERENT


def _scores(
    codes: Floats,
    factors: Mapping[str, Array],
    halves: tuple[Indices, Indices],
    categorical: Collection[str],
    seed: int,
) -> tuple[dict[str, float], Floats]:
    """All scores of one split, and the importances ``(D, F)``."""
    fitted, held_out = halves
    importances, accuracies, separations = [], [], []
    for name, values in factors.items():
        is_categorical = name in categorical
        importance, accuracy = forest_importance(
            (codes[fitted], values[fitted]),
            (codes[held_out], values[held_out]),
            is_categorical=is_categorical,
            seed=seed,
        )
        importances.append(importance)
        accuracies.append(accuracy)
        single = attribute_predictability(
            codes[held_out], values[held_out], is_categorical=is_categorical, seed=seed
        )
        separations.append(np.diff(np.sort(single)[-2:])[0])
    matrix = np.stack(importances, axis=1)
    gaps = mutual_information_gap(
        codes[held_out], {name: values[held_out] for name, values in factors.items()}
    )
    scores = {
        "MIG": float(np.mean(list(gaps.values()))),
        "SAP": float(np.mean(separations)),
        "completeness": completeness(matrix),
        "informativeness": float(np.mean(accuracies)),
    }
    if len(factors) > 1:
        discrete = [discretized(values) for values in factors.values()]
        fixed = [(codes[rows], [values[rows] for values in discrete]) for rows in halves]
        scores |= {
            "disentanglement": disentanglement(matrix),
            "modularity": modularity(mutual_information(*fixed[1])),
            "FactorVAE": factor_vae_score(fixed[0], fixed[1], seed=seed),
        }
    return scores, matrix


def _rotated(codes: Floats, rng: np.random.Generator) -> Floats:
    """Standardized codes in a random orthonormal basis."""
    standardized = (codes - codes.mean(axis=0)) / np.maximum(codes.std(axis=0), 1e-12)
    basis, upper = np.linalg.qr(rng.standard_normal((codes.shape[1], codes.shape[1])))
    return np.asarray(standardized @ (basis * np.sign(np.diag(upper))))


def _score(name: str, plain: list[dict[str, float]], rotated: list[dict[str, float]]) -> Score:
    own, other = (np.array([scores[name] for scores in each]) for each in (plain, rotated))
    return Score(
        mean=float(own.mean()),
        std=float(own.std(ddof=1)),
        rotated=float(other.mean()),
        rotated_std=float(other.std(ddof=1)),
    )
