"""Codes from untrusted .npy, .npz or .csv files, without pickle."""

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


def read_codes(
    name: str, data: bytes, latent_dim: int, limits: UploadLimits | None = None
) -> Floats:
    """Codes ``(N, latent_dim)`` float32 from a .npy, .npz or .csv file.

    Parameters
    ----------
    name
        File name, for messages only: the type is determined by the content.
    data
        Content of the file.  A .npz has the codes in its array ``codes``, else ``mean``, else in
        its only array; a .npy may have a single code ``(latent_dim,)``.
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
    if kind == "zip":
        array = _from_npz(data, limits)
    elif kind == "a NumPy array":
        array = _from_npy(data)
    elif kind == "a text file":
        array = _from_csv(data)
    else:
        raise InvalidInputError(
            f"{safe_display_name(name)} is {kind}; codes are read from .npy, .npz or .csv."
        )
    if array.ndim == 1 and len(array) == latent_dim:
        array = array[None]
    if array.dtype.kind == "f" and (np.abs(array) > np.finfo(np.float32).max).any():
        raise InvalidInputError(
            "The codes contain infinity or values beyond the float32 range; remove those rows."
        )
    return as_codes(array, latent_dim)


def _from_npz(data: bytes, limits: UploadLimits) -> Array:
    arrays = {name.removesuffix(".npy"): content for name, content in unzip(data, limits)}
    for key in ("codes", "mean", *(arrays if len(arrays) == 1 else ())):
        content = arrays.get(key)
        if isinstance(content, InvalidInputError):
            raise content
        if content is not None:
            return _from_npy(content)
    found = ", ".join(sorted(arrays)[:8])
    raise InvalidInputError(
        f"The .npz has no array 'codes' or 'mean' (it has {found}); rename one."
    )


_NPY = re.compile(
    rb"\x93NUMPY(?:\x01\x00..|[\x02\x03]\x00....)\{'descr': '(?P<dtype>[^']{1,20})', "
    rb"'fortran_order': (?P<fortran>True|False), 'shape': \((?P<shape>[\d, ]{0,80})\),? *\} *\n",
    re.DOTALL,
)


def _from_npy(data: bytes) -> Array:
    """The array in a .npy; the header is matched, never evaluated, and checked against the size."""
    header = _NPY.match(data)
    if header is None:
        raise InvalidInputError("The .npy is damaged or not a plain array; save it with np.save.")
    descr = header["dtype"].decode("latin-1")
    if not re.fullmatch(r"[<>|=]?(f[248]|[iu][1248])", descr):
        raise InvalidInputError(
            f"Codes must be numbers, not {descr!r}; save them as a float array (N, D)."
        )
    dtype, shape = np.dtype(descr), tuple(int(n) for n in header["shape"].split(b",") if n.strip())
    if len(shape) > 4 or math.prod(shape) * dtype.itemsize != len(data) - header.end():
        raise InvalidInputError(
            f"The .npy declares shape {shape}, which doesn't fit its size; save it again."
        )
    flat = np.frombuffer(data, dtype, offset=header.end())
    return flat.reshape(shape, order="F" if header["fortran"] == b"True" else "C")


def _from_csv(data: bytes) -> Array:
    try:
        text = data.decode("utf-8-sig")
        delimiter = ";" if text.count(";") > text.count(",") else "\t" if "\t" in text else ","
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=delimiter) if any(row)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise InvalidInputError("The .csv cannot be read; save it as UTF-8 with commas.") from error
    start = 0 if rows and _number(rows[0][0]) is not None else 1
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
