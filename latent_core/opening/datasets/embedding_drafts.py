"""Drafts of embeddings, from arrays and from tables."""

from __future__ import annotations

import re
from collections.abc import Sequence

from latent_core.errors import InvalidInputError
from latent_core.opening.datasets.arrays import Arrays, code_array, columns_beside
from latent_core.opening.datasets.columns import Column, assign_roles
from latent_core.opening.datasets.draft import DatasetDraft
from latent_core.opening.datasets.joining import join_table
from latent_core.opening.datasets.tables import Table

_BESIDE = re.compile(r"meta|label|class|target|info|annot", re.IGNORECASE)


def embeddings_of_arrays(arrays: Arrays, tables: Sequence[tuple[str, Table]]) -> DatasetDraft:
    """A two-dimensional array as the code; one-dimensional ones and tables beside it."""
    name = code_array(arrays.by_name)
    if name is None:
        raise InvalidInputError("No array of numbers (N, D) is there; save one with np.save.")
    codes = arrays.by_name[name]
    code = Column(name=name, values=codes if codes.dtype.kind == "f" else codes.astype("f8"))
    columns, warnings = columns_beside(arrays.by_name, {name: codes}, len(codes))
    findings = [f"{name!r} of shape {codes.shape} is the code."]
    for file_name, table in tables:
        joined, sentence = join_table(table, file_name, [], len(codes))
        columns += joined
        findings += [*table.findings, sentence]
        warnings += table.warnings
    return _draft([code, *columns], len(codes), findings, [*arrays.warnings, *warnings])


def embeddings_of_tables(tables: Sequence[tuple[str, Table]], arrays: Arrays) -> DatasetDraft:
    """The table with the most numbers as the code; the others beside it."""
    main = max(tables, key=lambda item: (not _BESIDE.search(item[0]), _n_numbers(item[1])))
    table = main[1]
    columns, findings = list(table.columns), list(table.findings)
    warnings = [*table.warnings]
    for name, other in tables:
        if other is table:
            continue
        joined, sentence = join_table(other, name, _keys(table), table.count)
        columns += joined
        findings += [*other.findings, sentence]
        warnings += other.warnings
    beside, more = columns_beside(arrays.by_name, None, table.count)
    return _draft([*columns, *beside], table.count, findings, [*warnings, *more])


def _n_numbers(table: Table) -> int:
    return sum(c.values[:1].size for c in table.columns if not c.is_text)


def _keys(table: Table) -> list[list[str]]:
    """What each row is called, by the first column of distinct texts."""
    for column in table.columns:
        if column.is_text and len(set(column.values.tolist())) == table.count:
            return [[str(value)] for value in column.values.tolist()]
    return []


def _draft(
    columns: Sequence[Column], count: int, findings: Sequence[str], warnings: Sequence[str]
) -> DatasetDraft:
    if not count:
        raise InvalidInputError("The table has no rows; save it again.")
    return DatasetDraft(
        kind="embeddings",
        title="",
        count=count,
        columns=assign_roles(with_distinct_names(columns)),
        findings=tuple(findings),
        warnings=tuple(warnings),
    )


def with_distinct_names(columns: Sequence[Column]) -> list[Column]:
    """Columns whose names are distinct: a repeated one says its place."""
    names: set[str] = set()
    distinct = []
    for number, column in enumerate(columns, 1):
        name = column.name if column.name not in names else f"{column.name} ({number})"
        names.add(name)
        distinct.append(Column(name=name, values=column.values, role=column.role))
    return distinct
