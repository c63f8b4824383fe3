"""Results that ship with a model, in its ``store``: encodings, errors, mixture, projections."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from latent_core.cache.entry import CacheEntry
from latent_core.cache.store import Store
from latent_core.card_files import own_folder
from latent_core.errors import InvalidInputError
from latent_core.files import remove_folder
from latent_core.models.model import LatentModel
from latent_core.progress import ProgressCallback
from latent_core.projection import ProjectionMethod
from latent_core.types import Array, Dataset
from latent_core.workspace.effects import attribute_effects
from latent_core.workspace.encodings import encode
from latent_core.workspace.keys import mixture_key
from latent_core.workspace.measurements import reconstruction_errors, self_inversion_errors
from latent_core.workspace.mixtures import code_mixture
from latent_core.workspace.projections import project

_TOLERANCE = 0.01


def precompute(
    model: LatentModel, data: Dataset, methods: list[ProjectionMethod], progress: ProgressCallback
) -> Path:
    """Store a model's encodings, errors, mixture and projections beside it; gives their folder.

    Codes and points are stored in half precision where its rounding error is below 1% of their
    standard deviation.  Errors and projections are computed from the codes as they are stored,
    so computing them again from the shipped codes gives the same.

    Raises
    ------
    InvalidInputError
        The model was not trained for this data set.
    InvalidCardError
        The model's card has no folder.
    """
    if data.id != model.card.dataset:
        raise InvalidInputError(
            f"{model.card.id!r} is a model of {model.card.dataset!r}, not of {data.id!r}; "
            f"choose {model.card.dataset!r}."
        )
    folder = own_folder(model.card.folder) / "store"
    new = folder.with_name("store.new")  # takes the old one's place when it is complete
    remove_folder(new)
    new.mkdir()  # by itself a `Store` makes a folder that others cannot read
    _fill(Store(new, shipped=[]), model, data, methods, progress)
    remove_folder(folder)
    new.rename(folder)
    return folder


def add_mixture(model: LatentModel, data: Dataset, progress: ProgressCallback) -> Path | None:
    """Store the mixture of a model's stored codes beside them, where it is missing.

    What is stored already keeps its bytes.

    Returns
    -------
    Path or None
        The new file; None if it was there, or the model does not decode.

    Raises
    ------
    InvalidCardError
        The model's card has no folder.
    """
    store = Store(own_folder(model.card.folder) / "store", shipped=[])
    encodings = encode(model, data, progress=progress, store=store)
    if not model.card.decodes or store.get(mixture_key(encodings)) is not None:
        return None
    code_mixture(encodings, progress=progress, store=store)
    return store.folder / f"{mixture_key(encodings)}.entry"


def _fill(
    store: Store,
    model: LatentModel,
    data: Dataset,
    methods: list[ProjectionMethod],
    progress: ProgressCallback,
) -> None:
    stored = encode(model, data, progress=progress, store=store)
    if (entry := store.get(stored.fingerprint)) is not None:
        store.put(stored.fingerprint, _in_half_precision(entry))
    encodings = encode(model, data, progress=progress, store=store)
    if model.card.decodes:
        reconstruction_errors(model, data, encodings, progress=progress, store=store)
        code_mixture(encodings, progress=progress, store=store)
    if model.card.needs_inversion:
        self_inversion_errors(model, progress=progress, store=store)
    if model.card.decodes and data.factors:
        attribute_effects(model, data, encodings, progress=progress, store=store)
    for method in methods:
        projection = project(encodings, method, progress=progress, measure=False, store=store)
        arrays, meta = projection.measured(progress).to_arrays()
        store.put(projection.fingerprint, _in_half_precision(CacheEntry(arrays=arrays, meta=meta)))


def _in_half_precision(entry: CacheEntry) -> CacheEntry:
    arrays = {name: _rounded(name, array) for name, array in entry.arrays.items()}
    return CacheEntry(arrays=arrays, meta=entry.meta)


def _rounded(name: str, array: Array) -> Array:
    """A float32 matrix as float16 where the error is small enough, else `array`.

    An error of 0.01 in a log-variance is 0.5% of the standard deviation, whatever their range.
    """
    if array.dtype != np.float32 or array.ndim != 2:
        return array
    with np.errstate(over="ignore"):
        half = array.astype(np.float16)
    limit = _TOLERANCE if name == "log_var" else _TOLERANCE * float(array.std())
    return half if np.abs(half - array).max() < limit else array
