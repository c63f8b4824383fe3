"""Columns from a file beside the samples, joined by row or by a column of keys."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.opening.datasets.columns import Column
from latent_core.opening.datasets.tables import Table
from latent_core.types import Array

_SHARDS = (".parquet", ".jsonl", ".ndjson")
_MATCHED = 0.5
"""Fraction of the samples from which a column is taken for their keys."""


def join_table(
    table: Table, name: str, keys: Sequence[Sequence[str]], count: int
) -> tuple[list[Column], str]:
    """The columns of `table` for each sample, and a sentence on how they were joined.

    Parameters
    ----------
    table
        Read from the file `name`.
    keys
        What each of the samples may be called, such as its path and its file name; by row only
        where it is empty.
    count
        N, the number of samples.

    Raises
    ------
    InvalidInputError
        No column has the keys, and the table has another number of rows; the message has both.
    """
    for column in table.columns:
        rows = _rows_by_key(column, keys) if column.values.ndim == 1 else None
        if rows is None:
            continue
        n_missing = int((rows < 0).sum())
        missing = f"; {n_missing:,} of {count:,} samples are not in it" if n_missing else ""
        joined = [
            Column(name=other.name, values=_taken(other.values, rows))
            for other in table.columns
            if other is not column
        ]
        return joined, f"{name} is joined by its column {column.name!r}{missing}."
    if table.count != count:
        raise InvalidInputError(
            f"There are {count:,} samples but {table.count:,} rows in {name}, and no column that "
            "names the samples; make both from the same rows, or add such a column."
        )
    return list(table.columns), f"{name} is joined row by row."


def _rows_by_key(column: Column, keys: Sequence[Sequence[str]]) -> Array | None:
    """The row of each sample, -1 where it has none; None where the column has too few."""
    if not keys:
        return None
    values = [_key(value) for value in column.values.tolist()]
    row_of = {value: row for row, value in reversed(list(enumerate(values)))}
    rows = np.array([next((row_of[k] for k in names if k in row_of), -1) for names in keys])
    return rows if (rows >= 0).mean() >= _MATCHED and len(set(rows.tolist())) > 1 else None


def _key(value: object) -> str:
    if isinstance(value, float):
        return str(int(value)) if value == int(value or 0) else repr(value)
    return str(value).replace("\\", "/").removeprefix("./")


def _taken(values: Array, rows: Array) -> Array:
    """The values of rows; missing for -1."""
    taken = values[np.maximum(rows, 0)]
    taken[rows < 0] = "" if values.dtype == object else np.nan
    return taken


def keys_of_path(path: str) -> list[str]:
    """What a file may be called in a table, the most exact first."""
    pure = PurePosixPath(path)
    parents = [PurePosixPath(*pure.parts[i:]).as_posix() for i in range(len(pure.parts))]
    return [*parents, *(PurePosixPath(p).with_suffix("").as_posix() for p in parents)]


def concatenate_shards(tables: Sequence[tuple[str, Table]]) -> list[tuple[str, Table]]:
    """Tables of the same columns, as large ones are split into several files, joined to one.

    Tables of text are left as they are, since without a header their columns have no names.
    """
    shards: dict[tuple[str, ...], list[tuple[str, Table]]] = {}
    for name, table in tables:
        has_names = name.lower().endswith(_SHARDS)
        key = tuple((c.name, c.type) for c in table.columns) if has_names else name
        shards.setdefault((repr(key), str(table.images is None)), []).append((name, table))
    return [group[0] if len(group) == 1 else _concatenated(group) for group in shards.values()]


def _concatenated(group: Sequence[tuple[str, Table]]) -> tuple[str, Table]:
    first = group[0][1]
    columns = [
        Column(name=c.name, values=np.concatenate([t.columns[i].values for _, t in group]))
        for i, c in enumerate(first.columns)
    ]
    images = None if first.images is None else tuple(i for _, t in group for i in t.images or ())
    return group[0][0], Table(
        columns=tuple(columns),
        count=sum(table.count for _, table in group),
        images=images,
        findings=(*first.findings, f"{len(group):,} files of the same columns are joined."),
        warnings=tuple(sentence for _, table in group for sentence in table.warnings),
    )
