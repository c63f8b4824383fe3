"""Configuration of the preprocessing, from a model's card, and its result."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.card_files import required_field
from latent_core.errors import InvalidCardError
from latent_core.types import Floats

COLOR_CHANNELS = {"gray": 1, "rgb": 3}
BACKGROUNDS = {"dark": 0.0, "light": 1.0, "any": None}
FIT_MODES = ("center of mass", "fit", "stretch", "cover", "none")
STEPS = (
    "exif_orientation",
    "color",
    "background_removal",
    "polarity",
    "crop",
    "stroke_thickening",
    "centering",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PreprocessingConfig:
    """What a model expects of its input images.

    Parameters
    ----------
    color
        A key of `COLOR_CHANNELS`.
    background
        A key of `BACKGROUNDS`: the background behind the object.
    fit_mode
        One of `FIT_MODES`.  ``"center of mass"``: the ink is scaled to fit a box, and its center
        of mass is centered (MNIST [1]_); ``"fit"``: the object is scaled to fit the box and
        centered (Fashion-MNIST [2]_); ``"stretch"``: the whole image is resized, without its
        aspect ratio; ``"cover"``: the image is cropped to the model's aspect ratio, more at the
        bottom than at the top, which suits portraits; ``"none"``: the whole image is padded to
        the model's aspect ratio.
    image_shape
        ``(C, H, W)``.
    box
        Longest side of the object in the model's image, in pixels; by default the image's
        shorter side.

    Raises
    ------
    InvalidCardError
        A value that is not allowed, or channels that don't fit the color.

    References
    ----------
    .. [1] LeCun, Cortes, Burges, "The MNIST database of handwritten digits", 1998.
    .. [2] Xiao, Rasul, Vollgraf, "Fashion-MNIST", 2017, arXiv:1708.07747, section 2.
    """

    color: str
    background: str
    fit_mode: str
    image_shape: tuple[int, int, int]
    box: int = 0

    def __post_init__(self) -> None:
        allowed: dict[str, Iterable[str]] = {
            "color": COLOR_CHANNELS,
            "background": BACKGROUNDS,
            "fit_mode": FIT_MODES,
        }
        for name, values in allowed.items():
            if getattr(self, name) not in tuple(values):
                known = ", ".join(map(repr, values))
                raise InvalidCardError(
                    f"'{name}' must be one of {known}, not {getattr(self, name)!r}; correct it."
                )
        channels, *frame = self.image_shape
        if channels != COLOR_CHANNELS[self.color]:
            raise InvalidCardError(
                f"'color' is {self.color!r}, which has {COLOR_CHANNELS[self.color]} channel(s), "
                f"but 'image_shape' says {channels}; correct one of them."
            )
        if not 0 <= self.box <= min(frame):
            raise InvalidCardError(f"'box' must be 1 to {min(frame)} pixels, not {self.box}.")
        if self.box == 0:
            object.__setattr__(self, "box", min(frame))

    @classmethod
    def from_card(
        cls, fields: dict[str, Any], image_shape: tuple[int, int, int], model_id: str
    ) -> PreprocessingConfig:
        """The configuration in the ``preprocessing`` field of a model's card.

        Raises
        ------
        InvalidCardError
            A field is missing or wrong.
        """
        texts = {
            name: required_field(fields, name, str, model_id)
            for name in ("color", "background", "fit_mode")
        }
        box = required_field(fields, "box", int, model_id) if "box" in fields else 0
        try:
            return cls(image_shape=image_shape, box=box, **texts)
        except InvalidCardError as error:
            raise InvalidCardError(f"The 'preprocessing' of {model_id!r}: {error}") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class PreprocessingStep:
    """The result of one step.

    Parameters
    ----------
    name
        One of `STEPS`.
    applied
        Whether it changed the image.
    reason
        What was done, or why nothing was done, in one sentence.
    image
        Preview of the image after the step, ``(h, w)`` or ``(h, w, 3)`` uint8, at most 320 pixels
        a side.
    """

    name: str
    applied: bool
    reason: str
    image: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreprocessedImage:
    """A model's input, with the steps that produced it.

    Parameters
    ----------
    image
        ``(C, H, W)`` float32 in [0, 1].
    steps
        One of each of `STEPS`, in order.
    notice
        A warning to show, e.g. for a blank page; else empty.
    """

    image: Floats
    steps: tuple[PreprocessingStep, ...]
    notice: str = ""
