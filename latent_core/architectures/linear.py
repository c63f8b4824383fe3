"""PCA as a network."""

from __future__ import annotations

import math

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from latent_core.arrays import Floats

ARPACK_MIN_PIXELS = 4096
"""Values per image from which only the requested principal components are computed."""


class LinearAutoencoder(nn.Module):
    """PCA as a network: projection on principal components, and its inverse.

    Parameters
    ----------
    image_shape
        ``(C, H, W)``.
    latent_dim
        D, the number of components.
    """

    def __init__(self, image_shape: tuple[int, int, int], latent_dim: int) -> None:
        super().__init__()
        pixels = math.prod(image_shape)
        self.image_shape = image_shape
        self.mean = nn.Parameter(torch.zeros(pixels), requires_grad=False)
        self.components = nn.Parameter(torch.zeros(latent_dim, pixels), requires_grad=False)

    def init_output_bias(self, brightness: float) -> None:
        """Do nothing: mean and components are computed, not trained."""

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        """Projections ``(N, D)`` of images ``(N, C, H, W)`` on the components."""
        return functional.linear(images.flatten(1) - self.mean, self.components), None

    def decode(self, codes: Tensor) -> Tensor:
        """Images ``(N, C, H, W)`` of codes ``(N, D)``, clipped to [0, 1]."""
        flat = codes @ self.components + self.mean
        return flat.clamp(0.0, 1.0).view(-1, *self.image_shape)


def principal_components(flat: Floats, n_components: int) -> tuple[Floats, Floats]:
    """The mean ``(P,)`` and the first principal components ``(n_components, P)`` of images.

    Where there are fewer, as of few or of equal images, the other components are zeros.

    Parameters
    ----------
    flat
        ``(N, P)`` images as rows, at least one.
    """
    from sklearn.decomposition import PCA

    count, n_pixels = flat.shape
    n_found = min(n_components, count - 1, n_pixels)
    mean, components = flat.mean(axis=0), np.zeros((n_components, n_pixels), np.float32)
    if n_found < 1 or not np.ptp(flat, axis=0).any():
        return mean, components
    solver = "covariance_eigh" if n_pixels < ARPACK_MIN_PIXELS else "arpack"
    if solver == "arpack" and n_found >= min(count - 1, n_pixels):
        solver = "full"
    pca = PCA(n_found, svd_solver=solver, random_state=0).fit(flat)
    components[:n_found] = pca.components_
    return np.asarray(pca.mean_, np.float32), components
