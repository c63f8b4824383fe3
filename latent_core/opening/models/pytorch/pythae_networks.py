"""The multilayer perceptrons that pythae uses where no networks are given."""

from __future__ import annotations

import math
from typing import Any

from torch import Tensor, nn

HIDDEN = 512


class PythaeNetworks(nn.Module):
    """One hidden layer of 512 units on either side, with pythae's names of weights.

    Parameters
    ----------
    image_shape
        ``(C, H, W)``.
    latent_dim
        D.
    is_variational
        Whether the encoder also outputs log-variances.

    References
    ----------
    Chadebec, Vincent & Allassonnière 2022, arXiv:2206.08309.
    """

    def __init__(
        self, image_shape: tuple[int, int, int], latent_dim: int, *, is_variational: bool
    ) -> None:
        super().__init__()
        n_pixels = math.prod(image_shape)
        self.image_shape = image_shape
        self.encoder: Any = nn.Module()
        self.decoder: Any = nn.Module()
        hidden = nn.Sequential(nn.Linear(n_pixels, HIDDEN), nn.ReLU())
        self.encoder.layers = nn.ModuleList([hidden])
        self.encoder.embedding = nn.Linear(HIDDEN, latent_dim)
        log_var = nn.Linear(HIDDEN, latent_dim) if is_variational else None
        self.encoder.add_module("log_var", log_var)
        self.decoder.layers = nn.ModuleList(
            [
                nn.Sequential(nn.Linear(latent_dim, HIDDEN), nn.ReLU()),
                nn.Sequential(nn.Linear(HIDDEN, n_pixels), nn.Sigmoid()),
            ]
        )

    def encode(self, images: Tensor) -> tuple[Tensor, Tensor | None]:
        """Mean ``(N, D)`` and, if variational, log-variance of images in [0, 1]."""
        encoder = self.encoder
        features = encoder.layers[0](images.flatten(1))
        log_var = None if encoder.log_var is None else encoder.log_var(features)
        return encoder.embedding(features), log_var

    def decode(self, codes: Tensor) -> Tensor:
        """Images ``(N, C, H, W)`` in [0, 1] of codes ``(N, D)``."""
        hidden, output = self.decoder.layers
        images: Tensor = output(hidden(codes))
        return images.reshape(-1, *self.image_shape)
