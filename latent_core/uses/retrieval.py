"""Precision of recommendations: how many of the first ten have the label of the query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.splits import indices_for_test, indices_for_validation, labeled
from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Array, Floats
from latent_core.uses.recommendation import ROCCHIO, relevance
from latent_core.uses.results import EncodedData, cached

N_FIRST = 10
N_QUERIES = 500
"""Held-out queries: random ones where there are more."""
FEEDBACK: Mapping[str, tuple[int, int]] = {"1": (1, 0), "5": (5, 0), "5+5": (5, 5)}
"""Samples of the query's label, and of other labels to be unlike, by the name of the query."""
_BATCH = 50  # queries that are ranked at once
_Z95 = 1.96


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RetrievalPrecision:
    """Precision@10 of recommendations in one representation.

    Parameters
    ----------
    representation
        Of `latent_core.uses.results`.
    queries
        Names of the kinds of query, of `FEEDBACK`.
    precision, half_width
        ``(T,)`` mean fraction of the first 10 with the label of the query, and half the width of
        its 95 % interval over queries.
    chance
        The same of random samples.
    n_queries, n_candidates
        Held-out queries of each kind, and samples that are ranked.
    """

    representation: str
    queries: tuple[str, ...]
    precision: Floats
    half_width: Floats
    chance: float
    n_queries: int
    n_candidates: int

    __repr__ = compact_repr


def draw_queries(
    labels: Array, n_queries: int, n_plus: int, n_minus: int, rng: np.random.Generator
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Queries among samples with `labels` ``(N,)``, all of classes with `n_plus` samples or more.

    Returns
    -------
    plus, minus
        ``(Q, n_plus)`` indices of samples of one class, and ``(Q, n_minus)`` of other classes.
    """
    rows = np.arange(len(labels))
    enough = np.isin(labels, np.flatnonzero(np.bincount(labels) >= n_plus))
    first = rng.permutation(rows[enough])[:n_queries]
    members = {label: rows[labels == label] for label in np.unique(labels[first]).tolist()}
    others = {label: rows[labels != label] for label in members}
    plus, minus = [], []
    for row in first.tolist():
        label = int(labels[row])
        same = members[label][members[label] != row]
        plus.append([row, *rng.choice(same, n_plus - 1, replace=False)])
        minus.append(rng.choice(others[label], n_minus, replace=len(others[label]) < n_minus))
    shape = len(first), n_minus
    return np.array(plus, np.int64).reshape(-1, n_plus), np.array(minus, np.int64).reshape(shape)


def precision_at(  # noqa: PLR0913  queries and candidates, each with their labels
    codes: Floats,
    labels: Array,
    plus: Floats,
    minus: Floats,
    query_labels: Array,
    *,
    similarity: str = ROCCHIO,
    progress: ProgressCallback = null_progress,
) -> NDArray[np.float64]:
    """The fraction of each query's first 10 samples with its label.

    Parameters
    ----------
    codes, labels
        ``(N, D)`` and ``(N,)`` of the samples that are ranked, none of them in a query.
    plus, minus
        ``(Q, P, D)`` and ``(Q, M, D)``, M may be 0.
    query_labels
        ``(Q,)``.

    Returns
    -------
    ndarray
        ``(Q,)`` in [0, 1].
    """
    n_first, found = min(N_FIRST, len(codes)), []
    for start in range(0, len(plus), _BATCH):
        progress(start / len(plus), "Ranking for held-out queries")
        batch = slice(start, start + _BATCH)
        scores = relevance(codes, plus[batch], minus[batch], similarity=similarity)
        best = np.argpartition(-scores, n_first - 1, axis=1)[:, :n_first]
        found.append((labels[best] == query_labels[batch, None]).mean(axis=1))
    return np.concatenate(found)


def measure_retrieval(
    encoded: EncodedData, similarity: str = ROCCHIO, *, progress: ProgressCallback = null_progress
) -> tuple[RetrievalPrecision, ...]:
    """Precision@10 in the code, in as many principal components, and in pixels.

    Queries are test samples, and the validation samples are ranked. Cached.

    Raises
    ------
    InvalidInputError
        A half of the data has no labels of several classes.
    """
    data, labels = encoded.data, encoded.data.labels
    ranked = labeled(data, indices_for_validation(data))
    asked = labeled(data, indices_for_test(data))
    if labels is None or min(len(np.unique(labels[rows])) for rows in (ranked, asked)) < 2:
        raise InvalidInputError(
            f"{data.title} has too few labels of several classes to measure precision with; choose "
            "data with more."
        )

    def compute() -> list[RetrievalPrecision]:
        spaces = encoded.representations(subprogress(progress, 0, 0.3))
        found = []
        for step, (name, codes) in enumerate(spaces.items()):
            low, high = (0.3 + 0.7 * (step + i) / len(spaces) for i in (0, 1))
            part = subprogress(progress, low, high)
            found.append(_measure(name, codes, labels, ranked, asked, similarity, part))
        return found

    of = encoded.fingerprints | {"data": data.fingerprint, "similarity": similarity}
    store = encoded.store
    return cached("retrieval", RetrievalPrecision, compute, of=of, progress=progress, store=store)


def _measure(  # noqa: PLR0913, PLR0917  the parts of one row of figures
    name: str,
    codes: Floats,
    labels: Array,
    ranked: NDArray[np.int64],
    asked: NDArray[np.int64],
    similarity: str,
    progress: ProgressCallback,
) -> RetrievalPrecision:
    most = int(np.bincount(labels[asked]).max())
    kinds = {kind: size for kind, size in FEEDBACK.items() if size[0] <= most}
    precision, half_width = [], []
    share = np.bincount(labels[ranked], minlength=int(labels.max()) + 1) / len(ranked)
    for step, (n_plus, n_minus) in enumerate(kinds.values()):
        rng = np.random.default_rng(0)
        plus, minus = draw_queries(labels[asked], N_QUERIES, n_plus, n_minus, rng)
        values = precision_at(
            codes[ranked],
            labels[ranked],
            codes[asked[plus]],
            codes[asked[minus]],
            labels[asked[plus[:, 0]]],
            similarity=similarity,
            progress=subprogress(progress, step / len(kinds), (step + 1) / len(kinds)),
        )
        precision.append(values.mean())
        half_width.append(_Z95 * values.std(ddof=1) / np.sqrt(len(values)))
        if step == 0:
            chance, n_queries = float(share[labels[asked[plus[:, 0]]]].mean()), len(values)
    return RetrievalPrecision(
        representation=name,
        queries=tuple(kinds),
        precision=np.array(precision, np.float32),
        half_width=np.array(half_width, np.float32),
        chance=chance,
        n_queries=n_queries,
        n_candidates=len(ranked),
    )
