"""What an attribute direction changes in decoded images, read by a regression on their features."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from latent_core.analysis.directions.attribute_directions import MIN_R2, AttributeDirections
from latent_core.analysis.ridge import fit_ridge
from latent_core.datasets.factors import known_span
from latent_core.notebook import compact_repr
from latent_core.types import Array, Floats

STEP = 0.25
"""The move along a direction, as a fraction of the slider."""

Function = Callable[[Floats], Floats]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class FactorReader:
    """Reads factors from images: ridge regression on their features.

    Parameters
    ----------
    names
        G factors that it reads with R² ≥ 0.2 on held-out images.
    weights, offsets
        ``(G, K)`` and ``(G,)``: the readings, in standard deviations of each factor.
    features
        From images ``(N, C, H, W)`` to features ``(N, K)``.
    """

    names: tuple[str, ...]
    weights: Array
    offsets: Array
    features: Function

    __repr__ = compact_repr

    def read(self, images: Floats) -> Array:
        """Readings ``(N, G)`` of images ``(N, C, H, W)``, in standard deviations."""
        readings: Array = self.features(images) @ self.weights.T + self.offsets
        return readings


def fit_reader(
    features: Function, feature_table: Floats, factors: Mapping[str, Array]
) -> FactorReader:
    """Fit a reader on images with known factors.

    Parameters
    ----------
    features
        From images to features, for example the codes of a classifier; for re-encoding, those of
        the model itself.
    feature_table
        ``(N, K)``, the features of the images.
    factors
        Their values ``(N,)`` by name, NaN where missing; constant factors are ignored.
    """
    values = {n: np.asarray(v, np.float64) for n, v in factors.items() if known_span(v) > 0}
    targets = np.empty((len(feature_table), len(values)))
    for k, each in enumerate(values.values()):
        targets[:, k] = (each - np.nanmean(each)) / np.nanstd(each)
    fit = fit_ridge(feature_table.astype(np.float64), targets)
    is_read = fit.r2 >= MIN_R2
    return FactorReader(
        names=tuple(n for n, chosen in zip(values, is_read, strict=True) if chosen),
        weights=fit.weights[is_read],
        offsets=fit.offsets[is_read],
        features=features,
    )


def measure_effects(
    decode: Function, reader: FactorReader, codes: Floats, directions: AttributeDirections
) -> Array:
    """The mean change of each reading along each direction, ``(F, G)``, in standard deviations.

    Parameters
    ----------
    decode
        From codes ``(N, D)`` to images.
    reader
        Reads G factors; it must not have been fitted on the images of these codes.
    codes
        ``(N, D)``, moved along each of the F directions by `STEP` of its slider.
    """
    before = reader.read(decode(codes)).mean(axis=0)
    steps = STEP * (directions.high - directions.low)
    effects = [
        reader.read(decode((codes + step * direction).astype(np.float32))).mean(axis=0) - before
        for step, direction in zip(steps, directions.directions, strict=True)
    ]
    return np.array(effects).reshape(len(directions.names), len(reader.names))
