"""An example of arithmetic on images for a data set, from its factors or its classes."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.analysis.factor_statistics import percentile_ranks, rank_correlations
from latent_core.cache.memo import memoize
from latent_core.types import Floats
from ui.attributes.factor_tables import factor_title, ordered_factors
from ui.sample_sources import item_from_sample
from ui.spaces import Space
from ui.visitor.tray import TrayItem

GROUPS = ("start", "minus", "plus")
N_EACH = 3
"""Images of a group that are averaged, as in Radford et al. 2016."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArithmeticExample:
    """What the sum is to show, and the images of each group."""

    title: str
    groups: dict[str, list[TrayItem]]


def example_groups(space: Space) -> ArithmeticExample | None:
    """An example for a space; None for data with neither two factors nor two classes."""
    found = memoize(
        "arithmetic example",
        f"{space.encodings.fingerprint} {space.data.fingerprint}",
        lambda: _factor_example(space) or _class_example(space),
    )
    if found is None:
        return None
    title, groups = found
    return ArithmeticExample(
        title=title,
        groups={
            name: [item_from_sample(space, int(i)) for i in indices]
            for name, indices in zip(GROUPS, groups, strict=True)
        },
    )


Found = tuple[str, tuple[NDArray[np.int64], ...]]


def _factor_example(space: Space) -> Found | None:
    """High p and high q − low p and high q + low p and low q, which should be high p and low q.

    The factors p and q are those that correlate most with a latent dimension, of the attributes
    that its evaluation reads from images where the data set's card names some.
    """
    factors = ordered_factors(space.data)
    read = {
        name: factors[name]
        for name in space.data.card.get("attribute_thresholds", {})
        if name in factors
    }
    factors = read if len(read) >= 2 else factors
    if len(factors) < 2:
        return None
    strength = np.abs(rank_correlations(space.encodings.mean, factors)).max(axis=0)
    names = list(factors)
    p, q = (names[k] for k in np.argsort(-strength)[:2])
    ranks = percentile_ranks({name: factors[name] for name in (p, q)})

    def at_corner(high_p: bool, high_q: bool) -> NDArray[np.int64]:
        distance = np.abs(ranks[p] - high_p) + np.abs(ranks[q] - high_q)
        return np.argsort(distance, kind="stable")[:N_EACH]

    title = f"high {factor_title(p)} − low {factor_title(p)}, added at low {factor_title(q)}"
    return title, (at_corner(True, True), at_corner(False, True), at_corner(False, False))


def _class_example(space: Space) -> Found | None:
    """An unusual image of one class − a typical one + a typical one of another class."""
    labels = space.data.labels
    if labels is None:
        return None
    known = [int(k) for k in np.unique(labels[labels >= 0]) if (labels == k).sum() > N_EACH]
    if len(known) < 2:
        return None
    first, second = _class_order(space, known)
    codes = space.encodings.mean
    own = np.flatnonzero(labels == first)
    away = codes[own] - codes[own].mean(axis=0)
    axis = np.linalg.svd(away, full_matrices=False)[2][0]
    unusual = own[np.argsort(-(away @ axis), kind="stable")[:N_EACH]]
    names = space.data.class_names
    title = f"an unusual {names[first]} − a typical {names[first]} + a typical {names[second]}"
    return title, (unusual, _typical(codes, own), _typical(codes, labels == second))


def _class_order(space: Space, known: list[int]) -> tuple[int, int]:
    """The class that varies most, and the one whose mean is nearest to its mean."""
    labels, codes = space.data.labels, space.encodings.mean
    assert labels is not None
    means = np.stack([codes[labels == k].mean(axis=0) for k in known])
    spreads = [float(codes[labels == k].var(axis=0).max()) for k in known]
    first = int(np.argmax(spreads))
    distance = np.linalg.norm(means - means[first], axis=1)
    distance[first] = np.inf
    return known[first], known[int(np.argmin(distance))]


def _typical(codes: Floats, members: NDArray[np.generic]) -> NDArray[np.int64]:
    """The images of a class whose codes are nearest to its mean."""
    own = np.flatnonzero(members) if members.dtype == bool else members.astype(np.int64)
    distance = np.linalg.norm(codes[own] - codes[own].mean(axis=0), axis=1)
    return own[np.argsort(distance, kind="stable")[:N_EACH]]
