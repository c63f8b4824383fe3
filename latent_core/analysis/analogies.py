"""Analogies between named codes, such as king − man + woman, with their baselines.

References
----------
Mikolov, Yih & Zweig 2013, "Linguistic regularities in continuous space word representations",
NAACL: the task, with the input words excluded from the answer.
Levy & Goldberg 2014, "Linguistic regularities in sparse and explicit word representations",
CoNLL, equation 1: 3CosAdd, on unit vectors.
Linzen 2016, "Issues in evaluating semantic spaces using word analogies", arXiv:1606.07736: the
baseline that returns the nearest neighbor of a single input word.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import permutations

import numpy as np
from numpy.typing import NDArray

from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.types import Floats

MAX_TERMS = 8
_SIGNS = re.compile(r"\s*([+\-−–])\s*")
_MIN_NORM = 1e-6
_SYNTAX = "write names with + and − between them, such as king − man + woman"

SignedTerm = tuple[int, int]
"""A sign, 1 or −1, and the index of a sample."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbors:
    """The indices ``(K,)`` of the nearest samples, nearest first, and their cosine similarities."""

    index: NDArray[np.int64]
    cosine: Floats

    __repr__ = compact_repr


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalogyResult:
    """The nearest samples to a signed sum of codes.

    Parameters
    ----------
    terms
        The terms of the sum.
    code
        ``(D,)``, the sum as a unit vector.
    excluding_inputs
        The nearest samples other than the terms, as is usual for this task.
    including_inputs
        The nearest samples with the terms included; the first is mostly one of the terms.
    baseline
        For each term, the nearest samples to that term alone, without arithmetic.
    """

    terms: tuple[SignedTerm, ...]
    code: Floats
    excluding_inputs: Neighbors
    including_inputs: Neighbors
    baseline: tuple[Neighbors, ...]

    __repr__ = compact_repr


def find_name(names: Sequence[str], name: str, noun: str = "word") -> int:
    """The index of the sample called `name`, in that spelling or in lower case.

    Parameters
    ----------
    names
        N names.
    name
        The name to find.
    noun
        What a sample is called in the error message.

    Raises
    ------
    InvalidInputError
        There is no such name; the message lists similar ones.
    """
    stripped = name.strip()
    lowercase = stripped.casefold()
    for spelling in (stripped, lowercase):
        if spelling in names:
            return names.index(spelling)
    similar = get_close_matches(lowercase[:40], names, n=3, cutoff=0.7)
    hint = f"did you mean {_join_names(similar)}?" if similar else "try another name."
    raise InvalidInputError(
        f"There is no {noun} {stripped[:40]!r} among these {len(names):,}; {hint}"
    )


def _join_names(names: Sequence[str]) -> str:
    *first, last = [repr(name) for name in names]
    return f"{', '.join(first)} or {last}" if first else last


def parse_expression(text: str, names: Sequence[str], noun: str = "word") -> tuple[SignedTerm, ...]:
    """The terms of an expression such as ``king - man + woman``.

    Parameters
    ----------
    text
        Names with + or − between them; a leading sign is allowed.
    names
        N names of the samples.
    noun
        What a sample is called in error messages.

    Raises
    ------
    InvalidInputError
        The expression is empty, has too many terms or an unknown name, or lacks a name before or
        after a sign.
    """
    first, *rest = _SIGNS.split(text.strip())
    parts = [("+", first), *zip(rest[::2], rest[1::2], strict=True)]
    if len(parts) > 1 and not first:  # a leading sign
        parts = parts[1:]
    if not text.strip():
        raise InvalidInputError(f"The expression is empty; {_SYNTAX}.")
    if not all(name for _, name in parts):
        raise InvalidInputError(
            f"In {text.strip()[:60]!r} a {noun} is missing before or after a sign; {_SYNTAX}."
        )
    if len(parts) > MAX_TERMS:
        raise InvalidInputError(
            f"This expression has {len(parts)} terms; {_SYNTAX}, at most {MAX_TERMS} terms."
        )
    return tuple((1 if sign == "+" else -1, find_name(names, name, noun)) for sign, name in parts)


def unit_vectors(codes: Floats) -> Floats:
    """Codes ``(N, D)`` divided by their Euclidean norms; zero codes stay zero."""
    norms = np.linalg.norm(codes, axis=1, keepdims=True)
    unit: Floats = np.divide(codes, norms, out=np.zeros_like(codes), where=norms > 0)
    return unit


def nearest_by_cosine(unit: Floats, code: Floats, k: int, exclude: Sequence[int] = ()) -> Neighbors:
    """The `k` nearest samples to a code by cosine similarity.

    Parameters
    ----------
    unit
        ``(N, D)``, unit vectors.
    code
        ``(D,)``, of any norm.
    exclude
        Indices of samples to leave out.
    """
    cosine = unit @ (code / max(float(np.linalg.norm(code)), _MIN_NORM))
    ranked = np.argsort(-cosine, kind="stable")[: k + len(exclude)]
    kept = ranked[~np.isin(ranked, np.asarray(exclude, np.int64))][:k]
    return Neighbors(index=kept.astype(np.int64), cosine=cosine[kept])


def solve_analogy(unit: Floats, terms: Sequence[SignedTerm], k: int = 8) -> AnalogyResult:
    """The nearest samples to a signed sum of codes, by 3CosAdd.

    For unit vectors, the largest cos(x, Σ s·t) is also the largest Σ s·cos(x, t).

    Parameters
    ----------
    unit
        ``(N, D)``, unit vectors; see `unit_vectors`.
    terms
        At least one.
    k
        How many neighbors of each kind to return.

    Raises
    ------
    InvalidInputError
        The terms cancel out, so that the sum has no direction.
    """
    total = np.sum([sign * unit[index] for sign, index in terms], axis=0)
    norm = float(np.linalg.norm(total))
    if norm < _MIN_NORM:
        raise InvalidInputError(
            "This expression cancels out, so it has no direction; change a term."
        )
    inputs = list(dict.fromkeys(index for _, index in terms))
    return AnalogyResult(
        terms=tuple(terms),
        code=(total / norm).astype(np.float32),
        excluding_inputs=nearest_by_cosine(unit, total, k, inputs),
        including_inputs=nearest_by_cosine(unit, total, k),
        baseline=tuple(nearest_by_cosine(unit, unit[index], k, [index]) for index in inputs),
    )


def analogy_accuracy(
    codes: Floats, relations: Mapping[str, Sequence[tuple[int, int]]]
) -> dict[str, float]:
    """The accuracy of answers to "a is to b as c is to …", and of its baselines, in [0, 1].

    Parameters
    ----------
    codes
        ``(N, D)``.
    relations
        Pairs of sample indices by relation; every two pairs of a relation give two analogies.

    Returns
    -------
    dict
        ``n_analogies``: their number; ``analogy_accuracy``: of b − a + c with a, b and c excluded
        from the answers; ``analogy_accuracy_including_inputs``: with them included;
        ``analogy_accuracy_baseline``: of the nearest neighbor of c, with a, b and c excluded.
    """
    unit = unit_vectors(codes)
    analogies = [
        (a, b, c, target)
        for pairs in relations.values()
        for (a, b), (c, target) in permutations(pairs, 2)
    ]
    n_correct = np.zeros(3)
    for a, b, c, target in analogies:
        total = unit[b] - unit[a] + unit[c]
        answers = (
            nearest_by_cosine(unit, total, 1, (a, b, c)),
            nearest_by_cosine(unit, total, 1),
            nearest_by_cosine(unit, unit[c], 1, (a, b, c)),
        )
        n_correct += [int(answer.index[0]) == target for answer in answers]
    accuracy = n_correct / max(len(analogies), 1)
    return {
        "n_analogies": len(analogies),
        "analogy_accuracy": round(float(accuracy[0]), 4),
        "analogy_accuracy_including_inputs": round(float(accuracy[1]), 4),
        "analogy_accuracy_baseline": round(float(accuracy[2]), 4),
    }
