"""The Fréchet distance between two sets of features."""

from __future__ import annotations

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.types import Array, as_codes

MIN_SAMPLES = 2


def frechet_distance(first: Array, second: Array) -> float:
    """The Fréchet distance between normal distributions fitted to two sets of features.

    ``|μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁ Σ₂)^½)``; 0 where means and covariances are equal.  It depends
    on the features, so it compares models only under the same classifier, and its bias decreases
    with the sample size, so it compares only equal sample sizes.

    Parameters
    ----------
    first, second
        ``(N, D)`` and ``(M, D)`` features.

    Returns
    -------
    float
        0 or more.

    Raises
    ------
    InvalidInputError
        They have different D, or one has fewer than two rows.

    References
    ----------
    Dowson & Landau 1982, doi:10.1016/0047-259X(82)90077-X; Heusel, Ramsauer, Unterthiner,
    Nessler & Hochreiter 2017, arXiv:1706.08500 (there with Inception's features).
    """
    features_1 = as_codes(first).astype(np.float64)
    features_2 = as_codes(second, features_1.shape[1]).astype(np.float64)
    if min(len(features_1), len(features_2)) < MIN_SAMPLES:
        raise InvalidInputError(
            f"{len(features_1)} and {len(features_2)} features are too few; give at least "
            f"{MIN_SAMPLES} of each."
        )
    difference = features_1.mean(axis=0) - features_2.mean(axis=0)
    cov_1, cov_2 = (np.atleast_2d(np.cov(f, rowvar=False)) for f in (features_1, features_2))
    root = _matrix_sqrt(cov_1)
    # the symmetric matrix √Σ₁ Σ₂ √Σ₁ has the eigenvalues of Σ₁ Σ₂
    eigenvalues = np.linalg.eigvalsh(root @ cov_2 @ root)
    trace = np.trace(cov_1) + np.trace(cov_2) - 2 * np.sqrt(eigenvalues.clip(0)).sum()
    return float(max(0.0, difference @ difference + trace))


def _matrix_sqrt(matrix: Array) -> Array:
    """The symmetric square root of a covariance matrix."""
    values, vectors = np.linalg.eigh(matrix)
    root: Array = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    return root
