"""Classification: how many labels a classifier on codes needs, beside pixels and components."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.splits import indices_for_test, indices_for_validation, labeled
from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Array, Floats, as_codes
from latent_core.uses.results import EncodedData, cached

LABELS_PER_CLASS = (1, 2, 5, 10, 20, 50, 100)
N_DRAWS = 5
MAX_TEST = 2000
"""Samples that accuracy is measured on: a random subset where there are more."""
MAX_FITTED = 5000
"""Samples that are fitted with all labels: a random subset where there are more."""
N_NEIGHBORS = 5
LINEAR, KNN = "linear probe", "kNN probe"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AccuracyCurve:
    """Accuracy of one probe in one representation by the number of labels.

    Parameters
    ----------
    representation
        Of `latent_core.uses.results`.
    probe
        `LINEAR` or `KNN`.
    n_per_class
        ``(T,)`` increasing: labels per class, fewer in classes that have fewer; the last is all.
    accuracy
        ``(T,)`` in [0, 1] on held-out samples, the mean over draws of the labels.
    std
        ``(T,)`` standard deviation over the draws; NaN where there is one draw, of all labels.
    n_draws, n_test
        Draws of each number but the last, and held-out samples.
    majority
        Accuracy of always predicting the most frequent class.
    """

    representation: str
    probe: str
    n_per_class: NDArray[np.int64]
    accuracy: Floats
    std: Floats
    n_draws: int
    n_test: int
    majority: float

    __repr__ = compact_repr


def draw_labels(labels: Array, n_per_class: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Indices of up to `n_per_class` random samples of each class in `labels` ``(N,)``."""
    order = rng.permutation(len(labels))
    chosen = [order[labels[order] == label][:n_per_class] for label in np.unique(labels)]
    return np.sort(np.concatenate(chosen))


def accuracy_curve(  # noqa: PLR0913  training and test samples, and how they are drawn
    train_codes: Any,
    train_labels: Array,
    test_codes: Any,
    test_labels: Array,
    *,
    probe: str = LINEAR,
    random_state: int = 0,
    progress: ProgressCallback = null_progress,
) -> tuple[NDArray[np.int64], Floats, Floats]:
    """Accuracy on test samples after training with n labels per class, for increasing n.

    Parameters
    ----------
    train_codes, test_codes
        ``(N, D)`` and ``(M, D)``; divided by one number, so that the mean variance of the training
        codes is 1 and the components with little variance stay small.
    train_labels, test_labels
        ``(N,)`` and ``(M,)`` integers.
    probe
        `LINEAR`: logistic regression, C = 1. `KNN`: the 5 nearest, or n where n is less.
    random_state
        Seed of the draws, the same ones for all codes of these labels.

    Returns
    -------
    n_per_class, accuracy, std
        As in `AccuracyCurve`.

    Raises
    ------
    InvalidInputError
        Fewer than two classes to train with, no test samples, or an unknown probe.
    """
    z = as_codes(train_codes)
    test = as_codes(test_codes, z.shape[1])
    _check(train_labels, test_labels, probe)
    scale = float(np.sqrt(z.var(axis=0).mean())) or 1.0
    z, test = z / scale, test / scale
    largest = int(np.bincount(train_labels).max())
    steps = [n for n in LABELS_PER_CLASS if n < largest] + [largest]
    accuracy, std = [], []
    for number, n in enumerate(steps):
        progress(number / len(steps), f"Fitting {probe}s")
        draws = 1 if n == largest else N_DRAWS
        scores = []
        for draw in range(draws):
            rng = np.random.default_rng((random_state, n, draw))
            rows = draw_labels(train_labels, n, rng)
            rows = np.sort(rng.permutation(rows)[:MAX_FITTED])
            estimator = _PROBES[probe](n).fit(z[rows], train_labels[rows])
            scores.append(np.mean(estimator.predict(test) == test_labels))
        accuracy.append(np.mean(scores))
        std.append(np.std(scores, ddof=1) if draws > 1 else np.nan)
    return np.array(steps), np.array(accuracy, np.float32), np.array(std, np.float32)


def _check(train_labels: Array, test_labels: Array, probe: str) -> None:
    if probe not in _PROBES:
        raise InvalidInputError(f"There is no probe {probe!r}; use {' or '.join(_PROBES)}.")
    n_classes = len(np.unique(train_labels))
    if n_classes < 2 or not len(test_labels):
        raise InvalidInputError(
            f"{len(train_labels)} labels of {n_classes} classes and {len(test_labels)} test labels "
            "are too few to classify; give two classes or more, and test samples."
        )


def _linear(_n: int) -> Any:
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(tol=1e-3, max_iter=1000)


def _knn(n: int) -> Any:
    from sklearn.neighbors import KNeighborsClassifier

    return KNeighborsClassifier(min(N_NEIGHBORS, n))


_PROBES: dict[str, Callable[[int], Any]] = {LINEAR: _linear, KNN: _knn}


def measure_classification(
    encoded: EncodedData, probe: str = LINEAR, *, progress: ProgressCallback = null_progress
) -> tuple[AccuracyCurve, ...]:
    """Accuracy curves in the code, in as many principal components, and in pixels.

    Trained on validation samples, measured on test samples. Cached.

    Raises
    ------
    InvalidInputError
        The data has no labels, or fewer than two classes.
    """
    data, labels = encoded.data, encoded.data.labels
    if labels is None:
        raise InvalidInputError(f"{data.title} has no labels to predict; choose data with classes.")
    train = labeled(data, indices_for_validation(data))
    test = labeled(data, indices_for_test(data))
    test = np.sort(np.random.default_rng(0).permutation(test)[:MAX_TEST])

    def compute() -> list[AccuracyCurve]:
        spaces = encoded.representations(subprogress(progress, 0, 0.2))
        found = []
        for number, (name, codes) in enumerate(spaces.items()):
            low, high = (0.2 + 0.8 * (number + i) / len(spaces) for i in (0, 1))
            n_per_class, accuracy, std = accuracy_curve(
                codes[train],
                labels[train],
                codes[test],
                labels[test],
                probe=probe,
                progress=subprogress(progress, low, high),
            )
            found.append(
                AccuracyCurve(
                    representation=name,
                    probe=probe,
                    n_per_class=n_per_class,
                    accuracy=accuracy,
                    std=std,
                    n_draws=N_DRAWS,
                    n_test=len(test),
                    majority=float(np.mean(labels[test] == np.bincount(labels[train]).argmax())),
                )
            )
        return found

    of = encoded.fingerprints | {"data": data.fingerprint, "probe": probe}
    kind = "classification"
    return cached(kind, AccuracyCurve, compute, of=of, progress=progress, store=encoded.store)
