"""The image between two preprocessing steps, and the result of a step."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latent_core.types import Floats, to_uint8

PREVIEW_SIDE = 320


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingImage:
    """An image during preprocessing.

    Parameters
    ----------
    pixels
        ``(h, w, C)`` float32 in [0, 1].
    background
        Level of the background, 0 or 1.
    is_ready
        Whether it already has the size and background of the model's data.
    is_cropped
        Whether it was cropped to the ink.
    notice
        As in `PreprocessedImage`.
    """

    pixels: Floats
    background: float
    is_ready: bool = False
    is_cropped: bool = False
    notice: str = ""

    @property
    def ink(self) -> Floats:
        """``(h, w)``: largest difference from the background over the channels."""
        ink: Floats = np.abs(self.pixels - np.float32(self.background)).max(axis=2)
        return ink

    def with_ink(self, ink: Floats) -> WorkingImage:
        """A gray image of `ink` ``(h, w)`` on the same background."""
        return replace(self, pixels=np.abs(np.float32(self.background) - ink)[..., None])

    def preview(self) -> NDArray[np.uint8]:
        """The image as bytes to show, see `shrink`."""
        pixels = to_uint8(self.pixels)
        return shrink(Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels))


class StepResult(NamedTuple):
    """The image after a step, whether the step changed it, and the reason."""

    image: WorkingImage
    applied: bool
    reason: str


def shrink(image: Image.Image) -> NDArray[np.uint8]:
    """Pixels ``(h, w)`` or ``(h, w, 3)``, downscaled in place to at most 320 pixels a side."""
    image.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.BOX, reducing_gap=None)
    return np.asarray(image)
