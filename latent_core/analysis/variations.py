"""New codes from old ones: crossover of two codes, and random variations of one.

Crossover takes each group of dimensions from one code, from the other, or interpolates between
them::

    groups = group_dimensions(model.decode, encodings)
    code = crossover(a, b, groups, [0, 1, 0.5])
    variations = sample_variations(code, encodings.mean, amount=0.3, count=8, seed=0)
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from latent_core.analysis.dimension_groups import DimensionGroups
from latent_core.errors import InvalidInputError
from latent_core.types import Array, Floats, as_codes

MAX_VARIATIONS = 64


def crossover(a: Any, b: Any, groups: DimensionGroups, weights: Sequence[float] | Array) -> Floats:
    """The code ``(D,)`` that takes each group of dimensions from `a`, from `b`, or between them.

    Parameters
    ----------
    a, b
        ``(D,)``: the parents.
    weights
        ``(G,)`` in [0, 1], one per group: 0 takes it from `a` and 1 from `b`, exactly; between,
        it is interpolated linearly.

    Raises
    ------
    InvalidInputError
        Codes of another size, or weights that are not one per group in [0, 1].
    """
    first, second = as_codes(np.stack([np.asarray(a), np.asarray(b)]), groups.latent_dim)
    checked = np.asarray(weights, np.float64)
    is_valid = checked.shape == (len(groups),) and bool(((checked >= 0) & (checked <= 1)).all())
    if not is_valid:
        raise InvalidInputError(
            f"Give {len(groups)} weights in [0, 1], one per group, not {weights}."
        )
    weight = np.empty(groups.latent_dim)
    for group, value in zip(groups.groups, checked, strict=True):
        weight[list(group)] = value
    code: Floats = ((1 - weight) * first + weight * second).astype(np.float32)
    return code


def sample_variations(
    center: Any, codes: Any, amount: float, count: int = 8, seed: int = 0
) -> Floats:
    """Random codes ``(K, D)`` around `center` that stay within the distribution of the data.

    With m the mean of the data and e ~ N(0, covariance of the data), a variation is

        m + √(1 − amount²) · (center − m) + amount · e

    Without the factor √(1 − amount²) variations would be farther from the mean than the data;
    with it, their expected squared distance from the mean is (1 − amount²) · ‖center − m‖² plus
    amount² times that of the data.

    Parameters
    ----------
    center
        ``(D,)``.
    codes
        ``(N, D)``, those of the data.
    amount
        In [0, 1]: 0 gives `center` itself, 1 a sample independent of it.
    count
        K, 1 to 64.
    seed
        Of the random numbers.

    Raises
    ------
    InvalidInputError
        `amount` or `count` is out of range.

    References
    ----------
    The preconditioned Crank–Nicolson proposal, which preserves a normal distribution: Cotter,
    Roberts, Stuart & White 2013, arXiv:1202.0709.
    """
    data = as_codes(codes)
    checked = as_codes(np.asarray(center)[None], data.shape[1])
    if not 0 <= amount <= 1:
        raise InvalidInputError(
            f"The amount of variation must be 0 to 1, not {amount}; choose one in that range."
        )
    contraction = (np.sqrt(1 - amount**2) - 1) * (checked - data.mean(axis=0))
    noise = amount * sample_deviations(data, count, seed)
    variations: Floats = (checked + contraction + noise).astype(np.float32)
    return variations


def sample_deviations(codes: Any, count: int, seed: int) -> Floats:
    """Samples ``(K, D)`` from N(0, covariance of `codes`), with `codes` ``(N, D)``.

    Each is a sum of the codes' deviations from their mean with weights from N(0, 1 / N), which
    needs no matrix decomposition and stays in the subspace spanned by the deviations.

    Raises
    ------
    InvalidInputError
        `count` is not 1 to 64.
    """
    if not 1 <= count <= MAX_VARIATIONS:
        raise InvalidInputError(
            f"The number of variations must be 1 to {MAX_VARIATIONS}, not {count}; "
            "choose one in that range."
        )
    data = as_codes(codes)
    weights = np.random.default_rng(seed).standard_normal((count, len(data)))
    deviations = data - data.mean(axis=0, dtype=np.float64)
    samples: Floats = (weights @ deviations / np.sqrt(len(data))).astype(np.float32)
    return samples
