"""Labels and names from the values that people write."""

from __future__ import annotations

import re
from collections import Counter

import numpy as np
from numpy.typing import NDArray

from latent_core.types import UNLABELLED, Array

MISSING = frozenset(("", "nan", "none", "null", "na", "n/a", "<na>", "-1", UNLABELLED))
"""Texts, in lower case, that stand for no label."""
_DIGITS = re.compile(r"(\d+)")


def classes_of(values: Array) -> tuple[NDArray[np.int64], tuple[str, ...]]:
    """Labels ``(N,)``, -1 where there is none, and the class names in natural order.

    Parameters
    ----------
    values
        ``(N,)`` text or numbers; NaN, infinity, -1 and the texts `MISSING` are no label.
    """
    texts = [_class_name(value) for value in values.tolist()]
    names = sorted({text for text in texts if text}, key=_natural)
    index = {name: number for number, name in enumerate(names)}
    return np.array([index.get(text, -1) for text in texts], np.int64), tuple(names)


def _class_name(value: object) -> str:
    """The name of a class; empty for no label."""
    if isinstance(value, float):
        if not np.isfinite(value) or value == -1:
            return ""
        return str(int(value)) if value == int(value) else repr(value)
    text = " ".join(str(value).split())
    return "" if text.lower() in MISSING else text


def _natural(text: str) -> list[tuple[int, int, str]]:
    """Sort key by which "9" comes before "10"."""
    parts = _DIGITS.split(text)
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p.lower()) for p in parts if p] + [
        (2, 0, text)
    ]


def unique_names(values: Array) -> tuple[tuple[str, ...], int]:
    """Distinct names of one line each, and how many had to be numbered for that."""
    names = [" ".join(str(value).split()) or "unnamed" for value in values.tolist()]
    taken, seen = set(names), Counter[str]()
    n_renamed = 0
    for i, name in enumerate(names):
        seen[name] += 1
        if seen[name] == 1 and name != "unnamed":
            continue
        number = seen[name]
        while (candidate := f"{name} ({number})") in taken:
            number += 1
        taken.add(candidate)
        names[i] = candidate
        n_renamed += 1
    return tuple(names), n_renamed
