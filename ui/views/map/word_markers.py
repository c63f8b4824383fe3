"""Marks on the map of precomputed codes: the selected sample, or the words of an expression."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from latent_core.analysis.analogies import AnalogyResult
from latent_core.errors import InvalidInputError
from latent_core.projection import Projection
from latent_core.types import Floats
from ui.components.map import Mark
from ui.spaces import Space
from ui.views.map.word_search import shows_expression
from ui.words import sample_name

MAX_MARKS = 8
MERGE_FRACTION = 0.12
"""Of the map's size: words nearer to each other share a mark, since their labels would overlap."""


def sample_names(space: Space) -> Sequence[str]:
    """The name of each sample, empty where samples have no names."""
    return () if space.data.precomputed is None else space.data.precomputed.names


def word_marks(
    space: Space,
    projection: Projection,
    index: int | None,
    result: AnalogyResult | InvalidInputError | None,
) -> list[Mark]:
    """Marks at the result and terms of the expression, or at the selected sample."""
    clusters: list[tuple[Floats, list[str]]] = []
    radius = MERGE_FRACTION * float(np.ptp(projection.points, axis=0).max())
    for i in _marked_samples(space, index, result):
        at, name = projection.points[i], sample_name(space, i)
        near = [names for other, names in clusters if np.linalg.norm(other - at) < radius]
        if near:
            near[0].append(name)
        else:
            clusters.append((at, [name]))
    return [Mark(position=at, label=" · ".join(names)) for at, names in clusters]


def _marked_samples(
    space: Space, index: int | None, result: AnalogyResult | InvalidInputError | None
) -> list[int]:
    if not sample_names(space):
        return []
    if isinstance(result, AnalogyResult) and shows_expression(index):
        terms = [number for _, number in result.terms]
        return list(dict.fromkeys([int(result.excluding_inputs.index[0]), *terms]))[:MAX_MARKS]
    return [] if index is None else [index]
