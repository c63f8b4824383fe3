"""Samples from a Gaussian mixture of the codes."""

from __future__ import annotations

from dataclasses import dataclass

from latent_core.analysis.mixture import MIN_CODES, GaussianMixture, fit_mixture
from latent_core.progress import ProgressCallback, null_progress
from latent_core.sampling.distribution import CodeDistribution
from latent_core.sampling.sampler import CodeSet, Sampler


@dataclass(frozen=True, slots=True, kw_only=True)
class MixtureSampler(Sampler):
    """Codes from a Gaussian mixture fitted to the codes of the data.

    Parameters
    ----------
    n_components
        By default chosen by the likelihood of held-out codes, see `fit_mixture`.

    References
    ----------
    Ghosh et al. 2020, arXiv:1903.12436, section 4 (ex-post density estimation).
    """

    id = "mixture"
    title = "Gaussian mixture"
    note = "Random codes from a Gaussian mixture fitted to the codes of the data."
    is_slow = True

    n_components: int | None = None

    @staticmethod
    def missing(data: CodeSet) -> str:
        """A mixture needs some codes to be fitted to."""
        if len(data.codes) >= MIN_CODES:
            return ""
        return f"{len(data.codes)} codes are too few for a mixture; give {MIN_CODES} or more."

    def fit(self, data: CodeSet, *, progress: ProgressCallback = null_progress) -> CodeDistribution:
        """The mixture of all codes."""
        self.check(data)
        fitted = fit_mixture(data.codes, n_components=self.n_components, progress=progress)
        return distribution_of(fitted)


def distribution_of(mixture: GaussianMixture) -> CodeDistribution:
    """A fitted mixture as the distribution that codes are drawn from."""
    return CodeDistribution(weights=mixture.weights, means=mixture.means, factors=mixture.factors)


SAMPLER = MixtureSampler
