"""Images to train a realism network on: decoded ones that are like the data's, and unlike them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.neighbors import NearestNeighbors

from latent_core.datasets.splits import indices_for_validation
from latent_core.interpolation import slerp
from latent_core.models.model import Model
from latent_core.models.torch_model import TorchModel
from latent_core.types import Dataset, Floats, to_uint8

Pixels = NDArray[np.uint8]

N_REAL, N_DECODED = 2000, 300
"""Real images, and images decoded from each source of codes of each model."""
ALIKE_QUANTILE, OUTLYING_QUANTILE = 0.8, 0.95
"""Of the distances of real images to others in the classifier's features: an image up to the first
is like the data's, one beyond the second is not, and those between are left out."""
N_NEIGHBORS = 5
HELD_OUT = 4
"""One in so many validation images is kept for the limits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Images ``(N, C, H, W)``: real, decoded like the data's and unlike them, and held out.

    Without a classifier there are no decoded images that are known to be unlike the data's.
    """

    real: Pixels
    like: Pixels
    unlike: Pixels
    held_out: Pixels


class Rater:
    """Distances to real images in a classifier's features, as quantiles of real images' own.

    Parameters
    ----------
    classifier
        Its codes are the features, each divided by its standard deviation over the images.
    real
        ``(N, C, H, W)`` in [0, 1].
    """

    def __init__(self, classifier: TorchModel, real: Floats) -> None:
        features = classifier.encode(real).mean
        self._classifier, self._scale = classifier, np.maximum(features.std(axis=0), 1e-6)
        search = NearestNeighbors(n_neighbors=N_NEIGHBORS, algorithm="brute")
        self._search = search.fit(features / self._scale)
        self._own = np.sort(self._search.kneighbors()[0].mean(axis=1))

    def quantiles(self, images: Floats) -> Floats:
        """Of images ``(M, C, H, W)`` in [0, 1], ``(M,)``."""
        features = self._classifier.encode(images).mean / self._scale
        distance = self._search.kneighbors(features)[0].mean(axis=1)
        rank: Floats = np.searchsorted(self._own, distance) / len(self._own)
        return rank


def mixed_codes(codes: Floats, rng: np.random.Generator, count: int) -> dict[str, Floats]:
    """Codes ``(count, D)`` between the data's codes ``(N, D)``, and of a fitted Gaussian."""
    a, b = codes[rng.integers(0, len(codes), (2, count))]
    gaussian = codes.mean(axis=0) + codes.std(axis=0) * rng.standard_normal(a.shape)
    return {
        "halfway, linear": (a + b) / 2,
        "halfway, spherical": slerp(a, b, np.full(count, 0.5)).astype(np.float32),
        "samples": gaussian.astype(np.float32),
    }


def far_codes(codes: Floats, rng: np.random.Generator, count: int) -> dict[str, Floats]:
    """Codes ``(count, D)`` away from the data's codes ``(N, D)``, by how they are made."""
    a, b = codes[rng.integers(0, len(codes), (2, count))]
    single, rows = a.copy(), np.arange(count)
    dims = rng.integers(0, codes.shape[1], count)
    ends = np.where(rng.random(count) < 0.5, codes.max(axis=0)[dims], codes.min(axis=0)[dims])
    single[rows, dims] = 1.2 * ends
    noise = codes.std(axis=0) * rng.standard_normal(a.shape)
    return {
        "extrapolated": (1.5 * a - 0.5 * b).astype(np.float32),
        "one dimension far out": single.astype(np.float32),
        "noise added": (a + rng.uniform(0.5, 1.5, (count, 1)) * noise).astype(np.float32),
    }


def make_examples(
    data: Dataset,
    encoded: Sequence[tuple[Model, Floats]],
    classifier: TorchModel | None,
    seed: int,
) -> Examples:
    """Training images from the validation half of a data set.

    Parameters
    ----------
    data
        The data set.
    encoded
        Models of the data set that decode, each with the codes ``(N, D)`` of all its images.
    classifier
        Rates decoded images of codes in, between and outside the data's; None takes only
        reconstructions, as like the data's.
    seed
        Of the choice of images and codes.
    """
    rng = np.random.default_rng(seed)
    rows = rng.permutation(indices_for_validation(data))
    held, rows = rows[: len(rows) // HELD_OUT], rows[len(rows) // HELD_OUT :]
    real = data.images(np.sort(rows[:N_REAL]))
    rater = None if classifier is None else Rater(classifier, real)
    like, unlike, held_out = [], [], []
    for model, codes in encoded:
        held_out.append(to_uint8(model.decode(codes[held[:N_DECODED]])))
        images = model.decode(codes[rows[:N_DECODED]])
        if rater is None:
            like.append(to_uint8(images))
            continue
        far = far_codes(codes[rows], rng, N_DECODED)
        for source in (mixed_codes(codes[rows], rng, N_DECODED) | far).values():
            images = np.concatenate([images, model.decode(source)])
        quantiles = rater.quantiles(images)
        like.append(to_uint8(images[quantiles <= ALIKE_QUANTILE]))
        unlike.append(to_uint8(images[quantiles > OUTLYING_QUANTILE]))
    return Examples(
        real=to_uint8(real),
        like=np.concatenate(like),
        unlike=np.concatenate(unlike) if unlike else np.zeros((0, *data.image_shape), np.uint8),
        held_out=np.concatenate(held_out),
    )
