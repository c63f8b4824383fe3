"""Preprocessing steps that change pixel values: color, background, polarity, stroke width."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from PIL import Image

from latent_core.io.image_files import remove_alpha
from latent_core.preprocessing import drawing
from latent_core.preprocessing.config import BACKGROUNDS, PreprocessingConfig
from latent_core.preprocessing.working_image import StepResult, WorkingImage
from latent_core.types import Floats

WHOLE_IMAGE_MODES = ("stretch", "cover", "none")
"""Fit modes that keep an image's background; the others extract the object."""
MIN_STROKE_WIDTH, TARGET_STROKE_WIDTH = 0.06, 0.1
"""Strokes thinner than the first, relative to the drawing's longer side, get the second."""
BLANK_NOTICE = (
    "No ink was found in this image; draw or write larger and darker, or choose another image."
)


def convert_color(image: Image.Image, config: PreprocessingConfig) -> StepResult:
    """The image in the model's color channels, without alpha."""
    opaque, background_note = remove_alpha(image)
    mode = "L" if config.color == "gray" else "RGB"
    pixels = np.asarray(opaque.convert(mode), dtype=np.float32) / np.float32(255)
    pixels = pixels.reshape(*pixels.shape[:2], -1)
    name = "grayscale" if mode == "L" else "RGB"
    reason = f"Converted to {name}." if opaque.mode != mode else f"The image is {name} already."
    gray = np.ascontiguousarray(pixels.mean(axis=2))
    converted = WorkingImage(
        pixels=pixels,
        background=_background_level(gray, config),
        is_ready=_is_ready(gray, config),
    )
    return StepResult(
        converted, bool(background_note) or opaque.mode != mode, reason + background_note
    )


def _is_ready(gray: Floats, config: PreprocessingConfig) -> bool:
    """Whether an image has the model's size and background.

    The background is light if more pixels are near 1 than near 0.
    """
    if gray.shape != config.image_shape[1:]:
        return False
    is_light = float((gray > 0.97).mean()) > float((gray < 0.03).mean())
    return BACKGROUNDS[config.background] in (None, float(is_light))


def _background_level(gray: Floats, config: PreprocessingConfig) -> float:
    has_strokes = config.fit_mode == "center of mass"
    level = drawing.uniform_background(gray if has_strokes else drawing.border_pixels(gray))
    if level is not None:
        return level
    if has_strokes:
        return drawing.background_of_strokes(gray)
    return float(np.median(drawing.border_pixels(gray)) > 0.5)


def remove_background(image: WorkingImage, config: PreprocessingConfig) -> StepResult:
    """The object on a uniform background, where the model expects that."""
    if config.color != "gray" or config.fit_mode in WHOLE_IMAGE_MODES:
        return StepResult(image, False, "The model expects whole images with their background.")
    on_light = np.abs(np.float32(1 - image.background) - image.pixels[..., 0])
    if config.fit_mode == "fit":
        return _flatten_background(image, on_light)
    if drawing.uniform_background(on_light) is not None:
        return _increase_contrast(image)
    ink = drawing.extract_ink(on_light)
    if ink is None:
        blank = replace(image.with_ink(np.zeros_like(on_light)), notice=BLANK_NOTICE)
        return StepResult(blank, True, "The paper was removed; no ink was found on it.")
    return StepResult(
        image.with_ink(ink), True, "The paper with its shadows and ruled lines was removed."
    )


def _flatten_background(image: WorkingImage, on_light: Floats) -> StepResult:
    if drawing.uniform_background(drawing.border_pixels(on_light), 0.9) is not None:
        return StepResult(image, False, "The background is uniform already.")
    ink = 1 - drawing.flatten_background(on_light)
    return StepResult(image.with_ink(ink), True, "The background was made uniform.")


def _increase_contrast(image: WorkingImage) -> StepResult:
    strongest = float(image.ink.max(initial=0))
    if strongest > 0.7 or strongest <= drawing.MIN_INK:
        return StepResult(image, False, "The background is uniform already.")
    return StepResult(
        image.with_ink(image.ink / strongest), True, "The contrast of pale ink was increased."
    )


def invert_polarity(image: WorkingImage, config: PreprocessingConfig) -> StepResult:
    """The image on a light or dark background, as the model expects."""
    background = BACKGROUNDS[config.background]
    if background is None:
        return StepResult(image, False, "The model accepts any background.")
    if background == image.background:
        return StepResult(image, False, f"The background is {config.background} already.")
    inverted = replace(image, pixels=1 - image.pixels, background=background)
    reason = f"The model expects a {config.background} background, so the image was inverted."
    return StepResult(inverted, True, reason)


def thicken_strokes(image: WorkingImage, config: PreprocessingConfig) -> StepResult:
    """Ink with strokes that are wide enough to remain visible in the model's image size."""
    box = drawing.ink_bounding_box(image.ink)
    if config.fit_mode != "center of mass" or box is None:
        return StepResult(image, False, "There are no strokes to thicken.")
    side = max(part.stop - part.start for part in box)
    width = drawing.stroke_width(image.ink)
    if width > MIN_STROKE_WIDTH * side:
        return StepResult(image, False, "The strokes are wide enough for the model's image size.")
    thicker = drawing.thicken_strokes(image.ink, (TARGET_STROKE_WIDTH * side - width) / 2)
    return StepResult(
        image.with_ink(thicker), True, "The strokes were too thin for the model's image size."
    )
