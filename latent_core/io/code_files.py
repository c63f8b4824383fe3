"""Codes from untrusted .npy, .npz, .csv or .parquet files, without pickle."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.io.limits import UploadLimits, check_size, safe_display_name, sniff_type
from latent_core.io.npy_files import parse_npy
from latent_core.io.parquet_files import read_numeric_columns
from latent_core.io.zip_files import unzip
from latent_core.types import Array, Floats, as_codes
from latent_core.untrusted import reading


def read_codes(
    name: str, data: bytes, latent_dim: int, limits: UploadLimits | None = None
) -> Floats:
    """Codes ``(N, latent_dim)`` float32 from a .npy, .npz, .csv or .parquet file.

    Parameters
    ----------
    name
        File name, for messages only: the type is determined by the content.
    data
        Content of the file.  A .npz has the codes in its array ``codes``, else ``mean``, else in
        its only array; a .npy may have a single code ``(latent_dim,)``.  Of a table with columns
        ``z1`` to ``zD``, as `codes_csv` and `codes_parquet` write it, other columns are left out;
        of one without them all columns are codes.
    latent_dim
        D of the model.
    limits
        By default from the environment.

    Raises
    ------
    InvalidInputError
        Another type of file, a damaged one, or codes of another shape or not finite.
    """
    limits = limits or UploadLimits.from_env()
    check_size(data, limits.file_bytes)
    kind = sniff_type(data)
    shown = safe_display_name(name)
    with reading(f"{shown} cannot be read", "save it again", InvalidInputError):
        if kind == "zip":
            array = _from_npz(data, limits)
        elif kind == "a NumPy array":
            array = parse_npy(data)
        elif kind == "a Parquet table":
            array = _from_parquet(data, latent_dim)
        elif kind == "a text file":
            array = _from_csv(data, latent_dim)
        else:
            raise InvalidInputError(
                f"{shown} is {kind}; codes are read from .npy, .npz, .csv or .parquet."
            )
    if array.ndim == 1 and len(array) == latent_dim:
        array = array[None]
    if not array.size:
        raise InvalidInputError(f"{shown} has no codes; give at least one.")
    return as_codes(array, latent_dim)


def _from_npz(data: bytes, limits: UploadLimits) -> Array:
    arrays = {name.removesuffix(".npy"): content for name, content in unzip(data, limits)}
    for key in ("codes", "mean", *(arrays if len(arrays) == 1 else ())):
        content = arrays.get(key)
        if isinstance(content, InvalidInputError):
            raise content
        if content is not None:
            return parse_npy(content)
    found = ", ".join(sorted(arrays)[:8])
    raise InvalidInputError(
        f"The .npz has no array 'codes' or 'mean' (it has {found}); rename one."
    )


def _from_parquet(data: bytes, latent_dim: int) -> Array:
    columns = read_numeric_columns(data)
    chosen = _code_columns(columns, latent_dim) or list(columns)
    if not chosen:
        raise InvalidInputError("The table has no columns of numbers; give one per dimension.")
    return np.stack([columns[name] for name in chosen], axis=1)


def _code_columns(names: Iterable[str], latent_dim: int) -> list[str]:
    """``z1`` to ``zD`` if `names` has them and no ``z`` with another number, else an empty list."""
    numbered = {name for name in names if re.fullmatch(r"z\d+", name)}
    expected = [f"z{number + 1}" for number in range(latent_dim)]
    return expected if numbered == set(expected) else []


def _from_csv(data: bytes, latent_dim: int) -> Array:
    try:
        text = data.decode("utf-8-sig")
        delimiter = ";" if text.count(";") > text.count(",") else "\t" if "\t" in text else ","
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InvalidInputError("The .csv cannot be read; save it as UTF-8 with commas.") from error
    start = 0 if rows and _number(rows[0][0]) is not None else 1
    if start and rows and (chosen := _code_columns(rows[0], latent_dim)):
        places = [rows[0].index(name) for name in chosen]
        rows = [[row[i] for i in places] if max(places) < len(row) else row[:0] for row in rows]
    values = [[_number(cell) for cell in row] for row in rows[start:]]
    for line, row in enumerate(values, start + 1):
        if None in row or len(row) != len(values[0]):
            raise InvalidInputError(
                f"Row {line} of the .csv must be {len(values[0])} numbers; correct it."
            )
    if not values:
        raise InvalidInputError("The .csv has no rows of numbers; write one code per row.")
    return np.array(values, dtype=np.float64)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
