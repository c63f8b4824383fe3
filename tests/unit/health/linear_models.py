"""Linear models whose latent space is known in closed form, and their images.

The β-VAE with a linear decoder and Gaussian pixels of variance σ² has its optimum at
W = U (λ - βσ²)^½, where λ are the eigenvalues of the images' covariance: dimension i has the
posterior variance βσ² / λᵢ, its mean has the variance 1 - βσ² / λᵢ, and it is collapsed where
λᵢ ≤ βσ² (Lucas et al. 2019, arXiv:1911.02469).
"""

from __future__ import annotations

import numpy as np

from latent_core.models.card import ModelCard
from latent_core.types import Floats, Posterior

SHAPE = (1, 8, 8)
N_PIXELS = 64
EIGENVALUES = np.geomspace(0.04, 0.01, 6)
NOISE = 1e-4
AXES = np.linalg.qr(np.random.default_rng(0).normal(size=(N_PIXELS, N_PIXELS)))[0]


def gaussian_images(n: int, seed: int = 1) -> Floats:
    """Images with the covariance that `LinearVAE` is the optimum for."""
    rng = np.random.default_rng(seed)
    scores = rng.normal(size=(n, len(EIGENVALUES))) * np.sqrt(EIGENVALUES - NOISE)
    pixels = scores @ AXES[:, : len(EIGENVALUES)].T + np.sqrt(NOISE) * rng.normal(size=(n, 64))
    return (0.5 + pixels).clip(0, 1).reshape(n, *SHAPE).astype(np.float32)


def card(family: str, latent_dim: int) -> ModelCard:
    return ModelCard(id="linear", image_shape=SHAPE, latent_dim=latent_dim, family=family)


class LinearVAE:
    """The optimum for `beta` times the noise variance of the images."""

    def __init__(self, beta: float) -> None:
        noise = beta * NOISE
        self.card = card("vae", len(EIGENVALUES))
        self.noise_share = np.minimum(noise / EIGENVALUES, 1)
        self._decoder = AXES[:, : len(EIGENVALUES)] * np.sqrt((EIGENVALUES - noise).clip(0))
        self._encoder = self._decoder / np.maximum(EIGENVALUES, noise)

    def encode(self, images: Floats) -> Posterior:
        mean = (images.reshape(len(images), -1) - 0.5) @ self._encoder
        log_var = np.broadcast_to(np.log(self.noise_share), mean.shape)
        return Posterior(mean=mean, log_var=log_var)

    def decode(self, codes: Floats) -> Floats:
        pixels = 0.5 + codes @ self._decoder.T
        return pixels.clip(0, 1).reshape(len(codes), *SHAPE).astype(np.float32)


class LinearAE:
    """Scores along some axes ``(64, D)``, and pixels from scores times `gain`."""

    def __init__(self, axes: np.ndarray, gain: float = 1.0) -> None:
        self.card, self._axes, self._gain = card("ae", axes.shape[1]), axes, gain

    def encode(self, images: Floats) -> Posterior:
        return Posterior(mean=(images.reshape(len(images), -1) - 0.5) @ self._axes)

    def decode(self, codes: Floats) -> Floats:
        pixels = 0.5 + self._gain * codes @ self._axes.T
        return pixels.clip(0, 1).reshape(len(codes), *SHAPE).astype(np.float32)


class ConstantDecoder:
    """A GAN that gives the same image for every code."""

    card = card("gan", 4)

    def encode(self, images: Floats) -> Posterior:
        raise NotImplementedError

    def decode(self, codes: Floats) -> Floats:
        return np.full((len(codes), *SHAPE), 0.5, np.float32)
