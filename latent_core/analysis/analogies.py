"""Sums of named codes, such as king − man + woman, and how much they really say.

References
----------
Mikolov, Yih & Zweig 2013, "Linguistic regularities in continuous space word representations",
NAACL: the question, and the words of the question left out of the answer.
Levy & Goldberg 2014, "Linguistic regularities in sparse and explicit word representations",
CoNLL, equation 1: 3CosAdd, on vectors of length 1.
Linzen 2016, "Issues in evaluating semantic spaces using word analogies", arXiv:1606.07736: the
baseline that looks only for what is nearest to one word of the question.
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
from latent_core.types import Floats

MAX_TERMS = 8
_SIGNS = re.compile(r"\s*([+\-−–])\s*")
_SMALLEST = 1e-6
_HOW = "write names with + and − between them, such as king − man + woman"

SignedTerm = tuple[int, int]
"""A sign, 1 or −1, and the number of a sample."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbors:
    """Samples, nearest first, ``(K,)``, and the cosine of the angle to each, ``(K,)``."""

    index: NDArray[np.int64]
    cosine: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class AnalogyResult:
    """What a sum of codes comes out at.

    Parameters
    ----------
    terms
        What was added and taken away.
    code
        ``(D,)``, of length 1: where the sum points.
    others
        The nearest to it but for the terms themselves, which are left out as is usual.
    anything
        The nearest to it when they are not: mostly one of the terms, since a sum stays near them.
    plain
        For each term the nearest to it alone: what needs no arithmetic.
    """

    terms: tuple[SignedTerm, ...]
    code: Floats
    excluding_inputs: Neighbors
    including_inputs: Neighbors
    baseline: tuple[Neighbors, ...]


def find_name(names: Sequence[str], wanted: str, noun: str = "word") -> int:
    """The number of the sample called `wanted`, however it is capitalised.

    Raises
    ------
    BadInput
        There is none; the message tells the nearest spellings.
    """
    asked = wanted.strip().casefold()
    for spelt in (wanted.strip(), asked):
        if spelt in names:
            return names.index(spelt)
    near = get_close_matches(asked[:40], names, n=3, cutoff=0.7)
    hint = f"near it are {_listed(near)}" if near else "no spelling is near it, so try another"
    raise InvalidInputError(
        f"There is no {noun} {wanted.strip()[:40]!r} among these {len(names):,}; {hint}."
    )


def _listed(names: Sequence[str]) -> str:
    *first, last = [repr(name) for name in names]
    return f"{', '.join(first)} and {last}" if first else last


def parse_expression(text: str, names: Sequence[str], noun: str = "word") -> tuple[SignedTerm, ...]:
    """The terms of a sum such as ``king - man + woman``.

    Raises
    ------
    BadInput
        It is empty, too long, lacks a name between two signs, or has an unknown name.
    """
    first, *rest = _SIGNS.split(text.strip())
    parts = [("+", first), *zip(rest[::2], rest[1::2], strict=True)]
    if len(parts) > 1 and not first:  # it begins with a sign
        parts = parts[1:]
    if not text.strip():
        raise InvalidInputError(f"The sum is empty; {_HOW}.")
    if not all(name for _, name in parts):
        raise InvalidInputError(
            f"In {text.strip()[:60]!r} a {noun} is missing beside a sign; {_HOW}."
        )
    if len(parts) > MAX_TERMS:
        raise InvalidInputError(f"This sum has {len(parts)} terms; {_HOW}, at most {MAX_TERMS}.")
    return tuple((1 if sign == "+" else -1, find_name(names, name, noun)) for sign, name in parts)


def unit_vectors(codes: Floats) -> Floats:
    """Codes ``(N, D)`` brought to length 1; zeros stay zeros."""
    norms = np.linalg.norm(codes, axis=1, keepdims=True)
    unit: Floats = np.divide(codes, norms, out=np.zeros_like(codes), where=norms > 0)
    return unit


def nearest_by_cosine(unit: Floats, code: Floats, k: int, exclude: Sequence[int] = ()) -> Neighbors:
    """The `k` of `unit` ``(N, D)``, of length 1, nearest in angle to `code` ``(D,)``."""
    cosine = unit @ (code / max(float(np.linalg.norm(code)), _SMALLEST))
    ranked = np.argsort(-cosine, kind="stable")[: k + len(exclude)]
    kept = ranked[~np.isin(ranked, np.asarray(exclude, np.int64))][:k]
    return Neighbors(index=kept.astype(np.int64), cosine=cosine[kept])


def solve_analogy(unit: Floats, terms: Sequence[SignedTerm], k: int = 8) -> AnalogyResult:
    """What is nearest to a sum of codes, by 3CosAdd.

    With codes of length 1, the largest cos(x, Σ s·t) is also the largest Σ s·cos(x, t).

    Parameters
    ----------
    unit
        ``(N, D)``, of length 1 each; see `units`.
    terms
        At least one.
    k
        How many are told of each kind.

    Raises
    ------
    BadInput
        Everything cancels out, so that the sum points nowhere.
    """
    total = np.sum([sign * unit[index] for sign, index in terms], axis=0)
    length = float(np.linalg.norm(total))
    if length < _SMALLEST:
        raise InvalidInputError(
            "In this sum everything cancels out, so it points nowhere; change a term."
        )
    used = list(dict.fromkeys(index for _, index in terms))
    return AnalogyResult(
        terms=tuple(terms),
        code=(total / length).astype(np.float32),
        excluding_inputs=nearest_by_cosine(unit, total, k, used),
        including_inputs=nearest_by_cosine(unit, total, k),
        baseline=tuple(nearest_by_cosine(unit, unit[index], k, [index]) for index in used),
    )


def analogy_accuracy(
    codes: Floats, relations: Mapping[str, Sequence[tuple[int, int]]]
) -> dict[str, float]:
    """How often "a is to b as c is to …" is answered with the right sample.

    Parameters
    ----------
    codes
        ``(N, D)``.
    relations
        Pairs of samples by relation; every two pairs of one make two questions.

    Returns
    -------
    dict
        ``analogies``: their number; ``analogies_right``: the share answered by b − a + c when a,
        b and c are left out; ``analogies_right_left_in``: when they are not;
        ``analogies_right_plain``: answered by what is nearest to c alone, a, b and c left out.
    """
    unit = unit_vectors(codes)
    asked = [
        (a, b, c, right)
        for pairs in relations.values()
        for (a, b), (c, right) in permutations(pairs, 2)
    ]
    hits = np.zeros(3)
    for a, b, c, right in asked:
        total = unit[b] - unit[a] + unit[c]
        answers = (
            nearest_by_cosine(unit, total, 1, (a, b, c)),
            nearest_by_cosine(unit, total, 1),
            nearest_by_cosine(unit, unit[c], 1, (a, b, c)),
        )
        hits += [int(answer.index[0]) == right for answer in answers]
    shares = hits / max(len(asked), 1)
    return {
        "n_analogies": len(asked),
        "analogy_accuracy": round(float(shares[0]), 4),
        "analogy_accuracy_including_inputs": round(float(shares[1]), 4),
        "analogy_accuracy_baseline": round(float(shares[2]), 4),
    }
