"""What a decoder gives: pixels out of range, dead pixels, and how much samples differ."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from latent_core.notebook import compact_repr
from latent_core.types import Array, Floats

TOLERANCE = 1e-3
"""How far a pixel may lie outside [0, 1] by rounding."""
VARYING_STD = 0.05
"""A pixel of the real images varies if its standard deviation exceeds this."""
DEAD_FRACTION = 0.1
"""A varying pixel is dead if its decoded standard deviation is below this share of the real."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecoderOutput:
    """Decoded images beside real ones.

    Parameters
    ----------
    low, high
        Smallest and largest pixel before clipping.
    below, above
        Share of pixels under 0 and over 1, before clipping.
    n_decoded
        Decoded images.
    dead
        Share of the pixels that vary in real images but not in reconstructions; None without real
        images, or where none of their pixels varies.
    n_varying
        Pixels that vary in real images.
    sample_variance
        Variance of decoded samples from the prior ÷ variance of real images, both summed over
        pixels; None without real images.
    n_real
        Real images.
    """

    low: float
    high: float
    below: float
    above: float
    n_decoded: int
    dead: float | None = None
    n_varying: int = 0
    sample_variance: float | None = None
    n_real: int = 0

    __repr__ = compact_repr


def decoder_output(
    decode: Callable[[Floats], Floats], codes: Floats, prior_codes: Floats, real: Floats | None
) -> DecoderOutput:
    """Statistics of decoded images.

    Parameters
    ----------
    decode
        From codes ``(N, D)`` to images ``(N, C, H, W)``, not clipped to [0, 1].
    codes
        ``(M, D)``, of the images `real` where there are any.
    prior_codes
        ``(K, D)``, samples from the prior.
    real
        ``(M, C, H, W)`` in [0, 1], or None.
    """
    raw = decode(codes)
    low, high = float(raw.min()), float(raw.max())
    below, above = float((raw < -TOLERANCE).mean()), float((raw > 1 + TOLERANCE).mean())
    output = DecoderOutput(low=low, high=high, below=below, above=above, n_decoded=len(raw))
    if real is None:
        return output
    real_std, decoded_std = real.std(axis=0), raw.clip(0, 1).std(axis=0)
    varying = real_std > VARYING_STD
    dead = decoded_std[varying] < DEAD_FRACTION * real_std[varying]
    samples = decode(prior_codes).clip(0, 1)
    real_variance = _total_variance(real)
    return replace(
        output,
        dead=float(dead.mean()) if varying.any() else None,
        n_varying=int(varying.sum()),
        sample_variance=_total_variance(samples) / real_variance if real_variance else None,
        n_real=len(real),
    )


def _total_variance(images: Array) -> float:
    return float(images.var(axis=0, dtype=np.float64).sum())
