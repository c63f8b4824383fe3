"""What a data set's card states besides checksums and shapes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from latent_core.datasets.factors import Factor


@dataclass(frozen=True, slots=True, kw_only=True)
class DatasetDescription:
    """The descriptive part of a data card.

    Parameters
    ----------
    factors
        Every factor with its range, in the order of the card.
    metadata
        Card fields with text: ``title``, ``description``, ``source``, ``licence`` and
        ``training_set``.
    class_factor, class_names
        The factor that is the class label, and the names of its values 0, 1, …; empty for data
        without classes.
    attribute_thresholds
        Factors that are binary attributes where they exceed a threshold.
    """

    factors: Mapping[str, Factor]
    metadata: Mapping[str, str]
    class_factor: str = ""
    class_names: tuple[str, ...] = ()
    attribute_thresholds: Mapping[str, float] = field(default_factory=dict)
