"""Data sets of precomputed embeddings: codes and optional sample names instead of images.

The card of such a data set has ``"codes": {"metric": …, "sample_noun": …}`` instead of an image
shape.  Codes ``(N, D)`` are stored in ``codes.npy``, names in ``names.txt``, one per line.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import numpy as np

from latent_core.card_files import required_field
from latent_core.errors import InvalidCardError
from latent_core.io.export import npy
from latent_core.io.npy_files import parse_npy
from latent_core.types import Floats, PrecomputedCodes, as_codes, freeze
from latent_core.untrusted import reading

CODES_FILE, NAMES_FILE = "codes.npy", "names.txt"
METRICS = ("cosine", "euclidean")


def read_precomputed(
    card: Mapping[str, Any], files: Mapping[str, Callable[[], bytes]], count: int, where: str
) -> PrecomputedCodes:
    """The precomputed codes of a data set; the file is parsed at first use.

    Parameters
    ----------
    card
        The data set's card.
    files
        Functions that read the files that the card names, by name, and verify their checksums.
    count
        N, the number of samples.
    where
        The data set's id, for messages.

    Raises
    ------
    InvalidCardError
        No metric, no sample noun, no codes, or names that don't fit the codes.
    """
    fields = required_field(dict(card), "codes", dict, where)
    metric, noun = (required_field(fields, name, str, where) for name in ("metric", "sample_noun"))
    if metric not in METRICS:
        known = " or ".join(METRICS)
        raise InvalidCardError(
            f"'metric' on the card of {where!r} must be {known}, not {metric!r}; correct it."
        )
    if CODES_FILE not in files:
        raise InvalidCardError(
            f"The card of {where!r} must name {CODES_FILE} under 'sha256'; add it."
        )
    names = _read_names(files[NAMES_FILE](), count, where) if NAMES_FILE in files else ()

    @cache
    def read() -> Floats:
        return read_codes(files[CODES_FILE](), count, where)

    return PrecomputedCodes(read=read, metric=metric, sample_noun=noun, names=names)


def read_codes(table: bytes, count: int, where: str) -> Floats:
    """The codes ``(N, D)`` float32 in the content of a ``codes.npy``.

    Raises
    ------
    InvalidCardError
        Not a float array with `count` rows of finite values.
    """
    with reading(f"{where}/{CODES_FILE} cannot be read", "save it with np.save"):
        stored = parse_npy(table)
    if stored.ndim != 2 or len(stored) != count or stored.dtype.kind != "f":
        raise InvalidCardError(
            f"{where}/{CODES_FILE} must have {count} rows of floats, not {stored.dtype} "
            f"{stored.shape}; create it again."
        )
    with reading(f"{where}/{CODES_FILE} cannot be used", "create it again"):
        codes = as_codes(stored)
    freeze(codes)
    return codes


def _read_names(lines: bytes, count: int, where: str) -> tuple[str, ...]:
    try:
        names = tuple(lines.decode("utf-8").splitlines())
    except UnicodeDecodeError as error:
        raise InvalidCardError(
            f"{where}/{NAMES_FILE} is not UTF-8 ({error}); save it as UTF-8."
        ) from error
    if len(names) != count or len(set(names)) != count:
        raise InvalidCardError(
            f"{where}/{NAMES_FILE} must have {count} unique names, one per line, but it has "
            f"{len(names)} lines and {len(set(names))} names; correct it."
        )
    return names


def pack_codes(codes: Floats, dtype: type[np.floating[Any]] = np.float32) -> bytes:
    """The content of a ``codes.npy`` with codes ``(N, D)`` in `dtype`."""
    return npy(codes.astype(dtype))
