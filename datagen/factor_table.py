"""Tables of factors: one array per factor, one row per image."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

FactorTable = dict[str, NDArray[np.float32]]  # factor name to values (N,)
Factors = Mapping[str, float]  # the factors of one image
DECIMALS = 3  # finer differences are invisible, and a table of fewer digits compresses well


def factors_at(table: FactorTable, index: int) -> dict[str, float]:
    """The factors of the image `index`."""
    return {name: float(values[index]) for name, values in table.items()}
