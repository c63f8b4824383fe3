"""What simple readers make of codes: how open classes and factors lie in them."""

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
"""Random halves: one is learned from, the other is read."""
N_NEIGHBORS = 10
RIDGE_ALPHAS = (10.0, 1e3, 1e4, 1e5)
"""From which that of a ridge regression is chosen, on a quarter of the first half."""


def probe_accuracy(
    codes: Floats,
    labels: NDArray[np.int64],
    *,
    seed: int = 0,
    progress: ProgressCallback = null_progress,
) -> dict[str, tuple[float, float]]:
    """The share of pictures whose class is read rightly from their codes.

    Parameters
    ----------
    codes, labels
        ``(N, D)`` and ``(N,)``; codes are brought to mean 0 and deviation 1 per dimension.
    seed
        Of the splits.

    Returns
    -------
    dict
        ``"linear"`` (logistic regression; Alain & Bengio 2016, arXiv:1610.01644) and ``"knn"``
        (the majority of the 10 nearest): mean and standard deviation over 5 random halves.

    Raises
    ------
    BadInput
        As many labels as codes are needed, and two classes at least.
    """
    from sklearn.linear_model import LogisticRegression
    from sklearn.neighbors import KNeighborsClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    checked = as_codes(codes)
    if len(labels) != len(checked) or len(np.unique(labels)) < 2:
        raise InvalidInputError(
            f"{len(checked)} codes need as many labels, of at least two classes."
        )
    readers = {
        "linear": make_pipeline(StandardScaler(), LogisticRegression(max_iter=200, tol=1e-3)),
        "knn": KNeighborsClassifier(N_NEIGHBORS),
    }
    right = _cross_predict(readers, checked, labels, seed, progress)
    shares = {name: (guess == truth).mean(axis=1) for name, (guess, truth) in right.items()}
    return {name: (float(all_.mean()), float(all_.std())) for name, all_ in shares.items()}


def probe_factors(
    codes: Floats,
    factors: Mapping[str, Array],
    *,
    seed: int = 0,
    progress: ProgressCallback = null_progress,
) -> dict[str, NDArray[np.float64]]:
    """How much of each factor's variance is read rightly from pictures' codes: R².

    Parameters
    ----------
    codes
        ``(N, D)``; brought to mean 0 and deviation 1 per dimension.
    factors
        ``(N,)`` each, F of them, none always the same.
    seed
        Of the splits.

    Returns
    -------
    dict
        ``"linear"`` (ridge regression, its penalty chosen within the first half) and
        ``"knn"`` (the mean of the 10 nearest): ``(SPLITS, F)``, R² on the other of two random
        halves; 1 reads all, 0 no more than always saying the mean does.

    Raises
    ------
    BadInput
        A factor has another length, or never varies; there is none.
    """
    from sklearn.linear_model import Ridge
    from sklearn.model_selection import GridSearchCV, ShuffleSplit
    from sklearn.neighbors import KNeighborsRegressor
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import StandardScaler

    checked = as_codes(codes)
    if not factors or any(len(v) != len(checked) or np.ptp(v) == 0 for v in factors.values()):
        raise InvalidInputError(
            f"{len(checked)} codes need factors that vary, with as many values each."
        )
    table = np.stack([np.asarray(values, np.float32) for values in factors.values()], axis=1)
    table = (table - table.mean(axis=0)) / table.std(axis=0)
    ridge = GridSearchCV(
        make_pipeline(StandardScaler(), Ridge()),
        {"ridge__alpha": RIDGE_ALPHAS},
        cv=ShuffleSplit(1, test_size=0.25, random_state=seed),
    )
    (first, _), (known, _) = _half_splits([seed, 0], checked, table)
    ridge.fit(first, known)
    readers = {"linear": ridge.best_estimator_, "knn": KNeighborsRegressor(N_NEIGHBORS)}
    found = _cross_predict(readers, checked, table, seed, progress)
    return {
        name: 1 - np.square(truth - guess).sum(axis=1) / _spread(truth)
        for name, (guess, truth) in found.items()
    }


def _spread(truth: NDArray[np.float64]) -> NDArray[np.float64]:
    """The sum of squares about the mean, ``(SPLITS, F)``, of ``(SPLITS, N, F)``."""
    spread: NDArray[np.float64] = np.square(truth - truth.mean(axis=1, keepdims=True)).sum(axis=1)
    return spread


def _cross_predict(
    readers: Mapping[str, Any], codes: Floats, truth: Array, seed: int, progress: ProgressCallback
) -> dict[str, tuple[Array, Array]]:
    """What each reader, taught on one of two random halves, says of the other, and what is true.

    Returns
    -------
    dict
        For each reader, both ``(SPLITS, N // 2, …)``.
    """
    said: dict[str, list[Array]] = {name: [] for name in readers}
    true = []
    for split in range(N_SPLITS):
        progress(split / N_SPLITS, f"reading the codes, half {split + 1} of {N_SPLITS}")
        (known, asked), (told, hidden) = _half_splits([seed, split], codes, truth)
        true.append(hidden)
        for name, reader in readers.items():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of steps that didn't suffice: still a lower bound
                reader.fit(known, told)
            said[name].append(reader.predict(asked).reshape(hidden.shape))
    return {name: (np.stack(guesses), np.stack(true)) for name, guesses in said.items()}


def _half_splits(seed: int | list[int], *arrays: Array) -> list[list[Array]]:
    """Each array's two random halves, the same rows of all."""
    order = np.random.default_rng(seed).permutation(len(arrays[0]))
    return [[array[rows] for rows in np.array_split(order, 2)] for array in arrays]
