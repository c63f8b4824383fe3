"""Features that nothing was trained for: wavelet scattering, a coarse image, and color statistics.

They are deterministic and the same for every data set, so no model's training can favor them.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import fft

from latent_core.types import Array, Floats

N_SCALES = 3
N_ORIENTATIONS = 4
COARSE_GRID = 4
"""Cells per side of the coarse image."""
WAVELET_GRID = 2
"""Cells per side over which first-order coefficients are averaged; second order: over all."""
BATCH_SIZE = 64


def scattering_features(images: Floats) -> Floats:
    """Features ``(N, D)`` of images ``(N, C, H, W)`` in [0, 1].

    The mean of each channel in each cell of a 4×4 grid; each channel's standard deviation and the
    correlations of channels; and of the gray image the scattering coefficients of first order, in
    each cell of a 2×2 grid, and of second order: moduli of Morlet wavelet transforms at 3 scales
    and 4 orientations.  Borders are periodic.

    References
    ----------
    Bruna & Mallat 2013, arXiv:1203.1513.
    """
    batches = [images[i : i + BATCH_SIZE] for i in range(0, len(images), BATCH_SIZE)]
    return np.concatenate([_features(batch.astype(np.float32)) for batch in batches])


def _features(images: Floats) -> Floats:
    colors = _color_statistics(images)
    coefficients = _scattering(images.mean(axis=1))
    parts = [_cell_means(images, COARSE_GRID), colors, *coefficients]
    return np.concatenate([part.reshape(len(images), -1) for part in parts], axis=1)


def _color_statistics(images: Floats) -> Floats:
    """Standard deviation ``(N, C)`` of channels, and their correlations."""
    flat = images.reshape(*images.shape[:2], -1)
    flat = flat - flat.mean(axis=2, keepdims=True)
    covariance = flat @ flat.transpose(0, 2, 1) / flat.shape[2]
    std = np.sqrt(np.diagonal(covariance, axis1=1, axis2=2) + 1e-8)
    correlation = covariance / (std[:, :, None] * std[:, None, :])
    rows, columns = np.triu_indices(images.shape[1], k=1)
    statistics: Floats = np.concatenate([std, correlation[:, rows, columns]], axis=1)
    return statistics


def _scattering(gray: Floats) -> list[Floats]:
    """First-order ``(N, grid, grid)`` and second-order ``(N,)`` coefficients of ``(N, H, W)``."""
    wavelets = _wavelets(*gray.shape[1:])
    spectrum = fft.fft2(gray)
    coefficients = []
    for scale, orientations in enumerate(wavelets):
        for wavelet in orientations:
            modulus = np.abs(fft.ifft2(spectrum * wavelet))
            coefficients.append(_cell_means(modulus, WAVELET_GRID))
            if scale + 1 == N_SCALES:
                continue
            inner = fft.fft2(modulus)
            coarser = (wavelet for group in wavelets[scale + 1 :] for wavelet in group)
            coefficients += [np.abs(fft.ifft2(inner * w)).mean(axis=(1, 2)) for w in coarser]
    return coefficients


@cache
def _wavelets(height: int, width: int) -> list[list[Floats]]:
    """Fourier transforms ``(H, W)`` of Morlet wavelets, by scale and orientation."""
    y, x = np.meshgrid(fft.fftfreq(height), fft.fftfreq(width), indexing="ij")
    frequencies = 2 * np.pi * np.stack([x, y])
    angles = np.pi * np.arange(N_ORIENTATIONS) / N_ORIENTATIONS
    return [[_morlet(frequencies, scale, angle) for angle in angles] for scale in range(N_SCALES)]


def _morlet(frequencies: NDArray[np.float64], scale: int, angle: float) -> Floats:
    """A Gaussian around the center frequency 3π/4 · 2^−scale, minus one at 0: its mean is 0."""
    sigma = 0.8 * 2**scale
    along = frequencies[0] * np.cos(angle) + frequencies[1] * np.sin(angle)
    across = frequencies[1] * np.cos(angle) - frequencies[0] * np.sin(angle)
    center = 0.75 * np.pi / 2**scale
    around = np.exp(-0.5 * sigma**2 * ((along - center) ** 2 + across**2))
    at_zero = np.exp(-0.5 * sigma**2 * (along**2 + across**2))
    wavelet: Floats = (around - np.exp(-0.5 * (sigma * center) ** 2) * at_zero).astype(np.float32)
    return wavelet


def _cell_means(images: Array, cells: int) -> Floats:
    """Means ``(N, …, cells, cells)`` over a grid of ``(N, …, H, W)``, of one pixel or more each."""
    for axis in (-2, -1):
        size = images.shape[axis]
        edges = np.linspace(0, size, min(cells, size) + 1).astype(int)
        sums = np.add.reduceat(images, edges[:-1], axis=axis)
        lengths = np.diff(edges)
        images = sums / (lengths[:, None] if axis == -2 else lengths)
    means: Floats = images.astype(np.float32)
    return means
