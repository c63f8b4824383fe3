"""Attribute directions: how a code changes with a known factor, such as age.

A linear regression predicts each factor from the code.  A code is moved along the mean change of
codes with that factor (attribute vectors, generalized to continuous factors), so factors that
correlate with it, as gray hair with age, change too.

References
----------
Larsen, Sønderby, Larochelle & Winther 2016, arXiv:1512.09300; White 2016, arXiv:1609.04468.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.types import Array, Floats, as_codes

MIN_R2 = 0.2
"""Factors whose held-out R² is lower get no direction."""

SLIDER_QUANTILES = (0.005, 0.995)
"""A slider spans these quantiles of the factor's predictions on the data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeDirections:
    """Linear predictions of F factors, and the direction of each in the latent space.

    Parameters
    ----------
    names
        F factors, in the order in which they were given.
    weights, offsets
        ``(F, D)`` and ``(F,)``: the predictions of a code ``z`` are ``weights @ z + offsets``.
    directions
        ``(F, D)``: the change of the code per unit of the factor's prediction.
    r2
        ``(F,)``: R² on held-out codes, by two-fold cross-validation.
    low, high
        ``(F,)``: the range of predictions on the data, `SLIDER_QUANTILES`.  The lower R² is, the
        narrower this range is than that of the factor itself.
    """

    names: tuple[str, ...]
    weights: Floats
    offsets: Floats
    directions: Floats
    r2: Floats
    low: Floats
    high: Floats

    def predict(self, codes: Floats) -> Floats:
        """The predicted factors ``(N, F)`` of codes ``(N, D)``."""
        values: Floats = codes @ self.weights.T + self.offsets
        return values

    def move_to(self, code: Floats, name: str, value: float) -> Floats:
        """`code` ``(D,)`` moved along a factor's direction until its prediction is `value`.

        Raises
        ------
        InvalidInputError
            There is no direction for this factor.
        """
        if name not in self.names:
            known = ", ".join(self.names) or "none"
            raise InvalidInputError(
                f"There is no direction for {name!r}; choose one of these factors: {known}."
            )
        f = self.names.index(name)
        difference = np.float32(value) - self.predict(code[None])[0, f]
        moved: Floats = code + difference * self.directions[f]
        return moved


def fit_attribute_directions(codes: Array, factors: Mapping[str, Array]) -> AttributeDirections:
    """Fit a direction for each factor that the codes predict with R² ≥ `MIN_R2`.

    Parameters
    ----------
    codes
        ``(N, D)``.
    factors
        The values ``(N,)`` of each factor by name; constant factors are ignored.

    Raises
    ------
    InvalidInputError
        A factor does not have one value per code.
    """
    checked = as_codes(codes).astype(np.float64)
    count = len(checked)
    if any(len(values) != count for values in factors.values()):
        raise InvalidInputError(f"Each factor needs one value for each of the {count} codes.")
    values = {n: np.asarray(v, np.float64) for n, v in factors.items() if np.ptp(v) > 0}
    targets = np.array(list(values.values())).reshape(len(values), count).T
    r2 = _held_out_r2(checked, targets)
    is_predictable = r2 >= MIN_R2
    targets = targets[:, is_predictable]
    coefficients = _fit_linear(checked, targets)
    predictions = checked @ coefficients[:-1] + coefficients[-1]
    low, high = np.quantile(predictions, SLIDER_QUANTILES, axis=0)
    return AttributeDirections(
        names=tuple(n for n, chosen in zip(values, is_predictable, strict=True) if chosen),
        weights=coefficients[:-1].T.astype(np.float32),
        offsets=coefficients[-1].astype(np.float32),
        directions=_directions(checked, targets, coefficients[:-1]).astype(np.float32),
        r2=r2[is_predictable].astype(np.float32),
        low=low.astype(np.float32),
        high=high.astype(np.float32),
    )


def _directions(codes: Array, targets: Array, weights: Array) -> Array:
    """The regression slopes of codes on factors, scaled to one unit of prediction: ``(F, D)``."""
    centered = targets - targets.mean(axis=0)
    slopes = centered.T @ codes / np.square(centered).sum(axis=0)[:, None]
    change_of_prediction = np.einsum("fd,df->f", slopes, weights)
    directions: Array = slopes / change_of_prediction[:, None]
    return directions


def _fit_linear(codes: Array, targets: Array) -> Array:
    """The least-squares coefficients ``(D + 1, F)``; the last row is the intercept."""
    ones = np.ones((len(codes), 1))
    coefficients: Array = np.linalg.lstsq(np.hstack([codes, ones]), targets, rcond=None)[0]
    return coefficients


def _held_out_r2(codes: Array, targets: Array) -> Array:
    """R² ``(F,)`` by two-fold cross-validation."""
    folds = np.array_split(np.random.default_rng(0).permutation(len(codes)), 2)
    residual = np.zeros(targets.shape[1])
    for train, test in (folds, folds[::-1]):
        coefficients = _fit_linear(codes[train], targets[train])
        predictions = codes[test] @ coefficients[:-1] + coefficients[-1]
        residual += np.square(targets[test] - predictions).sum(axis=0)
    total: Array = np.square(targets - targets.mean(axis=0)).sum(axis=0)
    r2: Array = 1 - residual / total
    return r2
