"""Precision, recall, density and coverage of generated samples."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.types import Array, Floats, as_codes

N_NEIGHBORS = 5
BLOCK = 1024
"""Rows of the distance matrix that are in memory at a time."""


class SampleQuality(NamedTuple):
    """How real generated samples are, and how much of the real data they cover.

    A sphere around each image reaches to its 5th nearest neighbor of the same set.
    """

    precision: float
    """Fraction of samples in the sphere of a real image."""
    recall: float
    """Fraction of real images in the sphere of a sample."""
    density: float
    """Real spheres that a sample lies in, on average, divided by 5; it may exceed 1."""
    coverage: float
    """Fraction of real images whose sphere holds a sample."""


def sample_quality(real: Array, samples: Array, *, n_neighbors: int = N_NEIGHBORS) -> SampleQuality:
    """Precision, recall, density and coverage of the features of samples.

    All four depend on the two counts, so only values at equal counts can be compared; their best
    values are those of other real images.

    Parameters
    ----------
    real, samples
        ``(N, D)`` and ``(M, D)`` features.
    n_neighbors
        K, below N and M.

    Raises
    ------
    InvalidInputError
        They have different D, or not more than K rows.

    References
    ----------
    Precision and recall: Kynkäänniemi et al. 2019, arXiv:1904.06991.  Density and coverage:
    Naeem, Oh, Uh, Choi & Yoo 2020, arXiv:2002.09797, eqs. 3 and 4.
    """
    real = as_codes(real)
    samples = as_codes(samples, real.shape[1])
    if min(len(real), len(samples)) <= n_neighbors:
        raise InvalidInputError(
            f"{len(real)} and {len(samples)} features are too few for {n_neighbors} neighbors; "
            "give more of both."
        )
    real_radii, sample_radii = _radii(real, n_neighbors), _radii(samples, n_neighbors)
    spheres_of_sample = np.zeros(len(samples), np.int64)
    is_covered, is_recalled = np.zeros((2, len(real)), bool)
    for rows in _blocks(len(real)):
        squared = _squared_distances(real[rows], samples)
        inside = squared <= real_radii[rows, None]
        spheres_of_sample += inside.sum(axis=0)
        is_covered[rows] = inside.any(axis=1)
        is_recalled[rows] = (squared <= sample_radii).any(axis=1)
    return SampleQuality(
        precision=float((spheres_of_sample > 0).mean()),
        recall=float(is_recalled.mean()),
        density=float(spheres_of_sample.mean() / n_neighbors),
        coverage=float(is_covered.mean()),
    )


def _radii(features: Floats, n_neighbors: int) -> NDArray[np.float32]:
    """Squared distance of each row to its `n_neighbors`-th nearest other row."""
    parts = []
    for rows in _blocks(len(features)):
        squared = _squared_distances(features[rows], features)
        squared[np.arange(squared.shape[0]), np.arange(rows.start, rows.stop)] = -1  # itself
        parts.append(np.partition(squared, n_neighbors, axis=1)[:, n_neighbors])
    return np.concatenate(parts)


def _blocks(count: int) -> list[slice]:
    return [slice(first, min(first + BLOCK, count)) for first in range(0, count, BLOCK)]


def _squared_distances(first: Floats, second: Floats) -> NDArray[np.float32]:
    norms_1, norms_2 = np.square(first).sum(axis=1), np.square(second).sum(axis=1)
    squared: NDArray[np.float32] = norms_1[:, None] + norms_2 - 2 * first @ second.T
    return squared.clip(0)
