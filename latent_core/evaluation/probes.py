"""Linear and nearest-neighbor probes: how well classes and factors are predicted from codes."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Floats, as_codes

N_SPLITS = 5
"""Random splits into a training half and a test half."""
N_NEIGHBORS = 10
RIDGE_ALPHAS = (10.0, 1e3, 1e4, 1e5)
"""Candidates for the penalty of the ridge regression, chosen on a quarter of the first half."""


def probe_accuracy(
    codes: Floats,
    labels: NDArray[np.int64],
    *,
    seed: int = 0,
    progress: ProgressCallback = null_progress,
) -> dict[str, tuple[float, float]]:
    """Accuracy of a linear and a kNN probe that predict the class from the code.

    Parameters
    ----------
    codes
        ``(N, D)``; the linear probe standardizes each dimension.
    labels
        ``(N,)`` classes.
    seed
        Seed of the splits.
    progress
        Called before each split; may raise `CancelledError`.

    Returns
    -------
    dict
        ``"linear"`` (logistic regression) and ``"knn"`` (10 nearest neighbors): mean and standard
        deviation over 5 random splits into halves, in [0, 1].

    Raises
    ------
    InvalidInputError
        There are not as many labels as codes, or fewer than two classes.

    References
    ----------
    Linear probes: Alain & Bengio 2016, arXiv:1610.01644.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    checked = as_codes(codes)
    if len(labels) != len(checked) or len(np.unique(labels)) < 2:
        raise InvalidInputError(
            f"{len(checked)} codes need as many labels, of at least two classes, not "
            f"{len(labels)} labels of {len(np.unique(labels))} classes."
        )
    estimators = {
        "linear": make_pipeline(StandardScaler(), LogisticRegression(max_iter=200, tol=1e-3)),
        "knn": KNeighborsClassifier(N_NEIGHBORS),
    }
    predictions = _cross_predict(estimators, checked, labels, seed, progress)
    accuracies = {
        name: (y_pred == y_true).mean(axis=1) for name, (y_pred, y_true) in predictions.items()
    }
    return {name: (float(each.mean()), float(each.std())) for name, each in accuracies.items()}


def probe_factors(
    codes: Floats,
    factors: Mapping[str, Array],
    *,
    seed: int = 0,
    progress: ProgressCallback = null_progress,
) -> dict[str, NDArray[np.float64]]:
    """R² of a linear and a kNN probe that predict each factor from the code.

    Parameters
    ----------
    codes
        ``(N, D)``; the linear probe standardizes each dimension.
    factors
        ``(N,)`` each, F of them, none constant.
    seed
        Seed of the splits.
    progress
        Called before each split; may raise `CancelledError`.

    Returns
    -------
    dict
        ``"linear"`` (ridge regression, its penalty chosen within the training half) and ``"knn"``
        (mean of the 10 nearest neighbors): ``(N_SPLITS, F)``, R² on the test half; 1 is a perfect
        prediction, 0 that of the constant mean.

    Raises
    ------
    InvalidInputError
        There is no factor, or one is constant or has another length.
    """
    from sklearn.linear_model import Ridge
    from sklearn.model_selection import GridSearchCV, ShuffleSplit
    from sklearn.neighbors import KNeighborsRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    checked = as_codes(codes)
    if not factors or any(len(v) != len(checked) or np.ptp(v) == 0 for v in factors.values()):
        raise InvalidInputError(
            f"{len(checked)} codes need factors that vary, with as many values each; remove "
            "constant factors and give at least one."
        )
    table = np.stack([np.asarray(values, np.float32) for values in factors.values()], axis=1)
    table = (table - table.mean(axis=0)) / table.std(axis=0)
    ridge = GridSearchCV(
        make_pipeline(StandardScaler(), Ridge()),
        {"ridge__alpha": RIDGE_ALPHAS},
        cv=ShuffleSplit(1, test_size=0.25, random_state=seed),
    )
    (x_train, _), (y_train, _) = _half_splits([seed, 0], checked, table)
    ridge.fit(x_train, y_train)
    estimators = {"linear": ridge.best_estimator_, "knn": KNeighborsRegressor(N_NEIGHBORS)}
    predictions = _cross_predict(estimators, checked, table, seed, progress)
    return {
        name: 1 - np.square(y_true - y_pred).sum(axis=1) / _total_sum_of_squares(y_true)
        for name, (y_pred, y_true) in predictions.items()
    }


def _total_sum_of_squares(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of squares about the mean, ``(N_SPLITS, F)``, of ``(N_SPLITS, N, F)``."""
    squared: NDArray[np.float64] = np.square(values - values.mean(axis=1, keepdims=True))
    total: NDArray[np.float64] = squared.sum(axis=1)
    return total


def _cross_predict(
    estimators: Mapping[str, Any], codes: Floats, y: Array, seed: int, progress: ProgressCallback
) -> dict[str, tuple[Array, Array]]:
    """Predictions and targets on the test half of each split, for each estimator.

    Returns
    -------
    dict
        By estimator, predictions and targets, ``(N_SPLITS, N // 2, …)`` each.
    """
    predicted: dict[str, list[Array]] = {name: [] for name in estimators}
    targets = []
    for split in range(N_SPLITS):
        progress(split / N_SPLITS, f"fitting probes, split {split + 1} of {N_SPLITS}")
        (x_train, x_test), (y_train, y_test) = _half_splits([seed, split], codes, y)
        targets.append(y_test)
        for name, estimator in estimators.items():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # not converged: the accuracy is a lower bound
                estimator.fit(x_train, y_train)
            predicted[name].append(estimator.predict(x_test).reshape(y_test.shape))
    return {name: (np.stack(each), np.stack(targets)) for name, each in predicted.items()}


def _half_splits(seed: int | list[int], *arrays: Array) -> list[list[Array]]:
    """The two random halves of each array, with the same rows for all arrays."""
    order = np.random.default_rng(seed).permutation(len(arrays[0]))
    return [[array[rows] for rows in np.array_split(order, 2)] for array in arrays]
