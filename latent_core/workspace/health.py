"""Cached: the health of a model on a data set."""

from __future__ import annotations

import numpy as np

from latent_core import encoding
from latent_core.cache.entry import CacheEntry
from latent_core.cache.store import Store
from latent_core.errors import LatentError
from latent_core.evaluation.networks import Features, evaluation_network
from latent_core.health.diagnosis import Health, diagnose
from latent_core.health.storage import from_arrays, to_arrays
from latent_core.health.subject import Subject
from latent_core.image_arrays import to_images
from latent_core.metrics import per_image_mse
from latent_core.models.model import LatentModel
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Array, Dataset, Encodings, Floats, Posterior
from latent_core.workspace.encodings import encode
from latent_core.workspace.keys import health_key
from latent_core.workspace.measurements import reconstruction_errors
from latent_core.workspace.stores import get_or_compute

MAX_TRAINING_IMAGES = 5000


def model_health(
    model: LatentModel,
    data: Dataset,
    *,
    train_images: Array | None = None,
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> Health:
    """`health.diagnose` of a model on a data set, cached.

    Parameters
    ----------
    model, data
        With the same image shape.
    train_images
        ``(T, C, H, W)`` uint8, images that the model was trained on, where these are at hand; the
        first 5000 are used.
    progress
        Called with the completed fraction; may raise `CancelledError`.
    store
        Where results are cached; by default `default_store`.

    Raises
    ------
    InvalidInputError
        The image shapes differ, or there are too few images.
    """
    card = model.card
    encoding.check_compatible(model, data)
    decoder_only = not (card.encodes or card.is_precomputed or card.needs_inversion)
    part = subprogress(progress, 0.0, 0.5)
    encodings = None if decoder_only else encode(model, data, progress=part, store=store)
    errors = None
    if encodings is not None and card.decodes:
        part = subprogress(progress, 0.5, 0.6)
        errors = reconstruction_errors(model, data, encodings, progress=part, store=store)
    chosen = None if train_images is None else train_images[:MAX_TRAINING_IMAGES]

    def compute() -> CacheEntry:
        train_errors = None if chosen is None or errors is None else _train_errors(model, chosen)
        subject = _subject(model, data, encodings, errors, train_errors)
        health = diagnose(subject, progress=subprogress(progress, 0.6, 1.0))
        arrays, meta = to_arrays(health)
        return CacheEntry(arrays=arrays, meta=meta)

    key = health_key(card, data, encodings, chosen)
    entry = get_or_compute(store, key, compute, progress)
    return from_arrays(entry.arrays, entry.meta)


def _subject(
    model: LatentModel,
    data: Dataset,
    encodings: Encodings | None,
    errors: Floats | None,
    train_errors: Floats | None,
) -> Subject:
    has_images = data.precomputed is None
    network, space = None, "pixels"
    if has_images:
        network, space = _features(data)
    return Subject(
        latent_dim=model.card.latent_dim,
        model=model,
        posterior=None
        if encodings is None
        else Posterior(mean=encodings.mean, log_var=encodings.log_var),
        images=data.images if has_images else None,
        n_images=len(data) if has_images else 0,
        errors=errors,
        train_errors=train_errors,
        features=network,
        feature_space=space,
    )


def _features(data: Dataset) -> tuple[Features | None, str]:
    """Features of the data set's residual evaluation network, standardized; else pixels."""
    try:
        network = evaluation_network("residual", data)
    except LatentError:
        network = None
    if network is None:
        return None, "pixels"
    sample = network(data.images(np.arange(0, len(data), max(1, len(data) // 500))))
    scale = np.maximum(sample.std(axis=0), 1e-6 + 1e-3 * sample.std(axis=0).max())

    def scaled(images: Floats) -> Floats:
        features: Floats = network(images) / scale
        return features

    return scaled, "features of the evaluation network"


def _train_errors(model: LatentModel, images: Array) -> Floats:
    posterior = encoding.encode_array(model, images)
    decoded = model.decode(posterior.mean)
    return per_image_mse(to_images(images, model.card.image_shape), decoded)
