"""A path in the latent space: a polyline of codes over time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.notebook import codes_picture, compact_repr, to_html
from latent_core.types import Array, Floats, as_codes, freeze

KINDS = ("linear", "spherical", "geodesic")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LatentPath:
    """Codes at times, sampled densely enough for linear interpolation between them.

    Parameters
    ----------
    kind
        One of `KINDS`.
    times
        ``(T,)`` float64, strictly ascending, at least two.
    codes
        ``(T, D)`` float32.

    Raises
    ------
    UnknownNameError
        The kind is not one of `KINDS`.
    InvalidInputError
        The times do not ascend, or do not fit the codes.
    """

    kind: str
    times: Array
    codes: Floats

    __repr__ = compact_repr

    def __post_init__(self) -> None:
        check_kind(self.kind, KINDS)
        codes, times = as_codes(self.codes).copy(), as_numbers(self.times, "times").copy()
        if len(times) != len(codes) or len(times) < 2:
            raise InvalidInputError(
                f"A path of {len(codes)} codes has {len(times)} times; "
                "give one time for each of at least two codes."
            )
        if (np.diff(times) <= 0).any():
            raise InvalidInputError(
                "The times of a path must ascend; sort them and remove duplicates."
            )
        for name, array in (("codes", codes), ("times", times)):
            freeze(array)
            object.__setattr__(self, name, array)

    def __len__(self) -> int:
        return len(self.times)

    def _repr_html_(self) -> str:
        times = np.linspace(self.times[0], self.times[-1], 64)
        return to_html(repr(self), codes_picture(self.at(times)))

    def at(self, times: Any) -> Floats:
        """The codes ``(M, D)`` at `times` ``(M,)``; outside the path, the code of the nearer end.

        The formula (1 − w) · before + w · after is also that of ``ui/frontend/latent/paths.js``,
        so that an exported path equals the displayed one.

        Raises
        ------
        InvalidInputError
            The times are not finite numbers on one axis.
        """
        clipped = np.clip(as_numbers(times, "times"), self.times[0], self.times[-1])
        after = np.searchsorted(self.times, clipped, side="right").clip(1, len(self) - 1)
        start, end = self.times[after - 1], self.times[after]
        weight = ((clipped - start) / (end - start))[:, None]
        codes: Floats = (1 - weight) * self.codes[after - 1] + weight * self.codes[after]
        return codes.astype(np.float32)


def check_kind(kind: str, known: tuple[str, ...]) -> None:
    """Raise `UnknownNameError` unless `kind` is one of `known`."""
    if kind not in known:
        raise UnknownNameError("kind of path", str(kind), known)


def as_numbers(values: Any, what: str) -> Array:
    """`values` as a finite float64 array ``(M,)``; `what` names them in the message."""
    array = np.asarray(values)
    if array.ndim != 1 or array.dtype.kind not in "iuf" or not np.isfinite(array).all():
        raise InvalidInputError(
            f"The {what} must be finite numbers on one axis, "
            f"not {array.dtype} of shape {array.shape}; give a list of numbers."
        )
    return array.astype(np.float64)


def as_endpoints(a: Any, b: Any) -> tuple[Floats, Floats]:
    """Two finite float32 codes ``(D,)`` of the same size."""
    first, last = np.asarray(a), np.asarray(b)
    if first.ndim != 1 or first.shape != last.shape:
        raise InvalidInputError(
            f"The endpoints of a path must be two codes (D,) of the same size, "
            f"not {first.shape} and {last.shape}; give codes of one model."
        )
    return as_codes(first[None])[0], as_codes(last[None])[0]
