"""Directions as files: NPZ, which can be read again, and CSV for other programs."""

from __future__ import annotations

import csv
import io

import numpy as np

from latent_core.analysis.directions.latent_directions import LatentDirections
from latent_core.errors import InvalidInputError
from latent_core.io.export import npz
from latent_core.io.limits import UploadLimits
from latent_core.io.npy_files import parse_npy
from latent_core.io.zip_files import unzip
from latent_core.types import Array, as_codes
from latent_core.untrusted import reading

MAX_DIRECTIONS, MAX_NAME = 64, 80
_ARRAYS = ("weights", "offsets", "directions", "low", "high")
_REMEDY = "give the .npz of directions that this program saved"


def directions_npz(directions: LatentDirections) -> bytes:
    """An NPZ of F directions; no pickle.

    Its arrays: ``name`` (F,), ``weights`` and ``directions`` (F, D), ``offsets``, ``low`` and
    ``high`` (F,).
    """
    arrays: dict[str, Array] = {name: getattr(directions, name) for name in _ARRAYS}
    return npz({"name": np.array(directions.names, dtype=str), **arrays})


def directions_csv(directions: LatentDirections) -> bytes:
    """A CSV with a row per direction: name, the range of its values, and its D components."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    dims = range(1, directions.directions.shape[1] + 1)
    writer.writerow(["name", "low", "high", *(f"z{d}" for d in dims)])
    for f, name in enumerate(directions.names):
        safe = f"'{name}" if name.startswith(("=", "+", "-", "@", "\t", "\r")) else name
        row = [directions.low[f], directions.high[f], *directions.directions[f]]
        writer.writerow([safe, *(f"{float(value):.8g}" for value in row)])
    return text.getvalue().encode()


def read_directions(
    data: bytes, latent_dim: int, limits: UploadLimits | None = None
) -> LatentDirections:
    """The directions in an NPZ of `directions_npz`.

    Parameters
    ----------
    data
        The file; it is not trusted.
    latent_dim
        D of the model.
    limits
        Of the file's size; by default those of uploads.

    Raises
    ------
    InvalidInputError
        The file is damaged, or its directions have another D.
    """
    with reading("The directions cannot be read", _REMEDY, InvalidInputError):
        arrays = _read_arrays(data, limits or UploadLimits())
        names = [str(name)[:MAX_NAME] for name in arrays.pop("name").ravel()]
        if not 1 <= len(names) <= MAX_DIRECTIONS:
            raise InvalidInputError(
                f"The file has {len(names)} directions; {_REMEDY}, with 1 to {MAX_DIRECTIONS}."
            )
        checked = {
            name: as_codes(array, latent_dim)
            if name in ("weights", "directions")
            else as_codes(np.atleast_2d(array))[0]
            for name, array in arrays.items()
        }
        found = LatentDirections(names=tuple(names), **checked)
    if not (found.low < found.high).all():
        raise InvalidInputError(f"A direction of the file has an empty range; {_REMEDY}.")
    return found


def _read_arrays(data: bytes, limits: UploadLimits) -> dict[str, Array]:
    contents = {name.removesuffix(".npy"): content for name, content in unzip(data, limits)}
    arrays = {}
    for name in ("name", *_ARRAYS):
        content = contents.get(name)
        if not isinstance(content, bytes):
            raise InvalidInputError(f"The file has no readable array {name!r}; {_REMEDY}.")
        arrays[name] = parse_npy(content, allow_text=name == "name")
    return arrays
