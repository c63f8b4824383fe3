"""Whether data lies near a code, or near a place on a map, compared with what is usual there."""

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
"""A code counts as near data when it is nearer to the data than all but 5 % of the data's own codes
are to the rest, and as far from data when only 1 in 200 of those is farther out."""

LOW_DENSITY_RADIUS = 0.5
"""Data has a hollow inside where 19 of 20 codes are farther from the middle than this share of the
median: from about five dimensions on for N(0, I), not where the middle is full of codes."""

SupportLevel = Literal["near data", "sparse", "far from data"]
_SAMPLED = 2000
_LEVELS = 201
_RANKS = np.linspace(0, 1, _LEVELS)


@dataclass(frozen=True, slots=True, kw_only=True)
class NormShell:
    """How far from their middle codes lie, where hardly any lies near it.

    In many dimensions codes lie about a shell; in the hollow inside, the nearest codes are nearer
    than codes of the data are to each other, yet none is like it, and what is decoded there is
    farther from real pictures than where codes lie (``benchmarks.between``).

    Parameters
    ----------
    middle
        ``(U,)``, the mean of the codes in the dimensions that count.
    lengths
        ``(201,)`` ascending: quantiles 0, 0.005, … 1 of the codes' distances from it.
    shares
        ``(201,)`` descending: for a code as far from the middle as each of these, the share of
        the data that lies nearer to the rest than the code is to count.
    """

    mean: Floats
    norm_quantiles: Floats
    quantiles: Floats

    def quantile(self, codes: Floats) -> Floats:
        """The least share that codes ``(M, U)`` have, ``(M,)``."""
        length = np.linalg.norm(codes - self.mean, axis=1)
        found: Floats = np.interp(
            np.interp(length, self.norm_quantiles, _RANKS), _RANKS, self.quantiles
        )
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """How near the nearest codes are, compared with what is usual in the data.

    Parameters
    ----------
    codes
        ``(N, D)``, the data's; or the points of a map.
    usual
        ``(201,)`` ascending: quantiles 0, 0.005, … 1 of the distance of the data's own codes,
        each measured without itself.
    used
        ``(D,)`` the dimensions that count; None counts all.
    taught
        ``(201,)`` quantiles likewise of the norm of the random codes that the model was taught to
        paint, if any.  A code among these is known to it even where no data lies, so it counts as
        near as data that is as far out in its own way.
    shell
        Where there is a hollow inside the data, how far from the middle it lies; a code nearer to
        the middle counts as farther from the data than the nearest codes are.
    """

    codes: Floats
    reference_distances: Floats
    active_dims: NDArray[np.bool_] | None = None
    prior_norm_quantiles: Floats | None = None
    shell: NormShell | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "codes", as_codes(self.codes))
        usual = np.asarray(self.reference_distances, np.float32)
        if usual.shape != (_LEVELS,) or (np.diff(usual) < 0).any():
            raise InvalidInputError(f"Usual distances are {_LEVELS} ascending quantiles.")
        object.__setattr__(self, "reference_distances", usual)
        freeze(usual)
        if self.prior_norm_quantiles is not None:
            freeze(self.prior_norm_quantiles)

    def distance(self, codes: Floats) -> Floats:
        """The mean Euclidean distance of ``(M, D)`` codes to their 5 nearest of the data, (M,).

        A code that is `taught` is no farther than the data of its own rank; one inside the
        `shell` is as far as data that is as far out in its own way, at least.
        """
        checked = as_codes(codes, self.codes.shape[1])
        used = slice(None) if self.active_dims is None else self.active_dims
        k = min(N_NEIGHBORS, len(self.codes))
        distance = _mean_distance(self.codes[:, used], checked[:, used], k)
        if self.shell is not None:
            least = np.interp(
                self.shell.quantile(checked[:, used]), _RANKS, self.reference_distances
            )
            distance = np.maximum(distance, least.astype(np.float32))
        if self.prior_norm_quantiles is None:
            return distance
        rank = np.interp(np.linalg.norm(checked, axis=1), self.prior_norm_quantiles, _RANKS)
        bound = np.interp(rank, _RANKS, self.reference_distances).astype(np.float32)
        return np.where(rank < 1, np.minimum(distance, bound), distance)

    def quantile(self, codes: Floats) -> Floats:
        """The share of the data that lies nearer to the rest than these codes do, ``(M,)``."""
        distance = self.distance(codes)
        share = np.interp(distance, self.reference_distances, _RANKS)
        share[distance <= self.reference_distances[0]] = 0  # where codes coincide, quantiles do too
        return share.astype(np.float32)

    def levels(self, codes: Floats) -> list[SupportLevel]:
        """`trust_of` each of ``(M, D)`` codes."""
        return [support_level(float(share)) for share in self.quantile(codes)]


def support_level(quantile: float) -> SupportLevel:
    """The word for a share of the data that is nearer, in [0, 1]."""
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
    """The support that codes give, from at most 2,000 of them drawn with `seed`.

    Parameters
    ----------
    codes
        ``(N, D)``.
    used
        ``(D,)`` the dimensions that count, as a silent one makes no difference to a picture.
    taught_at_random
        Whether the model was taught to paint codes drawn from N(0, I), as a GAN is.
    hollow
        Whether to look for a hollow inside the data.

    Raises
    ------
    BadInput
        Fewer than two codes.
    """
    checked = as_codes(codes)
    if len(checked) < 2:
        raise InvalidInputError("One code alone has no neighbours; give at least two.")
    drawn = np.random.default_rng(seed).permutation(len(checked))[:_SAMPLED]
    k = min(N_NEIGHBORS, len(checked) - 1)
    seen = checked if active_dims is None else checked[:, active_dims]
    distance = _mean_distance(seen, seen[drawn], k, skip=1)
    usual = np.quantile(distance, _RANKS).astype(np.float32)
    usual, shell = (
        _with_low_density_center(seen, seen[drawn], distance, usual)
        if low_density_center
        else (usual, None)
    )
    taught = prior_norms(checked.shape[1]) if trained_on_prior_samples else None
    usual = np.maximum.accumulate(usual)
    return Support(
        codes=checked,
        reference_distances=usual,
        active_dims=active_dims,
        prior_norm_quantiles=taught,
        shell=shell,
    )


def _with_low_density_center(
    codes: Floats, drawn: Floats, distance: Floats, usual: Floats
) -> tuple[Floats, NormShell | None]:
    """The shell of codes, and what is usual once being inside it counts; none without a hollow."""
    middle = codes.mean(axis=0)
    length = np.linalg.norm(drawn - middle, axis=1)
    lengths = np.quantile(length, _RANKS).astype(np.float32)
    if np.interp(1 - NEAR_DATA, _RANKS, lengths) < LOW_DENSITY_RADIUS * np.median(length):
        return usual, None
    farther = 1 - np.interp(length, lengths, _RANKS)
    counted = np.maximum(distance, np.interp(farther, _RANKS, usual))
    again = np.quantile(counted, _RANKS).astype(np.float32)
    shares = np.interp(usual[::-1], again, _RANKS).astype(np.float32)
    return again, NormShell(mean=middle, norm_quantiles=lengths, quantiles=shares)


def prior_norms(dims: int) -> Floats:
    """``(201,)`` quantiles of the norm of draws from N(0, I) in so many dimensions.

    The norm follows a chi distribution, which has no largest value; 0.9999 stands for it.
    """
    from scipy.stats import chi

    norms: Floats = chi(dims).ppf(np.minimum(_RANKS, 0.9999)).astype(np.float32)
    return norms


def _mean_distance(codes: Floats, queries: Floats, k: int, skip: int = 0) -> Floats:
    """The mean distance to the `k` nearest after the first `skip` (which is the code itself)."""
    from sklearn.neighbors import NearestNeighbors

    search = NearestNeighbors(n_neighbors=k + skip, algorithm="brute").fit(codes)
    mean: Floats = search.kneighbors(queries)[0][:, skip:].mean(axis=1).astype(np.float32)
    return mean


def support_of_encodings(encodings: Encodings) -> Support:
    """The support that a data set's codes give in the dimensions that aren't silent, found once."""

    def find() -> Support:
        used = ~latent_dimensions(encodings).inactive
        at_random = load_card(encodings.model_id).family == "gan"
        return fit_support(
            encodings.mean,
            active_dims=used,
            trained_on_prior_samples=at_random,
            low_density_center=not at_random,
        )

    return memoize("support", encodings.fingerprint, find)
