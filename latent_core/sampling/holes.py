"""Holes between a prior and the aggregate posterior: prior samples where no data lies."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.analysis.support import NEAR_DATA, Support
from latent_core.types import Floats

N_SAMPLES = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class HoleFractions:
    """How many samples are not near data: sparse, or far from it.

    Parameters
    ----------
    prior
        Fraction of samples from the prior, in [0, 1]; None for a model without one.
    mixture
        The same of samples from the mixture; None where none can be fitted.
    data
        The same of the data's own codes, each held out: by definition of the level.
    n_samples
        How many samples were drawn from each.
    """

    prior: float | None
    mixture: float | None
    data: float = 1 - NEAR_DATA
    n_samples: int = N_SAMPLES

    @property
    def prior_is_worse(self) -> bool:
        """Whether fewer prior samples are near data than mixture samples, and than the data.

        Fewer by two standard errors of the difference.
        """
        if self.mixture is None or self.prior is None:
            return self.prior is None
        best = max(self.mixture, self.data)
        variances = [p * (1 - p) / self.n_samples for p in (self.prior, best)]
        return self.prior - best > 2 * float(np.sqrt(sum(variances)))


def outside_fraction(support: Support, codes: Floats) -> float:
    """The fraction of codes ``(M, D)`` that are not near data, in [0, 1].

    The aggregate posterior leaves holes where the prior has mass; a code in a hole was never
    decoded in training.

    References
    ----------
    Rosca, Lakshminarayanan & Mohamed 2018, arXiv:1802.06847; Ghosh et al. 2020, arXiv:1903.12436.
    """
    return float((support.quantile(codes) > NEAR_DATA).mean())


def hole_fractions(support: Support, prior: Floats | None, mixture: Floats | None) -> HoleFractions:
    """The fractions outside of samples ``(M, D)`` of each sampler; see `outside_fraction`."""
    sizes = [len(codes) for codes in (prior, mixture) if codes is not None]
    return HoleFractions(
        prior=None if prior is None else outside_fraction(support, prior),
        mixture=None if mixture is None else outside_fraction(support, mixture),
        n_samples=min(sizes, default=0),
    )
