"""Support: whether a code, or a point of a projection, is as near to the data as data is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from latent_core.analysis.traversal import latent_dimensions
from latent_core.cache.memo import memoize
from latent_core.errors import InvalidInputError
from latent_core.models.catalog import load_card
from latent_core.types import Encodings, Floats, as_codes, freeze

N_NEIGHBORS = 5
NEAR_DATA, SPARSE = 0.95, 0.995
"""Quantiles of the distances of the data's own codes to their nearest neighbors: a code is near
data up to the first, and far from data beyond the second."""

LOW_DENSITY_RADIUS = 0.5
"""The data has a low-density center when 95 % of the codes are farther from the mean than this
fraction of the median distance: for N(0, I) from about five dimensions on."""

SupportLevel = Literal["near data", "sparse", "far from data"]
_MAX_SAMPLED = 2000
_N_QUANTILES = 201
_QUANTILES = np.linspace(0, 1, _N_QUANTILES)


@dataclass(frozen=True, slots=True, kw_only=True)
class NormShell:
    """The distribution of the codes' distances from their mean, where the center has low density.

    In many dimensions the codes concentrate around a shell.  In the low-density center the
    nearest codes are nearer than codes of the data are to each other, yet images decoded there
    are less similar to real images than those decoded on the shell (``benchmarks.between``).

    Parameters
    ----------
    mean
        ``(U,)``, the mean of the codes in the active dimensions.
    norm_quantiles
        ``(201,)`` ascending: quantiles 0, 0.005, … 1 of the codes' distances from the mean.
    quantiles
        ``(201,)`` descending, in [0, 1]: the support quantile of a code at each of these
        distances, at least.
    """

    mean: Floats
    norm_quantiles: Floats
    quantiles: Floats

    def quantile(self, codes: Floats) -> Floats:
        """The lower bound ``(M,)`` of the support quantile of codes ``(M, U)``."""
        norm = np.linalg.norm(codes - self.mean, axis=1)
        rank = np.interp(norm, self.norm_quantiles, _QUANTILES)
        quantile: Floats = np.interp(rank, _QUANTILES, self.quantiles)
        return quantile


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Distances to the nearest codes of the data, relative to those of the data's own codes.

    Parameters
    ----------
    codes
        ``(N, D)``, of the data; or ``(N, 2)`` or ``(N, 3)``, the points of a projection.
    reference_distances
        ``(201,)`` ascending: quantiles 0, 0.005, … 1 of the distances of the data's own codes,
        each excluding itself.
    active_dims
        ``(D,)`` bool, the dimensions in which distances are measured; None for all.
    prior_norm_quantiles
        ``(201,)`` quantiles of ‖z‖ for z ~ N(0, I); only for models trained on prior samples.  A
        code whose norm is the q-quantile is treated as no farther from the data than the
        q-quantile of the data's own distances.
    shell
        Where the data has a low-density center; a code there is treated as at least as far from
        the data as data whose distance from the mean is equally rare.
    """

    codes: Floats
    reference_distances: Floats
    active_dims: NDArray[np.bool_] | None = None
    prior_norm_quantiles: Floats | None = None
    shell: NormShell | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", as_codes(self.codes))
        reference = np.asarray(self.reference_distances, np.float32)
        if reference.shape != (_N_QUANTILES,) or (np.diff(reference) < 0).any():
            raise InvalidInputError(
                f"Reference distances must be {_N_QUANTILES} ascending quantiles, "
                f"not an array of shape {reference.shape}; use fit_support."
            )
        object.__setattr__(self, "reference_distances", reference)
        freeze(reference)
        if self.prior_norm_quantiles is not None:
            freeze(self.prior_norm_quantiles)

    def distance(self, codes: Floats) -> Floats:
        """The mean Euclidean distance of codes ``(M, D)`` to the 5 nearest of the data, ``(M,)``.

        Bounded from below by `shell` and from above by `prior_norm_quantiles`.
        """
        checked = as_codes(codes, self.codes.shape[1])
        dims = slice(None) if self.active_dims is None else self.active_dims
        k = min(N_NEIGHBORS, len(self.codes))
        distance = _mean_distance(self.codes[:, dims], checked[:, dims], k)
        if self.shell is not None:
            lower_bound = self._reference_distance(self.shell.quantile(checked[:, dims]))
            distance = np.maximum(distance, lower_bound)
        if self.prior_norm_quantiles is None:
            return distance
        rank = np.interp(np.linalg.norm(checked, axis=1), self.prior_norm_quantiles, _QUANTILES)
        upper_bound = self._reference_distance(rank)
        return np.where(rank < 1, np.minimum(distance, upper_bound), distance)

    def _reference_distance(self, quantile: Floats) -> Floats:
        distance: Floats = np.interp(quantile, _QUANTILES, self.reference_distances).astype(
            np.float32
        )
        return distance

    def quantile(self, codes: Floats) -> Floats:
        """The fraction of the data nearer to the rest than codes ``(M, D)`` are, ``(M,)``."""
        distance = self.distance(codes)
        quantile = np.interp(distance, self.reference_distances, _QUANTILES)
        # with duplicate codes several quantiles are equal, and interp returns the last
        quantile[distance <= self.reference_distances[0]] = 0
        return quantile.astype(np.float32)

    def levels(self, codes: Floats) -> list[SupportLevel]:
        """The support level of each of ``(M, D)`` codes."""
        return [support_level(float(quantile)) for quantile in self.quantile(codes)]


def support_level(quantile: float) -> SupportLevel:
    """The level of a support quantile in [0, 1]."""
    if quantile <= NEAR_DATA:
        return "near data"
    return "sparse" if quantile <= SPARSE else "far from data"


def fit_support(
    codes: Floats,
    *,
    active_dims: NDArray[np.bool_] | None = None,
    trained_on_prior_samples: bool = False,
    low_density_center: bool = False,
    seed: int = 0,
) -> Support:
    """The support of some codes; reference distances are those of at most 2,000 random codes.

    Parameters
    ----------
    codes
        ``(N, D)``.
    active_dims
        ``(D,)`` bool, the dimensions to use; inactive ones have no effect on an image.
    trained_on_prior_samples
        Whether the model was trained to decode samples from N(0, I), as a GAN is.
    low_density_center
        Whether to detect a low-density center.
    seed
        Of the random choice of codes.

    Raises
    ------
    InvalidInputError
        Fewer than two codes.
    """
    checked = as_codes(codes)
    if len(checked) < 2:
        raise InvalidInputError(f"Support needs at least two codes, not {len(checked)}; give more.")
    sample = np.random.default_rng(seed).permutation(len(checked))[:_MAX_SAMPLED]
    k = min(N_NEIGHBORS, len(checked) - 1)
    active = checked if active_dims is None else checked[:, active_dims]
    distance = _mean_distance(active, active[sample], k, skip=1)
    reference = np.quantile(distance, _QUANTILES).astype(np.float32)
    shell = None
    if low_density_center:
        reference, shell = _fit_shell(active, active[sample], distance, reference)
    return Support(
        codes=checked,
        reference_distances=np.maximum.accumulate(reference),
        active_dims=active_dims,
        prior_norm_quantiles=prior_norms(checked.shape[1]) if trained_on_prior_samples else None,
        shell=shell,
    )


def _fit_shell(
    codes: Floats, sample: Floats, distance: Floats, reference: Floats
) -> tuple[Floats, NormShell | None]:
    """The reference distances with the shell's lower bound applied, and the shell.

    Unchanged and None where the data has no low-density center.
    """
    mean = codes.mean(axis=0)
    norm = np.linalg.norm(sample - mean, axis=1)
    norm_quantiles = np.quantile(norm, _QUANTILES).astype(np.float32)
    inner_norm = np.interp(1 - NEAR_DATA, _QUANTILES, norm_quantiles)
    if inner_norm < LOW_DENSITY_RADIUS * np.median(norm):
        return reference, None
    fraction_farther = 1 - np.interp(norm, norm_quantiles, _QUANTILES)
    bounded = np.maximum(distance, np.interp(fraction_farther, _QUANTILES, reference))
    new_reference = np.quantile(bounded, _QUANTILES).astype(np.float32)
    quantiles = np.interp(reference[::-1], new_reference, _QUANTILES).astype(np.float32)
    return new_reference, NormShell(mean=mean, norm_quantiles=norm_quantiles, quantiles=quantiles)


def prior_norms(latent_dim: int) -> Floats:
    """``(201,)`` quantiles of ‖z‖ for z ~ N(0, I) in `latent_dim` dimensions.

    The norm has a chi distribution, which is unbounded; the last quantile is that at 0.9999.
    """
    from scipy.stats import chi

    norms: Floats = chi(latent_dim).ppf(np.minimum(_QUANTILES, 0.9999)).astype(np.float32)
    return norms


def _mean_distance(codes: Floats, queries: Floats, k: int, skip: int = 0) -> Floats:
    """The mean distance to the `k` nearest codes after the first `skip` (the query itself)."""
    from sklearn.neighbors import NearestNeighbors

    search = NearestNeighbors(n_neighbors=k + skip, algorithm="brute").fit(codes)
    mean: Floats = search.kneighbors(queries)[0][:, skip:].mean(axis=1).astype(np.float32)
    return mean


def support_of_encodings(encodings: Encodings) -> Support:
    """The support of a data set's codes in the active dimensions; computed once per encodings."""

    def fit() -> Support:
        is_gan = load_card(encodings.model_id).family == "gan"
        return fit_support(
            encodings.mean,
            active_dims=~latent_dimensions(encodings).inactive,
            trained_on_prior_samples=is_gan,
            low_density_center=not is_gan,
        )

    return memoize("support", encodings.fingerprint, fit)
