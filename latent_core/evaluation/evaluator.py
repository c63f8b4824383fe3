"""Evaluation classifiers: Fréchet distances and accuracies of a model's images."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.factors import binary_attributes
from latent_core.evaluation.frechet import frechet_distance
from latent_core.models.model import TorchModel
from latent_core.types import Dataset, Floats

N_SAMPLES = 10_000
"""Samples from the prior per seed."""
SEEDS = (0, 1, 2)


class Evaluator:
    """An evaluation classifier with cached, standardized features of the real images.

    Each feature is divided by its standard deviation over the real images, so that shifting all
    images by one standard deviation of one feature gives a Fréchet distance of 1.

    Parameters
    ----------
    model
        A model of the family ``"classifier"``.
    data
        The real images.
    """

    def __init__(self, model: TorchModel, data: Dataset) -> None:
        self.model, self._data = model, data
        features = model.encode(data.images()).mean
        self._scale = np.maximum(features.std(axis=0), 1e-6)
        self._real = features / self._scale

    def features(self, images: Floats) -> Floats:
        """Standardized features ``(N, D)`` of images ``(N, C, H, W)`` in [0, 1]."""
        scaled: Floats = self.model.encode(images).mean / self._scale
        return scaled

    def predictions(self, images: Floats) -> NDArray[np.bool_]:
        """Predicted attributes ``(N, Q)``, or predicted classes one-hot, of images."""
        if self.model.card.attribute_thresholds:
            return self.model.predict_attributes(images)
        classes = np.arange(int(self.model.card.architecture["classes"]))
        one_hot: NDArray[np.bool_] = self.model.classify(images)[:, None] == classes
        return one_hot

    def accuracy(self, images: Floats) -> dict[str, float] | None:
        """The classifier's accuracy on images, with the labels of the real ones.

        Parameters
        ----------
        images
            ``(N, C, H, W)`` in [0, 1]: the real images or reconstructions of them, in their order.

        Returns
        -------
        dict or None
            By attribute, or ``{"class": …}``, in [0, 1]; None where the data has no labels.
        """
        card = self.model.card
        if card.attribute_thresholds:
            y_true = binary_attributes(self._data.factors, card.attribute_thresholds, card.id)
            accuracies = (self.model.predict_attributes(images) == y_true).mean(axis=0)
            return dict(zip(card.attribute_thresholds, map(float, accuracies), strict=True))
        if self._data.labels is None:
            return None
        known = self._data.labels >= 0
        is_correct = self.model.classify(images[known]) == self._data.labels[known]
        return {"class": float(is_correct.mean())}

    def majority_baseline(self) -> dict[str, float]:
        """The accuracy of always predicting the most frequent label, as in `accuracy`."""
        card = self.model.card
        if card.attribute_thresholds:
            y_true = binary_attributes(self._data.factors, card.attribute_thresholds, card.id)
            positive = y_true.mean(axis=0)
            majority = np.maximum(positive, 1 - positive)
            return dict(zip(card.attribute_thresholds, map(float, majority), strict=True))
        if self._data.labels is None:
            return {}
        known = self._data.labels[self._data.labels >= 0]
        return {"class": float(np.bincount(known).max() / len(known))}

    def distance(self, images: Floats) -> float:
        """The Fréchet distance of images ``(N, C, H, W)`` from the real ones."""
        return frechet_distance(self._real, self.features(images))

    def real_vs_real_distance(self, seed: int = 0) -> float:
        """The Fréchet distance between two random halves of the real images: a lower bound."""
        order = np.random.default_rng(seed).permutation(len(self._real))
        first, second = np.array_split(order, 2)
        return frechet_distance(self._real[first], self._real[second])


def evaluate_samples(model: TorchModel, evaluator: Evaluator) -> dict[str, Any]:
    """The Fréchet distance of a model's samples from the prior, over three sampling seeds.

    Parameters
    ----------
    model
        A model with the prior N(0, I).
    evaluator
        The evaluation classifier of its data set.

    Returns
    -------
    dict
        ``frechet_samples``, the mean over seeds; ``frechet_samples_std``; and
        ``class_frequencies_samples``, how often each class, or each attribute, is predicted.
    """
    distances, frequencies = [], []
    for seed in SEEDS:
        rng = np.random.default_rng([seed, 20_011])
        codes = rng.standard_normal((N_SAMPLES, model.card.latent_dim)).astype(np.float32)
        images = model.decode(codes)
        distances.append(evaluator.distance(images))
        frequencies.append(evaluator.predictions(images).mean(axis=0))
    return {
        "frechet_samples": round(float(np.mean(distances)), 3),
        "frechet_samples_std": round(float(np.std(distances)), 3),
        "class_frequencies_samples": [
            round(float(value), 4) for value in np.mean(frequencies, axis=0)
        ],
    }
