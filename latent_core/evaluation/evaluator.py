"""A classifier's accuracy, and distances of images in its features."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.factors import binary_attributes
from latent_core.evaluation.frechet import frechet_distance
from latent_core.models.torch_model import TorchModel
from latent_core.types import Array, Dataset, Floats


class Evaluator:
    """A classifier of the models with cached, standardized features of the real images.

    Each feature is divided by its standard deviation over the real images, so that shifting all
    images by one standard deviation of one feature gives a Fréchet distance of 1.

    Parameters
    ----------
    model
        A model of the family ``"classifier"``.
    data
        The real images.
    rows
        Which of them; all by default.
    """

    def __init__(self, model: TorchModel, data: Dataset, rows: Array | slice = slice(None)) -> None:
        self.model, self._data, self._rows = model, data, rows

    @cached_property
    def _features_and_scale(self) -> tuple[Floats, Floats]:
        features = self.model.encode(self._data.images(self._rows)).mean
        scale = np.maximum(features.std(axis=0), 1e-6)
        return features / scale, scale

    @cached_property
    def _y_true(self) -> NDArray[np.bool_] | NDArray[np.int64] | None:
        """Binary attributes ``(N, A)``, or classes ``(N, 1)``; None where there are no labels."""
        card = self.model.card
        if card.attribute_thresholds:
            attributes = binary_attributes(self._data.factors, card.attribute_thresholds, card.id)
            return attributes[self._rows]
        labels = self._data.labels
        return None if labels is None else labels[self._rows, None][self._is_known]

    @cached_property
    def _is_known(self) -> NDArray[np.bool_] | slice:
        """Which of the images have a known label, for a classifier of classes."""
        labels = self._data.labels
        is_class = labels is not None and not self.model.card.attribute_thresholds
        return labels[self._rows] >= 0 if labels is not None and is_class else slice(None)

    def features(self, images: Floats) -> Floats:
        """Standardized features ``(N, D)`` of images ``(N, C, H, W)`` in [0, 1]."""
        scaled: Floats = self.model.encode(images).mean / self._features_and_scale[1]
        return scaled

    def accuracy(self) -> dict[str, float]:
        """The classifier's accuracy on the images, in [0, 1].

        Returns
        -------
        dict
            By attribute, or ``{"class": …}``; empty where the data has no labels.
        """
        if self._y_true is None:
            return {}
        images = self._data.images(self._rows)[self._is_known]
        is_class = not self.model.card.attribute_thresholds
        y_pred = (
            self.model.classify(images)[:, None]
            if is_class
            else self.model.predict_attributes(images)
        )
        return self._by_name((y_pred == self._y_true).mean(axis=0))

    def majority_baseline(self) -> dict[str, float]:
        """The accuracy of always predicting the most frequent label, as in `accuracy`."""
        if self._y_true is None:
            return {}
        return self._by_name([_largest_fraction(column) for column in self._y_true.T])

    def _by_name(self, values: Array | list[float]) -> dict[str, float]:
        names = list(self.model.card.attribute_thresholds) or ["class"]
        return dict(zip(names, map(float, values), strict=True))

    def distance(self, images: Floats) -> float:
        """The Fréchet distance of images ``(N, C, H, W)`` from the real ones."""
        return frechet_distance(self._features_and_scale[0], self.features(images))


def _largest_fraction(labels: Array) -> float:
    return float(np.unique(labels, return_counts=True)[1].max() / len(labels))
