"""Attribute directions: how a code changes with a known factor, such as age.

Ridge regression predicts each factor from the code.  A code is moved along ``Σ½ w``, where w are
the weights of the prediction and Σ is the covariance of the codes: halfway between the normal of
the regression, w, which leaves the data soonest, and the mean change of codes with the factor,
``Σ w``, which changes most of what else changes with it.  How much
other factors change with each of the three is measured on decoded images by
``benchmarks.attribute_directions``.

References
----------
Larsen, Sønderby, Larochelle & Winther 2016, arXiv:1512.09300; White 2016, arXiv:1609.04468 (mean
differences); Shen, Gu, Tang & Zhou 2020, arXiv:1907.10786 (normals).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.analysis.directions.latent_directions import SLIDER_QUANTILES, LatentDirections
from latent_core.analysis.directions.principal_components import EXACT_UP_TO, principal_directions
from latent_core.analysis.ridge import fit_ridge
from latent_core.datasets.factors import known_span
from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.types import Array, Floats, as_codes

N_REDUCED = 64
"""Principal components to which codes of more than `EXACT_UP_TO` active dimensions are reduced."""
MIN_R2 = 0.2
"""Factors whose held-out R² is lower get no direction."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class AttributeDirections(LatentDirections):
    """Linear predictions of F factors, and the direction of each in the latent space.

    Parameters
    ----------
    names
        F factors, in the order in which they were given.
    weights, offsets
        ``(F, D)`` and ``(F,)``: the predictions of a code ``z`` are ``weights @ z + offsets``.
        Weights of inactive dimensions are 0.
    directions
        ``(F, D)``: the change of the code per unit of the factor's prediction.
    r2
        ``(F,)``: R² on held-out codes, by five-fold cross-validation.
    low, high
        ``(F,)``: the range of predictions on the data, `SLIDER_QUANTILES`.  The lower R² is, the
        narrower this range is than that of the factor itself.
    """

    r2: Floats

    __repr__ = compact_repr


def fit_attribute_directions(
    codes: Array, factors: Mapping[str, Array], *, active_dims: NDArray[np.bool_] | None = None
) -> AttributeDirections:
    """Fit a direction for each factor that the codes predict with R² ≥ `MIN_R2`.

    Parameters
    ----------
    codes
        ``(N, D)``.
    factors
        The values ``(N,)`` of each factor by name, NaN where it is missing; constant factors are
        ignored.
    active_dims
        ``(D,)`` bool, the dimensions to use, such as ``~latent_dimensions(encodings).inactive``;
        all by default.  The others have no effect on an image, so no prediction may depend on them.

    Raises
    ------
    InvalidInputError
        A factor does not have one value per code.
    """
    checked = as_codes(codes)
    count, dim = checked.shape
    if any(len(values) != count for values in factors.values()):
        raise InvalidInputError(f"Each factor needs one value for each of the {count} codes.")
    values = {n: np.asarray(v, np.float64) for n, v in factors.items() if known_span(v) > 0}
    targets = np.array(list(values.values())).reshape(len(values), count).T
    active = np.ones(dim, bool) if active_dims is None else np.asarray(active_dims, bool)
    reduced, basis, origin = reduce_codes(checked[:, active])
    fit = fit_ridge(reduced, targets)
    chosen = fit.r2 >= MIN_R2
    weights, directions = np.zeros((2, chosen.sum(), dim))
    weights[:, active] = fit.weights[chosen] @ basis
    directions[:, active] = _directions(reduced, fit.weights[chosen]) @ basis
    offsets = fit.offsets[chosen] + fit.weights[chosen] @ origin
    predictions = reduced @ fit.weights[chosen].T + fit.offsets[chosen]
    low, high = np.quantile(predictions, SLIDER_QUANTILES, axis=0)
    return AttributeDirections(
        names=tuple(n for n, has_direction in zip(values, chosen, strict=True) if has_direction),
        weights=weights.astype(np.float32),
        offsets=offsets.astype(np.float32),
        directions=directions.astype(np.float32),
        r2=fit.r2[chosen].astype(np.float32),
        low=low.astype(np.float32),
        high=high.astype(np.float32),
    )


def reduce_codes(codes: Floats) -> tuple[Array, Array, Array]:
    """The codes in a basis of at most `EXACT_UP_TO` vectors.

    Returns
    -------
    reduced, basis, origin
        ``(N, K)`` float64, ``(K, D)`` and ``(K,)``: a reduced code is ``basis @ code + origin``.
    """
    dim = codes.shape[1]
    if dim <= EXACT_UP_TO:
        return codes.astype(np.float64), np.eye(dim), np.zeros(dim)
    found = principal_directions(codes, N_REDUCED)
    return found.predict(codes).astype(np.float64), found.directions, found.offsets


def _directions(codes: Array, weights: Array) -> Array:
    """``Σ½ w`` scaled to one unit of prediction: ``(F, D)``."""
    variances, axes = np.linalg.eigh(np.atleast_2d(np.cov(codes, rowvar=False)))
    scaled = (weights @ axes * np.sqrt(variances.clip(0))) @ axes.T
    directions: Array = scaled / np.einsum("fd,fd->f", scaled, weights)[:, None]
    return directions
