"""What a classifier of ours, the judge of a data set, says of pictures that a model makes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.factors import binary_attributes
from latent_core.evaluation.frechet import frechet_distance
from latent_core.models.model import TorchModel
from latent_core.types import Dataset, Floats

N_SAMPLES = 10_000
"""Pictures that a model makes for it."""
SEEDS = (0, 1, 2)


class Evaluator:
    """A classifier with what it sees in the real pictures.

    Its features are brought to deviation 1 on them, so that a distance of 1 is a shift of every
    picture by one usual deviation of one feature.

    Parameters
    ----------
    model
        Of the family ``"classifier"``.
    data
        The real pictures.
    """

    def __init__(self, model: TorchModel, data: Dataset) -> None:
        self.model, self._data = model, data
        features = model.encode(data.images()).mean
        self._scale = np.maximum(features.std(axis=0), 1e-6)
        self._real = features / self._scale

    def features(self, images: Floats) -> Floats:
        """``(N, D)`` of images ``(N, C, H, W)``, on the scale of the real ones."""
        scaled: Floats = self.model.encode(images).mean / self._scale
        return scaled

    def predictions(self, images: Floats) -> NDArray[np.bool_]:
        """``(N, Q)``: its answers to its questions, or which one class it takes each image for."""
        if self.model.card.attribute_thresholds:
            return self.model.predict_attributes(images)
        classes = np.arange(int(self.model.card.architecture["classes"]))
        chosen: NDArray[np.bool_] = self.model.classify(images)[:, None] == classes
        return chosen

    def accuracy(self, images: Floats) -> dict[str, float] | None:
        """The share it says rightly of images made of the real ones, in their order.

        Returns
        -------
        dict or None
            By question; ``{"class": …}`` for one that tells classes; None where the truth isn't
            known.
        """
        card = self.model.card
        if card.attribute_thresholds:
            truth = binary_attributes(self._data.factors, card.attribute_thresholds, card.id)
            shares = (self.model.predict_attributes(images) == truth).mean(axis=0)
            return dict(zip(card.attribute_thresholds, map(float, shares), strict=True))
        if self._data.labels is None:
            return None
        return {"class": float((self.model.classify(images) == self._data.labels).mean())}

    def majority_baseline(self) -> dict[str, float]:
        """The accuracy of always saying what is true most often, by question as in `accuracy`."""
        card = self.model.card
        if card.attribute_thresholds:
            shares = binary_attributes(self._data.factors, card.attribute_thresholds, card.id).mean(
                axis=0
            )
            likelier = np.maximum(shares, 1 - shares)
            return dict(zip(card.attribute_thresholds, map(float, likelier), strict=True))
        if self._data.labels is None:
            return {}
        return {"class": float(np.bincount(self._data.labels).max() / len(self._data))}

    def distance(self, images: Floats) -> float:
        """The Fréchet distance of images from the real ones."""
        return frechet_distance(self._real, self.features(images))

    def real_vs_real_distance(self, seed: int = 0) -> float:
        """The distance between two halves of the real pictures: what no model can beat."""
        order = np.random.default_rng(seed).permutation(len(self._real))
        first, second = np.array_split(order, 2)
        return frechet_distance(self._real[first], self._real[second])


def evaluate_samples(model: TorchModel, evaluator: Evaluator) -> dict[str, Any]:
    """How near a model's samples from N(0, I) come to the real pictures, over three seeds.

    Returns
    -------
    dict
        ``frechet_samples`` with its ``…_deviation``, and ``sample_shares``: how often each class
        is drawn, or each question answered by yes.
    """
    distances, shares = [], []
    for seed in SEEDS:
        rng = np.random.default_rng([seed, 20_011])
        codes = rng.standard_normal((N_SAMPLES, model.card.latent_dim)).astype(np.float32)
        images = model.decode(codes)
        distances.append(evaluator.distance(images))
        shares.append(evaluator.predictions(images).mean(axis=0))
    return {
        "frechet_samples": round(float(np.mean(distances)), 3),
        "frechet_samples_std": round(float(np.std(distances)), 3),
        "class_frequencies_samples": [round(float(share), 4) for share in np.mean(shares, axis=0)],
    }
