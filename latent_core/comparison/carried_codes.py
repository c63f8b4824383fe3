"""How well images are decoded from codes that were carried over from another model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.comparison.linear_map import LinearMap
from latent_core.metrics import per_image_mse
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Floats

MAX_IMAGES = 1000
"""Held-out images that are decoded at most."""
_BATCH = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class CarriedErrors:
    """Mean squared errors per pixel of the same held-out images, decoded by model B.

    Parameters
    ----------
    carried
        From codes of A, carried to B by a linear map.
    own
        From B's own codes: its reconstructions.
    mean_code
        From B's mean code, the same for all images: the baseline.
    n_images
        Number of images.
    """

    carried: float
    own: float
    mean_code: float
    n_images: int

    __repr__ = compact_repr


def carried_errors(  # internal
    linear_map: LinearMap,
    codes_a: Floats,
    codes_b: Floats,
    images: Callable[[NDArray[np.int64]], Floats],
    decode: Callable[[Floats], Floats],
    *,
    progress: ProgressCallback = null_progress,
) -> CarriedErrors:
    """Decode carried codes of held-out images, and compare with B's own reconstructions.

    Of more than `MAX_IMAGES` held-out images, evenly spaced ones are decoded.

    Parameters
    ----------
    linear_map
        From A to B.
    codes_a, codes_b
        ``(N, D_a)`` and ``(N, D_b)``, those that the map was fitted to.
    images
        Gives the images ``(M, C, H, W)`` in [0, 1] of some samples.
    decode
        B's decoder, from codes ``(M, D_b)`` to images.
    progress
        Called after each batch; raises `CancelledError` to stop.
    """
    n_images = min(len(linear_map.held_out), MAX_IMAGES)
    held_out = linear_map.held_out[
        np.linspace(0, len(linear_map.held_out) - 1, n_images).astype(int)
    ]
    mean_image = decode(codes_b.mean(axis=0, keepdims=True))
    sums = np.zeros(3)
    for start in range(0, len(held_out), _BATCH):
        batch = held_out[start : start + _BATCH]
        originals, carried = images(batch), linear_map.apply(codes_a[batch])
        for i, decoded in enumerate(
            (decode(carried), decode(codes_b[batch]), np.repeat(mean_image, len(batch), axis=0))
        ):
            sums[i] += per_image_mse(originals, decoded).sum()
        progress((start + len(batch)) / len(held_out), "Computing reconstruction errors")
    carried_mse, own, mean_code = (float(value) for value in sums / len(held_out))
    return CarriedErrors(carried=carried_mse, own=own, mean_code=mean_code, n_images=len(held_out))
