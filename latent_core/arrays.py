"""Checks that arrays are codes or images, and their conversion to float32 and uint8.

Axes: N samples, D latent dimensions, C H W image.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError

Array = NDArray[Any]
Floats = NDArray[np.float32]


def as_codes(codes: Any, latent_dim: int | None = None) -> Floats:
    """`codes` as a finite float32 array ``(N, D)``.

    Parameters
    ----------
    codes
        Anything that `numpy.asarray` turns into numbers.
    latent_dim
        The required D; None accepts any.

    Raises
    ------
    InvalidInputError
        Not numbers, not of two axes, not of `latent_dim` dimensions, or not finite.
    """
    array = np.asarray(codes)
    if array.dtype.kind not in "iuf":
        raise InvalidInputError(
            f"Codes must be numbers, not {array.dtype}; give a float array (N, D)."
        )
    if array.ndim != 2:
        raise InvalidInputError(f"Codes must have two axes (N, D), not shape {array.shape}.")
    if latent_dim is not None and array.shape[1] != latent_dim:
        raise InvalidInputError(
            f"These codes have {array.shape[1]} dimensions, the model has {latent_dim}."
        )
    if not np.isfinite(array).all():
        raise InvalidInputError("The codes contain NaN or infinity; remove those rows first.")
    with np.errstate(over="ignore"):
        narrowed = np.ascontiguousarray(array, dtype=np.float32)
    if array.dtype != np.float32 and not np.isfinite(narrowed).all():
        raise InvalidInputError(
            "The codes contain values beyond the float32 range, 3.4e38; remove those rows first."
        )
    return narrowed


def as_images(images: Any, image_shape: tuple[int, int, int] | None = None) -> Floats:
    """`images` as a float32 array ``(N, C, H, W)`` in [0, 1].

    Parameters
    ----------
    images
        Anything that `numpy.asarray` turns into numbers.
    image_shape
        The required (C, H, W); None accepts any.

    Raises
    ------
    InvalidInputError
        Not numbers, not of four axes, not of `image_shape`, not finite, or outside [0, 1].
    """
    array = np.asarray(images)
    if array.dtype.kind not in "iuf":
        raise InvalidInputError(
            f"Images must be numbers, not {array.dtype}; give a float array in [0, 1]."
        )
    if array.ndim != 4:
        raise InvalidInputError(
            f"Images must have four axes (N, C, H, W), not shape {array.shape}."
        )
    if image_shape is not None and array.shape[1:] != tuple(image_shape):
        raise InvalidInputError(
            f"These images are {array.shape[1:]}, the model takes {tuple(image_shape)}."
        )
    low, high = (array.min(), array.max()) if array.size else (0, 1)
    if not (np.isfinite(low) and np.isfinite(high)):  # min and max of an array with NaN are NaN
        raise InvalidInputError("The images contain NaN or infinity; replace those pixels first.")
    if low < -1e-6 or high > 1 + 1e-6:
        raise InvalidInputError(f"Pixels must lie in [0, 1], not [{low:.3g}, {high:.3g}].")
    return np.ascontiguousarray(array, dtype=np.float32)


def to_uint8(images: Array) -> NDArray[np.uint8]:
    """Values in [0, 1] as 0 to 255, to the nearest; values outside are clipped, NaN is 0."""
    scaled = np.nan_to_num(np.asarray(images), nan=0.0, posinf=1.0, neginf=0.0)
    pixels: NDArray[np.uint8] = np.rint(np.clip(scaled, 0, 1) * 255).astype(np.uint8)
    return pixels


def freeze(array: Array) -> None:
    """Make `array` read-only, since values are shared between sessions."""
    array.setflags(write=False)
