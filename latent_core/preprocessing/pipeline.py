"""The preprocessing pipeline: from any image to a model's input, one visible step at a time.

An image that already looks like the model's data passes unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from PIL import Image

from latent_core.errors import UnknownNameError
from latent_core.preprocessing import geometry, steps
from latent_core.preprocessing.config import (
    STEPS,
    PreprocessedImage,
    PreprocessingConfig,
    PreprocessingStep,
)
from latent_core.preprocessing.working_image import StepResult, WorkingImage
from latent_core.types import Floats, freeze

StepFunction = Callable[[WorkingImage, PreprocessingConfig], StepResult]

_STEP_FUNCTIONS: dict[str, StepFunction] = {
    "background_removal": steps.remove_background,
    "polarity": steps.invert_polarity,
    "crop": geometry.crop,
    "stroke_thickening": steps.thicken_strokes,
    "centering": geometry.center,
}


def preprocess(
    image: Image.Image, config: PreprocessingConfig, *, switches: Mapping[str, bool] | None = None
) -> PreprocessedImage:
    """The model's input for an image, with the result of each step.

    Parameters
    ----------
    image
        Of any size and mode, such as `read_uploads` gives.
    config
        What the model expects.
    switches
        False for each of `STEPS` to skip; by default each is applied where needed.  ``color``
        cannot be skipped, since a model has a fixed number of channels.

    Returns
    -------
    PreprocessedImage
        ``image`` ``(C, H, W)`` float32 in [0, 1], and one step per name in `STEPS`.

    Raises
    ------
    UnknownNameError
        A switch names no step.
    """
    switches = dict(switches or {})
    for name in switches.keys() - set(STEPS):
        raise UnknownNameError("step", name, STEPS)
    upright, first = geometry.apply_exif_orientation(
        image, enabled=switches.get("exif_orientation", True)
    )
    result = steps.convert_color(upright, config)
    shown = [first, _step("color", result)]
    for name in _STEP_FUNCTIONS:
        result = _run_step(name, result.image, config, enabled=switches.get(name, True))
        is_shown = result.applied or name == "centering"
        shown.append(_step(name, result, None if is_shown else shown[-1]))
    pixels: Floats = np.ascontiguousarray(np.moveaxis(np.clip(result.image.pixels, 0, 1), 2, 0))
    freeze(pixels)
    return PreprocessedImage(image=pixels, steps=tuple(shown), notice=result.image.notice)


def _step(
    name: str, result: StepResult, unchanged_from: PreprocessingStep | None = None
) -> PreprocessingStep:
    preview = unchanged_from.image if unchanged_from else result.image.preview()
    return PreprocessingStep(name=name, applied=result.applied, reason=result.reason, image=preview)


def _run_step(
    name: str, image: WorkingImage, config: PreprocessingConfig, *, enabled: bool
) -> StepResult:
    if image.is_ready:
        return StepResult(image, False, "The image already looks like the model's data.")
    if enabled:
        return _STEP_FUNCTIONS[name](image, config)
    if name == "centering":  # the model's image size is required in any case
        placed = geometry.place_in_frame(image, config, by_mass=False)
        return StepResult(placed, False, "Switched off; only resized to the model's image size.")
    return StepResult(image, False, "Switched off.")
