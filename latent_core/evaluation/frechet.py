"""How far two sets of pictures are apart, seen through a classifier's features."""

from __future__ import annotations

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.types import Array, as_codes

MIN_SAMPLES = 2


def frechet_distance(first: Array, second: Array) -> float:
    """The Fréchet distance of the normal distributions fitted to two sets of features.

    ``|μ₁ − μ₂|² + tr(Σ₁ + Σ₂ − 2 (Σ₁ Σ₂)^½)``; 0 when mean and covariance agree.  The number
    depends on the features, so it compares models under the same classifier and nothing else,
    and it falls as more pictures are drawn: compare equal counts.

    Parameters
    ----------
    first, second
        ``(N, D)`` and ``(M, D)`` features.

    Raises
    ------
    BadInput
        Their widths differ, or one has fewer than two rows.

    References
    ----------
    Dowson & Landau 1982, doi:10.1016/0047-259X(82)90077-X; Heusel, Ramsauer, Unterthiner,
    Nessler & Hochreiter 2017, arXiv:1706.08500 (there with Inception's features).
    """
    one = as_codes(first).astype(np.float64)
    two = as_codes(second, one.shape[1]).astype(np.float64)
    if min(len(one), len(two)) < MIN_SAMPLES:
        raise InvalidInputError(
            f"{len(one)} and {len(two)} features are too few; give at least two of each."
        )
    gap = one.mean(axis=0) - two.mean(axis=0)
    cov_one, cov_two = (np.atleast_2d(np.cov(part, rowvar=False)) for part in (one, two))
    root = _root(cov_one)
    mixed = np.linalg.eigvalsh(
        root @ cov_two @ root
    )  # the eigenvalues of Σ₁ Σ₂, without its asymmetry
    trace = np.trace(cov_one) + np.trace(cov_two) - 2 * np.sqrt(mixed.clip(0)).sum()
    return float(max(0.0, gap @ gap + trace))


def _root(matrix: Array) -> Array:
    """The symmetric square root of a covariance."""
    values, vectors = np.linalg.eigh(matrix)
    root: Array = (vectors * np.sqrt(values.clip(0))) @ vectors.T
    return root
