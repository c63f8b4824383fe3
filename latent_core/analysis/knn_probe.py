"""The class that the nearest codes vote for: a kNN probe of one code."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from latent_core.neighbors import nearest
from latent_core.types import Dataset, Encodings, Floats

PROBE_NEIGHBORS = 10
SAME_DISTANCE = 1e-3
"""A code of the data that is nearer is that of the image itself, which does not vote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassVotes:
    """The votes of the nearest codes.

    Parameters
    ----------
    votes
        Class names with their number of votes, the most votes first; of equal ones, the class of
        the nearer code.
    count
        How many codes voted.
    """

    votes: tuple[tuple[str, int], ...]
    count: int

    def share(self) -> float:
        """The fraction of the votes that the first class has, in (0, 1]."""
        return self.votes[0][1] / self.count


def class_votes(data: Dataset, encodings: Encodings, code: Floats) -> ClassVotes | None:
    """The votes of the `PROBE_NEIGHBORS` labelled codes nearest to `code` ``(D,)``.

    None for data without labels.
    """
    if data.labels is None or not (labelled := np.flatnonzero(data.labels >= 0)).size:
        return None
    found, distances = nearest(encodings.mean[labelled], code, PROBE_NEIGHBORS + 1)
    others = found[distances > SAME_DISTANCE][:PROBE_NEIGHBORS]
    if not len(others):
        return None
    names = [data.label(int(index)) for index in labelled[others]]
    counts = {name: names.count(name) for name in dict.fromkeys(names)}
    ranked = sorted(counts.items(), key=lambda item: -item[1])
    return ClassVotes(votes=tuple(ranked), count=len(others))
