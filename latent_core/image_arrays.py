"""Images as users have them: uint8 or float, channels first, last or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from latent_core.arrays import Array, Floats, as_images
from latent_core.errors import InvalidInputError
from latent_core.notebook import grid_picture

if TYPE_CHECKING:
    from PIL import Image

_CHANNELS = (1, 3)


def to_images(images: Any, image_shape: tuple[int, int, int] | None = None) -> Floats:
    """`images` as float32 ``(N, C, H, W)`` in [0, 1].

    Parameters
    ----------
    images
        ``(N, C, H, W)``, ``(N, H, W, C)``, gray ``(N, H, W)``, or one gray image ``(H, W)``; uint8
        in 0 to 255, or float in [0, 1].  An array, a CPU tensor, or a list of arrays.
    image_shape
        The required (C, H, W); None accepts any, and takes the axis of 1 or 3 for the channels.

    Raises
    ------
    InvalidInputError
        As `as_images`; floats beyond 1 are not divided by 255 without being asked.
    """
    array = np.asarray(images)
    if array.dtype == np.uint8:
        array = array.astype(np.float32) / np.float32(255)
    elif array.dtype == np.bool_:
        array = array.astype(np.float32)
    return as_images(_channels_first(array, image_shape), image_shape)


def _channels_first(array: Array, image_shape: tuple[int, int, int] | None) -> Array:
    if array.ndim == 2:
        array = array[None]
    if array.ndim == 3:
        return array[:, None]
    if array.ndim != 4:
        return array
    if image_shape is None:
        is_last = array.shape[1] not in _CHANNELS and array.shape[3] in _CHANNELS
    else:
        channels, height, width = image_shape
        fits = array.shape[1:] == image_shape
        is_last = not fits and array.shape[1:] == (height, width, channels)
    return np.moveaxis(array, -1, 1) if is_last else array


def show(images: Any, columns: int | None = None) -> Image.Image:
    """Images side by side, as one image that a notebook displays.

    Parameters
    ----------
    images
        What `to_images` accepts, at least one; images smaller than 64 pixels are enlarged by a
        whole factor.
    columns
        Images per row; by default about twice as many as rows.

    Raises
    ------
    InvalidInputError
        As `to_images`, or `columns` is not positive, or an image has neither 1 nor 3 channels.
    """
    checked = to_images(images)
    count, channels = checked.shape[:2]
    if not count or channels not in _CHANNELS or (columns is not None and columns < 1):
        raise InvalidInputError(
            f"A grid needs at least one image of 1 or 3 channels and at least one column, not "
            f"images {checked.shape} in {columns} columns; correct them."
        )
    return grid_picture(checked, columns)
