"""Samples from a Gaussian mixture of the codes of one class."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.analysis.mixture import MIN_CODES, fit_mixture
from latent_core.errors import InvalidInputError
from latent_core.progress import ProgressCallback, null_progress
from latent_core.sampling.distribution import CodeDistribution
from latent_core.sampling.mixture import distribution_of
from latent_core.sampling.sampler import CodeSet, Sampler
from latent_core.types import Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassSampler(Sampler):
    """Codes from a Gaussian mixture fitted to the codes of one class.

    Parameters
    ----------
    label
        Index of the class.
    """

    id = "class"
    title = "One class"
    note = "Random codes from a Gaussian mixture fitted to the codes of one class."
    is_slow = True

    label: int = 0

    @staticmethod
    def missing(data: CodeSet) -> str:
        """Classes need labels, and one of them enough codes."""
        if data.labels is None or not (data.labels >= 0).any():
            return "These samples have no classes; draw from a mixture of all codes."
        if np.bincount(data.labels[data.labels >= 0]).max() < MIN_CODES:
            return f"No class has {MIN_CODES} codes; draw from a mixture of all codes."
        return ""

    def codes_of_class(self, data: CodeSet) -> Floats:
        """The codes ``(M, D)`` of the class.

        Raises
        ------
        InvalidInputError
            There are no labels, or fewer than 10 codes of the class.
        """
        self.check(data)
        assert data.labels is not None
        chosen: Floats = data.codes[data.labels == self.label]
        if self.label < 0 or len(chosen) < MIN_CODES:
            names = data.class_names
            name = names[self.label] if 0 <= self.label < len(names) else str(self.label)
            raise InvalidInputError(
                f"Class {name!r} has {len(chosen)} codes, too few for a mixture; choose a class "
                f"with {MIN_CODES} or more."
            )
        return chosen

    def fit(self, data: CodeSet, *, progress: ProgressCallback = null_progress) -> CodeDistribution:
        """The mixture of the codes of the class."""
        return distribution_of(fit_mixture(self.codes_of_class(data), progress=progress))


SAMPLER = ClassSampler
