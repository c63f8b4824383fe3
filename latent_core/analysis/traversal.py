"""What each latent dimension does: how much it says, where the data lies on it, walks along it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.metrics import ACTIVE_VARIANCE, active_units, kl_per_dimension
from latent_core.types import Array, Encodings, Floats, as_codes, freeze

INACTIVE_VARIANCE_FRACTION = 0.01
"""Without a prior to compare with, a dimension is silent when its variance is below this share
of the largest."""
TAIL_FRACTION = 0.005
"""The share of the data beyond either end of the part of a dimension that is in use."""
MARGIN_FRACTION = 0.125
"""By how much of its length a track goes on beyond either end of that part."""
PRIOR_QUANTILE = 2.5758
"""The 99.5 % quantile of N(0, 1)."""
MIN_RANGE_FRACTION = 0.1
"""Without a prior, no track is shorter than this share of the longest."""
LIMIT_FACTOR = 10
"""How many times as far out as the farthest track's end a number may be."""
MAX_STEPS = 64

Unit = Literal["nats", "share"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LatentDimensions:
    """The dimensions of a space: what each says about a picture, and where the data lies on it.

    Parameters
    ----------
    information
        ``(D,)``: the mean KL divergence from the prior in nats where the encoder gives a
        variance, else the share of the total variance, in [0, 1].
    unit
        Which of the two.
    silent
        ``(D,)`` whether it hardly varies with the picture.
    order
        ``(D,)``: the dimensions, those that say most first and the silent ones last.
    mean
        ``(D,)`` of the data's codes.
    low, high
        ``(D,)``: the ends of a track that shows nearly all of the data, and a little beyond.
    """

    kl_or_variance: Floats
    unit: Unit
    inactive: NDArray[np.bool_]
    order: NDArray[np.int64]
    mean: Floats
    low: Floats
    high: Floats

    def __post_init__(self) -> None:
        arrays = (self.kl_or_variance, self.inactive, self.order, self.mean, self.low, self.high)
        if len({array.shape for array in arrays}) != 1 or self.order.ndim != 1:
            raise InvalidInputError(
                f"All about dimensions is (D,), not {[a.shape for a in arrays]}."
            )
        if not (self.low < self.high).all():
            raise InvalidInputError("Every track must end above where it begins.")
        for array in arrays:
            freeze(array)

    def __len__(self) -> int:
        return len(self.order)

    @property
    def active(self) -> list[int]:
        """Those that aren't silent, the one that says most first."""
        return [int(d) for d in self.order if not self.inactive[d]]

    @property
    def limit(self) -> float:
        """How far from zero a number may be."""
        farthest = np.maximum(np.abs(self.low), np.abs(self.high)).max()
        return float(np.ceil(LIMIT_FACTOR * farthest))

    def check(self, code: Any) -> Floats:
        """`code` as ``(D,)`` float32.

        Raises
        ------
        BadInput
            Not D finite numbers, or one farther from zero than `limit`.
        """
        held = np.clip(np.asarray(code, np.float64), -1e30, 1e30)  # so that float32 can hold it
        checked: Floats = as_codes(held[None], len(self))[0]
        worst = int(np.abs(checked).argmax())
        if abs(checked[worst]) > self.limit:
            raise InvalidInputError(
                f"z{worst + 1} = {checked[worst]:.4g} is out of all proportion here; "
                f"give a number from {-self.limit:g} to {self.limit:g}."
            )
        return checked


def latent_dimensions(encodings: Encodings) -> LatentDimensions:
    """The dimensions of some encodings, measured on their codes.

    A VAE's are ordered by KL divergence, and silent below Burda et al.'s threshold for the
    variance of the mean; those of other models are ordered by variance.

    References
    ----------
    Kingma & Welling 2014, arXiv:1312.6114, appendix B; Burda, Grosse & Salakhutdinov 2016,
    arXiv:1509.00519, section 5.2.
    """
    mean, log_var = encodings.mean, encodings.log_var
    variance = mean.var(axis=0, dtype=np.float64)
    if log_var is not None:
        unit: Unit = "nats"
        information, silent = kl_per_dimension(mean, log_var), ~active_units(mean)
    else:
        unit = "share"
        information = variance / max(variance.sum(), np.finfo(float).tiny)
        silent = variance < INACTIVE_VARIANCE_FRACTION * variance.max()
    low, high = _slider_ranges(mean, has_prior=log_var is not None)
    return LatentDimensions(
        kl_or_variance=information.astype(np.float32),
        unit=unit,
        inactive=silent,
        order=np.lexsort((-information, silent)).astype(np.int64),
        mean=mean.mean(axis=0),
        low=low,
        high=high,
    )


def _slider_ranges(codes: Floats, *, has_prior: bool) -> tuple[Floats, Floats]:
    """Where each dimension's track begins and ends, ``(D,)`` each.

    A silent dimension's codes lie all in one place: its track is as long as the prior's, so
    that moving along it shows that nothing happens.
    """
    low, high = np.quantile(codes.astype(np.float64), [TAIL_FRACTION, 1 - TAIL_FRACTION], axis=0)
    if has_prior:
        low, high = np.minimum(low, -PRIOR_QUANTILE), np.maximum(high, PRIOR_QUANTILE)
    length = high - low
    least = max(MIN_RANGE_FRACTION * length.max(), 1e-3)
    more = np.maximum(MARGIN_FRACTION * length, (least - length) / 2)
    return (low - more).astype(np.float32), (high + more).astype(np.float32)


def inactive_reason(dims: LatentDimensions) -> str:
    """Why the silent dimensions count as silent, in one sentence."""
    if dims.unit == "nats":
        most = float(dims.kl_or_variance[dims.inactive].max(initial=0))
        return (
            f"Their mean varies by less than {ACTIVE_VARIANCE} from picture to picture "
            f"(KL at most {most:.3f} nats): the model says nothing with them."
        )
    return (
        f"Their variance is below {INACTIVE_VARIANCE_FRACTION:.0%} of the largest: "
        "the model says almost nothing with them."
    )


def histograms(codes: Floats, dims: LatentDimensions, bins: int) -> NDArray[np.int64]:
    """How many of ``(N, D)`` codes lie in each part of each track, ``(D, bins)``.

    As `numpy.histogram` over each track; codes beyond its ends aren't counted.
    """
    checked = as_codes(codes, len(dims))
    counts = [
        np.histogram(checked[:, d], bins, (float(dims.low[d]), float(dims.high[d])))[0]
        for d in range(len(dims))
    ]
    return np.stack(counts).astype(np.int64)


def traversal(code: Any, dimension: int, values: Sequence[float] | Array) -> Floats:
    """`code` ``(D,)`` with one number replaced by each of `values` in turn, ``(T, D)``.

    Raises
    ------
    BadInput
        There is no such dimension, or code or values aren't finite numbers.
    """
    base = as_codes(np.asarray(code)[None])[0]
    column = as_codes(np.asarray(values)[None])[0]
    if not 0 <= dimension < len(base):
        raise InvalidInputError(
            f"There is no dimension {dimension}; this code has 0 to {len(base) - 1}."
        )
    codes: Floats = np.repeat(base[None], len(column), axis=0)
    codes[:, dimension] = column
    return codes


def traversal_values(dims: LatentDimensions, dimension: int, steps: int) -> Floats:
    """`steps` values at even distances from one end of a track to the other, ``(T,)``.

    Raises
    ------
    BadInput
        Fewer than 2 steps, or more than 64.
    """
    if not 2 <= steps <= MAX_STEPS:
        raise InvalidInputError(f"A traversal has 2 to {MAX_STEPS} steps, not {steps}.")
    values = np.linspace(float(dims.low[dimension]), float(dims.high[dimension]), steps)
    return values.astype(np.float32)


def grid_codes(dims: LatentDimensions, code: Any, rows: Sequence[int], steps: int) -> Floats:
    """The codes of a traversal sheet: a row per dimension of `rows`, ``(R, T, D)``.

    Raises
    ------
    BadInput
        As `traversal` and `steps_along`.
    """
    base = dims.check(code)
    walks = [traversal(base, d, traversal_values(dims, d, steps)) for d in rows]
    return np.stack(walks) if walks else np.zeros((0, steps, len(dims)), np.float32)
