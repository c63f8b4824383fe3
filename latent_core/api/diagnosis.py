"""Diagnose one model, and compare two."""

from __future__ import annotations

from typing import Any

from latent_core import health, workspace
from latent_core.cache.store import Store
from latent_core.comparison import Comparison, compare_codes
from latent_core.comparison.compare import N_NEIGHBORS
from latent_core.health import Health
from latent_core.image_arrays import to_images
from latent_core.models.protocols import LatentModel
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.types import Dataset, Encodings, Posterior, as_codes


def diagnose(
    model: LatentModel | None,
    data: Any,
    *,
    train_images: Any = None,
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> Health:
    """Whether a model collapsed, which dimensions are alive, where holes are, and what to try.

    Of the data, samples with an even index are for reference and those with an odd index are held
    out; figures are of the latter.

    Parameters
    ----------
    model
        Any object with a card, `encode` and `decode`; None to look at codes alone.
    data
        A `Dataset`, whose result is cached, or an array of images; neither should contain images
        that the model was trained on.  Without a model, codes: `Encodings`, a `Posterior` or an
        array ``(N, D)``.
    train_images
        Images that the model was trained on, to compare its errors on both; as for `encode`.
    progress
        Called with the completed fraction; may raise `CancelledError`.
    store
        Where the result for a data set is cached; by default `workspace.default_store`.

    Returns
    -------
    Health
        Measurements with their baselines, `findings`, and what is `missing`.

    Raises
    ------
    InvalidInputError
        Fewer than 20 held-out samples, or data that the model does not take.
    """
    if model is not None and isinstance(data, Dataset):
        return workspace.model_health(
            model, data, train_images=train_images, progress=progress, store=store
        )
    if model is None:
        posterior = Posterior(mean=as_codes(data), log_var=getattr(data, "log_var", None))
        return health.diagnose(
            health.Subject(latent_dim=posterior.mean.shape[1], posterior=posterior),
            progress=progress,
        )
    images = to_images(data, model.card.image_shape)
    part = subprogress(progress, 0.0, 0.5)
    subject = health.subject_of_images(model, images, train_images, progress=part)
    return health.diagnose(subject, progress=subprogress(progress, 0.5, 1.0))


def compare(
    a: Any,
    b: Any,
    *,
    n_neighbors: int = N_NEIGHBORS,
    metric: str = "euclidean",
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> Comparison:
    """Compare the codes of the same samples under two models; that of `Encodings` is cached.

    Parameters
    ----------
    a, b
        `Encodings` of one data set, or arrays ``(N, D_a)`` and ``(N, D_b)`` with one row per
        sample.
    n_neighbors, metric, progress
        As for `comparison.compare_codes`, which also takes a seed.
    store
        Where the comparison of `Encodings` is cached; by default `workspace.default_store`.

    Raises
    ------
    InvalidInputError
        The samples are not the same or too few, or all codes of a model are equal.
    """
    if isinstance(a, Encodings) and isinstance(b, Encodings):
        return workspace.compare(
            a, b, n_neighbors=n_neighbors, metric=metric, progress=progress, store=store
        )
    return compare_codes(a, b, n_neighbors=n_neighbors, metric=metric, progress=progress)
