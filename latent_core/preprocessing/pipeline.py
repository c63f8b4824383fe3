"""From any picture to what a model sees, step by step, each step shown and each a switch.

A picture that already looks like the model's data passes unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from latent_core.errors import UnknownNameError
from latent_core.io.image_files import EXIF_TRANSPOSES, to_8_bit, remove_alpha, exif_orientation
from latent_core.preprocessing import drawing
from latent_core.preprocessing.config import (
    BACKGROUNDS,
    STEPS,
    PreprocessedImage,
    PreprocessingConfig,
    PreprocessingStep,
)
from latent_core.types import Floats, freeze

__all__ = ["STEPS", "PreprocessedImage", "PreprocessingConfig", "PreprocessingStep", "preprocess"]

WORKING_SIDE = 1024
WHOLE_IMAGE_MODES = ("stretch", "cover", "none")
"""Framings that look at a picture with its ground, not at a thing cut out of it."""
PREVIEW_SIDE = 320
MIN_STROKE_WIDTH, TARGET_STROKE_WIDTH = 0.06, 0.1
"""Strokes thinner than this share of the drawing's side are thickened to that share."""
BLANK_NOTICE = (
    "There is no ink to be seen in this picture; draw or write larger and darker, or pick another."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """A picture under way: ``(h, w, C)`` float32, and the level of its ground."""

    pixels: Floats
    background: float
    ready: bool = False
    cropped: bool = False
    notice: str = ""

    @property
    def ink(self) -> Floats:
        ink: Floats = np.abs(self.pixels - np.float32(self.background)).max(axis=2)
        return ink

    def with_ink(self, ink: Floats) -> _Work:
        return replace(self, pixels=np.abs(np.float32(self.background) - ink)[..., None])


_Outcome = tuple[_Work, bool, str]
"""The picture after a step, whether the step changed it, and why."""


def preprocess(
    image: Image.Image,
    config: PreprocessingConfig,
    *,
    switches: Mapping[str, bool] | None = None,
) -> PreprocessedImage:
    """What the model sees of `picture`, and each step on the way.

    Parameters
    ----------
    picture
        Of any size and mode; `intake.read_pictures` makes them.
    preparation
        What the model wants.
    switches
        False for each of `STEPS` that is not to be done; without it, each is done where needed.
        ``colour`` can't be left out, since a model takes so many channels and no others.

    Raises
    ------
    UnknownNameError
        A switch names no step.
    """
    switches = dict(switches or {})
    for name in switches.keys() - set(STEPS):
        raise UnknownNameError("step", name, STEPS)
    image, upright = _apply_exif_orientation(
        image, on=switches.get("exif_orientation", True)
    )
    work, done, why = _convert_color(image, config)
    steps = [
        upright,
        PreprocessingStep(name="color", applied=done, reason=why, image=_shown(work)),
    ]
    for name, act in _STEP_FUNCTIONS.items():
        work, done, why = _run_step(act, work, config, on=switches.get(name, True))
        image = _shown(work) if done or name == "centering" else steps[-1].image
        steps.append(PreprocessingStep(name=name, applied=done, reason=why, image=image))
    planes: Floats = np.ascontiguousarray(np.moveaxis(np.clip(work.pixels, 0, 1), 2, 0))
    freeze(planes)
    return PreprocessedImage(image=planes, steps=tuple(steps), notice=work.notice)


def _run_step(
    act: Callable[[_Work, PreprocessingConfig], _Outcome],
    work: _Work,
    wanted: PreprocessingConfig,
    *,
    on: bool,
) -> _Outcome:
    if work.ready:
        return work, False, "The picture already looks like the model's data."
    if on:
        return act(work, wanted)
    if act is _center:  # the frame has to be filled all the same
        return (
            _place_in_frame(work, wanted, by_mass=False),
            False,
            "Switched off; only fitted in the frame.",
        )
    return work, False, "Switched off."


def _shown(work: _Work) -> NDArray[np.uint8]:
    pixels = np.rint(np.clip(work.pixels, 0, 1) * 255).astype(np.uint8)
    return _small(Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels))


def _small(picture: Image.Image) -> NDArray[np.uint8]:
    picture.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE), Image.Resampling.BOX, reducing_gap=None)
    return np.asarray(picture)


def _apply_exif_orientation(
    picture: Image.Image, *, on: bool
) -> tuple[Image.Image, PreprocessingStep]:
    picture.draft(None, (WORKING_SIDE, WORKING_SIDE))
    orientation = exif_orientation(picture)
    picture = to_8_bit(picture)
    picture.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.BOX, reducing_gap=1.0)
    turn = EXIF_TRANSPOSES.get(orientation)
    if turn is None:
        done, why = False, "The file asks for no turning."
    elif on:
        done, why = True, "Turned as the camera noted it (EXIF orientation)."
        picture = picture.transpose(turn)
    else:
        done, why = False, "Switched off."
    image = _small(remove_alpha(picture)[0].copy())
    return picture, PreprocessingStep(
        name="exif_orientation", applied=done, reason=why, image=image
    )


def _convert_color(picture: Image.Image, wanted: PreprocessingConfig) -> _Outcome:
    opaque, laid = remove_alpha(picture)
    mode = "L" if wanted.color == "gray" else "RGB"
    pixels = np.asarray(opaque.convert(mode), dtype=np.float32) / np.float32(255)
    pixels = pixels.reshape(*pixels.shape[:2], -1)
    words = "shades of grey" if mode == "L" else "red, green and blue"
    why = f"Turned into {words}." if opaque.mode != mode else f"It has {words} already."
    grey = np.ascontiguousarray(pixels.mean(axis=2))
    ground, ready = _background_level(grey, wanted), _is_ready(grey, wanted)
    return (
        _Work(pixels=pixels, background=ground, ready=ready),
        bool(laid) or opaque.mode != mode,
        why + laid,
    )


def _is_ready(grey: Floats, wanted: PreprocessingConfig) -> bool:
    """Whether a picture has the model's size and ground: there is more near 0 than near 1."""
    if grey.shape != wanted.image_shape[1:]:
        return False
    lighter = float((grey > 0.97).mean()) > float((grey < 0.03).mean())
    return BACKGROUNDS[wanted.background] in (None, float(lighter))


def _background_level(grey: Floats, wanted: PreprocessingConfig) -> float:
    strokes = wanted.fit_mode == "center of mass"
    even = drawing.uniform_background(grey if strokes else drawing.border_pixels(grey))
    if even is not None:
        return even
    return (
        drawing.background_of_strokes(grey)
        if strokes
        else float(np.median(drawing.border_pixels(grey)) > 0.5)
    )


def _remove_background(work: _Work, wanted: PreprocessingConfig) -> _Outcome:
    if wanted.color != "gray" or wanted.fit_mode in WHOLE_IMAGE_MODES:
        return work, False, "The model looks at whole pictures, their ground included."
    lit = np.abs(np.float32(1 - work.background) - work.pixels[..., 0])  # as if on a light ground
    if wanted.fit_mode == "fit":
        if drawing.uniform_background(drawing.border_pixels(lit), 0.9) is not None:
            return work, False, "The ground is even already."
        return work.with_ink(1 - drawing.flatten_background(lit)), True, "The ground was made even."
    if drawing.uniform_background(lit) is not None:
        return _to_dark_background(work)
    ink = drawing.extract_ink(lit)
    if ink is None:
        blank = replace(work.with_ink(np.zeros_like(lit)), notice=BLANK_NOTICE)
        return blank, True, "The paper was taken away, and nothing stood on it."
    return work.with_ink(ink), True, "The paper, its shadows and its lines were taken away."


def _to_dark_background(work: _Work) -> _Outcome:
    strongest = float(work.ink.max(initial=0))
    if strongest > 0.7 or strongest <= drawing.MIN_INK:
        return work, False, "The ground is even already."
    return work.with_ink(work.ink / strongest), True, "The pale ink was brought to full strength."


def _invert_polarity(work: _Work, wanted: PreprocessingConfig) -> _Outcome:
    background = BACKGROUNDS[wanted.background]
    if background is None:
        return work, False, "The model takes any background."
    if background == work.background:
        return work, False, f"The background is {wanted.background} already."
    inverted = replace(work, pixels=1 - work.pixels, background=background)
    return (
        inverted,
        True,
        f"The model expects a {wanted.background} ground, so light and dark changed places.",
    )


def _crop(work: _Work, wanted: PreprocessingConfig) -> _Outcome:
    if wanted.fit_mode == "cover":
        return _crop_to_aspect(work, wanted)
    if wanted.fit_mode in WHOLE_IMAGE_MODES:
        return work, False, "The model looks at whole pictures."
    box = drawing.ink_bounding_box(work.ink)
    if box is None:
        return replace(work, notice=BLANK_NOTICE), False, "There is nothing to crop to."
    pixels = np.ascontiguousarray(work.pixels[box])
    return replace(work, pixels=pixels, cropped=True), True, "Cropped to what is drawn."


def _crop_to_aspect(work: _Work, wanted: PreprocessingConfig) -> _Outcome:
    """As large a part of the picture as has the frame's shape; a third of the rest above it."""
    rows, columns = work.pixels.shape[:2]
    _, height, width = wanted.image_shape
    across = min(columns, round(rows * width / height))
    down = min(rows, round(columns * height / width))
    if (down, across) == (rows, columns):
        return work, False, "The picture has the frame's shape already."
    top, left = (rows - down) // 3, (columns - across) // 2
    pixels = np.ascontiguousarray(work.pixels[top : top + down, left : left + across])
    return replace(work, pixels=pixels), True, "Cut to the frame's shape."


def _thicken_strokes(work: _Work, wanted: PreprocessingConfig) -> _Outcome:
    box = drawing.ink_bounding_box(work.ink)
    if wanted.fit_mode != "center of mass" or box is None:
        return work, False, "There are no strokes to thicken."
    side = max(part.stop - part.start for part in box)
    width = drawing.stroke_width(work.ink)
    if width > MIN_STROKE_WIDTH * side:
        return work, False, "The strokes are thick enough to survive at this size."
    wider = drawing.thicken_strokes(work.ink, (TARGET_STROKE_WIDTH * side - width) / 2)
    return work.with_ink(wider), True, "The strokes were too thin to survive at this size."


def _center(work: _Work, wanted: PreprocessingConfig) -> _Outcome:
    height, width = wanted.image_shape[1:]
    if wanted.fit_mode == "stretch":
        pixels = _resized(work.pixels, height, width)
        return replace(work, pixels=pixels), True, f"Pulled to {width} × {height} pixels."
    by_mass = wanted.fit_mode == "center of mass"
    middle = "its centre of mass in the middle" if by_mass else "in the middle"
    limit = f"{wanted.box} × {wanted.box} pixels" if work.cropped else "the frame"
    why = f"Fitted in {limit} and put, {middle}, in {width} × {height}."
    return _place_in_frame(work, wanted, by_mass=by_mass), True, why


def _place_in_frame(work: _Work, wanted: PreprocessingConfig, *, by_mass: bool) -> _Work:
    """`work` in the model's frame, its shape kept, bars of its ground around it."""
    _, height, width = wanted.image_shape
    limits = (wanted.box, wanted.box) if work.cropped else (height, width)
    scale = min(limits[0] / work.pixels.shape[0], limits[1] / work.pixels.shape[1])
    rows, columns = (max(1, round(length * scale)) for length in work.pixels.shape[:2])
    fitted = replace(work, pixels=_resized(work.pixels, rows, columns))
    row, column = ((rows - 1) / 2, (columns - 1) / 2)
    if by_mass:
        row, column = drawing.center_of_mass(fitted.ink)
        row, column = row - 0.5, column - 0.5  # MNIST's middle is pixel 14 of 0…27, not 13.5
    top = int(np.clip(round((height - 1) / 2 - row), 0, height - rows))
    left = int(np.clip(round((width - 1) / 2 - column), 0, width - columns))
    frame = np.full((height, width, work.pixels.shape[2]), work.background, dtype=np.float32)
    frame[top : top + rows, left : left + columns] = fitted.pixels
    return replace(work, pixels=frame)


def _resized(pixels: Floats, height: int, width: int) -> Floats:
    planes = (np.ascontiguousarray(plane) for plane in np.moveaxis(pixels, 2, 0))
    return np.stack([drawing.resize(plane, height, width) for plane in planes], axis=2)


_STEP_FUNCTIONS: dict[str, Callable[[_Work, PreprocessingConfig], _Outcome]] = {
    "background_removal": _remove_background,
    "polarity": _invert_polarity,
    "crop": _crop,
    "stroke_thickening": _thicken_strokes,
    "centering": _center,
}
