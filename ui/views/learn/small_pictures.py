"""Pictures of 5 × 5 cells, and the encoder and decoder that PCA learns from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

import latent_core as lc
from latent_core.types import Floats
from ui.components.small_autoencoder import Affine

SIDE = 5
N_TRAINING, N_TEST = 400, 200
NOISE = 0.06
"""Standard deviation of the brightness of a cell."""
SHAPES = {
    "frame": "#####/#...#/#...#/#...#/#####",
    "plus": "..#../..#../#####/..#../..#..",
    "cross": "#...#/.#.#./..#../.#.#./#...#",
    "T": "#####/..#../..#../..#../..#..",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SmallPictures:
    """Training and test pictures, and what PCA with three components learned from the former.

    Parameters
    ----------
    pictures, classes
        ``(N, 25)`` training pictures in [0, 1] and ``(N,)`` indices of their shapes.
    test_pictures
        ``(M, 25)`` pictures that PCA has not seen.
    encoder, decoder
        From a picture to its code ``(3,)``, scaled so that the training codes lie in [0, 1], and
        back; the decoder's values are not limited to [0, 1].
    """

    pictures: Floats
    classes: NDArray[np.int64]
    test_pictures: Floats
    encoder: Affine
    decoder: Affine

    @property
    def codes(self) -> Floats:
        """``(N, 3)`` of the training pictures."""
        return self.encoder(self.pictures)

    @property
    def mean_picture_error(self) -> float:
        """MSE of the test pictures when each is replaced by the mean training picture."""
        return float(np.mean((self.test_pictures - self.pictures.mean(axis=0)) ** 2))

    def errors(self, pictures: Floats) -> Floats:
        """``(N,)`` mean squared error per cell of the reconstructions of ``(N, 25)``."""
        decoded = np.clip(self.decoder(self.encoder(pictures)), 0, 1)
        error: Floats = np.mean((decoded - pictures) ** 2, axis=1)
        return error

    def nearest_shape(self, code: Floats) -> str:
        """The shape of the training picture whose code is nearest to `code`."""
        nearest = int(self.classes[np.argmin(np.linalg.norm(self.codes - code, axis=1))])
        return tuple(SHAPES)[nearest]


def shape_picture(name: str) -> Floats:
    """``(25,)``: the shape `name` in white on black."""
    rows = SHAPES[name].split("/")
    return np.array([cell == "#" for row in rows for cell in row], np.float32)


@cache
def learn_small_pictures(seed: int = 0) -> SmallPictures:
    """Draw the pictures and fit PCA to them; takes a moment."""
    rng = np.random.default_rng(seed)
    pictures, classes = _random_pictures(N_TRAINING, rng)
    test_pictures, _ = _random_pictures(N_TEST, rng)
    projection = lc.PCA(n_components=3).fit(pictures).projection_
    mean, axes = projection.arrays["mean"], projection.arrays["axes"]
    low, high = projection.points.min(axis=0), projection.points.max(axis=0)
    weight = axes / (high - low)[:, None]
    encoder = Affine(weight=weight, bias=-weight @ mean - low / (high - low))
    decoder = Affine(weight=axes.T * (high - low), bias=mean + low @ axes)
    return SmallPictures(
        pictures=pictures,
        classes=classes,
        test_pictures=test_pictures,
        encoder=encoder,
        decoder=decoder,
    )


def _random_pictures(count: int, rng: np.random.Generator) -> tuple[Floats, NDArray[np.int64]]:
    """Shapes of random brightness with noise, and their indices."""
    shapes = np.stack([shape_picture(name) for name in SHAPES])
    classes = rng.integers(len(shapes), size=count)
    brightness = rng.uniform(0.4, 1, (count, 1))
    noise = rng.normal(0, NOISE, (count, SIDE * SIDE))
    pictures = np.clip(brightness * shapes[classes] + noise, 0, 1).astype(np.float32)
    return pictures, classes
