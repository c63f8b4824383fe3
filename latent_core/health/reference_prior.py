"""The distribution that codes are compared with: N(0, I), or a Gaussian fitted to the codes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.types import Array, Floats, Posterior

STANDARD_NORMAL = "N(0, I)"
FITTED_GAUSSIAN = "a Gaussian fitted to the codes"
_MIN_EIGENVALUE = 1e-6
"""Principal components with a smaller share of the largest variance are left out."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ReferencePrior:
    """A Gaussian as an affine map to N(0, I): ``standardize(z) = (z - mean) @ whitening``.

    Parameters
    ----------
    name
        `STANDARD_NORMAL` or `FITTED_GAUSSIAN`.
    mean, std
        ``(D,)`` of each dimension.
    whitening, coloring
        ``(D, R)`` and ``(R, D)``, R ≤ D the number of components that vary.
    """

    name: str
    mean: Array
    std: Array
    whitening: Array
    coloring: Array

    __repr__ = compact_repr

    def standardize(self, codes: Floats) -> Array:
        """Codes ``(N, D)`` in coordinates ``(N, R)`` in which the prior is N(0, I)."""
        return (codes - self.mean) @ self.whitening

    def sample(self, n: int, seed: int = 0) -> Floats:
        """Codes ``(n, D)`` drawn from it."""
        normal = np.random.default_rng([seed, 50_021]).standard_normal((n, len(self.coloring)))
        codes: Floats = (self.mean + normal @ self.coloring).astype(np.float32)
        return codes


def standard_normal(latent_dim: int) -> ReferencePrior:
    """N(0, I) of D dimensions."""
    one = np.eye(latent_dim)
    zero = np.zeros(latent_dim)
    return ReferencePrior(
        name=STANDARD_NORMAL, mean=zero, std=zero + 1, whitening=one, coloring=one
    )


def fitted_gaussian(codes: Floats) -> ReferencePrior:
    """The Gaussian with the mean and covariance of codes ``(N, D)``.

    Raises
    ------
    InvalidInputError
        All codes are equal.
    """
    data = codes.astype(np.float64)
    mean = data.mean(axis=0)
    values, vectors = np.linalg.eigh(np.atleast_2d(np.cov(data.T, bias=True)))
    if values.max() <= 0:
        raise InvalidInputError("All codes are equal, so they have no distribution to compare.")
    kept = values > _MIN_EIGENVALUE * values.max()
    scale, axes = np.sqrt(values[kept]), vectors[:, kept]
    return ReferencePrior(
        name=FITTED_GAUSSIAN,
        mean=mean,
        std=data.std(axis=0),
        whitening=axes / scale,
        coloring=(axes * scale).T,
    )


def draw_codes(posterior: Posterior, seed: int = 0) -> Floats:
    """Samples of the aggregate posterior ``(N, D)``, one per image; without variances the means."""
    if posterior.log_var is None:
        return posterior.mean
    rng = np.random.default_rng([seed, 60_013])
    noise = rng.standard_normal(posterior.mean.shape).astype(np.float32)
    codes: Floats = (posterior.mean + np.exp(posterior.log_var / 2) * noise).astype(np.float32)
    return codes
