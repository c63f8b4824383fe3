"""Holes: samples from the prior that are far from all codes of the data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.health.reference_prior import ReferencePrior
from latent_core.neighbors import nearest
from latent_core.notebook import compact_repr
from latent_core.types import Array, Floats

N_NEIGHBORS = 5
N_SAMPLES = 2000
MAX_REFERENCE = 5000
QUANTILE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Holes:
    """How many samples from the prior are farther from the data than nearly all of its own codes.

    Parameters
    ----------
    prior
        Name of the prior.
    share, share_se
        Share of samples from the prior whose distance exceeds `threshold`, and its standard error.
    baseline, baseline_se
        The same of held-out codes that did not set the threshold.
    quantile, threshold
        The threshold is this quantile of the distances of held-out codes.
    n_samples, n_held_out, n_reference
        Samples from the prior; held-out codes of the baseline; codes that distances are from.
    """

    prior: str
    share: float
    share_se: float
    baseline: float
    baseline_se: float
    quantile: float
    threshold: float
    n_samples: int
    n_held_out: int
    n_reference: int

    __repr__ = compact_repr


def find_holes(
    reference: Floats, held_out: Floats, prior: ReferencePrior, *, seed: int = 0
) -> Holes:
    """The share of samples from the prior that lie where no data lies.

    The distance is the mean Euclidean distance to the five nearest of the reference codes, in
    coordinates in which the prior is N(0, I).

    Parameters
    ----------
    reference, held_out
        Codes ``(N, D)``, ``(M, D)``, one sample of each posterior, of different samples of the
        data; of `held_out` one half sets the threshold and the other is the baseline.
    prior
        Where samples are drawn from.
    seed
        Of the samples.

    References
    ----------
    Holes between aggregate posterior and prior: Rosca et al. 2018, arXiv:1802.06847.
    """
    space = prior.standardize(reference[:MAX_REFERENCE])
    setting, checking = held_out[:MAX_REFERENCE:2], held_out[1:MAX_REFERENCE:2]
    threshold = float(np.quantile(_distances(space, prior.standardize(setting)), QUANTILE))
    samples = prior.standardize(prior.sample(N_SAMPLES, seed))
    share = float((_distances(space, samples) > threshold).mean())
    baseline = float((_distances(space, prior.standardize(checking)) > threshold).mean())
    return Holes(
        prior=prior.name,
        share=share,
        share_se=_standard_error(share, N_SAMPLES),
        baseline=baseline,
        baseline_se=_standard_error(baseline, len(checking)),
        quantile=QUANTILE,
        threshold=threshold,
        n_samples=N_SAMPLES,
        n_held_out=len(checking),
        n_reference=len(space),
    )


def _distances(space: Array, points: Array) -> Array:
    k = min(N_NEIGHBORS, len(space))
    _, distance = nearest(space.astype(np.float32), points.astype(np.float32), k)
    mean: Array = distance.mean(axis=1)
    return mean


def _standard_error(share: float, n: int) -> float:
    return float(np.sqrt(share * (1 - share) / n))
