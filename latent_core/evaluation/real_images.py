"""The real images of a data set under one evaluation network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.factors import factors_of_card, known_span
from latent_core.datasets.splits import indices_for_test, indices_for_validation, labeled
from latent_core.evaluation.frechet import frechet_distance
from latent_core.evaluation.networks import NETWORKS, evaluation_network
from latent_core.evaluation.probes import (
    FactorProbe,
    factor_table,
    fit_logistic,
    fit_ridge,
    is_measurable,
)
from latent_core.evaluation.sample_metrics import SampleQuality, sample_quality
from latent_core.types import Dataset, Floats

N_SPLITS = 10
"""Random halves of the real images, for the distance of real images from real images."""


@dataclass(frozen=True)
class RealImages:
    """The real images of a data set under one evaluation network.

    Parameters
    ----------
    network
        A key of `NETWORKS`.
    data
        The data set.
    """

    network: str
    data: Dataset

    def raw_features(self, images: Floats) -> Floats:
        """The network's features ``(N, D)`` of images."""
        network = evaluation_network(self.network, self.data)
        assert network is not None
        return network(images)

    @cached_property
    def _raw(self) -> Floats:
        return self.raw_features(self.data.images())

    @cached_property
    def _scale(self) -> tuple[Floats, Floats]:
        validation = self._raw[indices_for_validation(self.data)]
        std = validation.std(axis=0)
        return validation.mean(axis=0), np.maximum(std, 1e-6 + 1e-3 * std.max())

    def standardized(self, raw: Floats) -> Floats:
        """Features in standard deviations of those of the real validation images."""
        mean, std = self._scale
        scaled: Floats = (raw - mean) / std
        return scaled

    def features(self, images: Floats) -> Floats:
        """Standardized features ``(N, D)`` of images ``(N, C, H, W)`` in [0, 1]."""
        return self.standardized(self.raw_features(images))

    @cached_property
    def all(self) -> Floats:
        """Features of all real images."""
        return self.standardized(self._raw)

    @property
    def validation(self) -> Floats:
        """Features of the validation images."""
        return self.all[indices_for_validation(self.data)]

    @property
    def test(self) -> Floats:
        """Features of the test images."""
        return self.all[indices_for_test(self.data)]

    @cached_property
    def distance(self) -> tuple[float, float]:
        """Mean and standard deviation of the Fréchet distance of two disjoint random halves."""
        distances = []
        for split in range(N_SPLITS):
            order = np.random.default_rng([split, 40_009]).permutation(len(self.all))
            half = len(order) // 2
            distances.append(frechet_distance(self.all[order[:half]], self.all[order[half:]]))
        return float(np.mean(distances)), float(np.std(distances, ddof=1))

    @cached_property
    def quality(self) -> SampleQuality:
        """That of the validation images as if they were samples."""
        return sample_quality(self.test, self.validation[: len(self.test)])

    @cached_property
    def class_probe(self) -> Any:
        """Predicts the class from features; fitted to the validation images."""
        assert self.data.labels is not None
        rows = labeled(self.data, indices_for_validation(self.data))
        return fit_logistic(self.all[rows], self.data.labels[rows])

    def class_frequencies(self, features: Floats) -> list[float]:
        """How often `class_probe` predicts each class for features ``(N, D)``."""
        predicted = self.class_probe.predict(features)
        counts = np.bincount(predicted, minlength=len(self.data.class_names))
        return [float(count) for count in counts / len(predicted)]

    @property
    def class_frequencies_test(self) -> list[float]:
        """How often each class is predicted for the test images."""
        return self.class_frequencies(self.test)

    @cached_property
    def factors(self) -> NDArray[np.float32]:
        """The ordered factors that vary, ``(N, F)``, standardized; NaN where missing."""
        table = factor_table({n: self.data.factors[n] for n in self.factor_names}, len(self.data))
        standard: NDArray[np.float32] = (table - np.nanmean(table, axis=0)) / np.nanstd(
            table, axis=0
        )
        return standard

    @cached_property
    def factor_names(self) -> list[str]:
        """The names of `factors`."""
        return varying_factors(self.data)

    @cached_property
    def factor_probe(self) -> Any:
        """Predicts `factors` from features; fitted to the validation images."""
        rows = indices_for_validation(self.data)
        return FactorProbe(fit_ridge, self.validation, self.factors[rows])


_recent: dict[tuple[str, str, str], RealImages] = {}
"""The real images used last, shared by the models that are evaluated in one process."""


def real_images(network: str, data: Dataset) -> RealImages:
    """The real images of `data` under `network`, with what was computed of them before."""
    if not data.fingerprint:
        return RealImages(network, data)
    key = network, data.fingerprint, str(data.card.get("evaluation_network"))
    if key not in _recent:
        for old in list(_recent)[: -len(NETWORKS)]:
            del _recent[old]
        _recent[key] = RealImages(network, data)
    return _recent[key]


def varying_factors(data: Dataset) -> list[str]:
    """The names of the ordered factors that vary, and are known for enough of each half."""
    factors = factors_of_card(data.card, data.id)
    ordered = [name for name, factor in factors.items() if factor.ordered]
    varying = [name for name in ordered if known_span(data.factors[name]) > 0]
    halves = indices_for_validation(data), indices_for_test(data)
    return [
        name
        for name in varying
        if not factors[name].n_missing
        or all(is_measurable(data.factors[name][rows]) for rows in halves)
    ]
