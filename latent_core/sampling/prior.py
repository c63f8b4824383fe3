"""Samples from the prior N(0, I)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.progress import ProgressCallback, null_progress
from latent_core.sampling.distribution import CodeDistribution
from latent_core.sampling.sampler import CodeSet, Sampler


@dataclass(frozen=True, slots=True, kw_only=True)
class PriorSampler(Sampler):
    """Codes from N(0, I), which VAEs and GANs are trained with.

    References
    ----------
    Kingma & Welling 2014, arXiv:1312.6114; Goodfellow et al. 2014, arXiv:1406.2661.
    """

    id = "prior"
    title = "Prior N(0, I)"
    note = "Random codes from the distribution that the model was trained with."

    @staticmethod
    def missing(data: CodeSet) -> str:
        """A model without a prior gives random codes no meaning."""
        if data.has_prior:
            return ""
        return (
            "This model was not trained with a prior, so codes from N(0, I) have no meaning for "
            "it; draw from a mixture of its codes."
        )

    def fit(self, data: CodeSet, *, progress: ProgressCallback = null_progress) -> CodeDistribution:
        """N(0, I) in the dimensions of the codes."""
        del progress
        self.check(data)
        shape = 1, data.codes.shape[1]
        return CodeDistribution(weights=np.ones(1), means=np.zeros(shape), factors=np.ones(shape))


SAMPLER = PriorSampler
