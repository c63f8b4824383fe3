"""Samples around one image: its posterior, or a Gaussian kernel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.neighbors import nearest
from latent_core.progress import ProgressCallback, null_progress
from latent_core.sampling.distribution import CodeDistribution
from latent_core.sampling.sampler import CodeSet, Sampler

N_NEIGHBORS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class NeighborhoodSampler(Sampler):
    """Codes around the code of one image.

    Those of a VAE come from the posterior N(μ, σ²) that its encoder gives for the image; those of
    other models from a Gaussian kernel whose root mean square radius is the mean distance of the
    code to its 5 nearest codes, with dimensions in the ratio of their standard deviations.

    Parameters
    ----------
    index
        Index of the image in the data.
    """

    id = "neighborhood"
    title = "Around an image"
    note = "Random codes around the code of one image: its posterior, or a Gaussian kernel."

    index: int = 0

    @staticmethod
    def missing(data: CodeSet) -> str:
        """A kernel needs a neighbor."""
        is_alone = len(data.codes) < 2 and data.log_var is None
        return "One code has no neighbors; give more." if is_alone else ""

    def fit(self, data: CodeSet, *, progress: ProgressCallback = null_progress) -> CodeDistribution:
        """The posterior or the kernel of the image."""
        del progress
        self.check(data)
        if not 0 <= self.index < len(data.codes):
            raise InvalidInputError(
                f"There is no sample {self.index}; choose one from 0 to {len(data.codes) - 1}."
            )
        mean = data.codes[self.index].astype(np.float64)
        if data.log_var is None:
            std = _kernel_std(data, self.index)
        else:
            std = np.exp(0.5 * data.log_var[self.index].astype(np.float64))
        return CodeDistribution(weights=np.ones(1), means=mean[None], factors=std[None])


def _kernel_std(data: CodeSet, index: int) -> NDArray[np.float64]:
    n_neighbors = min(N_NEIGHBORS, len(data.codes) - 1)
    found, distances = nearest(data.codes, data.codes[index], n_neighbors + 1)
    radius = float(distances[found != index][:n_neighbors].mean())
    spread = data.codes.std(axis=0, dtype=np.float64)
    norm = float(np.linalg.norm(spread))
    std: NDArray[np.float64] = spread * (radius / norm if norm > 0 else 0.0)
    return std


SAMPLER = NeighborhoodSampler
