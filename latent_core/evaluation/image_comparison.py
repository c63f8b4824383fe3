"""What one evaluation network says of a model's reconstructions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.splits import indices_for_test
from latent_core.evaluation.bootstrap import accuracies, r2_scores, value_and_std
from latent_core.evaluation.frechet import frechet_distance
from latent_core.evaluation.real_images import RealImages
from latent_core.evaluation.registry.clauses import above_chance
from latent_core.notebook import compact_repr
from latent_core.types import Floats

MIN_R2 = 0.2
"""R² retained is averaged over the factors that are predicted this well from real images."""


@dataclass(frozen=True)
class ImageComparison:
    """A model's reconstructions beside the real images.

    Parameters
    ----------
    real
        The real images under a network.
    reconstructed
        Features of the reconstructions of the test images, in their order.
    """

    real: RealImages
    reconstructed: Floats

    __repr__ = compact_repr

    @property
    def frechet_reconstructions(self) -> float:
        """Of reconstructed test images from the real validation images: unpaired."""
        validation = self.real.validation[: len(self.reconstructed)]
        return frechet_distance(validation, self.reconstructed)

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
