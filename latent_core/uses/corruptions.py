"""Corruptions of images of a given strength, the same for an image at every call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.types import Array, Floats, as_images

NOISE, SALT_AND_PEPPER, BLUR, OCCLUSION = "noise", "salt-and-pepper", "blur", "occlusion"
AMOUNTS: dict[str, tuple[float, ...]] = {
    NOISE: (0.05, 0.1, 0.2, 0.3, 0.4, 0.6),
    SALT_AND_PEPPER: (0.02, 0.05, 0.1, 0.2, 0.35, 0.5),
    BLUR: (0.02, 0.03, 0.045, 0.065, 0.09, 0.12),
    OCCLUSION: (0.1, 0.2, 0.3, 0.4, 0.5, 0.6),
}
"""Amounts of each corruption, weakest first; see `corrupt`."""
GRAY = 0.5
"""Of the square that occludes."""

Corruption = Callable[[Floats, float, np.random.Generator], Array]


def corrupt(
    images: Any, kind: str, amount: float, *, indices: Any = None, random_state: int = 0
) -> Floats:
    """Corrupt images.

    Parameters
    ----------
    images
        ``(N, C, H, W)`` in [0, 1].
    kind
        ``"noise"``: Gaussian noise of standard deviation `amount`, clipped to [0, 1].
        ``"salt-and-pepper"``: a fraction `amount` of the pixels is black or white.
        ``"blur"``: a Gaussian of standard deviation `amount` times the shorter side.
        ``"occlusion"``: a gray square at a random place, whose side is `amount` times the shorter
        one.
    amount
        In [0, 1].
    indices
        ``(N,)`` non-negative numbers of the images, by default 0 to N - 1: an image of the same
        number is corrupted in the same way, whichever others are given.
    random_state
        Seed; non-negative.

    Returns
    -------
    ndarray
        ``(N, C, H, W)`` float32 in [0, 1].

    Raises
    ------
    UnknownNameError
        There is no such kind.
    InvalidInputError
        Not images, `amount` outside [0, 1], or not one number per image.
    """
    checked = as_images(images)
    numbers = np.arange(len(checked)) if indices is None else np.asarray(indices)
    if kind not in _CORRUPTIONS:
        raise UnknownNameError("corruption", kind, list(_CORRUPTIONS))
    if not 0 <= amount <= 1:
        raise InvalidInputError(f"The amount of a corruption must lie in [0, 1], not {amount}.")
    if numbers.shape != (len(checked),):
        raise InvalidInputError(f"{len(checked)} images but {numbers.size} indices.")
    corrupted = np.empty_like(checked)
    number_of_kind = list(_CORRUPTIONS).index(kind)
    for row, number in enumerate(numbers.tolist()):
        rng = np.random.default_rng([random_state, number_of_kind, number])
        corrupted[row] = _CORRUPTIONS[kind](checked[row], amount, rng)
    return corrupted


def _noise(image: Floats, amount: float, rng: np.random.Generator) -> Array:
    return np.clip(image + amount * rng.standard_normal(image.shape), 0, 1)


def _salt_and_pepper(image: Floats, amount: float, rng: np.random.Generator) -> Array:
    is_replaced, is_white = rng.random(image.shape[1:]) < amount, rng.random(image.shape[1:]) < 0.5
    return np.where(is_replaced, is_white, image)


def _blur(image: Floats, amount: float, _rng: np.random.Generator) -> Array:
    from scipy.ndimage import gaussian_filter

    blurred: Array = gaussian_filter(image, amount * min(image.shape[1:]), axes=(1, 2))
    return blurred.clip(0, 1)


def _occlude(image: Floats, amount: float, rng: np.random.Generator) -> Array:
    height, width = image.shape[1:]
    side = round(amount * min(height, width))
    top, left = rng.integers(0, height - side + 1), rng.integers(0, width - side + 1)
    occluded = image.copy()
    occluded[:, top : top + side, left : left + side] = GRAY
    return occluded


_CORRUPTIONS: dict[str, Corruption] = {
    NOISE: _noise,
    SALT_AND_PEPPER: _salt_and_pepper,
    BLUR: _blur,
    OCCLUSION: _occlude,
}
