"""Children of two codes: their genes mixed, and some variation around the mixture.

A gene is a group of dimensions that change the same part of a picture.  With the codes of two
parents, each gene comes from the one, from the other, or from in between::

    genes = genes_of(model.decode, encodings)
    child = mix(a, b, genes, [0, 1, 0.5])
    others = litter(child, encodings.mean, amount=0.3, count=8, seed=0)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from latent_core.analysis.traversal import INACTIVE_VARIANCE_FRACTION, latent_dimensions
from latent_core.errors import InvalidInputError
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Array, Encodings, Floats, as_codes, freeze

MAX_GROUPS = 6
N_SAMPLED_CODES = 8
"""Codes of the data at which it is looked what a dimension changes."""
MAX_VARIATIONS = 64


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class DimensionGroups:
    """The dimensions of a space, divided into groups.

    Parameters
    ----------
    groups
        The dimensions of each; every dimension in exactly one.  Those that change most come
        first.
    heat
        ``(G, H, W)``: how much brightness changes at each pixel when a dimension goes from one
        standard deviation below a code of the data to one above, in the mean over some codes,
        summed over the dimensions of the group.
    within, between
        How far two dimensions of one gene, and two of different genes, change the same pixels,
        in [0, 1]: the mean cosine of their changes, silent ones left out.  Where no gene has two
        dimensions, `within` is 1; where there is one gene, `between` is 0.
    silent
        Whether the last group holds dimensions that hardly vary in the data or hardly change
        a picture.

    Raises
    ------
    BadInput
        The groups don't divide 0 to D - 1, or there isn't one heat for each.
    """

    groups: tuple[tuple[int, ...], ...]
    effect_maps: Floats
    within_similarity: float
    between_similarity: float
    has_inactive_group: bool

    def __post_init__(self) -> None:
        listed = sorted(d for group in self.groups for d in group)
        if listed != list(range(len(listed))) or not all(self.groups):
            raise InvalidInputError(f"Genes divide the dimensions 0 to D - 1, not {self.groups}.")
        if self.effect_maps.ndim != 3 or len(self.effect_maps) != len(self.groups):
            raise InvalidInputError(
                f"{len(self.groups)} genes but heat {self.effect_maps.shape}; give (G, H, W)."
            )
        freeze(self.effect_maps)

    def __len__(self) -> int:
        return len(self.groups)

    @property
    def latent_dim(self) -> int:
        """D."""
        return sum(len(group) for group in self.groups)

    @property
    def effect(self) -> Floats:
        """The share of all change that each gene makes, ``(G,)``."""
        total = self.effect_maps.sum(axis=(1, 2))
        share: Floats = total / max(float(total.sum()), np.finfo(np.float32).tiny)
        return share


def group_dimensions(
    decode: Callable[[Floats], Floats],
    encodings: Encodings,
    max_groups: int = MAX_GROUPS,
    seed: int = 0,
    progress: ProgressCallback = null_progress,
) -> DimensionGroups:
    """Dimensions whose changes fall on the same pixels belong to one gene.

    Each dimension is moved by one standard deviation of the data to either side, at 8 codes of
    the data.  How much brightness that changes, pixel by pixel at each of the codes, is a vector
    of unit length; Ward's method groups these by their Euclidean distances, √(2 − 2 · cosine).
    The silent dimensions are the last gene.

    Nothing forces a model to keep places apart: how much `Genes.within` exceeds `Genes.between`
    says how far it did.

    Parameters
    ----------
    decode
        Codes ``(N, D)`` to pictures ``(N, C, H, W)`` in [0, 1].
    most
        Genes at most, the silent one among them; at least 2.
    seed
        Of the codes that are drawn.

    Raises
    ------
    BadInput
        Fewer than 2 genes are asked for.

    References
    ----------
    Ward 1963, doi:10.1080/01621459.1963.10500845.
    """
    if max_groups < 2:
        raise InvalidInputError(
            f"At least 2 genes can be told apart, not {max_groups}; ask for more."
        )
    drawn = np.random.default_rng(seed).permutation(len(encodings))[:N_SAMPLED_CODES]
    spread = encodings.mean.std(axis=0)
    change = _changes(decode, encodings.mean[np.sort(drawn)], spread, progress)
    total = change.sum(axis=(1, 2, 3))
    silent = latent_dimensions(encodings).inactive | (
        total <= INACTIVE_VARIANCE_FRACTION * total.max()
    )
    active = np.flatnonzero(~silent)
    near, labels = _clusters(change[active], max_groups - bool(silent.any()))
    groups = [active[labels == label] for label in np.unique(labels)]
    groups.sort(key=lambda group: -float(total[group].sum()))
    groups += [np.flatnonzero(silent)] if silent.any() else []
    apart = labels[:, None] != labels
    together = ~apart & ~np.eye(len(labels), dtype=bool)
    return DimensionGroups(
        groups=tuple(tuple(int(d) for d in group) for group in groups),
        effect_maps=np.stack([change[group].mean(axis=1).sum(axis=0) for group in groups]),
        within_similarity=float(near[together].mean()) if together.any() else 1.0,
        between_similarity=float(near[apart].mean()) if apart.any() else 0.0,
        has_inactive_group=bool(silent.any()),
    )


def _changes(
    decode: Callable[[Floats], Floats], codes: Floats, spread: Floats, progress: ProgressCallback
) -> Floats:
    """``(D, M, H, W)``: what each dimension changes at each of `codes`, in the mean of colours."""
    found = []
    for d, step in enumerate(spread):
        progress(d / len(spread), "Looking what each number changes")
        move = np.zeros_like(spread)
        move[d] = step
        below, above = np.split(decode(np.concatenate([codes - move, codes + move])), 2)
        found.append(np.abs(above - below).mean(axis=1))
    return np.stack(found)


def _clusters(change: Floats, most: int) -> tuple[Array, Array]:
    """The cosines ``(A, A)`` of changes, and to which of at most `most` groups each belongs."""
    from scipy.cluster.hierarchy import cut_tree, linkage

    flat = change.reshape(len(change), -1).astype(np.float64)
    unit = flat / np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-30)
    if len(unit) <= most:
        return unit @ unit.T, np.arange(len(unit))
    return unit @ unit.T, cut_tree(linkage(unit, "ward"), n_clusters=most)[:, 0]


def crossover(a: Any, b: Any, groups: DimensionGroups, weights: Sequence[float] | Array) -> Floats:
    """The code ``(D,)`` that has each gene from `a`, from `b`, or from in between.

    Parameters
    ----------
    a, b
        ``(D,)``: the parents.
    shares
        One for each gene, in [0, 1]: 0 takes it from `a` and 1 from `b`, exactly; between
        them, on the straight line.

    Raises
    ------
    BadInput
        Codes of another size, or shares that aren't as many as genes or lie outside [0, 1].
    """
    first, last = as_codes(np.stack([np.asarray(a), np.asarray(b)]), groups.latent_dim)
    given = np.asarray(weights, np.float64)
    inside = given.shape == (len(groups),) and bool(((given >= 0) & (given <= 1)).all())
    if not inside:
        raise InvalidInputError(
            f"Give {len(groups)} shares in [0, 1], one for each gene, not {weights}."
        )
    share = np.empty(groups.latent_dim)
    for group, value in zip(groups.groups, given, strict=True):
        share[list(group)] = value
    mixed: Floats = ((1 - share) * first + share * last).astype(np.float32)
    return mixed


def sample_variations(
    center: Any, codes: Any, amount: float, count: int = 8, seed: int = 0
) -> Floats:
    """Codes ``(K, D)`` around `centre` that are as plausible as it is.

    With m the mean of the data and e a `draw` that varies as the data does, a child is

        m + √(1 − amount²) · (centre − m) + amount · e

    Adding e alone would push children ever farther out; drawn towards the mean by as much as is
    added, their mean squared distance from it is (1 − amount²) · ‖centre − m‖² + amount² times
    the data's own, so never beyond both.

    Parameters
    ----------
    centre
        ``(D,)``: the mixture of the parents.
    codes
        ``(N, D)``, the data's.
    amount
        In [0, 1]: 0 gives `centre` itself, 1 forgets it.

    Raises
    ------
    BadInput
        The amount lies outside [0, 1]; else as `draw`.

    References
    ----------
    The preconditioned Crank–Nicolson proposal, which leaves a normal distribution as it is:
    Cotter, Roberts, Stuart & White 2013, arXiv:1202.0709.
    """
    data = as_codes(codes)
    middle = as_codes(np.asarray(center)[None], data.shape[1])
    if not 0 <= amount <= 1:
        raise InvalidInputError(
            f"The amount of variation must be 0 to 1, not {amount}; change that."
        )
    towards = (np.sqrt(1 - amount**2) - 1) * (middle - data.mean(axis=0))
    children: Floats = (middle + towards + amount * sample_deviations(data, count, seed)).astype(
        np.float32
    )
    return children


def sample_deviations(codes: Any, count: int, seed: int) -> Floats:
    """Normal draws ``(K, D)`` about zero with the covariance of `codes` ``(N, D)``.

    Each is a sum of the codes' deviations from their mean with weights from N(0, 1 / N), which
    needs no decomposition and never leaves the subspace in which the codes lie.

    Raises
    ------
    BadInput
        Fewer than 1 or more than 64 draws are asked for.
    """
    if not 1 <= count <= MAX_VARIATIONS:
        raise InvalidInputError(
            f"A litter has 1 to {MAX_VARIATIONS} children, not {count}; change that."
        )
    data = as_codes(codes)
    weights = np.random.default_rng(seed).standard_normal((count, len(data)))
    away = data - data.mean(axis=0, dtype=np.float64)
    drawn: Floats = (weights @ away / np.sqrt(len(data))).astype(np.float32)
    return drawn
