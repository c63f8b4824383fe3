"""Which way to push a code so that a picture grows older, or smiles: directions of known factors.

A linear reading tells a factor from a code.  The code is pushed along what it changes by, on
average, from pictures with less of the factor to pictures with more of it (attribute vectors, as
in Larsen et al. 2016, arXiv:1512.09300, and White 2016, arXiv:1609.04468, for factors with any
value).  What is tied to the factor, as grey hair is to age, goes along.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.types import Array, Floats, as_codes

MIN_R2 = 0.2
"""Of a factor's variance: one that a reading explains less of can't be steered by it."""

SLIDER_QUANTILES = (0.005, 0.995)
"""Between these shares of what is read from the data's codes a push makes sense."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AttributeDirections:
    """What is read from a code, and where to push it, for F factors that can be read.

    Parameters
    ----------
    names
        F factors, in the order in which they were given.
    weights, offsets
        ``(F, D)`` and ``(F,)``: a code ``z`` has ``weights @ z + offsets`` of each factor.
    directions
        ``(F, D)``: what to add to a code to have one more of a factor, as it is read.
    certainty
        ``(F,)``: R², the share of a factor's variance that is read from codes of pictures that
        the reading wasn't learned from.
    low, high
        ``(F,)``: between these it is read from nearly all codes of the data; a reading that is
        less certain keeps nearer to the mean than the truth does.
    """

    names: tuple[str, ...]
    weights: Floats
    offsets: Floats
    directions: Floats
    r2: Floats
    low: Floats
    high: Floats

    def predict(self, codes: Floats) -> Floats:
        """How much ``(N, F)`` of each factor is read from codes ``(N, D)``."""
        values: Floats = codes @ self.weights.T + self.offsets
        return values

    def move_to(self, code: Floats, name: str, value: float) -> Floats:
        """The code ``(D,)`` pushed until so much of a factor is read from it.

        Raises
        ------
        BadInput
            The factor is none that can be steered.
        """
        if name not in self.names:
            known = ", ".join(self.names) or "none"
            raise InvalidInputError(
                f"{name!r} can't be read from these codes; of the factors, {known} can."
            )
        f = self.names.index(name)
        missing = np.float32(value) - self.predict(code[None])[0, f]
        pushed: Floats = code + missing * self.directions[f]
        return pushed


def fit_attribute_directions(codes: Array, factors: Mapping[str, Array]) -> AttributeDirections:
    """How codes ``(N, D)`` are steered by the factors of their pictures, ``(N,)`` each.

    Raises
    ------
    BadInput
        There aren't as many values as codes.
    """
    checked = as_codes(codes).astype(np.float64)
    count = len(checked)
    if any(len(values) != count for values in factors.values()):
        raise InvalidInputError(f"Each factor needs one value for each of the {count} codes.")
    values = {n: np.asarray(v, np.float64) for n, v in factors.items() if np.ptp(v) > 0}
    table = np.array(list(values.values())).reshape(len(values), count).T
    certainty = _held_out_r2(checked, table)
    kept = certainty >= MIN_R2
    table = table[:, kept]
    reading = _fit_ridge(checked, table)
    read = checked @ reading[:-1] + reading[-1]
    low, high = np.quantile(read, SLIDER_QUANTILES, axis=0)
    spread = table - table.mean(axis=0)
    slopes = spread.T @ checked / np.square(spread).sum(axis=0)[:, None]
    gained = np.einsum("fd,df->f", slopes, reading[:-1])  # of each factor, by one more of it
    return AttributeDirections(
        names=tuple(name for name, known in zip(values, kept, strict=True) if known),
        weights=reading[:-1].T.astype(np.float32),
        offsets=reading[-1].astype(np.float32),
        directions=(slopes / gained[:, None]).astype(np.float32),
        r2=certainty[kept].astype(np.float32),
        low=low.astype(np.float32),
        high=high.astype(np.float32),
    )


def _fit_ridge(codes: Array, table: Array) -> Array:
    """Least squares from codes to factors, ``(D + 1, F)``; the last row is the offset."""
    ones = np.ones((len(codes), 1))
    solved: Array = np.linalg.lstsq(np.hstack([codes, ones]), table, rcond=None)[0]
    return solved


def _held_out_r2(codes: Array, table: Array) -> Array:
    """R² of readings learned from one half of the codes and tried on the other, both ways."""
    halves = np.array_split(np.random.default_rng(0).permutation(len(codes)), 2)
    left = np.zeros(table.shape[1])
    for learned, tried in (halves, halves[::-1]):
        reading = _fit_ridge(codes[learned], table[learned])
        guess = codes[tried] @ reading[:-1] + reading[-1]
        left += np.square(table[tried] - guess).sum(axis=0)
    spread: Array = np.square(table - table.mean(axis=0)).sum(axis=0)
    explained: Array = 1 - left / spread
    return explained
