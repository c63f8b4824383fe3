"""Realism of single images: precision and percentile among real images, at equal counts."""

from __future__ import annotations

import numpy as np
from sklearn.metrics import pairwise_distances
from sklearn.neighbors import NearestNeighbors

import latent_core as lc

N_NEIGHBORS = 5
N_REFERENCE = 4000
N_RANKED = 1000
_BATCH = 500


class Realism:
    """The realism of decoded images, each rated alone by its features.

    Up to 4,000 random real images, at most 40 %, are the reference; the codes of the others,
    `rest`, are for everything that is evaluated, so no image is rated by itself.

    Parameters
    ----------
    model
        Decodes.
    classifier
        Its codes are the features, each divided by its standard deviation over the data.
    """

    def __init__(self, model: lc.LatentModel, classifier: lc.LatentModel, data: lc.Dataset) -> None:
        self._model, self._classifier = model, classifier
        features = classifier.encode(data.images()).mean
        self._scale = np.maximum(features.std(axis=0), 1e-6)
        order = np.random.default_rng(0).permutation(len(features))
        count = min(N_REFERENCE, 2 * len(features) // 5)
        self.reference, self.rest = order[:count], order[count:]
        self._real = features[self.reference] / self._scale
        self._search = NearestNeighbors(n_neighbors=N_NEIGHBORS, algorithm="brute").fit(self._real)
        self._radius = self._search.kneighbors()[0][:, -1]
        self._ranked = np.sort(self._distance(features[self.rest[:N_RANKED]] / self._scale))

    def __call__(self, codes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """For each of ``(M, D)`` codes: whether its image is realistic, and its percentile.

        An image is realistic when its features lie within the distance of a reference image to its
        fifth neighbor (precision of Kynkäänniemi et al. 2019, arXiv:1904.06991).  The percentile is
        the fraction of real images whose mean distance to five reference images is smaller: 0.5 is
        the median real image, 1 is farther than all.
        """
        images = self._model.decode(codes.astype(np.float32))
        features = self._classifier.encode(images).mean / self._scale
        inside = np.concatenate(
            [
                (pairwise_distances(features[i : i + _BATCH], self._real) <= self._radius).any(
                    axis=1
                )
                for i in range(0, len(features), _BATCH)
            ]
        )
        rank = np.searchsorted(self._ranked, self._distance(features))
        return inside, rank / len(self._ranked)

    def _distance(self, features: np.ndarray) -> np.ndarray:
        return self._search.kneighbors(features)[0].mean(axis=1)


def mean_and_error(values: np.ndarray) -> str:
    """The mean of independent values with its standard error, as text."""
    return f"{values.mean():.3f} ± {values.std() / len(values) ** 0.5:.3f}"
