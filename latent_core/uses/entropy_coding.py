"""Quantized codes and their bits under histograms of other codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.types import Floats, as_codes

MAX_SYMBOLS = 2**16
"""Of one dimension; a smaller step is refused."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CodeQuantizer:
    """Quantization with one step for all dimensions, and a histogram of each.

    One step, since an error counts the same in every dimension; a dimension that varies less than
    the step costs nearly nothing.

    Parameters
    ----------
    step
        Width of a bin.
    low
        ``(D,)`` the first bin of each dimension, whose center is ``low * step``.
    n_bits
        ``(D, S)`` length of each symbol in bits, -log2 of its probability; infinite past the last
        bin of a dimension.

    References
    ----------
    Ballé, Laparra & Simoncelli 2017, arXiv:1611.01704 (uniform quantization of a code, and entropy
    as its rate).
    """

    step: float
    low: NDArray[np.int64]
    n_bits: Floats

    __repr__ = compact_repr

    def quantize(self, codes: Any) -> NDArray[np.int64]:
        """The bins ``(N, D)`` of codes, from 0; those outside the histogram in its last bin."""
        checked = as_codes(codes, len(self.low)).astype(np.float64)
        last = np.isfinite(self.n_bits).sum(axis=1) - 1
        bins = np.rint(checked / self.step) - self.low
        return np.clip(bins, 0, last).astype(np.int64)

    def dequantize(self, bins: NDArray[np.int64]) -> Floats:
        """The codes ``(N, D)`` at the centers of bins."""
        codes: Floats = ((bins + self.low) * self.step).astype(np.float32)
        return codes

    def bits(self, bins: NDArray[np.int64]) -> Floats:
        """The bits ``(N,)`` of each code: what an arithmetic coder needs, but for its last byte."""
        lengths: Floats = np.take_along_axis(self.n_bits, bins.T, axis=1).sum(axis=0)
        return lengths


def fit_quantizer(known_codes: Any, step: float) -> CodeQuantizer:
    """Histograms of codes.

    Parameters
    ----------
    known_codes
        ``(M, D)``, M ≥ 1, of other images than those to compress.  Each bin counts one more than
        it holds, so that none is impossible.
    step
        Positive.

    Raises
    ------
    InvalidInputError
        No codes, or a step that is not positive or too small for their range.
    """
    z = as_codes(known_codes).astype(np.float64)
    if not len(z) or not (np.isfinite(step) and step > 0):
        raise InvalidInputError(
            f"{len(z)} codes with a step of {step} give no histogram; give codes and a positive "
            "step."
        )
    n_needed = float(np.ptp(z, axis=0).max() / step) if z.shape[1] else 0.0
    if n_needed >= MAX_SYMBOLS:
        raise InvalidInputError(
            f"A step of {step:g} needs {n_needed:.3g} bins; give one that needs fewer than "
            f"{MAX_SYMBOLS:,}."
        )
    bins = np.rint(z / step).astype(np.int64)
    low = bins.min(axis=0)
    n_symbols = bins.max(axis=0) - low + 1
    lengths = np.full((z.shape[1], int(n_symbols.max(initial=1))), np.inf, np.float32)
    for dim, count in enumerate(n_symbols):
        counts = np.bincount(bins[:, dim] - low[dim], minlength=count) + 1
        lengths[dim, :count] = -np.log2(counts / counts.sum())
    return CodeQuantizer(step=float(step), low=low, n_bits=lengths)


def code_bits(codes: Any, known_codes: Any, step: float) -> Floats:
    """The length of each code in bits, ``(N,)``, quantized and entropy-coded.

    Parameters
    ----------
    codes
        ``(N, D)``.
    known_codes
        ``(M, D)`` codes of other images, whose histograms the lengths are of.
    step
        Width of a bin, the same in every dimension.

    Raises
    ------
    InvalidInputError
        As `fit_quantizer`, or another number of dimensions.
    """
    quantizer = fit_quantizer(known_codes, step)
    return quantizer.bits(quantizer.quantize(codes))


def quantize_8_bit(codes: Any, known_codes: Any) -> Floats:
    """Codes ``(N, D)`` after 8 bits per number, in the range of `known_codes` ``(M, D)``."""
    known = as_codes(known_codes)
    low, high = known.min(axis=0), known.max(axis=0)
    width = np.where(high > low, high - low, 1)
    levels = np.rint(255 * (as_codes(codes, known.shape[1]) - low) / width).clip(0, 255)
    restored: Floats = (low + levels / 255 * width).astype(np.float32)
    return restored
