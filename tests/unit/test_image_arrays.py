"""Grids of images."""

from __future__ import annotations

import numpy as np
import pytest

import latent_core as lc


@pytest.mark.parametrize("channels", [1, 3])
def test_a_grid_has_each_image_at_its_place(channels):
    images = np.linspace(0, 1, 5)[:, None, None, None] * np.ones((1, channels, 64, 80))
    grid = np.asarray(lc.show(images, columns=3))
    assert grid.shape[:2] == (2 * 65, 3 * 81)
    for i, value in enumerate(images[:, 0, 0, 0]):
        row, column = divmod(i, 3)
        tile = grid[row * 65 : row * 65 + 64, column * 81 : column * 81 + 80]
        assert (tile == round(255 * value)).all()
    assert (grid[65:, 2 * 81 :] == 255).all(), "the free place is white"


def test_small_images_are_enlarged_by_a_whole_factor():
    images = np.zeros((1, 28, 28), np.uint8)
    assert lc.show(images).size == (29 * 3, 29 * 3)
    assert lc.show(images[0]).size == (29 * 3, 29 * 3)


@pytest.mark.parametrize("images", [np.zeros((0, 4, 4)), np.zeros((2, 2, 4, 4)), np.ones(3), "a"])
def test_what_is_no_image_is_refused(images):
    with pytest.raises(lc.InvalidInputError):
        lc.show(images)


def test_columns_must_be_positive():
    with pytest.raises(lc.InvalidInputError, match="0 columns"):
        lc.show(np.zeros((2, 4, 4)), columns=0)
