"""`CodeDistribution`: the Gaussians that codes are drawn from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.sampling.noise import CHOICE_COUNTER, standard_normals, uniforms
from latent_core.sampling.truncation import truncated
from latent_core.types import Floats

MAX_TEMPERATURE = 10.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CodeDistribution:
    """One or more Gaussians of codes.

    Parameters
    ----------
    weights
        ``(K,)``, sum 1.
    means
        ``(K, D)``.
    factors
        ``(K, D, D)``, lower Cholesky factors of the covariances; or ``(K, D)``, standard
        deviations of independent dimensions.

    Raises
    ------
    InvalidInputError
        The shapes do not match, a value is not finite, or the weights are no probabilities.
    """

    weights: NDArray[np.float64]
    means: NDArray[np.float64]
    factors: NDArray[np.float64]

    __repr__ = compact_repr

    def __post_init__(self) -> None:
        shape = self.means.shape
        shapes_match = len(shape) == 2 and self.weights.shape == shape[:1]
        if not shapes_match or self.factors.shape not in (shape, (*shape, shape[-1])):
            raise InvalidInputError(
                f"Weights {self.weights.shape}, means {shape} and factors {self.factors.shape} "
                "are no distribution; give (K,), (K, D) and (K, D, D) or (K, D)."
            )
        is_finite = all(np.isfinite(a).all() for a in (self.weights, self.means, self.factors))
        if not is_finite or (self.weights < 0).any() or abs(self.weights.sum() - 1) > 1e-6:
            raise InvalidInputError(
                "The parameters must be finite and the weights sum to 1; correct them."
            )

    @property
    def latent_dim(self) -> int:
        """The number of latent dimensions, D."""
        return int(self.means.shape[1])

    def sample(
        self,
        n: int,
        *,
        random_state: int = 0,
        temperature: float = 1.0,
        truncation: float = 1.0,
        first: int = 0,
    ) -> Floats:
        """Draw codes.

        A sample stays the same whatever others are drawn with it, and moves continuously with
        `temperature` and `truncation`.

        Parameters
        ----------
        n
            How many, N.
        random_state
            Seed.
        temperature
            Factor of the standard deviations, 0 to 10: below 1 nearer to the means.
        truncation
            Fraction of each Gaussian that is kept, 0.01 to 1; the codes farthest from its mean
            are rejected.  See `truncated`.
        first
            Number of the first sample: ``sample(n, first=k)`` are the samples k, k + 1, ….

        Returns
        -------
        ndarray
            ``(N, D)`` float32.

        Raises
        ------
        InvalidInputError
            A parameter is out of range.
        """
        if n < 0 or not 0 <= temperature <= MAX_TEMPERATURE:
            raise InvalidInputError(
                f"{n} samples at temperature {temperature:g} cannot be drawn; give a number of "
                f"samples and a temperature from 0 to {MAX_TEMPERATURE:g}."
            )
        indices = np.arange(first, first + n, dtype=np.int64)
        noise = truncated(standard_normals(random_state, indices, self.latent_dim), truncation)
        chosen = self._components(random_state, indices)
        if self.factors.ndim == 2:
            offsets = self.factors[chosen] * noise
        else:
            offsets = np.empty_like(noise)
            for k in np.unique(chosen):
                offsets[chosen == k] = noise[chosen == k] @ self.factors[k].T
        codes: Floats = (self.means[chosen] + temperature * offsets).astype(np.float32)
        return codes

    @property
    def cumulative_weights(self) -> NDArray[np.float64]:
        """``(K,)`` upper limits of the uniform numbers that choose each component."""
        return np.cumsum(self.weights)

    def _components(self, random_state: int, indices: NDArray[np.int64]) -> NDArray[np.int64]:
        number = uniforms(random_state, indices, np.array([CHOICE_COUNTER]))[:, 0]
        limits = self.cumulative_weights[:-1]
        chosen: NDArray[np.int64] = np.searchsorted(limits, number, side="right")
        return chosen
