from __future__ import annotations

import numpy as np

from datagen.rendering.background import vignetted_background
from datagen.rendering.color_space import linear_to_srgb, srgb_to_linear
from datagen.rendering.tone_mapping import tone_map


def test_the_background_has_one_smooth_color():
    image = tone_map(vignetted_background((0.5, 0.4, 0.3), 256), 4)
    assert image.shape == (3, 64, 64)
    assert (image[0] > image[1]).all()
    assert np.abs(np.diff(image.astype(int))).max() <= 2


def test_srgb_and_linear_are_inverse():
    srgb = np.arange(256)
    np.testing.assert_allclose(linear_to_srgb(srgb_to_linear(srgb)) * 255, srgb, atol=0.01)
