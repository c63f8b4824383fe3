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
from latent_core.notebook import compact_repr
from latent_core.types import Encodings, Floats, as_codes, freeze

N_NEIGHBORS = 5
NEAR_DATA, SPARSE = 0.8, 0.99
"""Quantiles of the distances of the data's own codes to the rest of the data: a code is near data
up to the first, and far from data beyond the second.  Chosen by the realism of decoded images
(``benchmarks.support``)."""

SupportLevel = Literal["near data", "sparse", "far from data"]
SUPPORT_LEVELS: tuple[SupportLevel, ...] = ("near data", "sparse", "far from data")
"""From the best to the worst."""
MAX_DIMS = 128
"""Distances are measured in at most so many active dimensions, those of most KL or variance."""
_MAX_SAMPLED = 1000
_N_QUANTILES = 201
_QUANTILES = np.linspace(0, 1, _N_QUANTILES)
MIN_LOCAL_DISTANCE = 1e-30
"""Where codes are equal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """Distances to the nearest codes of the data, relative to those of the data's own codes.

    The distance is ``d / √r``: d is the mean distance of a code to its 5 nearest codes of the
    data, r the mean of the same distance of these five, each to its own 5 nearest.  It is the
    geometric mean of d and of d / r, a local outlier factor: alone, d is too small where the data
    is dense but does not contain the code, as halfway between two clusters, and d / r does not
    tell a dense region from a sparse one.  It orders codes by the realism of their decoded images
    better than either (``benchmarks.support``).

    Parameters
    ----------
    codes
        ``(N, D)``, of the data; or ``(N, 2)`` or ``(N, 3)``, the points of a projection.
    reference_distances
        ``(201,)`` ascending: quantiles 0, 0.005, … 1 of the distances of the data's own codes,
        each to the others.
    active_dims
        ``(D,)`` bool, the dimensions in which distances are measured; None for all.
    prior_norm_quantiles
        ``(201,)`` quantiles of ‖z‖ for z ~ N(0, I); only for models trained on prior samples.  A
        code whose norm is the q-quantile is treated as no farther from the data than the
        q-quantile of the data's own distances.

    References
    ----------
    Breunig, Kriegel, Ng & Sander 2000, doi:10.1145/342009.335388 (local outlier factor);
    Zelnik-Manor & Perona 2004, "Self-tuning spectral clustering" (local scaling of distances).
    """

    codes: Floats
    reference_distances: Floats
    active_dims: NDArray[np.bool_] | None = None
    prior_norm_quantiles: Floats | None = None

    __repr__ = compact_repr

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
        """The locally scaled distance of codes ``(M, D)`` from the data, ``(M,)``.

        Bounded from above by `prior_norm_quantiles`.
        """
        checked = as_codes(codes, self.codes.shape[1])
        dims = slice(None) if self.active_dims is None else self.active_dims
        distance = _scaled_distance(self.codes[:, dims], checked[:, dims])
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

    def score(self, codes: Floats) -> Floats:
        """The fraction of the data that is as far from the rest or farther, ``(M,)``; high is near.

        Like the p-value of a test that codes ``(M, D)`` come from the data's distribution.
        """
        score: Floats = 1 - self.quantile(codes)
        return score

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
    seed: int = 0,
) -> Support:
    """The support of some codes; reference distances are those of at most 1,000 random codes.

    Parameters
    ----------
    codes
        ``(N, D)``.
    active_dims
        ``(D,)`` bool, the dimensions to use; inactive ones have no effect on an image.
    trained_on_prior_samples
        Whether the model was trained to decode samples from N(0, I), as a GAN is.
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
    active = checked if active_dims is None else checked[:, active_dims]
    distance = _scaled_distance(active, active[sample], skip=1)
    reference = np.quantile(distance, _QUANTILES).astype(np.float32)
    return Support(
        codes=checked,
        reference_distances=np.maximum.accumulate(reference),
        active_dims=active_dims,
        prior_norm_quantiles=prior_norms(checked.shape[1]) if trained_on_prior_samples else None,
    )


def prior_norms(latent_dim: int) -> Floats:
    """``(201,)`` quantiles of ‖z‖ for z ~ N(0, I) in `latent_dim` dimensions.

    The norm has a chi distribution, which is unbounded; the last quantile is that at 0.9999.
    """
    from scipy.stats import chi

    norms: Floats = chi(latent_dim).ppf(np.minimum(_QUANTILES, 0.9999)).astype(np.float32)
    return norms


def _scaled_distance(codes: Floats, queries: Floats, skip: int = 0) -> Floats:
    """``d / √r`` of queries ``(M, D)``, with the nearest codes after the first `skip`."""
    distance, index = _nearest(codes, queries, skip)
    neighbors, position = np.unique(index, return_inverse=True)
    local = _nearest(codes, codes[neighbors], skip=1)[0].mean(axis=1)
    r = local[position.reshape(index.shape)].mean(axis=1)
    scaled: Floats = distance.mean(axis=1) / np.sqrt(np.maximum(r, MIN_LOCAL_DISTANCE))
    return scaled.astype(np.float32)


def _nearest(codes: Floats, queries: Floats, skip: int) -> tuple[Floats, NDArray[np.int64]]:
    """Distances and indices of the 5 nearest codes, after the first `skip` (the query itself)."""
    from sklearn.neighbors import NearestNeighbors

    k = min(N_NEIGHBORS + skip, len(codes))
    distance, index = NearestNeighbors(algorithm="brute").fit(codes).kneighbors(queries, k)
    return distance[:, skip:], index[:, skip:]


def support_of_encodings(encodings: Encodings) -> Support:
    """The support of a data set's codes in the active dimensions; computed once per encodings.

    Of more than `MAX_DIMS` active dimensions, those with most KL divergence or variance are used.
    """

    def fit() -> Support:
        is_gan = load_card(encodings.model_id).family == "gan"
        dims = latent_dimensions(encodings)
        return fit_support(
            encodings.mean,
            active_dims=np.isin(np.arange(len(dims)), dims.active[:MAX_DIMS]),
            trained_on_prior_samples=is_gan,
        )

    return memoize("support", encodings.fingerprint, fit)
