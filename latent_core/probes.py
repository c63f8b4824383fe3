"""What simple readers make of codes: how much of a picture's class lies open in them."""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import BadInput
from latent_core.values import Floats, Progress, as_codes, no_progress

SPLITS = 5
"""Random halves: one is learned from, the other is read."""
NEIGHBOURS = 10


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
