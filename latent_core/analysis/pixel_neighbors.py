"""Nearest images by pixels: whether a sample is a copy of one of the data."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Floats

BLOCK_PIXELS = 8_000_000
"""Pixels of the data that are compared at a time."""
N_REFERENCE = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PixelNeighbors:
    """The nearest images of each query.

    Parameters
    ----------
    index
        ``(M, K)`` into the data, nearest first.
    distance
        ``(M, K)`` root mean squared difference per pixel, in [0, 1].
    """

    index: NDArray[np.int64]
    distance: Floats

    __repr__ = compact_repr


def nearest_by_pixels(
    images: NDArray[np.uint8],
    queries: Floats,
    k: int,
    *,
    progress: ProgressCallback = null_progress,
) -> PixelNeighbors:
    """The `k` images with the smallest root mean squared difference from each query.

    Parameters
    ----------
    images
        ``(N, C, H, W)`` uint8.
    queries
        ``(M, C, H, W)`` float32 in [0, 1].
    k
        1 to N.
    progress
        Called with the fraction done; may raise `CancelledError`.

    Raises
    ------
    InvalidInputError
        The shapes differ, or `k` is out of range.
    """
    if images.shape[1:] != queries.shape[1:] or not 1 <= k <= len(images):
        raise InvalidInputError(
            f"{k} nearest of {images.shape} images to {queries.shape} cannot be found; give images "
            f"of one shape and 1 to {len(images)} neighbors."
        )
    flat = queries.reshape(len(queries), -1)
    n_pixels = flat.shape[1]
    own = np.square(flat).sum(axis=1)
    squared = np.empty((len(flat), len(images)), np.float32)
    step = max(1, BLOCK_PIXELS // n_pixels)
    for start in range(0, len(images), step):
        progress(start / len(images), "comparing pixels")
        block = images[start : start + step].reshape(-1, n_pixels).astype(np.float32)
        block /= np.float32(255)
        products = flat @ block.T
        squared[:, start : start + step] = own[:, None] + np.square(block).sum(axis=1)
        squared[:, start : start + step] -= 2 * products
    index = np.argsort(squared, axis=1, kind="stable")[:, :k]
    nearest = np.take_along_axis(squared, index, axis=1).clip(0) / n_pixels
    return PixelNeighbors(index=index, distance=np.sqrt(nearest))


def typical_pixel_distance(
    images: NDArray[np.uint8], *, seed: int = 0, progress: ProgressCallback = null_progress
) -> float:
    """The median distance of an image of the data to its nearest other, of at most 200 images.

    A baseline for `nearest_by_pixels`: a sample that is much nearer to an image than images are
    to each other is likely a copy.

    Raises
    ------
    InvalidInputError
        Fewer than two images.
    """
    if len(images) < 2:
        raise InvalidInputError(f"{len(images)} image has no other to compare with; give more.")
    chosen = np.random.default_rng(seed).permutation(len(images))[:N_REFERENCE]
    queries = images[chosen].astype(np.float32) / np.float32(255)
    found = nearest_by_pixels(images, queries, 2, progress=progress)
    is_itself = found.index[:, 0] == chosen
    return float(np.median(np.where(is_itself, found.distance[:, 1], found.distance[:, 0])))
