"""dSprites: white shapes on black, on whose six factors disentanglement is usually measured.

References
----------
L. Matthey, I. Higgins, D. Hassabis, A. Lerchner: dSprites: Disentanglement testing Sprites
dataset (2017). The pictures are those of its file, in its order: one for every combination of
shape, scale, orientation, x and y; the sixth factor, the colour, is always white.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from datagen.faces.factors import Table
from datagen.registry import About
from latent_core.errors import BadInput
from latent_core.factors import Factor

SIZES = {"shape": 3, "scale": 6, "orientation": 40, "x": 32, "y": 32}
COUNT = int(np.prod(list(SIZES.values())))
SIDE = 64
SHIPPED, SHIPPED_SEED = 10_000, 0

ABOUT = About(
    factors={
        "shape": Factor(low=0, high=2, means="0 square, 1 ellipse, 2 heart", ordered=False),
        "scale": Factor(low=0.5, high=1, means="six sizes"),
        "orientation": Factor(
            low=0, high=2 * np.pi, means="forty turns", unit="radians", ordered=False
        ),
        "x": Factor(low=0, high=1, means="32 places from left to right"),
        "y": Factor(low=0, high=1, means="32 places from top to bottom"),
    },
    words={
        "title": "dSprites",
        "description": (
            "10,000 of dSprites' 737,280 white shapes on black, drawn at random, with the factors "
            "on which disentanglement is usually measured. No model here was trained on these."
        ),
        "source": (
            "L. Matthey, I. Higgins, D. Hassabis, A. Lerchner: dSprites: Disentanglement testing "
            "Sprites dataset (2017)"
        ),
        "licence": "Apache-2.0",
        "training_set": "The other 727,280: python -m datagen dsprites --train --from FILE",
    },
    class_factor="shape",
    class_names=("Square", "Ellipse", "Heart"),
)


def choose(count: int, seed: int, *, train: bool) -> NDArray[np.int64]:
    """Numbers of `count` pictures, none twice, none for training that ships.

    Raises
    ------
    BadInput
        There are not so many.
    """
    rest = np.arange(COUNT)
    if train:
        rest = np.delete(rest, choose(SHIPPED, SHIPPED_SEED, train=False))
    if count > len(rest):
        raise BadInput(f"dSprites has {len(rest):,} such pictures, not {count:,}; ask for fewer.")
    return np.random.default_rng(seed).choice(rest, count, replace=False)


def factors_of(numbers: NDArray[np.int64]) -> Table:
    """The factors of the pictures `numbers`, from their place in the file's order."""
    steps = np.unravel_index(numbers, tuple(SIZES.values()))
    found: Table = {}
    for (name, factor), step in zip(ABOUT.factors.items(), steps, strict=True):
        values = np.linspace(factor.low, factor.high, SIZES[name])
        found[name] = values[step].astype(np.float32)
    return found


def read_pictures(path: Path, numbers: NDArray[np.int64]) -> NDArray[np.uint8]:
    """The pictures ``(n, 1, 64, 64)``, 0 or 255, from ``dsprites_….npz``.

    The file's three gigabytes are read from front to back, and only what is asked for is kept.

    Raises
    ------
    BadInput
        It is not that file.
    """
    order = np.argsort(numbers)
    images = np.empty((len(numbers), 1, SIDE, SIDE), np.uint8)
    try:
        with zipfile.ZipFile(path) as archive, archive.open("imgs.npy") as file:
            version = np.lib.format.read_magic(file)
            if version != (1, 0):
                raise BadInput(f"{path} holds pictures in an unknown format {version}.")
            shape, _, dtype = np.lib.format.read_array_header_1_0(file)
            if shape != (COUNT, SIDE, SIDE) or dtype != np.uint8:
                raise BadInput(f"{path} holds {shape} {dtype}, not dSprites' pictures.")
            at = 0
            for place in order:
                _skip(file, (int(numbers[place]) - at) * SIDE * SIDE)
                picture = file.read(SIDE * SIDE)
                images[place, 0] = np.frombuffer(picture, np.uint8).reshape(SIDE, SIDE) * 255
                at = int(numbers[place]) + 1
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        raise BadInput(f"{path} is not dSprites' .npz file ({error}); fetch it again.") from error
    return images


def _skip(file: object, count: int) -> None:
    while count > 0:
        count -= len(file.read(min(count, 1 << 20)))  # type: ignore[attr-defined]
