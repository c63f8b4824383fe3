"""Codes from a file that anybody sent: .npy, .npz or .csv, without pickle."""

from __future__ import annotations

import csv
import io
import math
import re

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.io.limits import UploadLimits, check_size, safe_display_name, sniff_type
from latent_core.io.zip_files import unzip
from latent_core.types import Array, Floats, as_codes


def read_codes(name: str, data: bytes, latent_dim: int, caps: UploadLimits | None = None) -> Floats:
    """Codes ``(N, latent_dim)`` float32 from a .npy, .npz or .csv, known by its content.

    In a .npz, the array ``codes``, else ``mean``, else the only one there is.

    Raises
    ------
    BadInput
        They can't be used, and why.
    """
    caps = caps or UploadLimits.from_env()
    check_size(data, caps.file_bytes)
    kind = sniff_type(data)
    if kind == "zip":
        array = _from_npz(data, caps)
    elif kind == "a NumPy array":
        array = _from_npy(data)
    elif kind == "a text":
        array = _from_csv(data)
    else:
        raise InvalidInputError(
            f"{safe_display_name(name)} is {kind}; codes are read from .npy, .npz or .csv."
        )
    if array.ndim == 1 and len(array) == latent_dim:
        array = array[None]
    if array.dtype.kind == "f" and (np.abs(array) > np.finfo(np.float32).max).any():
        raise InvalidInputError(
            "The codes contain infinity or numbers beyond float32; remove those rows."
        )
    return as_codes(array, latent_dim)


def _from_npz(data: bytes, caps: UploadLimits) -> Array:
    arrays = {name.removesuffix(".npy"): content for name, content in unzip(data, caps)}
    for wanted in ("codes", "mean", *(arrays if len(arrays) == 1 else ())):
        content = arrays.get(wanted)
        if isinstance(content, InvalidInputError):
            raise content
        if content is not None:
            return _from_npy(content)
    found = ", ".join(sorted(arrays)[:8])
    raise InvalidInputError(
        f"The .npz has no array 'codes' or 'mean' (it has {found}); name it so."
    )


_NPY = re.compile(
    rb"\x93NUMPY(?:\x01\x00..|[\x02\x03]\x00....)\{'descr': '(?P<dtype>[^']{1,20})', "
    rb"'fortran_order': (?P<by_columns>True|False), 'shape': \((?P<shape>[\d, ]{0,80})\),? *\} *\n",
    re.DOTALL,
)


def _from_npy(data: bytes) -> Array:
    """The array in a .npy; the header is matched, not evaluated, and checked against the length."""
    header = _NPY.match(data)
    if header is None:
        raise InvalidInputError(
            "The .npy is damaged or holds no plain array; save it with np.save."
        )
    descr = header["dtype"].decode("latin-1")
    if not re.fullmatch(r"[<>|=]?(f[248]|[iu][1248])", descr):
        raise InvalidInputError(
            f"Codes must be numbers, not {descr!r}; save them as a float array (N, D)."
        )
    dtype, shape = np.dtype(descr), tuple(int(n) for n in header["shape"].split(b",") if n.strip())
    if len(shape) > 4 or math.prod(shape) * dtype.itemsize != len(data) - header.end():
        raise InvalidInputError(
            f"The .npy says {shape}, which is not what it holds; save it again."
        )
    flat = np.frombuffer(data, dtype, offset=header.end())
    return flat.reshape(shape, order="F" if header["by_columns"] == b"True" else "C")


def _from_csv(data: bytes) -> Array:
    try:
        text = data.decode("utf-8-sig")
        dialect = ";" if text.count(";") > text.count(",") else "\t" if "\t" in text else ","
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=dialect) if any(row)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InvalidInputError("The .csv cannot be read; save it as UTF-8 with commas.") from error
    start = 0 if rows and _number(rows[0][0]) is not None else 1
    numbers = [[_number(cell) for cell in row] for row in rows[start:]]
    for line, row in enumerate(numbers, start + 1):
        if None in row or len(row) != len(numbers[0]):
            raise InvalidInputError(
                f"Row {line} of the .csv is not {len(numbers[0])} numbers; correct it."
            )
    if not numbers:
        raise InvalidInputError("The .csv has no rows of numbers; give one code a row.")
    return np.array(numbers, dtype=np.float64)


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
