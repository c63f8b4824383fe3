"""Latent dimensions: their KL divergence or variance, slider ranges, and latent traversals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.metrics import ACTIVE_VARIANCE, active_units, kl_per_dimension
from latent_core.notebook import compact_repr
from latent_core.types import Array, Encodings, Floats, as_codes, freeze

INACTIVE_VARIANCE_FRACTION = 0.01
"""Without a prior, a dimension is inactive below this fraction of the largest variance."""
TAIL_FRACTION = 0.005
"""The fraction of the data beyond either end of a slider's range, before the margin."""
MARGIN_FRACTION = 0.125
"""The margin at either end of a slider, as a fraction of that range."""
PRIOR_QUANTILE = 2.5758
"""The 99.5 % quantile of N(0, 1)."""
MIN_RANGE_FRACTION = 0.1
"""Without a prior, no slider range is shorter than this fraction of the longest."""
LIMIT_FACTOR = 10
"""The limit of |z|, as a multiple of the largest |end| of a slider range."""
MAX_STEPS = 64
MAX_VALUES = 2**24
"""Of more values ``N × D``, the quantiles are those of equidistant samples."""

Unit = Literal["nats", "share"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LatentDimensions:
    """Statistics of the latent dimensions of a model on a data set.

    Parameters
    ----------
    kl_or_variance
        ``(D,)``: the mean KL divergence from the prior in nats where the encoder gives a
        variance, otherwise the fraction of the total variance, in [0, 1].
    unit
        ``"nats"`` or ``"share"``, which of the two.
    inactive
        ``(D,)`` bool, whether the dimension hardly varies over the data.
    order
        ``(D,)``: the dimensions by descending `kl_or_variance`, inactive ones last.
    mean
        ``(D,)``, of the data's codes.
    low, high
        ``(D,)``: the range of a slider, which includes nearly all of the data and a margin.

    Raises
    ------
    InvalidInputError
        The arrays differ in shape, or a range is empty.
    """

    kl_or_variance: Floats
    unit: Unit
    inactive: NDArray[np.bool_]
    order: NDArray[np.int64]
    mean: Floats
    low: Floats
    high: Floats

    __repr__ = compact_repr

    def __post_init__(self) -> None:
        arrays = (self.kl_or_variance, self.inactive, self.order, self.mean, self.low, self.high)
        if len({array.shape for array in arrays}) != 1 or self.order.ndim != 1:
            raise InvalidInputError(
                f"All arrays must be of shape (D,), not {[a.shape for a in arrays]}."
            )
        if not (self.low < self.high).all():
            raise InvalidInputError("Every slider range must have low < high; correct the ranges.")
        for array in arrays:
            freeze(array)

    def __len__(self) -> int:
        return len(self.order)

    @property
    def active(self) -> list[int]:
        """The active dimensions, by descending `kl_or_variance`."""
        return [int(d) for d in self.order if not self.inactive[d]]

    @property
    def limit(self) -> float:
        """The largest |z| that `check` accepts."""
        farthest = np.maximum(np.abs(self.low), np.abs(self.high)).max()
        return float(np.ceil(LIMIT_FACTOR * farthest))

    def check(self, code: Any) -> Floats:
        """`code` as ``(D,)`` float32.

        Raises
        ------
        InvalidInputError
            Not D finite numbers, or one beyond ±`limit`.
        """
        clipped = np.clip(np.asarray(code, np.float64), -1e30, 1e30)  # within float32's range
        checked: Floats = as_codes(clipped[None], len(self))[0]
        largest = int(np.abs(checked).argmax())
        if abs(checked[largest]) > self.limit:
            raise InvalidInputError(
                f"z{largest + 1} = {checked[largest]:.4g} is out of range; "
                f"give a number from {-self.limit:g} to {self.limit:g}."
            )
        return checked


def latent_dimensions(encodings: Encodings) -> LatentDimensions:
    """The statistics of the latent dimensions of some encodings.

    Those of a VAE are ordered by KL divergence, and inactive below the threshold of Burda et al.
    for the variance of the posterior mean; those of other models are ordered by variance.

    References
    ----------
    Kingma & Welling 2014, arXiv:1312.6114, appendix B; Burda, Grosse & Salakhutdinov 2016,
    arXiv:1509.00519, section 5.2.
    """
    mean, log_var = encodings.mean, encodings.log_var
    variance = mean.var(axis=0, dtype=np.float64)
    if log_var is not None:
        unit: Unit = "nats"
        kl_or_variance, inactive = kl_per_dimension(mean, log_var), ~active_units(mean)
    else:
        unit = "share"
        kl_or_variance = variance / max(variance.sum(), np.finfo(float).tiny)
        inactive = variance < INACTIVE_VARIANCE_FRACTION * variance.max()
    low, high = _slider_ranges(mean, has_prior=log_var is not None)
    return LatentDimensions(
        kl_or_variance=kl_or_variance.astype(np.float32),
        unit=unit,
        inactive=inactive,
        order=np.lexsort((-kl_or_variance, inactive)).astype(np.int64),
        mean=mean.mean(axis=0),
        low=low,
        high=high,
    )


def _slider_ranges(codes: Floats, *, has_prior: bool) -> tuple[Floats, Floats]:
    """The ends ``(D,)`` of each dimension's slider.

    The codes of an inactive dimension are nearly constant: its range is that of the prior, so
    that moving the slider shows that the image does not change.
    """
    sample = codes[:: -(-codes.size // MAX_VALUES)].astype(np.float64)
    low, high = np.quantile(sample, [TAIL_FRACTION, 1 - TAIL_FRACTION], axis=0)
    if has_prior:
        low, high = np.minimum(low, -PRIOR_QUANTILE), np.maximum(high, PRIOR_QUANTILE)
    length = high - low
    min_length = max(MIN_RANGE_FRACTION * length.max(), 1e-3)
    margin = np.maximum(MARGIN_FRACTION * length, (min_length - length) / 2)
    return (low - margin).astype(np.float32), (high + margin).astype(np.float32)


def inactive_reason(dims: LatentDimensions) -> str:
    """The criterion by which dimensions are inactive, in one sentence for users."""
    if dims.unit == "nats":
        max_kl = float(dims.kl_or_variance[dims.inactive].max(initial=0))
        return (
            f"The variance of their mean over the images is at most {ACTIVE_VARIANCE} "
            f"(KL at most {max_kl:.3f} nats): the model does not use them."
        )
    return (
        f"Their variance is below {INACTIVE_VARIANCE_FRACTION:.0%} of the largest: "
        "the model hardly uses them."
    )


def histograms(
    codes: Floats, dims: LatentDimensions, bins: int, rows: Sequence[int] | None = None
) -> NDArray[np.int64]:
    """The histogram ``(R, bins)`` of codes ``(N, D)`` over the slider range of each dimension.

    Codes outside the range are not counted.

    Parameters
    ----------
    codes, dims, bins
        The codes, their statistics, the number of bins.
    rows
        The R dimensions; all by default.
    """
    checked = as_codes(codes, len(dims))
    counts = [
        np.histogram(checked[:, d], bins, (float(dims.low[d]), float(dims.high[d])))[0]
        for d in (range(len(dims)) if rows is None else rows)
    ]
    return np.stack(counts).astype(np.int64)


def traversal_codes(code: Any, dimension: int, values: Sequence[float] | Array) -> Floats:
    """A latent traversal ``(T, D)``: `code` with one dimension set to each of `values`.

    Parameters
    ----------
    code
        ``(D,)``.
    dimension
        From 0 to D − 1.
    values
        ``(T,)``.

    Raises
    ------
    InvalidInputError
        There is no such dimension, or code or values are not finite numbers.
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
    """`steps` equidistant values over the slider range of a dimension, ``(T,)``.

    Raises
    ------
    InvalidInputError
        Fewer than 2 steps, or more than 64.
    """
    if not 2 <= steps <= MAX_STEPS:
        raise InvalidInputError(
            f"A traversal has 2 to {MAX_STEPS} steps, not {steps}; choose a number in that range."
        )
    values = np.linspace(float(dims.low[dimension]), float(dims.high[dimension]), steps)
    return values.astype(np.float32)


def grid_codes(dims: LatentDimensions, code: Any, rows: Sequence[int], steps: int) -> Floats:
    """The codes ``(R, T, D)`` of a traversal sheet: one traversal per dimension of `rows`.

    Raises
    ------
    InvalidInputError
        As for `traversal_codes` and `traversal_values`.
    """
    base = dims.check(code)
    traversals = [traversal_codes(base, d, traversal_values(dims, d, steps)) for d in rows]
    if not traversals:
        return np.zeros((0, steps, len(dims)), np.float32)
    return np.stack(traversals)
