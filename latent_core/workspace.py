"""The verbs joined to the store: ask for a result, and it is computed at most once.

What ships lies in ``models/<id>/store`` in the store's own format, under the same keys, so
it is found like anything computed here and recomputed when anything it depends on differs.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from latent_core import card_files, encoding
from latent_core.aliases import architecture_in_keys, preprocessing_in_keys
from latent_core.cache.store import CacheEntry, Store, content_key
from latent_core.errors import InvalidInputError
from latent_core.evaluation.evaluate import probes
from latent_core.io.uploads import ImageFile, RejectedFile, UploadLimits, read_uploads
from latent_core.models import inversion
from latent_core.models.card import ModelCard
from latent_core.models.catalog import list_models
from latent_core.models.inversion import BATCH_INVERSION, InversionConfig
from latent_core.models.model import LatentModel
from latent_core.preprocessing.config import PreprocessedImage, PreprocessingConfig
from latent_core.preprocessing.pipeline import preprocess
from latent_core.progress import ProgressCallback, null_progress
from latent_core.projection import Projection, ProjectionMethod
from latent_core.projection import project as fit_map
from latent_core.types import Array, Dataset, Encodings, Floats, Posterior

ENCODE_VERSION = 1
"""Counts changes of `encode` or of an architecture that change its result."""
PROBES_VERSION = 2
"""Counts changes of `evaluation.probes` that change its result."""


@cache
def default_store() -> Store:
    """The visitor-independent store: the cache folder, then what ships with each model."""
    return Store(shipped=shipped_folders)


def shipped_folders() -> list[Path]:
    """The ``store`` folder of each model that has one."""
    folders = (card_files.models_dir() / model_id / "store" for model_id in list_models())
    return [folder for folder in folders if folder.is_dir()]


def encodings_key(card: ModelCard, data: Dataset) -> str:
    """What the codes of `data` under the model of `card` are stored under."""
    how = {"search": BATCH_INVERSION} if card.needs_inversion else {}
    return content_key(
        "encodings",
        weights=card.weights_sha256,
        architecture=architecture_in_keys(card.architecture),
        preparation=preprocessing_in_keys(card.preprocessing),
        data=data.fingerprint,
        version=ENCODE_VERSION,
        **how,
    )


def inversion_key(
    card: ModelCard, image: Floats, config: InversionConfig, first: Floats | None
) -> str:
    """What the code that `search` finds for one picture ``(C, H, W)`` may be kept under.

    The store keeps none of a visitor's pictures: who keeps such a code keeps it for one visitor.
    """
    return content_key(
        "inversion",
        weights=card.weights_sha256,
        architecture=architecture_in_keys(card.architecture),
        image=image,
        search=config,
        first=first,
        version=ENCODE_VERSION,
    )


def pixel_probes(
    data: Dataset, *, progress: ProgressCallback = null_progress, store: Store | None = None
) -> dict[str, Any]:
    """What `evaluation.probes` tells from a data set's pixels, computed once."""
    if data.precomputed is not None or not (data.labels is not None or data.factors):
        return {}

    def compute() -> CacheEntry:
        flat = data.images().reshape(len(data), -1)
        return CacheEntry(arrays={}, meta={"told": probes(flat, data, progress=progress)})

    key = content_key("pixel probes", data=data.fingerprint, version=PROBES_VERSION)
    kept = (store or default_store()).get_or_compute(key, compute, waiting=_waiting(progress))
    told: dict[str, Any] = kept.meta["told"]
    return told


def self_inversion_errors_key(card: ModelCard) -> str:
    """What `own_errors` are stored under."""
    return content_key(
        "own errors",
        weights=card.weights_sha256,
        architecture=architecture_in_keys(card.architecture),
        search=InversionConfig(),
        version=ENCODE_VERSION,
    )


def self_inversion_errors(
    model: LatentModel, *, progress: ProgressCallback = null_progress, store: Store | None = None
) -> Floats:
    """What `invert.own_errors` says of a model, computed once: how near a search can come."""

    def compute() -> CacheEntry:
        return CacheEntry(
            arrays={"errors": inversion.self_inversion_errors(model, progress=progress)}, meta={}
        )

    kept = store or default_store()
    entry = kept.get_or_compute(
        self_inversion_errors_key(model.card), compute, waiting=_waiting(progress)
    )
    errors: Floats = entry.arrays["errors"]
    return errors


def projection_key(encodings: Encodings, method: ProjectionMethod) -> str:
    """What the map of `encodings` by `spec` is stored under."""
    return content_key("map", encodings=encodings.fingerprint, spec=method, version=method.version)


def encode(
    model: LatentModel,
    data: Dataset,
    *,
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> Encodings:
    """The codes of a data set under a model; computed once, then found.

    An interrupted encoding goes on after the last completed chunk.

    Parameters
    ----------
    model, data
        Of the same image shape.
    progress
        Told after each batch; may raise `Cancelled`.
    store
        Where results are kept; by default `default_store`.

    Raises
    ------
    BadInput
        The shapes differ.
    """
    kept = store or default_store()
    key = encodings_key(model.card, data)
    chunk_keys: list[str] = []

    def get_chunk(first: int, compute: Callable[[], Posterior]) -> Posterior:
        chunk_keys.append(content_key("encodings part", of=key, first=first))
        return _posterior(kept.get_or_compute(chunk_keys[-1], lambda: _entry(compute())))

    def compute() -> CacheEntry:
        return _entry(encoding.encode_images(model, data, get_chunk=get_chunk, progress=progress))

    encoding.check_compatible(model, data)
    if model.card.is_precomputed:  # they lie with the data, so no second copy is kept
        found = encoding.encode_images(model, data)
    else:
        found = _posterior(kept.get_or_compute(key, compute, waiting=_waiting(progress)))
    for chunk_key in chunk_keys:
        kept.delete(chunk_key)
    return _encodings(model, data, key, found)


def find_encodings(
    model: LatentModel, data: Dataset, *, store: Store | None = None
) -> Encodings | None:
    """The codes of a data set if they have been computed, else None."""
    key = encodings_key(model.card, data)
    entry = (store or default_store()).get(key)
    return None if entry is None else _encodings(model, data, key, _posterior(entry))


def _encodings(model: LatentModel, data: Dataset, key: str, found: Posterior) -> Encodings:
    return Encodings(
        model_id=model.card.id,
        dataset_id=data.id,
        fingerprint=key,
        mean=found.mean,
        log_var=found.log_var,
    )


def _entry(posterior: Posterior) -> CacheEntry:
    arrays = {"mean": posterior.mean, "log_var": posterior.log_var}
    return CacheEntry(arrays={k: v for k, v in arrays.items() if v is not None}, meta={})


def _posterior(entry: CacheEntry) -> Posterior:
    return Posterior(mean=entry.arrays["mean"], log_var=entry.arrays.get("log_var"))


def _waiting(progress: ProgressCallback) -> Callable[[], None]:
    return lambda: progress(0.0, "someone else is computing this; waiting for it")


def errors_key(encodings: Encodings) -> str:
    """What the reconstruction errors of `encodings` are stored under."""
    return content_key("errors", encodings=encodings.fingerprint)


def reconstruction_errors(
    model: LatentModel,
    data: Dataset,
    encodings: Encodings,
    *,
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> Floats:
    """The mean squared error per pixel of each picture's reconstruction, ``(N,)``."""

    def compute() -> CacheEntry:
        errors = encoding.reconstruction_errors(model, data, encodings.mean, progress=progress)
        return CacheEntry(arrays={"errors": errors}, meta={})

    entry = (store or default_store()).get_or_compute(
        errors_key(encodings), compute, waiting=_waiting(progress)
    )
    errors: Floats = entry.arrays["errors"]
    return errors


def project(
    encodings: Encodings,
    method: ProjectionMethod,
    *,
    progress: ProgressCallback = null_progress,
    callback: Callable[[Floats], None] | None = None,
    store: Store | None = None,
) -> Projection:
    """The map of some encodings; computed once, then found.

    Parameters
    ----------
    encodings
        ``(N, D)`` codes.
    spec
        The method and its parameters, e.g. ``TSNE(dims=2, seed=0)``.
    progress, watch
        Told how far it is, and shown the points as they move; either may raise `Cancelled`.

    Raises
    ------
    BadInput
        The method cannot map these codes so.
    """
    key = projection_key(encodings, method)

    def compute() -> CacheEntry:
        made = fit_map(
            encodings.mean,
            method,
            fingerprint=key,
            progress=progress,
            callback=callback or (lambda points: None),
        )
        arrays, meta = made.to_arrays()
        return CacheEntry(arrays=arrays, meta=meta)

    kept = store or default_store()
    entry = kept.get_or_compute(key, compute, waiting=_waiting(progress))
    return Projection.from_arrays(dict(entry.arrays), entry.meta, codes=encodings.mean)


def find_projection(
    encodings: Encodings, method: ProjectionMethod, *, store: Store | None = None
) -> Projection | None:
    """The map if it has been computed, else None."""
    entry = (store or default_store()).get(projection_key(encodings, method))
    if entry is None:
        return None
    return Projection.from_arrays(dict(entry.arrays), entry.meta, codes=encodings.mean)


def load_uploads(
    model: LatentModel,
    files: Iterable[tuple[str, bytes]],
    caps: UploadLimits | None = None,
    *,
    switches: Mapping[str, bool] | None = None,
) -> Iterator[tuple[ImageFile, PreprocessedImage] | RejectedFile]:
    """A visitor's files, read and made ready for a model; the bad ones with their sentence.

    Parameters
    ----------
    files
        Names and contents; pictures, or zips of them.
    caps
        How much is let in.
    switches
        Steps of the preparation that are left out; see `prepare.prepare`.

    Raises
    ------
    BadInput
        The model takes no pictures.
    """
    card = model.card
    if card.is_precomputed:
        raise InvalidInputError(
            f"The codes of {card.id!r} are given: it takes no pictures of yours."
        )
    wanted = PreprocessingConfig.from_card(card.preprocessing, card.image_shape, card.id)
    for item in read_uploads(files, caps):
        if isinstance(item, RejectedFile):
            yield item
        else:
            yield item, preprocess(item.image, wanted, switches=switches)


def precompute(
    model: LatentModel, data: Dataset, methods: list[ProjectionMethod], progress: ProgressCallback
) -> Path:
    """Lay encodings, errors and maps beside a model; gives their folder.

    Codes and maps ship in half precision where that is finer than a hundredth of their spread:
    the maps are made of the codes as they were.

    Raises
    ------
    BadInput
        The model was not trained for this data.
    """
    if data.id != model.card.dataset:
        raise InvalidInputError(
            f"{model.card.id!r} is a model of {model.card.dataset!r}, not {data.id!r}."
        )
    folder = model.card.folder / "store"
    shutil.rmtree(folder, ignore_errors=True)
    store = Store(folder, shipped=[])
    encodings = encode(model, data, progress=progress, store=store)
    if model.card.decodes:
        reconstruction_errors(model, data, encodings, progress=progress, store=store)
    if model.card.needs_inversion:
        self_inversion_errors(model, progress=progress, store=store)
    maps = [project(encodings, spec, progress=progress, store=store) for spec in methods]
    for key in (encodings.fingerprint, *(made.fingerprint for made in maps)):
        if (entry := store.get(key)) is not None:
            store.put(key, _in_half(entry))
    return folder


def _in_half(entry: CacheEntry) -> CacheEntry:
    """The entry with its tables in half precision, but for those where that would tell.

    A hundredth of a log-variance is half a percent of the deviation it stands for, whatever the
    spread.
    """

    def halved(name: str, array: Array) -> Array:
        if array.dtype != np.float32 or array.ndim != 2:
            return array
        with np.errstate(over="ignore"):
            half = array.astype(np.float16)
        limit = 0.01 if name == "log_var" else 0.01 * float(array.std())
        return half if np.abs(half - array).max() < limit else array

    arrays = {name: halved(name, array) for name, array in entry.arrays.items()}
    return CacheEntry(arrays=arrays, meta=entry.meta)
