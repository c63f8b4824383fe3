"""PNG encoding: lossless in both modes."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from latent_core.errors import InvalidInputError
from latent_core.io.png import encode_png, to_pixels


@pytest.mark.parametrize("optimize", [False, True])
@pytest.mark.parametrize("shape", [(28, 28), (28, 28, 1), (5, 7, 3), (1, 1, 4)])
def test_png_is_lossless(shape: tuple[int, ...], optimize: bool) -> None:
    pixels = np.random.default_rng(0).integers(0, 256, shape, np.uint8)
    decoded = np.asarray(Image.open(io.BytesIO(encode_png(pixels, optimize=optimize))))
    np.testing.assert_array_equal(decoded.reshape(shape), pixels)


def test_other_numbers_of_channels_are_rejected() -> None:
    with pytest.raises(InvalidInputError, match="1, 3 or 4 channels, not 2"):
        encode_png(np.zeros((4, 4, 2), np.uint8))


def test_pixels_are_rounded_and_clipped() -> None:
    images = np.array([[[[-0.2, 0.5, 1.3]]]], np.float32)
    np.testing.assert_array_equal(to_pixels(images), [[[[0], [128], [255]]]])
