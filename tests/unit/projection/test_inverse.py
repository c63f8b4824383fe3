"""Inverse projections: exact for PCA, interpolated from the neighbors' codes otherwise."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc
from latent_core.projection import PCA, TSNE, project
from latent_core.projection.inverse import (
    N_NEIGHBORS,
    LinearInverse,
    ShepardInverse,
    fit_inverse,
    held_out_error,
    held_out_split,
    map_support,
)


def codes(count: int = 600, dim: int = 5) -> np.ndarray:
    rng = np.random.default_rng(0)
    return (rng.normal(size=(count, dim)) * [5, 3, 0.5, 0.4, 0.3][:dim]).astype(np.float32)


def test_pca_inverse_is_exact():
    projection = project(codes(), PCA())
    inverse = fit_inverse(projection)
    assert isinstance(inverse, LinearInverse)
    points = np.random.default_rng(1).normal(0, 9, (50, 2)).astype(np.float32)
    np.testing.assert_allclose(
        projection.transform(inverse.inverse_transform(points)), points, atol=1e-4
    )


def test_pca_of_two_dimensional_codes_is_lossless():
    data = codes(dim=2)
    projection = project(data, PCA())
    np.testing.assert_allclose(
        fit_inverse(projection).inverse_transform(projection.points), data, atol=1e-4
    )
    assert "latent space itself" in fit_inverse(projection).note


def test_shepard_weights_follow_the_formula():
    points = np.array([[0, 0], [1, 0], [0, 2], [5, 5]], np.float32)
    reference = np.eye(4, dtype=np.float32)
    inverse = ShepardInverse(points=points, codes=reference, n_neighbors=2)
    point = np.array([[0.5, 0]], np.float32)
    # both are at distance 0.5, the first unused point at √(0.25 + 4)
    np.testing.assert_allclose(inverse.inverse_transform(point), [[0.5, 0.5, 0, 0]], atol=1e-6)
    near = inverse.inverse_transform(np.array([[0.01, 0]], np.float32))[0]
    assert near[0] > 0.95
    assert near.sum() == pytest.approx(1)


def test_the_code_is_continuous_in_the_point():
    projection = project(codes(), TSNE(perplexity=20))
    inverse = fit_inverse(projection)
    low, high = projection.points.min(axis=0), projection.points.max(axis=0)
    line = low + (high - low) * np.linspace(0, 1, 4001)[:, None]
    steps = np.linalg.norm(
        np.diff(inverse.inverse_transform(line.astype(np.float32)), axis=0), axis=1
    )
    assert steps.max() < 0.25, "discontinuous where the neighbors change"


def test_n_neighbors_minimizes_the_held_out_error():
    projection = project(codes(), TSNE(perplexity=20))
    inverse = fit_inverse(projection)
    assert isinstance(inverse, ShepardInverse)
    errors = {
        k: held_out_error(projection.points, projection.codes, k) for k in N_NEIGHBORS if k < 300
    }
    assert inverse.n_neighbors == min(errors, key=errors.__getitem__)
    test, rest = held_out_split(600)
    assert not set(test) & set(rest)
    mean = np.linalg.norm(
        projection.codes[test] - projection.codes[rest].mean(axis=0), axis=1
    ).mean()
    assert errors[inverse.n_neighbors] < 0.6 * mean


def test_inverse_of_few_codes():
    projection = project(codes(8), PCA())
    inverse = ShepardInverse(points=projection.points, codes=projection.codes, n_neighbors=3)
    assert inverse.inverse_transform(projection.points[:2]).shape == (2, 5)


def test_points_far_from_all_projected_points_have_no_support():
    projection = lc.project(
        lc.encode(lc.load_model("digits-vae-16"), lc.load_dataset("digits")), TSNE(n_components=2)
    )
    support = map_support(projection)
    corner = projection.points.max(axis=0, keepdims=True) + 20
    assert support.levels(corner.astype(np.float32)) == ["far from data"]
    assert support.levels(projection.points[:1]) == ["near data"]
