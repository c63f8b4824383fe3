"""TODO."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.types import Array, Floats, as_codes

BINS = 20
"""Into which what is continuous is cut, as many values in each."""


def mutual_information_gap(codes: Floats, factors: Mapping[str, Array]) -> dict[str, float]:
    """How far each factor has a dimension to itself.

    The information that the best dimension has of a factor, less what the second best has, as a
    share of the factor's entropy: 1 where one dimension tells all and no other anything, 0 where
    two tell alike or none anything (Chen, Li, Grosse & Duvenaud 2018, arXiv:1802.04942, eq. 6).

    Parameters
    ----------
    codes
        ``(N, D)``, two dimensions at least.  They, and factors of more than 20 values, are cut
        into 20 bins.
    factors
        ``(N,)`` each; one that never varies is left out.

    Raises
    ------
    BadInput
        Fewer than two dimensions, or a factor of another length.
    """
    from sklearn.metrics import mutual_info_score

    checked = as_codes(codes)
    if checked.shape[1] < 2 or any(len(values) != len(checked) for values in factors.values()):
        raise InvalidInputError(
            f"Codes {checked.shape} and factors must be as many, and have two dimensions at least."
        )
    cut = [_binned(column) for column in checked.T]
    gaps = {}
    for name, values in factors.items():
        known = _binned(values)
        entropy = mutual_info_score(known, known)
        if entropy > 0:
            told = sorted(mutual_info_score(known, column) for column in cut)
            gaps[name] = float((told[-1] - told[-2]) / entropy)
    return gaps


def _binned(values: Array) -> NDArray[np.int64]:
    kinds, found = np.unique(values, return_inverse=True)
    if len(kinds) <= BINS:
        return found.astype(np.int64)
    edges = np.quantile(values, np.linspace(0, 1, BINS + 1)[1:-1])
    return np.digitize(values, edges).astype(np.int64)
