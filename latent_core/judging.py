"""What a classifier of ours, the judge of a data set, says of pictures that a model makes."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import LatentError
from latent_core.frechet import frechet_distance
from latent_core.models import TorchModel, list_models, load_card, load_model
from latent_core.values import Dataset, Floats

DRAWN = 10_000
"""Pictures that a model makes for it."""
SEEDS = (0, 1, 2)


def judge_of(data: Dataset) -> TorchModel | None:
    """The classifier that was trained on this data set's training pictures, or None."""
    for model_id in list_models():
        try:
            card = load_card(model_id)
        except LatentError:
            continue  # told where models are chosen
        if card.classifies and card.dataset == data.id:
            return load_model(model_id)
    return None


class Judge:
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
        self.model = model
        features = model.encode(data.pixels()).mean
        self._scale = np.maximum(features.std(axis=0), 1e-6)
        self._real = features / self._scale

    def features(self, images: Floats) -> Floats:
        """``(N, D)`` of images ``(N, C, H, W)``, on the scale of the real ones."""
        scaled: Floats = self.model.encode(images).mean / self._scale
        return scaled

    def classes(self, images: Floats) -> NDArray[np.int64]:
        """``(N,)`` what each image is taken for."""
        return self.model.classify(images)

    def distance(self, images: Floats) -> float:
        """The Fréchet distance of images from the real ones."""
        return frechet_distance(self._real, self.features(images))

    def floor(self, seed: int = 0) -> float:
        """The distance between two halves of the real pictures: what no model can beat."""
        order = np.random.default_rng(seed).permutation(len(self._real))
        first, second = np.array_split(order, 2)
        return frechet_distance(self._real[first], self._real[second])


def judge_samples(model: TorchModel, judge: Judge) -> dict[str, Any]:
    """How near a model's samples from N(0, I) come to the real pictures, over three seeds.

    Returns
    -------
    dict
        ``frechet_samples`` with its ``…_deviation``, and ``class_shares``: how often each class
        is drawn.
    """
    distances, shares = [], []
    for seed in SEEDS:
        rng = np.random.default_rng([seed, 20_011])
        codes = rng.standard_normal((DRAWN, model.card.latent_dim)).astype(np.float32)
        images = model.decode(codes)
        distances.append(judge.distance(images))
        classes = judge.model.card.architecture["classes"]
        shares.append(np.bincount(judge.classes(images), minlength=classes) / DRAWN)
    return {
        "frechet_samples": round(float(np.mean(distances)), 3),
        "frechet_samples_deviation": round(float(np.std(distances)), 3),
        "class_shares": [round(float(share), 4) for share in np.mean(shares, axis=0)],
    }
