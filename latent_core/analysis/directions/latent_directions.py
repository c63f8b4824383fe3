"""Directions in a latent space, each with the linear function whose value it changes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.types import Floats

SLIDER_QUANTILES = (0.005, 0.995)
"""A slider spans these quantiles of a direction's values on the data."""


def with_fixed_signs(rows: Floats) -> Floats:
    """Rows ``(K, D)`` with the signs that make the largest component of each positive."""
    largest = np.abs(rows).argmax(axis=1)
    signs = np.sign(rows[np.arange(len(rows)), largest])
    oriented: Floats = (rows * signs[:, None]).astype(np.float32)
    return oriented


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LatentDirections:
    """F directions, each with a linear function of the code that it changes by one per unit.

    Parameters
    ----------
    names
        Of the F directions.
    weights, offsets
        ``(F, D)`` and ``(F,)``: the values of a code ``z`` are ``weights @ z + offsets``.
    directions
        ``(F, D)``: the change of the code per unit of the value.
    low, high
        ``(F,)``: the range of values on the data, `SLIDER_QUANTILES`.

    Raises
    ------
    InvalidInputError
        The arrays differ in shape.
    """

    names: tuple[str, ...]
    weights: Floats
    offsets: Floats
    directions: Floats
    low: Floats
    high: Floats

    __repr__ = compact_repr

    def __post_init__(self) -> None:
        count = (len(self.names),)
        vectors = (self.offsets, self.low, self.high)
        if (
            self.weights.shape != self.directions.shape
            or self.weights.shape[:-1] != count
            or any(vector.shape != count for vector in vectors)
        ):
            raise InvalidInputError(
                f"{len(self.names)} directions need weights and directions of shape (F, D) and "
                f"offsets, low and high of shape (F,), not "
                f"{[a.shape for a in (self.weights, self.directions, *vectors)]}."
            )

    def __len__(self) -> int:
        return len(self.names)

    def predict(self, codes: Floats) -> Floats:
        """The values ``(N, F)`` of codes ``(N, D)``."""
        values: Floats = codes @ self.weights.T + self.offsets
        return values

    def index(self, name: str) -> int:
        """The position of a direction.

        Raises
        ------
        InvalidInputError
            There is no direction of this name.
        """
        if name not in self.names:
            known = ", ".join(self.names) or "none"
            raise InvalidInputError(f"There is no direction for {name!r}; choose one of: {known}.")
        return self.names.index(name)

    def move_to(self, code: Floats, name: str, value: float) -> Floats:
        """`code` ``(D,)`` moved along a direction until its value is `value`.

        Raises
        ------
        InvalidInputError
            There is no direction of this name.
        """
        f = self.index(name)
        difference = float(value) - float(code @ self.weights[f] + self.offsets[f])
        moved: Floats = (code + difference * self.directions[f]).astype(code.dtype)
        return moved
