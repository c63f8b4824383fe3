"""What simple readers make of codes: how open classes and factors lie in them."""

from __future__ import annotations

import warnings
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import BadInput
from latent_core.values import Array, Floats, Progress, as_codes, no_progress

SPLITS = 5
"""Random halves: one is learned from, the other is read."""
NEIGHBOURS = 10
BINS = 20
"""Into which what is continuous is cut, as many values in each."""


def probe_accuracy(
    codes: Floats,
    labels: NDArray[np.int64],
    *,
    seed: int = 0,
    progress: Progress = no_progress,
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
        raise BadInput(f"{len(checked)} codes need as many labels, of at least two classes.")
    readers = {
        "linear": make_pipeline(StandardScaler(), LogisticRegression(max_iter=200, tol=1e-3)),
        "knn": KNeighborsClassifier(NEIGHBOURS),
    }
    right: dict[str, list[float]] = {name: [] for name in readers}
    for split in range(SPLITS):
        progress(split / SPLITS, f"reading the classes, half {split + 1} of {SPLITS}")
        order = np.random.default_rng([seed, split]).permutation(len(checked))
        known, asked = np.array_split(order, 2)
        for name, reader in readers.items():
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of steps that didn't suffice: still a lower bound
                reader.fit(checked[known], labels[known])
            right[name].append(float(reader.score(checked[asked], labels[asked])))
    return {name: (float(np.mean(all_)), float(np.std(all_))) for name, all_ in right.items()}


def mutual_information_gap(codes: Floats, factors: Mapping[str, Array]) -> dict[str, float]:
    """How far each factor has a dimension to itself.

    The information that the best dimension has of a factor, less what the second best has, as a
    share of the factor's entropy: 1 where one dimension tells all and no other anything, 0 where
    two tell alike or none anything (Chen, Li, Grosse & Duvenaud 2018, arXiv:1802.04942, eq. 6).

    Parameters
    ----------
    codes
        ``(N, D)``, two dimensions at least.  They, and factors of more than 20 values, are cut
        into 20 bins.
    factors
        ``(N,)`` each; one that never varies is left out.

    Raises
    ------
    BadInput
        Fewer than two dimensions, or a factor of another length.
    """
    from sklearn.metrics import mutual_info_score

    checked = as_codes(codes)
    if checked.shape[1] < 2 or any(len(values) != len(checked) for values in factors.values()):
        raise BadInput(
            f"Codes {checked.shape} and factors must be as many, and have two dimensions at least."
        )
    cut = [_binned(column) for column in checked.T]
    gaps = {}
    for name, values in factors.items():
        known = _binned(values)
        entropy = mutual_info_score(known, known)
        if entropy > 0:
            told = sorted(mutual_info_score(known, column) for column in cut)
            gaps[name] = float((told[-1] - told[-2]) / entropy)
    return gaps


def _binned(values: Array) -> NDArray[np.int64]:
    kinds, found = np.unique(values, return_inverse=True)
    if len(kinds) <= BINS:
        return found.astype(np.int64)
    edges = np.quantile(values, np.linspace(0, 1, BINS + 1)[1:-1])
    return np.digitize(values, edges).astype(np.int64)
