"""Disentanglement of codes: the mutual information gap of known factors."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.factors import is_known
from latent_core.errors import InvalidInputError
from latent_core.types import Array, Floats, as_codes

N_BINS = 20
"""Number of quantile bins of a continuous variable."""


def mutual_information_gap(codes: Floats, factors: Mapping[str, Array]) -> dict[str, float]:
    """The mutual information gap (MIG) of each factor.

    The mutual information of a factor with its most informative dimension, minus that with the
    second, divided by the factor's entropy: 1 where one dimension determines the factor and the
    others are independent of it, 0 where two dimensions are equally informative or none is.

    Parameters
    ----------
    codes
        ``(N, D)``, D ≥ 2.  Codes, and factors with more than 20 values, are discretized into 20
        quantile bins.
    factors
        ``(N,)`` each, over the samples for which it is known, not NaN; constant ones are left out.

    Returns
    -------
    dict
        By factor, in [0, 1].

    Raises
    ------
    InvalidInputError
        Codes have fewer than two dimensions, or a factor has another length.

    References
    ----------
    Chen, Li, Grosse & Duvenaud 2018, arXiv:1802.04942, eq. 6.
    """
    from sklearn.metrics import mutual_info_score

    checked = as_codes(codes)
    if checked.shape[1] < 2 or any(len(values) != len(checked) for values in factors.values()):
        raise InvalidInputError(
            "Codes must have at least two dimensions, and factors as many values as there are "
            f"codes, not {checked.shape} and {[len(values) for values in factors.values()]}."
        )
    complete = [discretized(column) for column in checked.T]
    gaps = {}
    for name, values in factors.items():
        known, dimensions = is_known(values), complete
        if not known.all():
            dimensions = [discretized(column) for column in checked[known].T]
        factor = discretized(values[known])
        entropy = mutual_info_score(factor, factor)
        if entropy > 0:
            information = sorted(mutual_info_score(factor, column) for column in dimensions)
            gaps[name] = float((information[-1] - information[-2]) / entropy)
    return gaps


def discretized(values: Array) -> NDArray[np.int64]:
    """Values ``(N,)`` as indices: of at most 20 values as they are, of more in quantile bins."""
    unique, indices = np.unique(values, return_inverse=True)
    if len(unique) <= N_BINS:
        return indices.astype(np.int64)
    edges = np.quantile(values, np.linspace(0, 1, N_BINS + 1)[1:-1])
    return np.digitize(values, edges).astype(np.int64)
