"""Outliers of a data set: scores in the code and its baselines, and how well they are found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from latent_core.encoding import is_compatible
from latent_core.errors import InvalidInputError
from latent_core.metrics import per_image_mse
from latent_core.models.model import BATCH_SIZE
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Dataset, Floats
from latent_core.uses.detection import Detection, evaluate_detection
from latent_core.uses.outlier_scores import (
    Score,
    cross_scores,
    knn_distances,
    mahalanobis_distances,
)
from latent_core.uses.results import CODE, PCA, EncodedData, cached
from latent_core.workspace import reconstruction_errors

MAX_FOREIGN = 1000
"""Images of another data set that are scored: a random subset where there are more."""
RECONSTRUCTION, KNN, MAHALANOBIS = "reconstruction error", "kNN distance", "Mahalanobis distance"


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class OutlierScores:
    """One outlier score of every sample, held out from what it is measured against.

    Parameters
    ----------
    method
        `RECONSTRUCTION` (MSE per pixel), `KNN` or `MAHALANOBIS`.
    representation
        Of `latent_core.uses.results`: what the distances are measured in.
    scores
        ``(N,)``, the higher the less a sample belongs.
    foreign
        ``(M,)``, of images of another data set; None without one.
    """

    method: str
    representation: str
    scores: Floats
    foreign: Floats | None = None

    __repr__ = compact_repr

    def detection(self, false_alarm_rate: float) -> Detection:
        """With a threshold chosen on samples of even index, measured on those of odd index."""
        return evaluate_detection(
            self.scores[::2], self.scores[1::2], self.foreign, false_alarm_rate=false_alarm_rate
        )


def foreign_images(data: Dataset, *, random_state: int = 0) -> Floats:
    """Up to `MAX_FOREIGN` random images ``(M, C, H, W)`` of a data set."""
    rows = np.random.default_rng(random_state).permutation(len(data))[:MAX_FOREIGN]
    return data.images(np.sort(rows))


def measure_outliers(
    encoded: EncodedData,
    foreign: Dataset | None = None,
    *,
    progress: ProgressCallback = null_progress,
) -> tuple[OutlierScores, ...]:
    """Outlier scores of all samples in the code, in as many principal components, and in pixels.

    Cached.

    Parameters
    ----------
    foreign
        Another data set of the same image shape, whose `foreign_images` are scored as well.

    Raises
    ------
    InvalidInputError
        There are too few samples, or images of `foreign` cannot be encoded.
    """
    card = encoded.model.card
    if foreign is not None and not (card.encodes and is_compatible(card, foreign)):
        raise InvalidInputError(
            f"{card.id!r} cannot encode {foreign.title}; choose a model with an encoder and data "
            "of its image shape, or mix in none."
        )

    def compute() -> list[OutlierScores]:
        return _all_scores(encoded, foreign, progress)

    of = encoded.fingerprints | {"foreign": "none" if foreign is None else foreign.fingerprint}
    return cached("outliers", OutlierScores, compute, of=of, progress=progress, store=encoded.store)


def _all_scores(
    encoded: EncodedData, foreign: Dataset | None, progress: ProgressCallback
) -> list[OutlierScores]:
    spaces = encoded.representations(subprogress(progress, 0, 0.3))
    images = None if foreign is None else foreign_images(foreign)
    codes_of_foreign = {} if images is None else _encode_in(spaces, encoded, images)
    progress(0.4, f"Measuring {RECONSTRUCTION}")
    found = _reconstruction_scores(encoded, spaces, images, codes_of_foreign)
    for step, (name, codes) in enumerate(spaces.items()):
        for number, (method, score) in enumerate(_DISTANCES.items()):
            progress(0.4 + 0.6 * (step + number / 2) / len(spaces), f"Measuring {method}")
            foreign_scores = None if images is None else score(codes[::2], codes_of_foreign[name])
            found.append(
                OutlierScores(
                    method=method,
                    representation=name,
                    scores=cross_scores(score, codes),
                    foreign=foreign_scores,
                )
            )
    return found


_DISTANCES: dict[str, Score] = {KNN: knn_distances, MAHALANOBIS: mahalanobis_distances}


def _encode_in(
    spaces: dict[str, Floats], encoded: EncodedData, images: Floats
) -> dict[str, Floats]:
    """Images in each of the representations."""
    found = {CODE: encoded.model.encode(images).mean}
    if len(spaces) > 1:
        scores = encoded.components().encode(images)
        found |= {name: scores[:, : spaces[name].shape[1]] for name in spaces if name != CODE}
    return found


def _reconstruction_scores(
    encoded: EncodedData,
    spaces: dict[str, Floats],
    images: Floats | None,
    codes_of_foreign: dict[str, Floats],
) -> list[OutlierScores]:
    """The reconstruction errors of the model, and of principal components."""
    model, data = encoded.model, encoded.data
    if not model.card.decodes:
        return []
    decoders: dict[str, Callable[[Floats], Floats]] = {CODE: model.decode}
    if PCA in spaces:
        decoders[PCA] = encoded.components().decode
    batches = [slice(i, i + BATCH_SIZE) for i in range(0, len(data), BATCH_SIZE)]

    def errors(name: str) -> Floats:
        if name == CODE:
            return reconstruction_errors(model, data, encoded.encodings, store=encoded.store)
        decode, codes = decoders[name], spaces[name]
        return np.concatenate([per_image_mse(data.images(b), decode(codes[b])) for b in batches])

    return [
        OutlierScores(
            method=RECONSTRUCTION,
            representation=name,
            scores=errors(name),
            foreign=None
            if images is None
            else per_image_mse(images, decode(codes_of_foreign[name])),
        )
        for name, decode in decoders.items()
    ]
