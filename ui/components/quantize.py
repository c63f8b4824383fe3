"""Arrays as bytes for the browser: quantized to 16 bits, which halves the size, or exact."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.types import Array

LEVELS = 65535  # the steps of a uint16: a position is off by at most half of range/LEVELS


def quantize(values: NDArray[Any]) -> tuple[bytes, list[float], list[float]]:
    """Values ``(N, dims)`` as little-endian uint16, row by row.

    Returns
    -------
    tuple
        The bytes, and the minimum and maximum of each column: a stored ``q`` stands for
        ``lo + q / 65535 * (hi - lo)``.

    Raises
    ------
    InvalidInputError
        Not two-dimensional, empty, or not finite.
    """
    table = np.asarray(values, np.float64)
    if table.ndim != 2 or table.size == 0:
        raise InvalidInputError(
            f"Values must have shape (N, dims) with N at least 1, not {table.shape}."
        )
    if not np.isfinite(table).all():
        raise InvalidInputError("Some values are not finite; remove NaN and infinite values.")
    lo, hi = table.min(axis=0), table.max(axis=0)
    step = LEVELS / np.where(hi > lo, hi - lo, 1.0)
    packed = np.rint((table - lo) * step).astype("<u2")
    return packed.tobytes(), lo.tolist(), hi.tolist()


def dequantize(data: bytes, lo: Sequence[float], hi: Sequence[float]) -> NDArray[np.float64]:
    """The values ``(N, dims)`` that the browser reads from the bytes of `quantize`."""
    low, high = np.asarray(lo, np.float64), np.asarray(hi, np.float64)
    stored = np.frombuffer(data, "<u2").reshape(-1, low.size).astype(np.float64)
    values: NDArray[np.float64] = low + stored / LEVELS * (high - low)
    return values


def to_base64(array: Array, dtype: str) -> str:
    """The bytes of an array in base64, for values of one visitor, which are no shared blobs."""
    return base64.b64encode(np.ascontiguousarray(array, dtype).tobytes()).decode("ascii")


def quantize_with_gaps(values: NDArray[Any]) -> tuple[bytes, list[float], list[float]]:
    """Values ``(N,)``, of which some are NaN, as little-endian uint16; `LEVELS` stands for NaN.

    A stored ``q`` below `LEVELS` stands for ``lo + q / (LEVELS - 1) * (hi - lo)``, of the lowest
    and highest of the known values.
    """
    known = np.isfinite(values)
    low, high = float(values[known].min()), float(values[known].max())
    scaled = (np.asarray(values, np.float64) - low) * ((LEVELS - 1) / ((high - low) or 1.0))
    packed = np.where(known, np.rint(np.where(known, scaled, 0)), LEVELS).astype("<u2")
    return packed.tobytes(), [low], [high]
