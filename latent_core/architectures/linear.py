"""PCA as a network."""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional


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
