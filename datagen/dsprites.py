"""dSprites: white shapes on black, the usual benchmark of disentanglement.

References
----------
L. Matthey, I. Higgins, D. Hassabis, A. Lerchner: dSprites: Disentanglement testing Sprites
dataset (2017). Its file holds one image for every combination of shape, scale, orientation, x and
y, in that order; the sixth factor, color, is always white and left out here.
"""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from datagen.description import DatasetDescription
from datagen.factor_table import FactorTable
from latent_core.datasets.factors import Factor
from latent_core.errors import InvalidInputError
from latent_core.untrusted import reading

FACTOR_SIZES = {"shape": 3, "scale": 6, "orientation": 40, "x": 32, "y": 32}
N_IMAGES = int(np.prod(list(FACTOR_SIZES.values())))
IMAGE_SIZE = 64
N_SHIPPED, SHIPPED_SEED = 10_000, 0

DESCRIPTION = DatasetDescription(
    factors={
        "shape": Factor(low=0, high=2, description="0 square, 1 ellipse, 2 heart", ordered=False),
        "scale": Factor(low=0.5, high=1, description="six sizes"),
        "orientation": Factor(
            low=0, high=2 * np.pi, description="forty turns", unit="radians", ordered=False
        ),
        "x": Factor(low=0, high=1, description="32 places from left to right"),
        "y": Factor(low=0, high=1, description="32 places from top to bottom"),
    },
    metadata={
        "title": "dSprites",
        "description": (
            "10,000 of dSprites' 737,280 white shapes on black, drawn at random, with the factors "
            "on which disentanglement is usually measured. No model here was trained on these."
        ),
        "source": (
            "L. Matthey, I. Higgins, D. Hassabis, A. Lerchner: dSprites: Disentanglement testing "
            "Sprites dataset (2017)"
        ),
        "license": "Apache-2.0",
        "training_set": "The other 727,280: python -m datagen dsprites --train --from FILE",
    },
    class_factor="shape",
    class_names=("Square", "Ellipse", "Heart"),
)


def sample_indices(count: int, seed: int, *, train: bool) -> NDArray[np.int64]:
    """Indices ``(count,)`` of images in dSprites' file, sampled without replacement.

    Parameters
    ----------
    train
        Sample only from the images that do not ship.

    Raises
    ------
    InvalidInputError
        `count` exceeds the number of images.
    """
    candidates = np.arange(N_IMAGES)
    if train:
        candidates = np.delete(candidates, sample_indices(N_SHIPPED, SHIPPED_SEED, train=False))
    if count > len(candidates):
        raise InvalidInputError(
            f"dSprites has {len(candidates):,} such images, not {count:,}; lower --count."
        )
    return np.random.default_rng(seed).choice(candidates, count, replace=False)


def factors_at(indices: NDArray[np.int64]) -> FactorTable:
    """The factors ``(n,)`` of the images `indices`, from the order of dSprites' file."""
    steps = np.unravel_index(indices, tuple(FACTOR_SIZES.values()))
    table: FactorTable = {}
    for (name, factor), step in zip(DESCRIPTION.factors.items(), steps, strict=True):
        values = np.linspace(factor.low, factor.high, FACTOR_SIZES[name])
        table[name] = values[step].astype(np.float32)
    return table


def read_images(path: Path, indices: NDArray[np.int64]) -> NDArray[np.uint8]:
    """Images ``(n, 1, 64, 64)``, 0 or 255, from dSprites' ``.npz`` file.

    The uncompressed array has 3 GB, so the file is streamed and only the images asked for are
    kept.

    Raises
    ------
    InvalidInputError
        The file is not that of dSprites.
    """
    order = np.argsort(indices)
    images = np.empty((len(indices), 1, IMAGE_SIZE, IMAGE_SIZE), np.uint8)
    with (
        reading(f"{path} is not dSprites' .npz file", "download it again", InvalidInputError),
        zipfile.ZipFile(path) as archive,
        archive.open("imgs.npy") as file,
    ):
        _check_header(file, path)
        position = 0
        for row in order:
            _skip(file, (int(indices[row]) - position) * IMAGE_SIZE**2)
            data = np.frombuffer(file.read(IMAGE_SIZE**2), np.uint8)
            images[row, 0] = data.reshape(IMAGE_SIZE, IMAGE_SIZE) * 255
            position = int(indices[row]) + 1
    return images


def _check_header(file: IO[bytes], path: Path) -> None:
    version = np.lib.format.read_magic(file)
    if version != (1, 0):
        raise InvalidInputError(f"{path} holds images in the .npy format {version}, not (1, 0).")
    shape, _, dtype = np.lib.format.read_array_header_1_0(file)
    if shape != (N_IMAGES, IMAGE_SIZE, IMAGE_SIZE) or dtype != np.uint8:
        raise InvalidInputError(f"{path} holds {shape} {dtype}, not dSprites' images.")


def _skip(file: IO[bytes], count: int) -> None:
    """Read and discard `count` bytes."""
    while count > 0:
        if not (part := file.read(min(count, 1 << 20))):
            raise EOFError("it ends too early")
        count -= len(part)
