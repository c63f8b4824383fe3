"""How a model wants its pictures, and what preparing one gives."""

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
    """How a model wants its pictures, as its card says.

    Parameters
    ----------
    colour
        A key of `COLOURS`.
    ground
        A key of `GROUNDS`: what stands behind the thing shown.
    framing
        ``"center of mass"``: the ink fitted in a box and its centre of mass put in the middle
        (MNIST [1]_); ``"fit"``: the thing fitted in the box and put in the middle
        (Fashion-MNIST [2]_); ``"stretch"``: the whole picture, its sides pulled to the frame;
        ``"cover"``: cut to the frame's shape, more below than above, as faces are photographed;
        ``"none"``: the whole picture with bars where its shape differs.
    image_shape
        ``(C, H, W)``.
    box
        Longest side of the ink in the frame, in pixels; by default the frame's shorter side.

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
                    f"'{name}' must be one of {known}, not {getattr(self, name)!r}."
                )
        channels, *frame = self.image_shape
        if channels != COLOR_CHANNELS[self.color]:
            raise InvalidCardError(
                f"'color' is {self.color!r}, which has {COLOR_CHANNELS[self.color]} channel(s), but "
                f"'image_shape' says {channels}; correct one of them."
            )
        if not 0 <= self.box <= min(frame):
            raise InvalidCardError(f"'box' must be 1 to {min(frame)} pixels, not {self.box}.")
        if self.box == 0:
            object.__setattr__(self, "box", min(frame))

    @classmethod
    def from_card(
        cls, fields: dict[str, Any], image_shape: tuple[int, int, int], model_id: str
    ) -> PreprocessingConfig:
        """The ``preprocessing`` of a model's card.

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
    """One step on the way.

    Parameters
    ----------
    name
        One of `STEPS`.
    done
        Whether it changed anything.
    why
        What was done, or why nothing was, in one sentence.
    image
        The picture after it, ``(h, w)`` or ``(h, w, 3)`` uint8, at most 320 long.
    """

    name: str
    applied: bool
    reason: str
    image: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreprocessedImage:
    """What the model sees, and how it came there.

    Parameters
    ----------
    image
        ``(C, H, W)`` float32 in [0, 1].
    steps
        One of each of `STEPS`, in order.
    notice
        A sentence for the person where something is amiss, e.g. a blank page; else empty.
    """

    image: Floats
    steps: tuple[PreprocessingStep, ...]
    notice: str = ""
