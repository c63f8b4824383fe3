"""Random numbers by counter: number k of sample i depends only on the seed, i and k.

So any sample of an endless sequence can be drawn alone, and Python and the browser draw the same.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.types import Array

MAX_SEED = 2**31 - 1
MAX_INDEX = 2**31 - 1
WEYL = 0x9E3779B9  # 2³² divided by the golden ratio
FIRST_FACTOR, SECOND_FACTOR = 0x85EBCA6B, 0xC2B2AE35
CHOICE_COUNTER = 0xFFFFFFFF
"""The counter of the number that chooses a component; the noise has 0, 1, 2, …"""

Counters = NDArray[np.uint32]


def uniforms(random_state: int, indices: Array, counters: Array) -> NDArray[np.float64]:
    """Numbers in (0, 1), independent for different seeds, samples and counters.

    Parameters
    ----------
    random_state
        Seed, 0 to 2³¹ − 1.
    indices
        ``(N,)`` numbers of samples, 0 to 2³¹ − 1.
    counters
        ``(K,)`` integers from 0 to 2³² − 1.

    Returns
    -------
    ndarray
        ``(N, K)`` float64: multiples of 2⁻³², shifted by 2⁻³³.

    Raises
    ------
    InvalidInputError
        The seed or an index is out of range.

    References
    ----------
    Counter-based generators: Salmon, Moraes, Dror & Shaw 2011, doi:10.1145/2063384.2063405.  The
    bits are mixed by the finalizer of MurmurHash3 (Appleby 2011).
    """
    numbers = np.asarray(indices, np.int64)
    if not 0 <= random_state <= MAX_SEED or (numbers < 0).any() or (numbers > MAX_INDEX).any():
        raise InvalidInputError(
            f"Seed {random_state} or a sample's number is not from 0 to {MAX_SEED}; choose others."
        )
    seed = np.array([random_state], np.uint32)
    index = numbers.astype(np.uint32)
    first = _mixed(_mixed(seed) ^ index)
    second = _mixed(_mixed(index + np.uint32(WEYL)) ^ seed)
    weyl = np.asarray(counters, np.uint32) * np.uint32(WEYL)
    bits = _mixed(first[:, None] ^ _mixed(second[:, None] + weyl))
    return (bits.astype(np.float64) + 0.5) / 2.0**32


def standard_normals(random_state: int, indices: Array, count: int) -> NDArray[np.float64]:
    """Noise from N(0, I) ``(N, count)`` float64; parameters as in `uniforms`.

    References
    ----------
    Box & Muller 1958, doi:10.1214/aoms/1177706645.
    """
    n_pairs = -(-count // 2)
    pairs = uniforms(random_state, indices, np.arange(2 * n_pairs)).reshape(-1, n_pairs, 2)
    radius = np.sqrt(-2 * np.log(pairs[:, :, 0]))
    angle = 2 * np.pi * pairs[:, :, 1]
    both = np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=2)
    return both.reshape(len(both), -1)[:, :count]


def _mixed(bits: Counters) -> Counters:
    """A permutation of the 32-bit numbers in which every bit depends on all others."""
    mixed = (bits ^ (bits >> np.uint32(16))) * np.uint32(FIRST_FACTOR)
    mixed = (mixed ^ (mixed >> np.uint32(13))) * np.uint32(SECOND_FACTOR)
    result: Counters = mixed ^ (mixed >> np.uint32(16))
    return result
