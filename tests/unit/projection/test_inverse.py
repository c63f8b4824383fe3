"""The way back from a map: exact where it can be, else the best of what the neighbours give."""

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
    held_out_split,
    held_out_error,
    map_support,
)


def codes(count: int = 600, dim: int = 5) -> np.ndarray:
    rng = np.random.default_rng(0)
    return (rng.normal(size=(count, dim)) * [5, 3, 0.5, 0.4, 0.3][:dim]).astype(np.float32)


def test_pca_comes_back_exactly_from_every_place_of_its_plane():
    made = project(codes(), PCA())
    inverse = fit_inverse(made)
    assert isinstance(inverse, LinearInverse)
    places = np.random.default_rng(1).normal(0, 9, (50, 2)).astype(np.float32)
    np.testing.assert_allclose(made.transform(inverse.inverse_transform(places)), places, atol=1e-4)


def test_of_two_dimensions_pca_loses_nothing():
    data = codes(dim=2)
    made = project(data, PCA())
    np.testing.assert_allclose(fit_inverse(made).inverse_transform(made.points), data, atol=1e-4)
    assert "latent space itself" in fit_inverse(made).note


def test_the_neighbours_are_weighted_by_the_formula():
    points = np.array([[0, 0], [1, 0], [0, 2], [5, 5]], np.float32)
    reference = np.eye(4, dtype=np.float32)
    found = ShepardInverse(points=points, codes=reference, n_neighbors=2)
    place = np.array([[0.5, 0]], np.float32)
    # both are 0.5 away, the first that is left out √(0.25 + 4)
    np.testing.assert_allclose(found.inverse_transform(place), [[0.5, 0.5, 0, 0]], atol=1e-6)
    near = found.inverse_transform(np.array([[0.01, 0]], np.float32))[0]
    assert near[0] > 0.95
    assert near.sum() == pytest.approx(1)


def test_the_code_moves_smoothly_with_the_place():
    made = project(codes(), TSNE(perplexity=20))
    inverse = fit_inverse(made)
    low, high = made.points.min(axis=0), made.points.max(axis=0)
    line = low + (high - low) * np.linspace(0, 1, 4001)[:, None]
    steps = np.linalg.norm(
        np.diff(inverse.inverse_transform(line.astype(np.float32)), axis=0), axis=1
    )
    assert steps.max() < 0.25, "no jump where the neighbours change"


def test_the_number_of_neighbours_is_the_best_on_held_out_codes():
    made = project(codes(), TSNE(perplexity=20))
    inverse = fit_inverse(made)
    assert isinstance(inverse, ShepardInverse)
    errors = {k: held_out_error(made.points, made.codes, k) for k in N_NEIGHBORS if k < 300}
    assert inverse.n_neighbors == min(errors, key=errors.__getitem__)
    tested, rest = held_out_split(600)
    assert not set(tested) & set(rest)
    mean = np.linalg.norm(made.codes[tested] - made.codes[rest].mean(axis=0), axis=1).mean()
    assert errors[inverse.n_neighbors] < 0.6 * mean


def test_tiny_maps_have_a_way_back_too():
    made = project(codes(8), PCA())
    few = ShepardInverse(points=made.points, codes=made.codes, n_neighbors=3)
    assert few.inverse_transform(made.points[:2]).shape == (2, 5)


def test_a_void_of_the_map_has_no_support():
    made = lc.project(
        lc.encode(lc.load_model("digits-vae-16"), lc.load_dataset("digits")), TSNE(n_components=2)
    )
    support = map_support(made)
    corner = made.points.max(axis=0, keepdims=True) + 20
    assert support.levels(corner.astype(np.float32)) == ["far from data"]
    assert support.levels(made.points[:1]) == ["near data"]
