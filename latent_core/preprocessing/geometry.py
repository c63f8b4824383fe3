"""Preprocessing steps that change geometry: orientation, cropping and centering."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image

from latent_core.io.image_files import (
    EXIF_TRANSPOSES,
    exif_orientation,
    remove_alpha,
    to_8_bit,
)
from latent_core.preprocessing import drawing
from latent_core.preprocessing.config import PreprocessingConfig, PreprocessingStep
from latent_core.preprocessing.steps import BLANK_NOTICE, WHOLE_IMAGE_MODES
from latent_core.preprocessing.working_image import StepResult, WorkingImage, shrink
from latent_core.types import Floats

WORKING_SIDE = 1024
"""Longest side in pixels that is processed; larger images are downscaled first."""


def apply_exif_orientation(
    image: Image.Image, *, enabled: bool
) -> tuple[Image.Image, PreprocessingStep]:
    """The upright image with 8 bits and at most 1,024 pixels a side, and the step to show."""
    image.draft(None, (WORKING_SIDE, WORKING_SIDE))
    transpose = EXIF_TRANSPOSES.get(exif_orientation(image))
    image = to_8_bit(image)
    image.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.BOX, reducing_gap=1.0)
    applied = transpose is not None and enabled
    if transpose is None:
        reason = "The image is upright already."
    elif enabled:
        reason = "Rotated or flipped as its EXIF orientation requires."
        image = image.transpose(transpose)
    else:
        reason = "Switched off."
    preview = shrink(remove_alpha(image)[0].copy())
    step = PreprocessingStep(name="exif_orientation", applied=applied, reason=reason, image=preview)
    return image, step


def crop(image: WorkingImage, config: PreprocessingConfig) -> StepResult:
    """The image cropped to its ink, or to the model's aspect ratio."""
    if config.fit_mode == "cover":
        return _crop_to_aspect(image, config)
    if config.fit_mode in WHOLE_IMAGE_MODES:
        return StepResult(image, False, "The model expects whole images.")
    box = drawing.ink_bounding_box(image.ink)
    if box is None:
        return StepResult(replace(image, notice=BLANK_NOTICE), False, "There is no ink to crop to.")
    pixels = np.ascontiguousarray(image.pixels[box])
    cropped = replace(image, pixels=pixels, is_cropped=True)
    return StepResult(cropped, True, "Cropped to the bounding box of the ink.")


def _crop_to_aspect(image: WorkingImage, config: PreprocessingConfig) -> StepResult:
    """The largest part with the model's aspect ratio; 1/3 of the removed rows are at the top."""
    rows, columns = image.pixels.shape[:2]
    _, height, width = config.image_shape
    new_columns = min(columns, round(rows * width / height))
    new_rows = min(rows, round(columns * height / width))
    if (new_rows, new_columns) == (rows, columns):
        return StepResult(image, False, "The image has the model's aspect ratio already.")
    top, left = (rows - new_rows) // 3, (columns - new_columns) // 2
    pixels = np.ascontiguousarray(image.pixels[top : top + new_rows, left : left + new_columns])
    return StepResult(replace(image, pixels=pixels), True, "Cropped to the model's aspect ratio.")


def center(image: WorkingImage, config: PreprocessingConfig) -> StepResult:
    """The image resized to the model's image size."""
    height, width = config.image_shape[1:]
    if config.fit_mode == "stretch":
        pixels = _resize(image.pixels, height, width)
        return StepResult(
            replace(image, pixels=pixels), True, f"Stretched to {width} × {height} pixels."
        )
    by_mass = config.fit_mode == "center of mass"
    box = f"{config.box} × {config.box} pixels" if image.is_cropped else "the model's image size"
    anchor = "by its center of mass " if by_mass else ""
    reason = f"Scaled to fit {box} and centered {anchor}in {width} × {height} pixels."
    return StepResult(place_in_frame(image, config, by_mass=by_mass), True, reason)


def place_in_frame(
    image: WorkingImage, config: PreprocessingConfig, *, by_mass: bool
) -> WorkingImage:
    """The image scaled to fit the model's frame, padded with its background.

    Parameters
    ----------
    image, config
        The image, and the frame in ``config.image_shape``.
    by_mass
        Whether to center the center of mass of the ink instead of the bounding box.
    """
    _, height, width = config.image_shape
    limits = (config.box, config.box) if image.is_cropped else (height, width)
    scale = min(limits[0] / image.pixels.shape[0], limits[1] / image.pixels.shape[1])
    rows, columns = (max(1, round(length * scale)) for length in image.pixels.shape[:2])
    scaled = replace(image, pixels=_resize(image.pixels, rows, columns))
    row, column = ((rows - 1) / 2, (columns - 1) / 2)
    if by_mass:
        row, column = drawing.center_of_mass(scaled.ink)
        row, column = row - 0.5, column - 0.5  # MNIST's center is pixel 14 of 0…27, not 13.5
    top = int(np.clip(round((height - 1) / 2 - row), 0, height - rows))
    left = int(np.clip(round((width - 1) / 2 - column), 0, width - columns))
    frame = np.full((height, width, image.pixels.shape[2]), image.background, dtype=np.float32)
    frame[top : top + rows, left : left + columns] = scaled.pixels
    return replace(image, pixels=frame)


def _resize(pixels: Floats, height: int, width: int) -> Floats:
    channels = (np.ascontiguousarray(channel) for channel in np.moveaxis(pixels, 2, 0))
    return np.stack([drawing.resize(channel, height, width) for channel in channels], axis=2)
