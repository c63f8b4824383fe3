"""How like the data the samples of each sampler are, beside held-out real images."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.datasets.splits import indices_for_test, indices_for_validation, labeled
from latent_core.errors import InvalidInputError
from latent_core.evaluation.frechet import frechet_distance
from latent_core.evaluation.networks import NETWORKS, evaluation_network
from latent_core.evaluation.probes import fit_logistic
from latent_core.evaluation.sample_metrics import N_NEIGHBORS, sample_quality
from latent_core.models.protocols import LatentModel
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress
from latent_core.sampling import CodeDistribution
from latent_core.types import Dataset, Encodings, Floats

N_SAMPLES = 500
"""Samples per draw, and real images that they are compared with, at most."""
SEEDS = (0, 1, 2)
REAL = "real"
FIGURES = ("frechet", "precision", "recall", "density", "coverage", "class_distance")

Features = Callable[[Floats], Floats]
"""From codes ``(N, D)`` to the features ``(N, F)`` of what they stand for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplerFigures:
    """Figures of samples against real test images; mean and standard deviation over three draws.

    Parameters
    ----------
    rows
        By sampler, and under `REAL` of other real images, the baseline: of each of `FIGURES` the
        mean and the standard deviation.  ``class_distance`` is the total variation distance
        between the frequencies of predicted classes, 0 to 1; missing without classes.
    features
        What was compared.
    n_samples
        Samples of a draw, and real images.
    """

    rows: Mapping[str, Mapping[str, tuple[float, float]]]
    features: str
    n_samples: int

    __repr__ = compact_repr


def measure_samplers(
    model: LatentModel,
    data: Dataset,
    encodings: Encodings,
    distributions: Mapping[str, CodeDistribution],
    *,
    progress: ProgressCallback = null_progress,
) -> SamplerFigures:
    """Compare samples with real test images in the features of the evaluation network.

    Without a network for the data set, in scattering features; without a decoder, the codes
    themselves are compared.  Features are standardized by the real validation images.

    Parameters
    ----------
    model, data, encodings
        The space.
    distributions
        What is drawn from, by name; to be fair, fitted to validation codes only.
    progress
        Called with the fraction done; may raise `CancelledError`.

    Raises
    ------
    InvalidInputError
        Too few real images.

    References
    ----------
    Heusel et al. 2017, arXiv:1706.08500; Kynkäänniemi et al. 2019, arXiv:1904.06991; Naeem et al.
    2020, arXiv:2002.09797.
    """
    n = min(N_SAMPLES, len(data) // 2)
    if n <= N_NEIGHBORS:
        raise InvalidInputError(
            f"{len(data)} samples are too few to be compared; give {2 * (N_NEIGHBORS + 1)} or more."
        )
    comparison = _Comparison(model, data, encodings, n)
    draws: dict[str, list[Floats]] = {REAL: comparison.real_draws()}
    done, total = 0, len(SEEDS) * len(distributions) + 1
    for name, distribution in distributions.items():
        draws[name] = []
        for seed in SEEDS:
            done += 1
            progress(done / total, f"comparing samples: {name}")
            codes = distribution.sample(n, random_state=seed)
            draws[name].append(comparison.standardized(comparison.features_of_codes(codes)))
    return SamplerFigures(
        rows={name: comparison.figures(parts) for name, parts in draws.items()},
        features=comparison.name,
        n_samples=n,
    )


class _Comparison:
    """The features of the real images, and figures of others against them."""

    def __init__(self, model: LatentModel, data: Dataset, encodings: Encodings, n: int) -> None:
        self._model, self._data, self._encodings, self._n = model, data, encodings, n
        self._network: Features | None = None
        self.name = "codes"
        for key, title in NETWORKS.items() if model.card.decodes else ():
            if self._network is None and (network := evaluation_network(key, data)) is not None:
                self._network, self.name = network, title
        rng = np.random.default_rng(0)
        self._test = rng.permutation(indices_for_test(data))[:n]
        self._validation = [rng.permutation(indices_for_validation(data))[:n] for _ in SEEDS]
        raw = [self._features_of_images(rows) for rows in self._validation]
        pooled = np.concatenate(raw)
        std = pooled.std(axis=0)
        self._mean, self._std = pooled.mean(axis=0), np.maximum(std, 1e-6 + 1e-3 * std.max())
        self._real = [self.standardized(part) for part in raw]
        self.test = self.standardized(self._features_of_images(self._test))
        self._probe = self._fit_probe()

    def features_of_codes(self, codes: Floats) -> Floats:
        return codes if self._network is None else self._network(self._model.decode(codes))

    def _features_of_images(self, rows: Any) -> Floats:
        if self._network is None:
            codes: Floats = self._encodings.mean[rows]
            return codes
        return self._network(self._data.images(rows))

    def standardized(self, features: Floats) -> Floats:
        scaled: Floats = ((features - self._mean) / self._std).astype(np.float32)
        return scaled

    def real_draws(self) -> list[Floats]:
        return self._real

    def _fit_probe(self) -> Any:
        """Predicts classes from features; None where there are fewer than two."""
        labels, rows = self._data.labels, np.concatenate(self._validation)
        if labels is None:
            return None
        known = np.isin(rows, labeled(self._data, rows))
        if len(np.unique(labels[rows[known]])) < 2:
            return None
        return fit_logistic(np.concatenate(self._real)[known], labels[rows[known]])

    def _class_frequencies(self, features: Floats) -> Any:
        predicted = self._probe.predict(features)
        return np.bincount(predicted, minlength=len(self._data.class_names)) / len(predicted)

    def figures(self, draws: Sequence[Floats]) -> dict[str, tuple[float, float]]:
        values: dict[str, list[float]] = {}
        for features in draws:
            found = {"frechet": frechet_distance(self.test, features)}
            found |= sample_quality(self.test, features)._asdict()
            if self._probe is not None:
                expected, drawn = map(self._class_frequencies, (self.test, features))
                found["class_distance"] = float(np.abs(expected - drawn).sum() / 2)
            for name, value in found.items():
                values.setdefault(name, []).append(value)
        return {n: (float(np.mean(v)), float(np.std(v, ddof=1))) for n, v in values.items()}
