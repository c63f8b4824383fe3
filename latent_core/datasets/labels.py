"""The class labels of a data set, from an untrusted ``labels.npy`` and the names on its card."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from latent_core.card_files import required_field
from latent_core.errors import InvalidCardError
from latent_core.io.npy_files import parse_npy
from latent_core.types import UNLABELLED, Array
from latent_core.untrusted import reading

Labels = tuple[NDArray[np.int64] | None, tuple[str, ...]]


def read_labels(content: bytes | None, card: Mapping[str, Any], count: int, where: str) -> Labels:
    """Labels ``(N,)``, indices into the class names with -1 for unlabelled samples; the names.

    Parameters
    ----------
    content
        Of a ``labels.npy`` with ``(N,)`` whole numbers (-1 or NaN: unlabelled) or text (empty:
        unlabelled); None for a data set without labels.
    card
        Its ``class_names``, if any, are one name per class.  Without them, each distinct label is
        a class of that name.
    count
        N, the number of samples.
    where
        The data set's id, for messages.

    Raises
    ------
    InvalidCardError
        The labels are damaged, of another number, no whole numbers, or have no class name.
    """
    names = _class_names(card, where)
    if content is None:
        return None, names
    with reading(f"{where}/labels.npy cannot be read", "save whole numbers or text with np.save"):
        return _classes(parse_npy(content, allow_text=True), names, count, where)


def _classes(stored: Array, names: tuple[str, ...], count: int, where: str) -> Labels:
    if stored.shape != (count,):
        raise InvalidCardError(
            f"Data set {where!r} has {count} samples but labels of shape {stored.shape}; "
            "correct one of them."
        )
    is_text = stored.dtype.kind in "US"
    values = _texts(stored) if is_text else _whole_numbers(stored, where)
    is_labelled = ~np.isin(values, ["", UNLABELLED]) if is_text else values >= 0
    if not is_labelled.any():
        return None, names
    if not is_text and names:
        _check_indices(values, names, where)
        return values.astype(np.int64), names
    found = np.unique(values[is_labelled])
    if not names:
        names = tuple(map(str, found.tolist()))
    return _indices(values, is_labelled, found, names, where), names


def _class_names(card: Mapping[str, Any], where: str) -> tuple[str, ...]:
    names = required_field(dict(card), "class_names", list, where) if "class_names" in card else []
    if not all(isinstance(name, str) for name in names) or len(set(names)) != len(names):
        raise InvalidCardError(
            f"'class_names' on the card of {where!r} must be distinct texts; correct them."
        )
    return tuple(names)


def _texts(stored: Array) -> Array:
    return stored if stored.dtype.kind == "U" else np.char.decode(stored, "utf-8")


def _whole_numbers(stored: Array, where: str) -> Array:
    """The labels as they are, but -1 for NaN."""
    values = np.where(np.isnan(stored), -1, stored) if stored.dtype.kind == "f" else stored
    if stored.dtype.kind == "b":
        values = stored.astype(np.int64)
    is_whole = np.abs(values.astype(np.float64)) < 2**53
    if stored.dtype.kind == "f":
        is_whole &= values == np.rint(values)
    if not is_whole.all() or values.min(initial=0) < -1:
        raise InvalidCardError(
            f"The labels of {where!r} must be whole numbers from 0, or -1 for unlabelled samples, "
            f"not {values[~is_whole | (values < -1)][0]}; correct them."
        )
    return values.astype(np.int64)


def _check_indices(values: Array, names: tuple[str, ...], where: str) -> None:
    if values.max() >= len(names):
        raise InvalidCardError(
            f"The labels of {where!r} go up to {values.max()}, but its card has {len(names)} "
            "'class_names', for labels from 0; add the missing ones."
        )


def _indices(
    values: Array, is_labelled: Array, found: Array, names: tuple[str, ...], where: str
) -> NDArray[np.int64]:
    """The index of each label's name, -1 where it is unlabelled."""
    index = {name: number for number, name in enumerate(names)}
    texts = list(map(str, found.tolist()))
    if missing := [text for text in texts if text not in index]:
        raise InvalidCardError(
            f"The label {missing[0][:40]!r} of {where!r} is none of its 'class_names'; add it."
        )
    codes = np.array([index[text] for text in texts], np.int64)
    positions = np.minimum(np.searchsorted(found, values), len(found) - 1)
    return np.where(is_labelled, codes[positions], -1)
