"""Arithmetic of image codes, start − minus + plus, with the answers that need no arithmetic.

References
----------
Radford, Metz & Chintala 2016, "Unsupervised representation learning with deep convolutional
generative adversarial networks", ICLR, arXiv:1511.06434: codes of several images are averaged for
each term, since sums of single images are unstable.
Linzen 2016, "Issues in evaluating semantic spaces using word analogies", arXiv:1606.07736: much of
what an analogy returns is a neighbor of its first term; the same neighbors without the sum are the
baseline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.neighbors import nearest
from latent_core.notebook import compact_repr
from latent_core.types import Floats, as_codes


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeArithmetic:
    """The code mean(start) − mean(minus) + mean(plus), and what lies near it.

    Parameters
    ----------
    terms
        ``(3, D)``: the means of start, minus and plus.
    code
        ``(D,)``, their signed sum.
    nearest, distance
        ``(K,)`` indices of the samples nearest to `code`, nearest first, and their Euclidean
        distances; terms are left out.
    baselines
        ``(2, K)`` indices of the samples nearest to the means of start and of plus alone.
    """

    terms: Floats
    code: Floats
    nearest: NDArray[np.int64]
    distance: Floats
    baselines: NDArray[np.int64]

    __repr__ = compact_repr

    @property
    def shared(self) -> tuple[int, int]:
        """How many of `nearest` are neighbors of start alone, and of plus alone."""
        first, second = (len(np.intersect1d(self.nearest, row)) for row in self.baselines)
        return first, second


def code_arithmetic(
    codes: Floats,
    start: Floats,
    minus: Floats,
    plus: Floats,
    *,
    n_neighbors: int = 8,
    exclude: Sequence[int] = (),
) -> CodeArithmetic:
    """Add the difference of two groups of codes to a third: mean(start) − mean(minus) + mean(plus).

    The sum does not depend on where the origin of the latent space is.

    Parameters
    ----------
    codes
        ``(N, D)``, where neighbors are searched.
    start, minus, plus
        ``(M, D)``, at least one code each.
    n_neighbors
        K, how many neighbors are returned; fewer where there are not so many samples.
    exclude
        Indices of the samples that are terms of the sum, which are no answers.

    Raises
    ------
    InvalidInputError
        A group is empty, or has another number of dimensions.
    """
    groups = {"start": start, "minus": minus, "plus": plus}
    for name, group in groups.items():
        if not len(group):
            raise InvalidInputError(
                f"The group {name!r} is empty; the sum start − minus + plus needs at least one "
                "code in each."
            )
    dim = codes.shape[1]
    terms = np.stack([as_codes(group, dim).mean(axis=0) for group in groups.values()])
    code = (terms[0] - terms[1] + terms[2]).astype(np.float32)
    excluded = np.unique(np.asarray(exclude, np.int64))
    queries = np.stack([code, terms[0], terms[2]]).astype(np.float32)
    k = min(n_neighbors, len(codes) - len(excluded))
    index, distance = nearest(codes, queries, min(k + len(excluded), len(codes)))
    kept = [~np.isin(row, excluded) for row in index]
    return CodeArithmetic(
        terms=terms.astype(np.float32),
        code=code,
        nearest=index[0][kept[0]][:k].astype(np.int64),
        distance=distance[0][kept[0]][:k],
        baselines=np.stack(
            [row[own][:k] for row, own in zip(index[1:], kept[1:], strict=True)]
        ).astype(np.int64),
    )
