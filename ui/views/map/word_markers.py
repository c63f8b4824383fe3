"""The stars and names on the map where samples have codes and no pictures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from latent_core.analysis.analogies import AnalogyResult
from latent_core.errors import InvalidInputError
from latent_core.projection import Projection
from latent_core.types import Floats
from ui.components.map import Mark
from ui.spaces import Space
from ui.views.map import words
from ui.words import sample_name

MAX_MARKS = 8
"""Points of a sum that get a star."""
MERGE_FRACTION = 0.12
"""Of the map's size: names so near each other share a star, since their labels would overlap."""


def sample_names(space: Space) -> Sequence[str]:
    """What the samples are called, where each has a name of its own."""
    return () if space.data.precomputed is None else space.data.precomputed.names


def word_marks(
    space: Space,
    projection: Projection,
    index: int | None,
    result: AnalogyResult | InvalidInputError | None,
) -> list[Mark]:
    """Stars at the names that are looked at: a sum's answer and terms, or what is selected."""
    clusters: list[tuple[Floats, list[str]]] = []
    near = MERGE_FRACTION * float(np.ptp(projection.points, axis=0).max())
    for i in _marked_samples(space, index, result):
        at, name = projection.points[i], sample_name(space, i)
        same = [names for place, names in clusters if np.linalg.norm(place - at) < near]
        if same:
            same[0].append(name)
        else:
            clusters.append((at, [name]))
    return [Mark(position=at, label=" · ".join(names)) for at, names in clusters]


def _marked_samples(
    space: Space, index: int | None, result: AnalogyResult | InvalidInputError | None
) -> list[int]:
    if not sample_names(space):
        return []
    if isinstance(result, AnalogyResult) and words.shows_expression(index):
        used = [number for _, number in result.terms]
        return list(dict.fromkeys([int(result.excluding_inputs.index[0]), *used]))[:MAX_MARKS]
    return [] if index is None else [index]
