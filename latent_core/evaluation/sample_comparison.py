"""What one evaluation network says of a model's samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from latent_core.evaluation.frechet import frechet_distance
from latent_core.evaluation.real_images import RealImages
from latent_core.evaluation.sample_metrics import SampleQuality, sample_quality
from latent_core.notebook import compact_repr
from latent_core.types import Floats


@dataclass(frozen=True)
class SampleComparison:
    """A model's samples beside the real test images.

    Parameters
    ----------
    real
        The real images under a network.
    samples
        Features of samples, one array per sampling seed, as many as test images.
    """

    real: RealImages
    samples: Sequence[Floats]

    __repr__ = compact_repr

    @cached_property
    def frechet(self) -> tuple[float, float]:
        """Of samples from the real test images; mean and standard deviation over seeds."""
        return _mean_std([frechet_distance(self.real.test, each) for each in self.samples])

    @cached_property
    def _quality(self) -> list[SampleQuality]:
        return [sample_quality(self.real.test, each) for each in self.samples]

    def quality(self, name: str) -> tuple[float, float]:
        """A field of `SampleQuality`; mean and standard deviation over seeds."""
        return _mean_std([getattr(quality, name) for quality in self._quality])

    @property
    def class_frequencies(self) -> list[float]:
        """How often each class is predicted for samples."""
        return self.real.class_frequencies(np.concatenate(list(self.samples)))


def _mean_std(values: Sequence[float]) -> tuple[float, float]:
    return float(np.mean(values)), float(np.std(values, ddof=1))
