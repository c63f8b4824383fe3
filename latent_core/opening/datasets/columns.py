"""Columns of what was read, and the roles they play in a data set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, get_args

import numpy as np

from latent_core.errors import InvalidInputError, UnknownNameError
from latent_core.notebook import compact_repr
from latent_core.types import Array

Role = Literal["code", "label", "name", "factor", "left out"]
LABEL_NAMES = ("label", "labels", "class", "target", "category", "y", "species", "cluster")
NAME_NAMES = ("name", "names", "word", "token", "title", "id", "text", "file_name", "filename")
INDEX_NAMES = ("", "index", "idx", "row", "#", "no", "nr", "id", "unnamed: 0", "__index_level_0__")
MAX_CLASSES = 1000
"""Distinct values up to which text is taken for labels."""
_WORDS = re.compile(r"[a-z]+")
_NUMBERED = re.compile(r"(.*?)[ _.\-\[]*\d+\]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of what was read.

    Parameters
    ----------
    name
        Its name in the file, or one that says its place.
    values
        ``(N,)`` text as objects, "" where it is missing; or numbers ``(N,)`` or ``(N, K)``, NaN
        where they are missing.
    role
        What it is used as.
    """

    name: str
    values: Array
    role: Role = "left out"

    __repr__ = compact_repr

    @property
    def is_text(self) -> bool:
        """Whether it holds text and no numbers."""
        return self.values.dtype == object

    @property
    def type(self) -> str:
        """``"text"``, ``"numbers"``, or ``"vectors of K numbers"``."""
        if self.values.ndim == 2:
            return f"vectors of {self.values.shape[1]:,} numbers"
        return "text" if self.is_text else "numbers"


def change_roles(columns: Iterable[Column], roles: Mapping[str, Role]) -> tuple[Column, ...]:
    """Columns in other roles; a new label or name replaces the one before.

    Raises
    ------
    UnknownNameError
        There is no such column or role.
    InvalidInputError
        Two columns would be the label or the name, text a code or a factor, or vectors a label.
    """
    columns = tuple(columns)
    known = {column.name: column for column in columns}
    for name, role in roles.items():
        if name not in known:
            raise UnknownNameError("column", name, known)
        if role not in get_args(Role):
            raise UnknownNameError("role", role, get_args(Role))
        _check_role(known[name], role)
    unique = [role for role in roles.values() if role in ("label", "name")]
    if len(set(unique)) < len(unique):
        raise InvalidInputError("One column can be the label and one the name; choose one of each.")
    return tuple(
        replace(column, role=roles.get(column.name, _fallback(column, unique)))
        for column in columns
    )


def _fallback(column: Column, taken: Sequence[Role]) -> Role:
    return "left out" if column.role in taken else column.role


def _check_role(column: Column, role: Role) -> None:
    is_wrong = role in ("code", "factor") if column.is_text else role == "name"
    is_wrong |= column.values.ndim == 2 and role not in ("code", "left out")
    if is_wrong:
        raise InvalidInputError(
            f"Column {column.name!r} holds {column.type} and cannot be a {role}; choose another."
        )


def assign_roles(columns: Iterable[Column]) -> tuple[Column, ...]:
    """Columns in the roles that their names and values suggest.

    Text with few distinct values is the label, other text the name.  Vectors are the code; without
    any, columns that are numbered alike (z1, z2, …), and without those, all numbers.
    """
    columns = tuple(columns)
    roles: dict[str, Role] = {}
    label = _first(columns, LABEL_NAMES, _may_be_label)
    if label is not None:
        roles[label.name] = "label"
    rest = [column for column in columns if column.name not in roles]
    name = _first(rest, NAME_NAMES, lambda column: column.is_text)
    if name is not None:
        roles[name.name] = "name"
    numbers = [c for c in columns if not c.is_text and c.name not in roles and not _is_index(c)]
    codes = _code_columns(numbers)
    for column in numbers:
        roles[column.name] = "code" if column.name in codes else "factor"
        if column.values.ndim == 2 and column.name not in codes:
            roles[column.name] = "left out"
    return tuple(replace(column, role=roles.get(column.name, "left out")) for column in columns)


def _first(columns: Iterable[Column], names: tuple[str, ...], fits: object) -> Column | None:
    """The column with one of the names, the earliest of the names first, else the first text."""
    fitting = [column for column in columns if callable(fits) and fits(column)]
    by_name = {column.name.strip().lower(): column for column in reversed(fitting)}
    named = [by_name[name] for name in names if name in by_name]
    texts = [column for column in fitting if column.is_text]
    return next(iter([*named, *texts, *fitting]), None)


def _may_be_label(column: Column) -> bool:
    if column.values.ndim != 1 or not len(column.values):
        return False
    if column.is_text:
        n_distinct = len(set(column.values.tolist()) - {""})
        return 0 < n_distinct <= min(MAX_CLASSES, max(1, 2 * len(column.values) // 3))
    if not set(_WORDS.findall(column.name.lower())) & set(LABEL_NAMES):
        return False
    known = column.values[~np.isnan(column.values)]
    return len(known) > 0 and bool((known == np.rint(known)).all())


def _is_index(column: Column) -> bool:
    """Whether it counts the rows and is no number of the code."""
    values = column.values
    if values.ndim != 1 or len(values) < 2 or column.name.strip().lower() not in INDEX_NAMES:
        return False
    counts = np.arange(len(values))
    is_unnamed = not column.name.strip() or column.name.lower().startswith("unnamed")
    is_distinct = len(np.unique(values)) == len(values) and bool((values == np.rint(values)).all())
    return (is_unnamed and is_distinct) or bool(
        (values == counts).all() or (values == counts + 1).all()
    )


def _code_columns(numbers: list[Column]) -> set[str]:
    vectors = [column for column in numbers if column.values.ndim == 2]
    if vectors:
        return {max(vectors, key=lambda column: column.values.shape[1]).name}
    stems = Counter(_stem(column) for column in numbers)
    stem, count = max(
        ((s, n) for s, n in stems.items() if s is not None), key=lambda p: p[1], default=("", 0)
    )
    if count >= 2:
        return {column.name for column in numbers if _stem(column) == stem}
    return {column.name for column in numbers}


def _stem(column: Column) -> str | None:
    """What the name of a numbered column begins with; None for others."""
    found = _NUMBERED.fullmatch(column.name.strip())
    return None if found is None else found[1].lower()
