"""Standard deviations of test figures over bootstrap resamples of the test images.

Arrays of figures begin with that of all images; the others are of the resamples.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.factors import groups_by_known
from latent_core.types import Array

N_RESAMPLES = 200


def resample_counts(n_images: int, *, seed: int = 0) -> NDArray[np.float32]:
    """How often each image is drawn: ``(1 + N_RESAMPLES, n_images)``; the first row is all ones.

    References
    ----------
    Efron & Tibshirani 1993, An Introduction to the Bootstrap, chapter 6.
    """
    rng = np.random.default_rng([seed, 30_011])
    draws = rng.integers(0, n_images, (N_RESAMPLES, n_images))
    counts = np.stack([np.bincount(row, minlength=n_images) for row in draws])
    return np.vstack([np.ones((1, n_images)), counts]).astype(np.float32)


def accuracies(y_true: Array, y_pred: Array) -> NDArray[np.float64]:
    """Accuracies ``(1 + N_RESAMPLES, …)`` of predictions ``(N,)`` or ``(N, A)``."""
    is_right = (y_true == y_pred).astype(np.float32)
    values: NDArray[np.float64] = resample_counts(len(is_right)) @ is_right / len(is_right)
    return values


def r2_scores(y_true: Array, y_pred: Array) -> NDArray[np.float64]:
    """R² ``(1 + N_RESAMPLES, F)`` of predictions ``(N, F)``, where the truth is known, not NaN."""
    scores = np.zeros((1 + N_RESAMPLES, y_true.shape[1]))
    for rows, columns in groups_by_known(y_true):
        part = np.ix_(rows, columns)
        scores[:, columns] = _r2_scores(y_true[part], y_pred[part])
    return scores


def _r2_scores(y_true: Array, y_pred: Array) -> NDArray[np.float64]:
    counts, n = resample_counts(len(y_true)), len(y_true)
    y = y_true.astype(np.float64) - y_true.mean(axis=0)
    residual = counts @ np.square(y_true - y_pred)
    total = counts @ np.square(y) - np.square(counts @ y) / n
    scores: NDArray[np.float64] = 1 - residual / total
    return scores


def value_and_std(values: NDArray[np.float64]) -> tuple[float, float]:
    """The value of all images, and the standard deviation over the resamples."""
    return float(values[0]), float(values[1:].std())
