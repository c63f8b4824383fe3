"""The geometry of a traversal sheet, and its limits."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from latent_core.analysis.traversal_sheet import sheet_layout, sheet_png
from latent_core.errors import InputTooLargeError, InvalidInputError

RNG = np.random.default_rng(7)


def test_images_are_at_the_positions_of_the_layout():
    images = RNG.random((3, 5, 1, 7, 4)).astype(np.float32)
    ends = np.float32([[-1, 1]] * 3)
    layout = sheet_layout(3, 5, (1, 7, 4), 28)
    assert (layout.height, layout.width) == (28, 16)
    sheet = Image.open(io.BytesIO(sheet_png(images, ["z1", "z2", "z16"], ends, 28)))
    assert sheet.size == layout.size
    pixels = np.asarray(sheet)
    for row, step in ((0, 0), (2, 4), (1, 3)):
        left, top = layout.cell_origin(row, step)
        tile = pixels[top : top + 28 : 4, left : left + 16 : 4]
        for channel in range(3):
            np.testing.assert_array_equal(tile[..., channel], np.rint(images[row, step, 0] * 255))
    assert (pixels[: layout.gap] == 255).all()
    labels = pixels[:, : layout.label_width]
    assert (labels < 128).any(), "no labels"


def test_too_large_and_inconsistent_sheets_are_rejected():
    with pytest.raises(
        InputTooLargeError, match=r"67 megapixels; choose fewer steps or smaller images"
    ):
        sheet_layout(24, 15, (3, 64, 64), 2048)
    with pytest.raises(InvalidInputError, match="R names"):
        sheet_png(np.zeros((1, 2, 1, 4, 4)), ["a", "b"], np.zeros((1, 2)), 16)
    with pytest.raises(InvalidInputError, match="at least one row"):
        sheet_layout(0, 5, (1, 28, 28), 28)
