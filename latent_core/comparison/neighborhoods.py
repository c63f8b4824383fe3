"""How far two spaces agree on which samples are neighbors."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Floats

MAX_REFERENCES = 1000
"""Samples among which ranks are counted; of more, a random subset is taken."""
_BATCH = 2048
_ROUNDING = 1 - 1e-5  # a neighbor is not nearer than itself, whatever the rounding


def neighborhood_agreement(
    neighbors_a: NDArray[np.int32], neighbors_b: NDArray[np.int32]
) -> Floats:
    """The share of each sample's nearest neighbors that two spaces have in common.

    Independent spaces agree on k / (N - 1) of them by chance; the mean over all samples minus that
    is the local continuity meta-criterion.

    Parameters
    ----------
    neighbors_a, neighbors_b
        ``(N, k)`` indices of the nearest neighbors in each space, none twice in a row.

    Returns
    -------
    ``(N,)`` float32 in [0, 1].

    References
    ----------
    Chen & Buja 2009, doi:10.1198/jasa.2009.0111, section 2.
    """
    common = np.zeros(len(neighbors_a), np.float32)
    for column in neighbors_b.T:
        common += (neighbors_a == column[:, None]).any(axis=1)
    agreement: Floats = common / np.float32(neighbors_a.shape[1])
    return agreement


def neighbor_ranks(
    neighbors: NDArray[np.int32],
    codes: Floats,
    *,
    seed: int = 0,
    progress: ProgressCallback = null_progress,
) -> Floats:
    """How far away, in another space, each sample's neighbors are: their mean relative rank.

    Parameters
    ----------
    neighbors
        ``(N, k)`` indices of the nearest neighbors in one space.
    codes
        ``(N, D)``, the same samples in the other space.
    seed
        Of the random subset of `MAX_REFERENCES` samples that ranks are counted among.
    progress
        Called before each batch; raises `CancelledError` to stop.

    Returns
    -------
    ``(N,)`` float32: the fraction of all other samples that are nearer than a neighbor, mean over
    the k neighbors; (k - 1) / (2 (N - 2)) where both spaces have the same neighbors, about 0.5
    where the spaces are independent.

    References
    ----------
    The per-sample term of the mean relative rank error, Lee & Verleysen 2009,
    doi:10.1016/j.neucom.2008.12.017, with another normalization.
    """
    references = _references(len(codes), seed)
    ranks = np.empty(len(codes), np.float32)
    for start in range(0, len(codes), _BATCH):
        progress(start / len(codes), "Ranking neighbors")
        batch = np.arange(start, min(start + _BATCH, len(codes)))
        ranks[batch] = _ranks_of(batch, neighbors[batch], codes, references)
    return ranks


def _references(count: int, seed: int) -> NDArray[np.int64]:
    if count <= MAX_REFERENCES:
        return np.arange(count)
    return np.sort(np.random.default_rng(seed).choice(count, MAX_REFERENCES, replace=False))


def _ranks_of(
    batch: NDArray[np.int64], neighbors: NDArray[np.int32], codes: Floats, references: Array
) -> Array:
    """The mean relative rank of the `neighbors` ``(B, k)`` of the samples `batch` ``(B,)``."""
    from sklearn.metrics import pairwise_distances

    distances = pairwise_distances(codes[batch], codes[references])
    is_self = references == batch[:, None]
    distances[is_self] = np.inf
    n_nearer = np.zeros(len(batch))
    for column in neighbors.T:
        distance = np.linalg.norm(codes[batch] - codes[column], axis=1)
        n_nearer += (distances < distance[:, None] * _ROUNDING).sum(axis=1)
    n_others = np.maximum(len(references) - is_self.sum(axis=1) - 1, 1)
    ranks: Array = np.minimum(n_nearer / neighbors.shape[1] / n_others, 1)
    return ranks
