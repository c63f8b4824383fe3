"""Truncation of Gaussian noise by its norm."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError

N_RADII = 513
_TAIL = 1e-12
MIN_KEPT = 0.01
"""The smallest fraction that is kept."""


@lru_cache(maxsize=64)
def log_radii(latent_dim: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Logarithms ``(513,)`` of norms of N(0, I) and of the probability of smaller ones.

    The norm has a chi distribution; between the table's entries both are interpolated linearly.
    """
    from scipy.stats import chi

    distribution = chi(latent_dim)
    low, high = distribution.ppf([_TAIL, 1 - _TAIL])
    radii = np.linspace(np.log(low), np.log(high), N_RADII)
    return radii, np.log(distribution.cdf(np.exp(radii)))


def truncated(noise: NDArray[np.float64], kept: float) -> NDArray[np.float64]:
    """Noise whose norms are below the `kept` quantile of the norm, directions unchanged.

    It has the distribution of N(0, I) in which noise of larger norm is rejected and drawn again,
    but each sample changes continuously with `kept`: a norm of probability p becomes the norm of
    probability ``kept · p``.

    Parameters
    ----------
    noise
        ``(N, D)``.
    kept
        Fraction of N(0, I) that is not rejected, 0.01 to 1; 1 changes nothing.

    Raises
    ------
    InvalidInputError
        `kept` is out of range.

    References
    ----------
    The truncation trick: Brock, Donahue & Simonyan 2019, arXiv:1809.11096, section 3.1, where
    single values are rejected; the norm does not depend on the choice of axes.
    """
    if not MIN_KEPT <= kept <= 1:
        raise InvalidInputError(
            f"Truncation to {kept:g} is not possible; keep {MIN_KEPT:g} to 1 of all samples."
        )
    if kept == 1:
        return noise
    radii, probabilities = log_radii(noise.shape[1])
    log_norm = np.log(np.maximum(np.linalg.norm(noise, axis=1), 1e-300))
    smaller = np.interp(log_norm, radii, probabilities) + np.log(kept)
    scale = np.exp(np.interp(smaller, probabilities, radii) - log_norm)
    shortened: NDArray[np.float64] = noise * np.minimum(scale, 1)[:, None]
    return shortened
