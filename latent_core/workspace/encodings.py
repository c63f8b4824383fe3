"""Cached encodings of data sets."""

from __future__ import annotations

from collections.abc import Callable

from latent_core import encoding
from latent_core.cache.entry import CacheEntry
from latent_core.cache.store import Store
from latent_core.models.model import LatentModel
from latent_core.progress import ProgressCallback, null_progress
from latent_core.types import Dataset, Encodings, Posterior
from latent_core.workspace.keys import encodings_chunk_key, encodings_key
from latent_core.workspace.stores import find, get_or_compute, store_or_default


def encode(
    model: LatentModel,
    data: Dataset,
    *,
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> Encodings:
    """The codes of a data set under a model, computed once and cached.

    An interrupted encoding resumes after the last completed chunk.

    Parameters
    ----------
    model, data
        With the same image shape.
    progress
        Called after each batch; may raise `CancelledError`.
    store
        Where results are cached; by default `default_store`.

    Returns
    -------
    Encodings
        ``mean`` (N, D) float32 and, for a VAE, ``log_var`` (N, D).

    Raises
    ------
    InvalidInputError
        The image shapes differ.
    """
    key = encodings_key(model.card, data)
    encoding.check_compatible(model, data)
    if model.card.is_precomputed:  # the codes are files of the data set, so a copy is not cached
        return _encodings(model, data, key, encoding.encode_images(model, data))
    cache = store_or_default(store)
    chunk_keys: list[str] = []

    def get_chunk(first: int, compute_chunk: Callable[[], Posterior]) -> Posterior:
        if not key:
            return compute_chunk()
        chunk_keys.append(encodings_chunk_key(key, first))
        entry = cache.get_or_compute(chunk_keys[-1], lambda: _to_entry(compute_chunk()))
        return _to_posterior(entry)

    def compute() -> CacheEntry:
        posterior = encoding.encode_images(model, data, get_chunk=get_chunk, progress=progress)
        return _to_entry(posterior)

    posterior = _to_posterior(get_or_compute(cache, key, compute, progress))
    for chunk_key in chunk_keys:
        cache.delete(chunk_key)
    return _encodings(model, data, key, posterior)


def find_encodings(
    model: LatentModel, data: Dataset, *, store: Store | None = None
) -> Encodings | None:
    """The codes of a data set if they are cached, else None."""
    key = encodings_key(model.card, data)
    entry = find(store, key)
    return None if entry is None else _encodings(model, data, key, _to_posterior(entry))


def _encodings(model: LatentModel, data: Dataset, key: str, posterior: Posterior) -> Encodings:
    return Encodings(
        model_id=model.card.id,
        dataset_id=data.id,
        fingerprint=key,
        mean=posterior.mean,
        log_var=posterior.log_var,
    )


def _to_entry(posterior: Posterior) -> CacheEntry:
    arrays = {"mean": posterior.mean, "log_var": posterior.log_var}
    return CacheEntry(arrays={k: v for k, v in arrays.items() if v is not None}, meta={})


def _to_posterior(entry: CacheEntry) -> Posterior:
    return Posterior(mean=entry.arrays["mean"], log_var=entry.arrays.get("log_var"))
