"""Groups of latent dimensions that change the same part of an image."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from latent_core.analysis.traversal import INACTIVE_VARIANCE_FRACTION, latent_dimensions
from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Encodings, Floats, freeze

MAX_GROUPS = 6
N_SAMPLED_CODES = 8
"""Codes of the data at which the effect of each dimension is measured."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DimensionGroups:
    """A partition of the latent dimensions into G groups.

    Parameters
    ----------
    groups
        The dimensions of each group, groups with the largest effect first; every dimension is
        in exactly one.
    effect_maps
        ``(G, H, W)``: the absolute change of each pixel when a dimension moves from one standard
        deviation below a code to one above, mean over some codes, sum over the group.
    within_similarity, between_similarity
        The mean cosine similarity, in [0, 1], of the effects of two active dimensions in the same
        group and in different groups.  `within_similarity` is 1 where no group has two
        dimensions, `between_similarity` is 0 where there is one group.
    has_inactive_group
        Whether the last group holds the dimensions that hardly vary in the data or hardly change
        an image.

    Raises
    ------
    InvalidInputError
        The groups are not a partition of 0 to D - 1, or there is not one map per group.
    """

    groups: tuple[tuple[int, ...], ...]
    effect_maps: Floats
    within_similarity: float
    between_similarity: float
    has_inactive_group: bool

    __repr__ = compact_repr

    def __post_init__(self) -> None:
        listed = sorted(d for group in self.groups for d in group)
        if listed != list(range(len(listed))) or not all(self.groups):
            raise InvalidInputError(
                f"Groups must be a partition of the dimensions 0 to D - 1, not {self.groups}."
            )
        if self.effect_maps.ndim != 3 or len(self.effect_maps) != len(self.groups):
            raise InvalidInputError(
                f"{len(self.groups)} groups but effect maps of shape {self.effect_maps.shape}; "
                "give one map per group, (G, H, W)."
            )
        freeze(self.effect_maps)

    def __len__(self) -> int:
        return len(self.groups)

    @property
    def latent_dim(self) -> int:
        """The number of latent dimensions, D."""
        return sum(len(group) for group in self.groups)

    @property
    def effect(self) -> Floats:
        """The effect of each group as a fraction of the total, ``(G,)`` in [0, 1]."""
        total = self.effect_maps.sum(axis=(1, 2))
        fraction: Floats = total / max(float(total.sum()), np.finfo(np.float32).tiny)
        return fraction


def group_dimensions(
    decode: Callable[[Floats], Floats],
    encodings: Encodings,
    max_groups: int = MAX_GROUPS,
    seed: int = 0,
    progress: ProgressCallback = null_progress,
) -> DimensionGroups:
    """Cluster the dimensions by the pixels they change.

    Each dimension is moved by one standard deviation of the data in both directions, at 8 codes
    of the data.  The absolute changes of all pixels, as a unit vector, are clustered by Ward's
    method on Euclidean distances, √(2 − 2 · cosine).  Inactive dimensions form the last group.

    A model need not have spatially separate dimensions: the difference between
    `DimensionGroups.within_similarity` and `DimensionGroups.between_similarity` measures whether
    it has.

    Parameters
    ----------
    decode
        From codes ``(N, D)`` to images ``(N, C, H, W)`` in [0, 1].
    encodings
        The codes of the data.
    max_groups
        At least 2, the inactive group included.
    seed
        Of the random choice of codes.
    progress
        Called before each dimension; raises `CancelledError` to stop.

    Raises
    ------
    InvalidInputError
        `max_groups` is below 2.

    References
    ----------
    Ward 1963, doi:10.1080/01621459.1963.10500845.
    """
    if max_groups < 2:
        raise InvalidInputError(f"max_groups must be at least 2, not {max_groups}; increase it.")
    std = encodings.mean.std(axis=0)
    effect = _effects(decode, _sample_codes(encodings, seed), std, progress)
    total = effect.sum(axis=(1, 2, 3))
    is_inactive = latent_dimensions(encodings).inactive | (
        total <= INACTIVE_VARIANCE_FRACTION * total.max()
    )
    has_inactive_group = bool(is_inactive.any())
    active = np.flatnonzero(~is_inactive)
    similarity, labels = _cluster_effects(effect[active], max_groups - has_inactive_group)
    groups = [active[labels == label] for label in np.unique(labels)]
    groups.sort(key=lambda group: -float(total[group].sum()))
    groups += [np.flatnonzero(is_inactive)] if has_inactive_group else []
    within, between = _mean_similarities(similarity, labels)
    return DimensionGroups(
        groups=tuple(tuple(int(d) for d in group) for group in groups),
        effect_maps=np.stack([effect[group].mean(axis=1).sum(axis=0) for group in groups]),
        within_similarity=within,
        between_similarity=between,
        has_inactive_group=has_inactive_group,
    )


def _sample_codes(encodings: Encodings, seed: int) -> Floats:
    chosen = np.random.default_rng(seed).permutation(len(encodings))[:N_SAMPLED_CODES]
    return encodings.mean[np.sort(chosen)]


def _effects(
    decode: Callable[[Floats], Floats], codes: Floats, std: Floats, progress: ProgressCallback
) -> Floats:
    """``(D, M, H, W)``: the absolute change by each dimension at each code, mean over channels."""
    effects = []
    for d, step in enumerate(std):
        progress(d / len(std), "Measuring the effect of each dimension")
        offset = np.zeros_like(std)
        offset[d] = step
        below, above = np.split(decode(np.concatenate([codes - offset, codes + offset])), 2)
        effects.append(np.abs(above - below).mean(axis=1))
    return np.stack(effects)


def _cluster_effects(effect: Floats, max_clusters: int) -> tuple[Array, Array]:
    """The cosine similarities ``(A, A)`` of effects, and the cluster of each ``(A,)``."""
    from scipy.cluster.hierarchy import cut_tree, linkage

    flat = effect.reshape(len(effect), -1).astype(np.float64)
    unit = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-30)
    if len(unit) <= max_clusters:
        return unit @ unit.T, np.arange(len(unit))
    return unit @ unit.T, cut_tree(linkage(unit, "ward"), n_clusters=max_clusters)[:, 0]


def _mean_similarities(similarity: Array, labels: Array) -> tuple[float, float]:
    """The mean similarity within clusters, or 1, and between clusters, or 0."""
    is_between = labels[:, None] != labels
    is_within = ~is_between & ~np.eye(len(labels), dtype=bool)
    within = float(similarity[is_within].mean()) if is_within.any() else 1.0
    between = float(similarity[is_between].mean()) if is_between.any() else 0.0
    return within, between
