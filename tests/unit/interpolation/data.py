"""Random codes, their neighbor graph and a noisy half circle."""

from __future__ import annotations

import numpy as np

from latent_core.interpolation import build_neighbor_graph
from latent_core.types import Array, Floats

RNG = np.random.default_rng(0)
CODES = RNG.normal(size=(300, 5)).astype(np.float32)
A, B = CODES[0], (CODES[1] * np.linalg.norm(CODES[0]) / np.linalg.norm(CODES[1]))
GRAPH = build_neighbor_graph(CODES)


def unit_vectors(codes: Floats) -> Array:
    return codes / np.linalg.norm(codes.astype(np.float64), axis=-1, keepdims=True)


def half_circle(count: int = 400) -> Floats:
    angle = np.linspace(0, np.pi, count)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    noise = np.random.default_rng(1).normal(scale=0.01, size=circle.shape)
    return (circle + noise).astype(np.float32)
