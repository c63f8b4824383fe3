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
from ui.words import name_of

MARKED = 8
"""Points of a sum that get a star."""
MERGED = 0.12
"""Of the map's size: names so near each other share a star, since their labels would overlap."""


def names_of(space: Space) -> Sequence[str]:
    """What the samples are called, where each has a name of its own."""
    return () if space.data.precomputed is None else space.data.precomputed.names


def stars_of(
    space: Space,
    made: Projection,
    index: int | None,
    answer: AnalogyResult | InvalidInputError | None,
) -> list[Mark]:
    """Stars at the names that are looked at: a sum's answer and terms, or what is selected."""
    stars: list[tuple[Floats, list[str]]] = []
    near = MERGED * float(np.ptp(made.points, axis=0).max())
    for i in _marked(space, index, answer):
        at, name = made.points[i], name_of(space, i)
        same = [names for place, names in stars if np.linalg.norm(place - at) < near]
        if same:
            same[0].append(name)
        else:
            stars.append((at, [name]))
    return [Mark(position=at, label=" · ".join(names)) for at, names in stars]


def _marked(
    space: Space, index: int | None, answer: AnalogyResult | InvalidInputError | None
) -> list[int]:
    if not names_of(space):
        return []
    if isinstance(answer, AnalogyResult) and words.looks_at_sum(index):
        used = [number for _, number in answer.terms]
        return list(dict.fromkeys([int(answer.excluding_inputs.index[0]), *used]))[:MARKED]
    return [] if index is None else [index]
