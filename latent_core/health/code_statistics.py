"""The latent dimensions of a data set's codes: KL divergence, active units, correlations."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.analysis.traversal import INACTIVE_VARIANCE_FRACTION
from latent_core.errors import InvalidInputError
from latent_core.metrics import active_units, kl_per_dimension
from latent_core.notebook import compact_repr
from latent_core.types import Array, Floats, Posterior

MIN_CODES = 20
"""Fewer codes say nothing about their distribution."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CodeStatistics:
    """Statistics of the latent dimensions, of the posterior mean of each sample.

    Parameters
    ----------
    n_codes
        N.
    kl
        ``(D,)`` KL divergence of the posterior from N(0, 1) in nats, mean over samples; None
        where the encoder gives no variance.
    active
        ``(D,)`` bool, the active units.
    variance
        ``(D,)`` variance of the posterior mean over samples.
    noise_share
        ``(D,)`` mean posterior variance ÷ variance of the aggregate posterior, in [0, 1]: 1 where
        the dimension says nothing of the sample, 0 where the posterior is a point; None without
        variances.
    correlation
        ``(D, D)`` Pearson correlations in [-1, 1]; 0 for a constant dimension.
    correlation_floor
        |r| that 95 % of pairs of independent dimensions stay below with N samples.
    effective_dim
        The participation ratio (Σλ)² / Σλ² of the eigenvalues of the covariance, in [1, D]; 0 for
        codes that are all equal.
    """

    n_codes: int
    kl: Floats | None
    active: NDArray[np.bool_]
    variance: Floats
    noise_share: Floats | None
    correlation: Floats
    correlation_floor: float
    effective_dim: float

    __repr__ = compact_repr


def code_statistics(posterior: Posterior) -> CodeStatistics:
    """The statistics of the latent dimensions.

    Parameters
    ----------
    posterior
        Means ``(N, D)`` and, for a VAE, log-variances, of held-out samples; N ≥ 20.

    Raises
    ------
    InvalidInputError
        Fewer than 20 codes.

    References
    ----------
    KL divergence: Kingma & Welling 2014, arXiv:1312.6114, appendix B.  Active units: Burda,
    Grosse & Salakhutdinov 2016, arXiv:1509.00519, section 5.2; without variances, dimensions with
    more than 1 % of the largest variance.
    """
    mean, log_var = posterior.mean.astype(np.float64), posterior.log_var
    if len(mean) < MIN_CODES:
        raise InvalidInputError(
            f"{len(mean)} held-out samples are too few to assess a model; give at least "
            f"{MIN_CODES}."
        )
    variance = mean.var(axis=0)
    if log_var is None:
        active = (variance > INACTIVE_VARIANCE_FRACTION * variance.max()) & (variance > 0)
        kl = noise_share = None
    else:
        active = active_units(posterior.mean)
        kl = kl_per_dimension(posterior.mean, log_var).astype(np.float32)
        noise = np.exp(log_var.astype(np.float64)).mean(axis=0)
        noise_share = (noise / (variance + noise)).astype(np.float32)
    covariance = np.atleast_2d(np.cov(mean.T, bias=True))
    total_of_squares = float(np.square(covariance).sum())
    return CodeStatistics(
        n_codes=len(mean),
        kl=kl,
        active=active,
        variance=variance.astype(np.float32),
        noise_share=noise_share,
        correlation=_correlation(covariance),
        correlation_floor=1.96 / float(np.sqrt(len(mean))),
        effective_dim=float(np.trace(covariance)) ** 2 / total_of_squares
        if total_of_squares
        else 0.0,
    )


def _correlation(covariance: Array) -> Floats:
    std = np.sqrt(np.diag(covariance))
    scale = np.where(std > 0, std, np.inf)
    correlation: Floats = (covariance / scale / scale[:, None]).clip(-1, 1).astype(np.float32)
    return correlation
