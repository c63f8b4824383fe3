"""Sprite sheets: lossless as PNG, close as AVIF."""

from __future__ import annotations

import numpy as np
import pytest

from latent_core.errors import InvalidCardError
from latent_core.io.sprite_sheet import (
    pack_avif_sprite_sheet,
    pack_sprite_sheet,
    unpack_sprite_sheet,
)


@pytest.mark.parametrize("shape", [(1, 4, 6), (3, 5, 2)])
@pytest.mark.parametrize("count", [1, 7, 100, 205])
def test_a_sprite_sheet_is_lossless(shape, count):
    images = np.random.default_rng(0).integers(0, 256, (count, *shape), np.uint8)
    np.testing.assert_array_equal(
        unpack_sprite_sheet(pack_sprite_sheet(images), count, shape), images
    )


def test_an_avif_sprite_sheet_is_close():
    y, x = np.mgrid[0:32, 0:32]
    waves = [np.sin(x / (5 + n)) + np.cos(y / (9 - n)) for n in range(3)]
    image = ((np.stack(waves) + 2) / 4 * 255).astype(np.uint8)
    images = np.stack([np.roll(image, n, 2) for n in range(7)])
    read = unpack_sprite_sheet(pack_avif_sprite_sheet(images, 90), 7, (3, 32, 32))
    assert np.abs(read.astype(int) - images).mean() < 3


def test_colors_do_not_leak_into_the_neighboring_image():
    images = np.zeros((2, 3, 64, 64), np.uint8)
    images[0, 0], images[1, 2] = 220, 220
    read = unpack_sprite_sheet(pack_avif_sprite_sheet(images, 80), 2, (3, 64, 64))
    assert np.abs(read.astype(int) - images).max() < 24


def test_a_damaged_sprite_sheet_is_rejected():
    with pytest.raises(InvalidCardError, match="cannot be read"):
        unpack_sprite_sheet(b"no image", 1, (1, 2, 2))
