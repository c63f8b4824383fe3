"""What a draft would be saved as: usable rows, their labels, names and factors."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from latent_core.datasets.factors import is_known, known_span
from latent_core.errors import InvalidInputError
from latent_core.notebook import compact_repr
from latent_core.opening.datasets.columns import Column
from latent_core.opening.datasets.labels import classes_of, unique_names
from latent_core.types import Array, Floats

MAX_LATENT_DIM = 4096
_N_LISTED = 10
_MOST_MISSING = 0.5
"""Fraction of missing numbers from which a column of the code is left out instead of the rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """Usable samples.

    Parameters
    ----------
    rows
        ``(M,)`` indices of the samples that are usable.
    codes
        ``(M, D)`` float32; None for images.
    labels, class_names
        ``(M,)`` indices into the names, -1 where there is none; None without labels.
    names
        M distinct names, or none.
    factors
        ``(M,)`` float32 by name, NaN where a sample has none.
    findings, warnings
        Sentences on what this choice of roles gives.
    """

    rows: NDArray[np.int64]
    codes: Floats | None
    labels: NDArray[np.int64] | None
    class_names: tuple[str, ...]
    names: tuple[str, ...]
    factors: dict[str, Floats]
    findings: tuple[str, ...]
    warnings: tuple[str, ...]

    __repr__ = compact_repr


def contents_of(columns: Sequence[Column], count: int, *, has_images: bool) -> Contents:
    """What is usable of `count` samples with these columns.

    Raises
    ------
    InvalidInputError
        There is no code where there are no images, or no usable row.
    """
    findings: list[str] = []
    warnings: list[str] = []
    rows, codes = np.arange(count), None
    if not has_images:
        rows, codes = _codes(columns, count, findings, warnings)
    labels: NDArray[np.int64] | None = None
    class_names: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    for column in columns:
        values = column.values[rows]
        if column.role == "label":
            labels, class_names = classes_of(values)
            findings += _on_labels(column.name, labels, class_names)
        elif column.role == "name" and not has_images:
            names, n_renamed = unique_names(values)
            findings.append(f"Names come from the column {column.name!r}.")
            if n_renamed:
                warnings.append(f"{n_renamed:,} names occurred before or were empty; numbered now.")
    return Contents(
        rows=rows,
        codes=codes,
        labels=labels if class_names else None,
        class_names=class_names,
        names=names,
        factors=_factors(columns, rows, warnings),
        findings=tuple(findings),
        warnings=tuple(warnings),
    )


def _codes(
    columns: Sequence[Column], count: int, findings: list[str], warnings: list[str]
) -> tuple[NDArray[np.int64], Floats]:
    """Indices of the finite rows, and their codes ``(M, D)``."""
    parts = [column for column in columns if column.role == "code"]
    used = [column for column in parts if _is_mostly_there(column.values)]
    if dropped := [repr(column.name) for column in parts if column not in used]:
        warnings.append(
            f"Left out of the code, since most numbers are missing: {_listed(dropped)}."
        )
    if not used:
        raise InvalidInputError(
            "There are no numbers that could be a code; choose columns of numbers for it."
        )
    joined = used[0].values if len(used) == 1 else np.column_stack([c.values for c in used])
    with np.errstate(over="ignore", invalid="ignore"):
        codes: Floats = np.asarray(joined.reshape(count, -1), np.float32)
    if codes.shape[1] > MAX_LATENT_DIM:
        raise InvalidInputError(
            f"The code has {codes.shape[1]:,} numbers, over the limit of {MAX_LATENT_DIM:,}; "
            "reduce it first, for example by PCA."
        )
    is_finite = np.asarray(np.isfinite(codes).all(axis=1))
    if not is_finite.all():
        warnings += _on_dropped(joined.reshape(count, -1), is_finite)
    if not is_finite.any():
        raise InvalidInputError("No row has finite numbers only; check the file and the columns.")
    rows = np.flatnonzero(is_finite)
    codes = codes if len(rows) == count else codes[rows]
    findings.append(f"{len(rows):,} rows of {codes.shape[1]:,} numbers each.")
    warnings += _on_degenerate(codes)
    return rows, codes


def _is_mostly_there(values: Array) -> bool:
    if values.ndim == 2 or values.dtype.kind != "f" or not len(values):
        return True
    return float(np.isnan(values).mean()) <= _MOST_MISSING


def _on_dropped(joined: Array, is_finite: NDArray[np.bool_]) -> list[str]:
    """A sentence per reason why rows are left out, with their numbers."""
    was_finite = np.isfinite(joined).all(axis=1)
    sentences = []
    for is_dropped, reason in (
        (~was_finite, "NaN, infinite or missing numbers"),
        (was_finite & ~is_finite, "numbers beyond the float32 range, 3.4e38"),
    ):
        if n := int(is_dropped.sum()):
            first = [str(i + 1) for i in np.flatnonzero(is_dropped)[: _N_LISTED + 1]]
            rows = "row" if n == 1 else "rows"
            sentences.append(f"{n:,} {rows} left out for {reason}: {rows} {_listed(first)}.")
    return sentences


def _on_degenerate(codes: Floats) -> list[str]:
    """Sentences on data of which maps say little."""
    spread = np.ptp(codes, axis=0)
    if len(codes) < 4:
        return [f"There are only {len(codes)} rows: a map says little with so few."]
    if not spread.any():
        return ["All rows are equal: every map is a single point."]
    sentences = []
    if n_constant := int((spread == 0).sum()):
        sentences.append(f"{n_constant:,} of {len(spread):,} numbers are the same in all rows.")
    if len(codes) <= 100_000:
        n_twins = len(codes) - len(np.unique(codes, axis=0))
        if n_twins:
            sentences.append(f"{n_twins:,} rows repeat an earlier one.")
    return sentences


def _on_labels(name: str, labels: NDArray[np.int64], class_names: tuple[str, ...]) -> list[str]:
    n_missing = int((labels < 0).sum())
    missing = f"; {n_missing:,} samples have none" if n_missing else ""
    classes = "class" if len(class_names) == 1 else "classes"
    return [f"Labels come from {name!r}: {len(class_names):,} {classes}{missing}."]


def _factors(
    columns: Sequence[Column], rows: NDArray[np.int64], warnings: list[str]
) -> dict[str, Floats]:
    factors: dict[str, Floats] = {}
    for column in columns:
        if column.role != "factor":
            continue
        with np.errstate(over="ignore", invalid="ignore"):
            values: Floats = np.asarray(column.values[rows], np.float32)
        values = np.where(np.isfinite(values), values, np.float32(np.nan))
        n_missing = int((~is_known(values)).sum())
        if n_missing == len(values):
            warnings.append(f"The factor {column.name!r} is left out: it has no finite number.")
        elif known_span(values) == 0:
            warnings.append(
                f"The factor {column.name!r} is left out: all its known numbers are equal."
            )
        else:
            factors[column.name] = values
            if n_missing:
                warnings.append(
                    f"The factor {column.name!r} is missing for {n_missing:,} of {len(values):,} "
                    "samples: they are gray on the map and left out of its statistics."
                )
    return factors


def _listed(items: list[str]) -> str:
    more = ", …" if len(items) > _N_LISTED else ""
    return ", ".join(items[:_N_LISTED]) + more
