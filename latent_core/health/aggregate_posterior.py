"""The aggregate posterior against the prior: each dimension, and the norms (the shell)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from latent_core.health.reference_prior import ReferencePrior
from latent_core.notebook import compact_repr
from latent_core.types import Array, Floats

N_DRAWS = 100
"""Draws of as many normal numbers, for the distance that sampling noise alone gives."""
N_BINS = 32


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AggregatePosterior:
    """Held-out codes, one sample of each posterior, against a Gaussian prior.

    Parameters
    ----------
    prior
        Name of the prior.
    n_codes
        N.
    mean, variance
        ``(D,)`` of each dimension, in the codes' units.
    distance
        ``(D,)`` 1-Wasserstein distance of each dimension from the prior's, in standard deviations
        of the prior.
    distance_floor
        The distance that 95 % of samples of N normal numbers stay below.
    norm_edges
        ``(B + 1,)`` edges of the histogram of norms, of codes standardized by the prior.
    norm_density, chi_density
        ``(B,)`` density of the norms, and of the chi distribution with `degrees` degrees of
        freedom, which the norms of N(0, I) have, mean over each bin.
    degrees
        R.
    norm_distance, norm_distance_floor
        1-Wasserstein distance of the norms from the chi distribution, and its 95 % noise floor.
    norm_mean, chi_mean
        Mean norm, of the codes and of the prior.
    """

    prior: str
    n_codes: int
    mean: Floats
    variance: Floats
    distance: Floats
    distance_floor: float
    norm_edges: Floats
    norm_density: Floats
    chi_density: Floats
    degrees: int
    norm_distance: float
    norm_distance_floor: float
    norm_mean: float
    chi_mean: float

    __repr__ = compact_repr


def compare_with_prior(codes: Floats, prior: ReferencePrior, seed: int = 0) -> AggregatePosterior:
    """The aggregate posterior beside the prior.

    Parameters
    ----------
    codes
        ``(N, D)``, one sample of the posterior of each held-out sample.
    prior
        Not fitted to these codes.
    seed
        Of the draws for the noise floors.

    References
    ----------
    Aggregate posterior: Makhzani et al. 2016, arXiv:1511.05644; Hoffman & Johnson 2016, "ELBO
    surgery".
    """
    from scipy.stats import chi, norm

    rng = np.random.default_rng([seed, 70_001])
    n, degrees = len(codes), prior.whitening.shape[1]
    middles = (np.arange(n) + 0.5) / n
    normal_quantiles, chi_quantiles = norm.ppf(middles), chi.ppf(middles, degrees)
    marginal = (codes - prior.mean) / np.where(prior.std > 0, prior.std, 1)
    norms = np.linalg.norm(prior.standardize(codes), axis=1)
    edges = np.linspace(0, max(float(norms.max()), float(chi.ppf(0.9999, degrees))), N_BINS + 1)
    counts = np.histogram(norms, edges)[0]
    return AggregatePosterior(
        prior=prior.name,
        n_codes=n,
        mean=codes.mean(axis=0, dtype=np.float64).astype(np.float32),
        variance=codes.var(axis=0, dtype=np.float64).astype(np.float32),
        distance=_distance(marginal, normal_quantiles).astype(np.float32),
        distance_floor=_floor(lambda: rng.standard_normal(n), normal_quantiles),
        norm_edges=edges.astype(np.float32),
        norm_density=(counts / n / np.diff(edges)).astype(np.float32),
        chi_density=(np.diff(chi.cdf(edges, degrees)) / np.diff(edges)).astype(np.float32),
        degrees=degrees,
        norm_distance=float(_distance(norms[:, None], chi_quantiles)[0]),
        norm_distance_floor=_floor(lambda: np.sqrt(rng.chisquare(degrees, n)), chi_quantiles),
        norm_mean=float(norms.mean()),
        chi_mean=float(chi.mean(degrees)),
    )


def _distance(values: Array, quantiles: Array) -> Array:
    """1-Wasserstein distance of each column of values ``(N, D)`` from `quantiles` ``(N,)``."""
    distance: Array = np.abs(np.sort(values, axis=0) - quantiles[:, None]).mean(axis=0)
    return distance


def _floor(draw: Callable[[], Array], quantiles: Array) -> float:
    draws = np.stack([draw() for _ in range(N_DRAWS)], axis=1)
    return float(np.quantile(_distance(draws, quantiles), 0.95))
