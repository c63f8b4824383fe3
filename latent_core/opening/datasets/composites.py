"""Arrays of 2, 4 or N channels, shown as gray or color: a composite, chosen once for all images."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np

from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.types import Array, to_uint8

Composite = Literal["auto", "over white", "first three", "red and green", "mean"]
TITLES: dict[str, str] = {
    "over white": "color and opacity, over white",
    "first three": "the first three channels as red, green, blue",
    "red and green": "the two channels as red and green",
    "mean": "the mean of the channels, gray",
}
MAX_CHANNELS = 512


def channel_axis(shape: tuple[int, ...]) -> int | None:
    """The axis, 1 or 3, of the channels of ``(N, …)`` where neither has 1 to 4 of them.

    The one that differs from two equal sides, else the one that is much smaller than the others;
    None where neither is.
    """
    first, middle, last = shape[1:]
    if (first == middle) != (middle == last):
        axis = 3 if first == middle else 1
    elif first == middle:
        return None
    else:
        axis = 1 if first < last else 3
        if 2 * shape[axis] > min(middle, max(first, last)):
            return None
    return axis if shape[axis] <= MAX_CHANNELS else None


def composites_of(images: Array) -> tuple[Composite, ...]:
    """How images ``(N, C, H, W)`` can be shown, the default first; nothing for 1 or 3 channels.

    Four channels of bytes, or of floats in [0, 1], may be colors and opacity.
    """
    n_channels = images.shape[1]
    if n_channels in (1, 3):
        return ()
    if n_channels == 2:
        return "red and green", "mean"
    if n_channels == 4 and _may_be_opacity(images[:, 3]):
        return "over white", "first three", "mean"
    return "first three", "mean"


def _may_be_opacity(alpha: Array) -> bool:
    if alpha.dtype == np.uint8:
        return True
    return alpha.dtype.kind == "f" and bool(alpha.min() >= 0 and alpha.max() <= 1)


def compose(images: Array, composite: Composite = "auto") -> tuple[Array, list[str]]:
    """Images ``(N, C, H, W)`` with 1 or 3 channels, and a sentence on what was done.

    Raises
    ------
    UnknownNameError
        There is no such composite for so many channels.
    InvalidInputError
        One is asked for although there are 1 or 3 channels.
    """
    choices = composites_of(images)
    if composite != "auto" and not choices:
        raise InvalidInputError(
            f"Images of 1 or 3 channels are shown as they are, not as {composite!r}; leave the "
            "composite out."
        )
    if composite not in ("auto", *choices):
        raise UnknownNameError("composite", composite, choices)
    if not choices:
        return images, []
    chosen = choices[0] if composite == "auto" else composite
    sentence = f"The {images.shape[1]:,} channels are shown as one composite: {TITLES[chosen]}."
    return _COMPOSE[chosen](images), [sentence]


def _over_white(images: Array) -> Array:
    is_bytes = images.dtype == np.uint8
    white = np.float32(255 if is_bytes else 1)
    opaque = np.empty((len(images), 3, *images.shape[2:]), images.dtype)
    for i, image in enumerate(images):  # one by one: floats of all are never held
        alpha = image[3:].astype(np.float32) / white
        colors = image[:3].astype(np.float32) * alpha + white * (1 - alpha)
        opaque[i] = to_uint8(colors / 255) if is_bytes else colors
    return opaque


def _red_and_green(images: Array) -> Array:
    return np.concatenate([images, np.zeros_like(images[:, :1])], axis=1)


def _mean(images: Array) -> Array:
    gray: Array = images.mean(axis=1, keepdims=True, dtype=np.float32)
    return to_uint8(gray / 255) if images.dtype == np.uint8 else gray


def _first_three(images: Array) -> Array:
    return images[:, :3]


_COMPOSE: dict[str, Callable[[Array], Array]] = {
    "over white": _over_white,
    "first three": _first_three,
    "red and green": _red_and_green,
    "mean": _mean,
}
