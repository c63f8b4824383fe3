"""Gaussian mixtures of codes: where a model's codes lie, to draw samples from.

The codes of a data set rarely fill the prior: between them are holes whose decoded images look
like nothing in the data.  A density fitted to the codes after training has no such holes
(ex-post density estimation, Ghosh et al. 2020, arXiv:1903.12436), and gives samples of
autoencoders, which have no prior.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Floats, as_codes

NUMBERS = (1, 2, 4, 8, 16, 32, 64)
"""Numbers of components that are tried."""
MAX_CODES = 5000
"""Codes that a mixture is fitted to: a random subset where there are more."""
MIN_CODES = 10
CODES_PER_COMPONENT = 20
"""Codes to fit to, per component, at least."""
_HELD_OUT = 5  # one of so many
_REGULARIZATION = 1e-3  # of the variance of each dimension


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class GaussianMixture:
    """A mixture of Gaussians with full covariances.

    Parameters
    ----------
    weights
        ``(K,)``, sum 1.
    means
        ``(K, D)``.
    factors
        ``(K, D, D)``: lower Cholesky factors of the covariances.
    held_out
        Mean log-likelihood of held-out codes, nats, by number of components tried; empty where
        the number was given.
    """

    weights: NDArray[np.float64]
    means: NDArray[np.float64]
    factors: NDArray[np.float64]
    held_out: Mapping[int, float] = field(default_factory=dict)

    __repr__ = compact_repr

    @property
    def n_components(self) -> int:
        """Number of components, K."""
        return len(self.weights)

    def sample(self, n: int, *, random_state: int = 0, temperature: float = 1.0) -> Floats:
        """Draw codes.

        Parameters
        ----------
        n
            How many, N.
        random_state
            Seed.
        temperature
            Factor of the standard deviations: below 1 nearer to the means, 0 the means.

        Returns
        -------
        ndarray
            ``(N, D)`` float32.

        Raises
        ------
        InvalidInputError
            `n` or `temperature` is negative.
        """
        if n < 0 or not 0 <= temperature < np.inf:
            raise InvalidInputError(
                f"{n} samples at temperature {temperature:g} cannot be drawn; give a number of "
                "samples and a temperature of 0 or more."
            )
        rng = np.random.default_rng(random_state)
        chosen = rng.choice(self.n_components, n, p=self.weights)
        noise = temperature * rng.standard_normal((n, self.means.shape[1]))
        moved = np.einsum("nij,nj->ni", self.factors[chosen], noise)
        codes: Floats = (self.means[chosen] + moved).astype(np.float32)
        return codes

    def log_likelihood(self, codes: Floats) -> NDArray[np.float64]:
        """Log-density of each code ``(N, D)``, ``(N,)`` nats."""
        from scipy.linalg import solve_triangular
        from scipy.special import logsumexp

        z = as_codes(codes, self.means.shape[1]).astype(np.float64)
        terms = np.empty((len(z), self.n_components))
        for k, (mean, factor) in enumerate(zip(self.means, self.factors, strict=True)):
            white = solve_triangular(factor, (z - mean).T, lower=True)
            log_det = np.log(np.diag(factor)).sum()
            terms[:, k] = -0.5 * np.square(white).sum(axis=0) - log_det
        normalized = terms + np.log(self.weights) - 0.5 * z.shape[1] * np.log(2 * np.pi)
        result: NDArray[np.float64] = logsumexp(normalized, axis=1)
        return result


def fit_mixture(
    codes: Any,
    *,
    n_components: int | None = None,
    random_state: int = 0,
    progress: ProgressCallback = null_progress,
) -> GaussianMixture:
    """Fit a mixture of Gaussians to codes.

    Parameters
    ----------
    codes
        ``(N, D)``, N ≥ 10; at most 5,000 random ones are used.
    n_components
        By default the one of 1, 2, 4, … 64 under which a fifth of the codes, held out, is most
        likely; the search ends at the first number that is worse than half of it.
    random_state
        Seed of the subset, of the held-out fifth and of the fit.
    progress
        Called with the fraction done.

    Raises
    ------
    InvalidInputError
        Fewer than 10 codes, or `n_components` below 1 or above the number of codes.

    References
    ----------
    P. Ghosh, M. S. M. Sajjadi, A. Vergari, M. Black, B. Schölkopf: From Variational to
    Deterministic Autoencoders (2020), arXiv:1903.12436.
    """
    z = as_codes(codes).astype(np.float64)
    if len(z) < MIN_CODES:
        raise InvalidInputError(
            f"{len(z)} codes are too few for a mixture; give {MIN_CODES} or more."
        )
    if n_components is not None and not 1 <= n_components <= len(z):
        raise InvalidInputError(
            f"A mixture of {n_components} components cannot be fitted to {len(z)} codes; choose "
            f"1 to {len(z)}."
        )
    order = np.random.default_rng(random_state).permutation(len(z))[:MAX_CODES]
    z = z[order]
    scale = np.maximum(z.std(axis=0), 1e-12)
    held_out: dict[int, float] = {}
    if n_components is None:
        held_out = _held_out_likelihoods(z, scale, random_state, progress)
        n_components = max(held_out, key=held_out.__getitem__)
    progress(0.9, f"Fitting a mixture of {n_components}")
    return _fit(z, scale, n_components, random_state, held_out)


def _held_out_likelihoods(
    z: NDArray[np.float64], scale: NDArray[np.float64], seed: int, progress: ProgressCallback
) -> dict[int, float]:
    test = np.arange(len(z)) % _HELD_OUT == 0
    train = z[~test]
    found: dict[int, float] = {}
    for step, number in enumerate(NUMBERS):
        if number > 1 and number * CODES_PER_COMPONENT > len(train):
            break
        progress(0.9 * step / len(NUMBERS), f"Fitting a mixture of {number}")
        mixture = _fit(train, scale, number, seed, {})
        likelihood = float(mixture.log_likelihood(z[test].astype(np.float32)).mean())
        before = found.get(number // 2, -np.inf)
        found[number] = likelihood
        if likelihood < before:
            break
    return found


def _fit(
    z: NDArray[np.float64],
    scale: NDArray[np.float64],
    number: int,
    seed: int,
    held_out: dict[int, float],
) -> GaussianMixture:
    """Fitted in standard deviations, so that the regularization is relative to them."""
    import warnings

    from sklearn.exceptions import ConvergenceWarning
    from sklearn.mixture import GaussianMixture as Fitted

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # likelihood decides
        fitted = Fitted(number, reg_covar=_REGULARIZATION, random_state=seed).fit(z / scale)
    return GaussianMixture(
        weights=fitted.weights_ / fitted.weights_.sum(),
        means=fitted.means_ * scale,
        factors=np.linalg.cholesky(fitted.covariances_) * scale[:, None],
        held_out=held_out,
    )
