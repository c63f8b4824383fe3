"""How many clusters there are: the criterion of each number that is tried."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.progress import ProgressCallback
from latent_core.types import Floats

NUMBERS = (2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 30)
"""Numbers of clusters that are tried."""
MAX_SCORED = 1000
"""Codes that the silhouette is computed on."""
MIN_PER_CLUSTER = 5
"""Fitted codes per cluster; more clusters are not tried."""
_HELD_OUT = 5  # one of so many
_PATIENCE = 2  # numbers that may be worse than the best before the search of a mixture ends


def criterion_of(method: str) -> str:
    """What a number of clusters is chosen by."""
    return "held-out log-likelihood" if method == "mixture" else "mean silhouette"


def score_numbers(
    codes: Floats,
    method: str,
    create: Callable[[int, int, int], Any],
    random_state: int,
    progress: ProgressCallback,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The numbers of clusters that were tried, and the criterion of each, the higher the better.

    Parameters
    ----------
    codes
        ``(N, D)``, not all equal.
    create
        Gives a scikit-learn estimator from a number of clusters, D and a seed.
    """
    z = (codes / float(np.sqrt(codes.var(axis=0, dtype=np.float64).mean()))).astype(np.float64)
    order = np.random.default_rng(random_state).permutation(len(z))
    largest = max(2, min(len(np.unique(z, axis=0)) - 1, len(z) // MIN_PER_CLUSTER))
    numbers = [n for n in NUMBERS if n <= largest]
    score = _held_out_likelihood if method == "mixture" else _silhouette
    found: list[float] = []
    for step, number in enumerate(numbers):
        progress(0.9 * step / len(numbers), f"Trying {number} clusters")
        with without_convergence_warnings():
            found.append(score(create(number, z.shape[1], random_state), z, order))
        if method == "mixture" and step - int(np.argmax(found)) >= _PATIENCE:
            break
    return np.array(numbers[: len(found)], np.int64), np.array(found)


@contextmanager
def without_convergence_warnings() -> Iterator[None]:
    """Fits that end at the last iteration are used as they are: the figures say how good."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)
        yield


def _silhouette(estimator: Any, codes: NDArray[np.float64], order: NDArray[np.int64]) -> float:
    """The mean silhouette of up to 1,000 codes under clusters of all codes."""
    from sklearn.metrics import silhouette_score

    rows = order[:MAX_SCORED]
    labels = estimator.fit_predict(codes)[rows]
    n_found = len(np.unique(labels))
    return float(silhouette_score(codes[rows], labels)) if 1 < n_found < len(rows) else -1.0


def _held_out_likelihood(
    estimator: Any, codes: NDArray[np.float64], order: NDArray[np.int64]
) -> float:
    """The mean log-likelihood, nats, of a fifth of the codes under a mixture of the others."""
    n_held_out = max(1, len(codes) // _HELD_OUT)
    if len(codes) - n_held_out < estimator.n_components:
        return -np.inf
    return float(estimator.fit(codes[order[n_held_out:]]).score(codes[order[:n_held_out]]))
