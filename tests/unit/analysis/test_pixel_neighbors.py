"""Nearest images by pixels, against their definition and on copies."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.analysis import pixel_neighbors
from latent_core.analysis.pixel_neighbors import nearest_by_pixels, typical_pixel_distance
from latent_core.errors import InvalidInputError

RNG = np.random.default_rng(0)
IMAGES = RNG.integers(0, 256, (300, 3, 4, 5), np.uint8)
REAL = IMAGES.astype(np.float32) / 255


def test_distances_are_root_mean_squares_in_any_number_of_blocks(monkeypatch) -> None:
    monkeypatch.setattr(pixel_neighbors, "BLOCK_PIXELS", 60 * 7)
    queries = RNG.random((5, 3, 4, 5), np.float32)
    found = nearest_by_pixels(IMAGES, queries, 4)
    expected = np.sqrt(np.square(queries[:, None] - REAL).mean(axis=(2, 3, 4)))
    np.testing.assert_array_equal(found.index, expected.argsort(axis=1)[:, :4])
    np.testing.assert_allclose(found.distance, np.sort(expected, axis=1)[:, :4], rtol=1e-4)


def test_a_copy_is_at_distance_zero_and_noise_is_not() -> None:
    found = nearest_by_pixels(IMAGES, REAL[[7]], 1)
    assert found.index[0, 0] == 7
    assert found.distance[0, 0] < 1e-3
    typical = typical_pixel_distance(IMAGES)
    others = np.sqrt(np.square(REAL[:, None] - REAL).mean(axis=(2, 3, 4)))
    np.fill_diagonal(others, 9)
    assert typical == pytest.approx(np.median(others.min(axis=1)), rel=0.03)


def test_duplicates_in_the_data_are_each_others_neighbors() -> None:
    assert typical_pixel_distance(np.repeat(IMAGES[:50], 2, axis=0)) < 1e-3


def test_what_cannot_be_compared_is_said() -> None:
    with pytest.raises(InvalidInputError, match="other"):
        typical_pixel_distance(IMAGES[:1])
    with pytest.raises(InvalidInputError, match="1 to 300"):
        nearest_by_pixels(IMAGES, REAL[:1], 301)
    with pytest.raises(InvalidInputError, match="shape"):
        nearest_by_pixels(IMAGES, REAL[:, :1], 1)
