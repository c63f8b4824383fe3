"""What one evaluation network says of a model's reconstructions and samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.factors import factors_of_card
from latent_core.datasets.splits import indices_for_test, indices_for_validation, labeled
from latent_core.evaluation.bootstrap import accuracies, r2_scores, value_and_std
from latent_core.evaluation.frechet import frechet_distance
from latent_core.evaluation.networks import NETWORKS, evaluation_network
from latent_core.evaluation.probes import factor_table, fit_logistic, fit_ridge
from latent_core.evaluation.registry.clauses import above_chance
from latent_core.evaluation.sample_metrics import SampleQuality, sample_quality
from latent_core.notebook import compact_repr
from latent_core.types import Dataset, Floats

N_SPLITS = 10
"""Random halves of the real images, for the distance of real images from real images."""
MIN_R2 = 0.2
"""R² retained is averaged over the factors that are predicted this well from real images."""


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

    @cached_property
    def factors(self) -> NDArray[np.float32]:
        """The ordered factors that vary, ``(N, F)``, standardized."""
        table = factor_table({n: self.data.factors[n] for n in self.factor_names}, len(self.data))
        standard: NDArray[np.float32] = (table - table.mean(axis=0)) / table.std(axis=0)
        return standard

    @cached_property
    def factor_names(self) -> list[str]:
        """The names of `factors`."""
        return varying_factors(self.data)

    @cached_property
    def factor_probe(self) -> Any:
        """Predicts `factors` from features; fitted to the validation images."""
        rows = indices_for_validation(self.data)
        return fit_ridge(self.validation, self.factors[rows])


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
    """The names of the ordered factors that vary."""
    factors = factors_of_card(data.card, data.id)
    ordered = [name for name, factor in factors.items() if factor.ordered]
    return [name for name in ordered if np.ptp(data.factors[name]) > 0]


@dataclass(frozen=True)
class ImageComparison:
    """A model's reconstructions and samples beside the real images.

    Parameters
    ----------
    real
        The real images under a network.
    reconstructed
        Features of the reconstructions of the test images, in their order.
    samples
        Features of samples from the prior, one array per sampling seed, as many as test images.
    """

    real: RealImages
    reconstructed: Floats
    samples: Sequence[Floats]

    __repr__ = compact_repr

    @property
    def frechet_reconstructions(self) -> float:
        """Of reconstructed test images from the real validation images: unpaired."""
        validation = self.real.validation[: len(self.reconstructed)]
        return frechet_distance(validation, self.reconstructed)

    @cached_property
    def frechet_samples(self) -> tuple[float, float]:
        """Of samples from the real test images; mean and standard deviation over seeds."""
        return _mean_std([frechet_distance(self.real.test, each) for each in self.samples])

    @cached_property
    def _quality(self) -> list[SampleQuality]:
        return [sample_quality(self.real.test, each) for each in self.samples]

    def quality(self, name: str) -> tuple[float, float]:
        """A field of `SampleQuality`; mean and standard deviation over seeds."""
        return _mean_std([getattr(quality, name) for quality in self._quality])

    @cached_property
    def _class_accuracies(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """On real and on reconstructed test images, all images first, then resamples."""
        labels, probe = self.real.data.labels, self.real.class_probe
        assert labels is not None
        y_true = labels[indices_for_test(self.real.data)]
        known = y_true >= 0
        real, decoded = (probe.predict(f[known]) for f in (self.real.test, self.reconstructed))
        return accuracies(y_true[known], real), accuracies(y_true[known], decoded)

    @cached_property
    def _factor_predictions(self) -> tuple[NDArray[np.float32], ...]:
        """The factors of the test images, and predictions from real and reconstructed ones."""
        y_true = self.real.factors[indices_for_test(self.real.data)]
        probe = self.real.factor_probe
        real, decoded = (
            probe.predict(features).reshape(y_true.shape)
            for features in (self.real.test, self.reconstructed)
        )
        return y_true, real, decoded

    @cached_property
    def _attribute_accuracies(self) -> tuple[list[str], NDArray[np.float64], NDArray[np.float64]]:
        """Names of attributes above chance, and accuracies as `_class_accuracies`.

        An attribute is whether a factor exceeds a threshold on the data set's card.
        """
        thresholds = self.real.data.card["attribute_thresholds"]
        columns = [self.real.factor_names.index(name) for name in thresholds]
        standard = self.real.factors[:, columns]
        raw = np.stack([self.real.data.factors[name] for name in thresholds], axis=1)
        limits = (np.array(list(thresholds.values())) - raw.mean(axis=0)) / raw.std(axis=0)
        y_true = standard[indices_for_test(self.real.data)] > limits
        _, real, decoded = self._factor_predictions
        of_real = accuracies(y_true, real[:, columns] > limits)
        of_decoded = accuracies(y_true, decoded[:, columns] > limits)
        positive = y_true.mean(axis=0)
        baseline = dict(zip(thresholds, np.maximum(positive, 1 - positive), strict=True))
        names = above_chance(dict(zip(thresholds, of_real[0], strict=True)), baseline)
        chosen = [list(thresholds).index(name) for name in names]
        return names, of_real[:, chosen], of_decoded[:, chosen]

    @property
    def accuracy_retained(self) -> tuple[float, float]:
        """Accuracy of the class on reconstructions ÷ on real images."""
        real, decoded = self._class_accuracies
        return value_and_std(decoded / real)

    @property
    def attribute_accuracy_retained(self) -> tuple[float, float]:
        """Accuracy of attributes on reconstructions ÷ on real images, mean over attributes."""
        _, real, decoded = self._attribute_accuracies
        return value_and_std((decoded / real).mean(axis=1))

    @property
    def attribute_accuracy_retained_by_attribute(self) -> dict[str, float]:
        """`attribute_accuracy_retained` of each attribute."""
        names, real, decoded = self._attribute_accuracies
        return dict(zip(names, map(float, decoded[0] / real[0]), strict=True))

    @cached_property
    def _r2_retained(self) -> tuple[list[str], NDArray[np.float64]]:
        y_true, real, decoded = self._factor_predictions
        of_real, of_decoded = r2_scores(y_true, real), r2_scores(y_true, decoded)
        known = of_real[0] >= MIN_R2
        names = [n for n, is_known in zip(self.real.factor_names, known, strict=True) if is_known]
        return names, of_decoded[:, known].clip(0) / of_real[:, known]

    @property
    def r2_retained(self) -> tuple[float, float] | None:
        """R² from reconstructions (below 0 counts as 0) ÷ from real images, mean over factors."""
        names, retained = self._r2_retained
        return value_and_std(retained.mean(axis=1)) if names else None

    @property
    def r2_retained_by_factor(self) -> dict[str, float]:
        """`r2_retained` of each factor."""
        names, retained = self._r2_retained
        return dict(zip(names, map(float, retained[0]), strict=True))

    @property
    def class_frequencies_samples(self) -> list[float]:
        """How often each class is predicted for samples."""
        return self._class_frequencies(np.concatenate(list(self.samples)))

    @property
    def class_frequencies_real(self) -> list[float]:
        """How often each class is predicted for real test images."""
        return self._class_frequencies(self.real.test)

    def _class_frequencies(self, features: Floats) -> list[float]:
        predicted = self.real.class_probe.predict(features)
        counts = np.bincount(predicted, minlength=len(self.real.data.class_names))
        return [float(count) for count in counts / len(predicted)]


def _mean_std(values: Sequence[float]) -> tuple[float, float]:
    return float(np.mean(values)), float(np.std(values, ddof=1))
