"""The measures of disentanglement, each by its paper's definition; see `disentanglement_scores`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from latent_core.evaluation.disentanglement.mutual_information_gap import discretized
from latent_core.types import Array, Floats

MAX_FITTED = 2000
"""Samples that the forests of DCI are fitted to."""
N_VOTES, VOTE_SIZE = 800, 64
"""Votes of the FactorVAE score, for fitting and for evaluation; samples of each vote."""
MIN_VARIANCE = 1e-6
"""Dimensions with less of the largest variance are constant, and cast no vote."""

Indices = NDArray[np.int64]


def forest_importance(
    fitted: tuple[Floats, Array], held_out: tuple[Floats, Array], *, is_categorical: bool, seed: int
) -> tuple[Floats, float]:
    """How much each dimension matters to a random forest that predicts a factor.

    Parameters
    ----------
    fitted, held_out
        Codes ``(N, D)`` and the factor ``(N,)``.

    Returns
    -------
    tuple
        Importances ``(D,)``, not negative, and accuracy or R² on held-out samples, in [0, 1].

    References
    ----------
    Eastwood & Williams 2018, "A framework for the quantitative evaluation of disentangled
    representations", section 4.3.
    """
    from sklearn.ensemble import RandomForestClassifier, RandomForestRegressor

    kind = RandomForestClassifier if is_categorical else RandomForestRegressor
    forest = kind(n_estimators=20, min_samples_leaf=5, max_features=None, random_state=seed)
    forest.fit(fitted[0][:MAX_FITTED], fitted[1][:MAX_FITTED])
    return forest.feature_importances_, max(0.0, float(forest.score(*held_out)))


def disentanglement(importance: Floats) -> float:
    """D of DCI, in [0, 1], from importances ``(D, F)``, F ≥ 2.

    1 where each dimension matters to one factor only.  Dimensions count by their share of all
    importance.

    References
    ----------
    Eastwood & Williams 2018, section 3: Dᵢ = 1 - H_F(Pᵢ).
    """
    total = importance.sum()
    if total <= 0:
        return 0.0
    return float(importance.sum(axis=1) @ (1 - _relative_entropy(importance)) / total)


def completeness(importance: Floats) -> float:
    """C of DCI, in [0, 1], from importances ``(D, F)``, D ≥ 2.

    1 where one dimension only matters to each factor.

    References
    ----------
    Eastwood & Williams 2018, section 3: Cⱼ = 1 - H_D(P̃ⱼ), the mean over factors.
    """
    return float(np.mean(1 - _relative_entropy(importance.T)))


def _relative_entropy(rows: Floats) -> Floats:
    """Entropy of each row ``(R, K)``, as a distribution, ÷ log K; 1 for rows of zeros."""
    sums = rows.sum(axis=1, keepdims=True)
    shares = np.where(sums > 0, rows / np.where(sums > 0, sums, 1), 1 / rows.shape[1])
    logs = np.log(np.where(shares > 0, shares, 1))
    return np.asarray(-(shares * logs).sum(axis=1) / np.log(rows.shape[1]))


def mutual_information(codes: Floats, factors: list[Indices]) -> Floats:
    """Mutual information of discretized dimensions and discrete factors, ``(D, F)`` nats."""
    from sklearn.metrics import mutual_info_score

    columns = [discretized(column) for column in codes.T]
    return np.array(
        [[mutual_info_score(factor, column) for factor in factors] for column in columns]
    )


def modularity(information: Floats) -> float:
    """Mean over dimensions of 1 - δᵢ, in [0, 1]: 1 where each depends on one factor only.

    Parameters
    ----------
    information
        ``(D, F)`` mutual information, F ≥ 2.  Dimensions without information count 0.

    References
    ----------
    Ridgeway & Mozer 2018, arXiv:1802.05312, section 3: δᵢ = Σ (mᵢf - tᵢf)² / (θᵢ² (F - 1)).
    """
    squared = np.square(information)
    most = squared.max(axis=1)
    rest = squared.sum(axis=1) - most
    n_factors = information.shape[1]
    deviation = np.where(most > 0, rest / (np.where(most > 0, most, 1) * (n_factors - 1)), 1)
    return float(np.mean(1 - deviation))


def attribute_predictability(
    codes: Floats, values: Array, *, is_categorical: bool, seed: int
) -> Floats:
    """How well each dimension alone predicts a factor, ``(D,)`` in [0, 1].

    The squared correlation; of a categorical factor, the balanced accuracy of a linear SVM that was
    fitted to the first half, on the second half.

    References
    ----------
    Kumar, Sattigeri & Balakrishnan 2018, arXiv:1711.00848, section 3.1.
    """
    if not is_categorical:
        centered = codes - codes.mean(axis=0)
        target = values - values.mean()
        scale = np.sqrt(np.square(centered).sum(axis=0) * np.square(target).sum())
        return np.asarray(np.square(centered.T @ target / np.maximum(scale, 1e-12)))
    from sklearn.svm import LinearSVC

    half = len(codes) // 2
    if len(np.unique(values[:half])) < 2:
        return np.zeros(codes.shape[1], np.float32)
    scores = []
    for column in codes.T[:, :, None] / np.maximum(codes.std(axis=0), 1e-12)[:, None, None]:
        svm = LinearSVC(C=0.01, class_weight="balanced", random_state=seed)
        svm.fit(column[:half], values[:half])
        scores.append(_balanced_accuracy(values[half:], svm.predict(column[half:])))
    return np.array(scores)


def _balanced_accuracy(values: Array, predicted: Array) -> float:
    """Mean over classes of the share that is predicted."""
    return float(
        np.mean([np.mean(predicted[values == each] == each) for each in np.unique(values)])
    )


def factor_vae_score(
    fitted: tuple[Floats, list[Indices]], held_out: tuple[Floats, list[Indices]], *, seed: int
) -> float:
    """Accuracy of a majority vote that names a fixed factor by the dimension that varies least.

    Parameters
    ----------
    fitted, held_out
        Codes ``(N, D)``, and each factor's discrete values ``(N,)``.

    Returns
    -------
    float
        In [0, 1]; by chance 1 / F.

    References
    ----------
    Kim & Mnih 2018, arXiv:1802.05983, section 4.  Groups with a fixed factor are drawn from the
    samples at hand, not from a generator.
    """
    scale = fitted[0].std(axis=0)
    active = np.square(scale) >= MIN_VARIANCE * np.square(scale).max()
    rng = np.random.default_rng([seed, 50_021])
    counts = np.zeros((len(scale), len(fitted[1])), np.int64)
    np.add.at(counts, _votes(*fitted, scale, active, rng), 1)
    dimensions, factors = _votes(*held_out, scale, active, rng)
    return float(np.mean(counts.argmax(axis=1)[dimensions] == factors))


def _votes(
    codes: Floats,
    factors: list[Indices],
    scale: Floats,
    active: NDArray[np.bool_],
    rng: np.random.Generator,
) -> tuple[Indices, Indices]:
    """The dimension with the least relative variance, and the factor that was fixed, per vote."""
    fixed = rng.integers(0, len(factors), N_VOTES)
    dimensions = np.empty(N_VOTES, np.int64)
    for vote, factor in enumerate(fixed):
        values = factors[factor]
        rows = np.flatnonzero(values == values[rng.integers(len(values))])
        group = codes[rng.choice(rows, VOTE_SIZE)]
        variance = group.var(axis=0)[active] / np.square(scale[active])
        dimensions[vote] = np.flatnonzero(active)[variance.argmin()]
    return dimensions, fixed
