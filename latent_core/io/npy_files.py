"""Arrays from untrusted .npy files: the header is matched, never evaluated."""

from __future__ import annotations

import math
import re

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.types import Array

_NPY = re.compile(
    rb"\x93NUMPY(?:\x01\x00..|[\x02\x03]\x00....)\{'descr': '(?P<dtype>[^']{1,20})', "
    rb"'fortran_order': (?P<fortran>True|False), 'shape': \((?P<shape>[\d, ]{0,80})\),? *\} *\n",
    re.DOTALL,
)
_NUMBER = r"f[248]|[iu][1248]|b1"
_TEXT = r"[US]\d{1,6}"
_SHAPE = re.compile(rb"(\d{1,15}(, \d{1,15})*,?)?")
MAX_AXES = 4


def parse_npy(data: bytes, *, allow_text: bool = False) -> Array:
    """The array in the content of a .npy file; it shares memory with `data`.

    Parameters
    ----------
    allow_text
        Whether the array may hold text instead of numbers.

    Raises
    ------
    InvalidInputError
        The file is damaged, or holds Python objects, records or, by default, text.
    """
    header = _NPY.match(data)
    if header is None or not _SHAPE.fullmatch(header["shape"]):
        raise InvalidInputError("The .npy is damaged or not a plain array; save it with np.save.")
    descr = header["dtype"].decode("latin-1")
    allowed = f"{_NUMBER}|{_TEXT}" if allow_text else _NUMBER
    if not re.fullmatch(rf"[<>|=]?({allowed})", descr):
        kinds = "numbers or text" if allow_text else "numbers"
        raise InvalidInputError(
            f"A .npy must hold {kinds}, not {descr!r}; convert the array before np.save."
        )
    dtype, shape = np.dtype(descr), tuple(int(n) for n in header["shape"].split(b",") if n.strip())
    size = math.prod(shape) * dtype.itemsize
    if len(shape) > MAX_AXES or size != len(data) - header.end() or not dtype.itemsize:
        raise InvalidInputError(
            f"The .npy declares shape {shape}, which doesn't fit its size; save it again."
        )
    if size == 0:
        return np.zeros([min(n, len(data)) for n in shape], dtype)
    flat = np.frombuffer(data, dtype, offset=header.end())
    return flat.reshape(shape, order="F" if header["fortran"] == b"True" else "C")
