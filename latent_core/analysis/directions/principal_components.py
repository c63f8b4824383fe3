"""Principal directions of codes: the directions in which the codes of a data set vary most.

References
----------
Härkönen, Hertzmann, Lehtinen & Paris 2020, "GANSpace", arXiv:2004.02546, section 3: principal
components of latent codes as directions for editing.  Halko, Martinsson & Tropp 2011,
arXiv:0909.4061, algorithm 4.4: the randomized singular value decomposition.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.analysis.directions.latent_directions import (
    SLIDER_QUANTILES,
    LatentDirections,
    with_fixed_signs,
)
from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.types import Floats, as_codes

N_COMPONENTS = 24
EXACT_UP_TO = 256
"""For codes of more dimensions, the singular value decomposition is randomized."""
MAX_VALUES = 2**24
"""Of wide codes with more values ``N × D``, random samples of this size are decomposed."""
_MIN_VARIANCE_RATIO = 1e-6
"""Components that explain less are numerical noise."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PrincipalDirections(LatentDirections):
    """Principal components of codes, as directions of length 1 by descending variance.

    The value of a code is its score, its distance from the mean code along the direction.

    Parameters
    ----------
    explained_variance_ratio
        ``(F,)``: the variance along each direction divided by the total variance, in [0, 1].
    """

    explained_variance_ratio: Floats

    __repr__ = compact_repr


def principal_directions(
    codes: Any, n_components: int = N_COMPONENTS, *, random_state: int = 0
) -> PrincipalDirections:
    """Fit the principal directions of codes.

    For more than `EXACT_UP_TO` dimensions the decomposition is randomized, of at most `MAX_VALUES`
    values: time and memory are linear in D, and nothing of shape ``(D, D)`` is computed.

    Parameters
    ----------
    codes
        `Encodings`, or an array ``(N, D)``.
    n_components
        At most this many directions, the first ones; fewer where the codes span fewer dimensions.
    random_state
        Seed of the randomized decomposition.  The sign of a direction is chosen so that its
        largest component is positive.

    Raises
    ------
    InvalidInputError
        Fewer than two codes, or all codes are equal, or `n_components` is below 1.
    """
    checked = as_codes(codes)
    if len(checked) < 2 or n_components < 1:
        raise InvalidInputError(
            f"Principal directions need at least 2 codes and 1 component, not {len(checked)} and "
            f"{n_components}; give more."
        )
    sample = _sample(checked, random_state)
    mean = sample.mean(axis=0, dtype=np.float64).astype(np.float32)
    centered = sample - mean
    total = float(np.einsum("nd,nd->", centered, centered, dtype=np.float64)) / len(sample)
    if total <= 0:
        raise InvalidInputError("All codes are equal: they have no principal direction.")
    components = _components(centered, min(n_components, *sample.shape), random_state)
    scores = centered @ components.T
    ratio = scores.var(axis=0, dtype=np.float64) / total
    kept = ratio > _MIN_VARIANCE_RATIO
    components, scores = components[kept], scores[:, kept]
    low, high = np.quantile(scores, SLIDER_QUANTILES, axis=0)
    return PrincipalDirections(
        names=tuple(f"PC{k + 1}" for k in range(len(components))),
        weights=components,
        offsets=-(components @ mean),
        directions=components,
        low=low.astype(np.float32),
        high=high.astype(np.float32),
        explained_variance_ratio=ratio[kept].astype(np.float32),
    )


def _sample(codes: Floats, seed: int) -> Floats:
    """All codes, or random ones where they are wide and many."""
    count, dim = codes.shape
    kept = max(MAX_VALUES // dim, 2)
    if dim <= EXACT_UP_TO or count <= kept:
        return codes
    chosen: Floats = codes[np.sort(np.random.default_rng(seed).permutation(count)[:kept])]
    return chosen


def _components(centered: Floats, count: int, seed: int) -> Floats:
    """The first `count` right singular vectors ``(K, D)`` of centered codes ``(N, D)``."""
    if centered.shape[1] <= EXACT_UP_TO:
        covariance = centered.T.astype(np.float64) @ centered
        components = np.linalg.eigh(covariance)[1][:, ::-1][:, :count].T
    else:
        from sklearn.utils.extmath import randomized_svd

        components = randomized_svd(
            centered, count, n_iter=2, power_iteration_normalizer="QR", random_state=seed
        )[2]
    return with_fixed_signs(components)
