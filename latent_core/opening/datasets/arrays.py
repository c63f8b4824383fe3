"""Named arrays from .npy, .npz and idx files, and which of them are images, codes and columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from latent_core.datasets.idx import parse_idx
from latent_core.errors import InvalidInputError
from latent_core.io.limits import UploadLimits
from latent_core.io.npy_files import parse_npy
from latent_core.io.zip_files import zip_members
from latent_core.notebook import compact_repr
from latent_core.opening.datasets.columns import LABEL_NAMES, Column
from latent_core.types import Array

CODE_NAMES = (
    "codes",
    "mean",
    "embeddings",
    "embedding",
    "latents",
    "features",
    "vectors",
    "z",
    "x",
)
_LABEL_LIKE = re.compile(rf"(^|_)({'|'.join(LABEL_NAMES)})s?($|_)", re.IGNORECASE)
_IDX = re.compile(rb"\x00\x00[\x08-\x0e][\x01-\x04]")


@dataclass(slots=True, kw_only=True)
class Arrays:
    """Arrays by name, and sentences on those that were left out."""

    by_name: dict[str, Array] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    __repr__ = compact_repr


def is_idx(data: bytes) -> bool:
    """Whether a file begins as MNIST's idx files do."""
    return _IDX.match(data) is not None


def read_array_file(name: str, data: bytes, limits: UploadLimits, into: Arrays) -> None:
    """Add the arrays of a .npy, .npz or idx file to `into`.

    Raises
    ------
    InvalidInputError
        It is damaged; or none of its arrays holds numbers or text.
    """
    if is_idx(data):
        into.by_name[name] = parse_idx(data, name)
    elif data.startswith(b"\x93NUMPY"):
        into.by_name[name.removesuffix(".npy")] = parse_npy(data, allow_text=True)
    else:
        _read_npz(name, data, limits, into)


def _read_npz(name: str, data: bytes, limits: UploadLimits, into: Arrays) -> None:
    found, refused = {}, []
    for member in zip_members(data, limits, ignore=lambda path: not path.endswith(".npy")):
        array_name = member.path.removesuffix(".npy")
        try:
            found[array_name] = parse_npy(member.read(), allow_text=True)
        except InvalidInputError as error:
            refused.append(f"The array {array_name!r} of {name} is left out. {error}")
    if not found:
        raise InvalidInputError(refused[0] if refused else f"{name} has no array; save it again.")
    into.by_name |= found
    into.warnings += refused


def image_arrays(arrays: Mapping[str, Array]) -> dict[str, Array]:
    """The arrays that hold images of one shape, by name; of several shapes those of the most."""
    images = {
        name: array
        for name, array in arrays.items()
        if array.ndim in (3, 4) and array.dtype.kind in "buif" and array.size
    }
    shapes: dict[tuple[int, ...], dict[str, Array]] = {}
    for name, array in images.items():
        shapes.setdefault(array.shape[1:], {})[name] = array
    return max(shapes.values(), key=lambda group: sum(map(len, group.values())), default={})


def code_array(arrays: Mapping[str, Array]) -> str | None:
    """The name of the two-dimensional array that is the code: by its name, else the largest."""
    candidates = {
        name: array
        for name, array in arrays.items()
        if array.ndim == 2 and array.dtype.kind in "uif" and array.shape[1] > 0
    }
    for known in CODE_NAMES:
        for name in candidates:
            if name.lower() == known and candidates[name].shape[1] > 1:
                return name
    return max(
        candidates,
        key=lambda name: (candidates[name].shape[1], len(candidates[name])),
        default=None,
    )


def columns_beside(
    arrays: Mapping[str, Array], used: Mapping[str, Array] | None, count: int
) -> tuple[list[Column], list[str]]:
    """One-dimensional arrays of `count` values as columns, and sentences on the others.

    Arrays of labels are often split as the images are (``train_images``, ``train_labels``): those
    whose lengths are those of the arrays in `used`, in their order, are joined.

    Raises
    ------
    InvalidInputError
        Labels of another number; the message has both counts.
    """
    flat = {n: a.reshape(-1) for n, a in arrays.items() if n not in (used or {}) and _is_flat(a)}
    columns, warnings = [], []
    if used is not None and len(used) > 1:
        columns += _joined_columns(flat, used)
    for name, array in flat.items():
        if len(array) == count:
            columns.append(Column(name=name, values=column_values(array)))
        elif len(used or {}) <= 1 and _LABEL_LIKE.search(name):
            raise InvalidInputError(
                f"There are {count:,} samples but {len(array):,} values in {name!r}; make both "
                "from the same rows."
            )
        elif array.size > 1 and len(used or {}) <= 1:
            warnings.append(f"{name!r} is left out: it has {len(array):,} values, not {count:,}.")
    others = [n for n in arrays if n not in (used or {}) and n not in flat]
    warnings += [f"{n!r} of shape {arrays[n].shape} is left out." for n in others]
    return columns, warnings


def _is_flat(array: Array) -> bool:
    return array.ndim <= 1 or (array.ndim == 2 and array.shape[1] == 1)


def _joined_columns(flat: Mapping[str, Array], used: Mapping[str, Array]) -> list[Column]:
    """A column of the labels that belong to the arrays in `used`, part by part."""
    parts = []
    for name in used:
        prefix = re.split(r"[_.]?(images?|data|[xX])", name, maxsplit=1)
        labels = [
            n for n, a in flat.items() if len(a) == len(used[name]) and _same_part(n, name, prefix)
        ]
        if not labels:
            return []
        parts.append(flat[labels[0]])
    return [Column(name="label", values=column_values(np.concatenate(parts)))]


def _same_part(label_name: str, image_name: str, prefix: list[str]) -> bool:
    """Whether ``train_labels`` belongs to ``train_images``, or ``y_train`` to ``x_train``."""
    own = prefix[0] or image_name.rpartition("_")[2]
    return bool(own) and own.lower() in label_name.lower()


def column_values(array: Array) -> Array:
    """The values of a column: text as objects, numbers as floats."""
    if array.dtype.kind in "US":
        texts = np.char.decode(array, "utf-8", "replace") if array.dtype.kind == "S" else array
        return texts.astype(object)
    if array.dtype.kind == "b":
        return np.where(array, "true", "false").astype(object)
    return array.astype(np.float64)
