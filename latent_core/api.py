"""The functions of `latent_core` that take plain arrays as well as the library's values.

Arrays need no card and no files.  What is computed from a data set and an installed model is
cached on disk; what is computed from an array is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, overload

import numpy as np
from numpy.typing import NDArray

from latent_core import analysis, encoding, health, interpolation, workspace
from latent_core.analysis import AttributeDirections, Support
from latent_core.cache.keys import content_key
from latent_core.cache.memo import memoize
from latent_core.cache.store import Store
from latent_core.comparison import Comparison, compare_codes
from latent_core.comparison.compare import N_NEIGHBORS
from latent_core.datasets.dataset import load_dataset
from latent_core.errors import InvalidInputError
from latent_core.health import Health
from latent_core.image_arrays import to_images
from latent_core.interpolation import LatentPath, NeighborGraph, build_neighbor_graph
from latent_core.models.protocols import LatentModel
from latent_core.progress import ProgressCallback, null_progress, subprogress
from latent_core.projection import (
    IterationCallback,
    Projection,
    ProjectionMethod,
    method_from_dict,
    null_callback,
)
from latent_core.projection import project as project_array
from latent_core.sampling import CodeSet, sampler_from_dict
from latent_core.types import Array, Dataset, Encodings, Floats, Posterior, as_codes


@overload
def encode(
    model: LatentModel,
    images: Dataset,
    *,
    progress: ProgressCallback = ...,
    store: Store | None = ...,
) -> Encodings: ...
@overload
def encode(
    model: LatentModel, images: Any, *, progress: ProgressCallback = ..., store: Store | None = ...
) -> Posterior: ...
def encode(
    model: LatentModel,
    images: Any,
    *,
    progress: ProgressCallback = null_progress,
    store: Store | None = None,
) -> Encodings | Posterior:
    """The codes of a data set, computed once and cached, or of an array of images.

    Parameters
    ----------
    model
        Any object with a card, `encode` and `decode`.
    images
        A `Dataset`; or an array ``(N, C, H, W)``, ``(N, H, W, C)`` or, for gray images,
        ``(N, H, W)``: uint8 in 0 to 255, or float in [0, 1].
    progress
        Called with the completed fraction; may raise `CancelledError`.
    store
        Where the codes of a data set are cached; by default `workspace.default_store`.

    Returns
    -------
    Encodings or Posterior
        ``mean`` (N, D) float32 and, for a VAE, ``log_var`` (N, D).  numpy takes either of them as
        an array, the mean.

    Raises
    ------
    InvalidInputError
        The images have another shape than the model takes, or pixels outside [0, 1].
    """
    if isinstance(images, Dataset):
        return workspace.encode(model, images, progress=progress, store=store)
    return encoding.encode_array(model, images, progress=progress)


def project(
    codes: Any,
    method: ProjectionMethod | str = "tsne",
    *,
    progress: ProgressCallback = null_progress,
    callback: IterationCallback = null_callback,
    store: Store | None = None,
) -> Projection:
    """A projection of codes to 2 or 3 dimensions; that of `Encodings` is cached.

    Parameters
    ----------
    codes
        `Encodings`, or an array ``(N, D)``.
    method
        Such as ``TSNE(n_components=2, random_state=0)``, or the id of a method.
    progress, callback
        Called with the completed fraction, and with intermediate points
        ``(N, n_components)``; may raise `CancelledError`.
    store
        Where the projection of `Encodings` is cached; by default `workspace.default_store`.

    Raises
    ------
    UnknownNameError
        There is no such method.
    InvalidInputError
        The method cannot project these codes with these parameters.
    """
    if isinstance(method, str):
        method = method_from_dict({"method": method})
    if isinstance(codes, Encodings):
        return workspace.project(codes, method, progress=progress, callback=callback, store=store)
    return project_array(codes, method, progress=progress, callback=callback)


def support(codes: Any) -> Support:
    """How near any code is to `codes`, which are `Encodings` or an array ``(N, D)``.

    For `Encodings` of an installed model, distances are measured in the active dimensions, as in
    the app; for an array, in all of them.

    Raises
    ------
    InvalidInputError
        Fewer than two codes.
    """
    if isinstance(codes, Encodings) and codes.fingerprint:
        return analysis.support_of_encodings(codes)
    return analysis.fit_support(as_codes(codes))


def sample(  # noqa: PLR0913  one argument per choice on the Samples page
    codes: Any,
    n: int = 64,
    sampler: str = "mixture",
    *,
    labels: Any = None,
    random_state: int = 0,
    temperature: float = 1.0,
    truncation: float = 1.0,
    progress: ProgressCallback = null_progress,
    **parameters: int,
) -> Floats:
    """New codes, to be decoded; the same seed gives the same codes, here and in the app.

    Parameters
    ----------
    codes
        What they are to be like: `Encodings`, whose fitted distribution is cached, or an array
        ``(N, D)``.
    n
        How many, M.
    sampler
        ``"mixture"``, a Gaussian mixture of the codes; ``"prior"``, N(0, I); ``"class"``, a
        mixture of the codes of one class; ``"neighborhood"``, around one code.  See `SAMPLERS`.
    labels
        ``(N,)`` integers, the classes of an array of codes; those of `Encodings` are known.
    random_state
        Seed, 0 to 2³¹ − 1.
    temperature
        Factor of the standard deviations, 0 to 10.
    truncation
        Fraction of each Gaussian that is kept, 0.01 to 1; the codes farthest from its mean are
        rejected.
    progress
        Called with the completed fraction; may raise `CancelledError`.
    parameters
        Of the sampler: ``label=3`` of a class, ``index=17`` of a code, ``n_components=8``.

    Returns
    -------
    ndarray
        ``(M, D)`` float32.

    Raises
    ------
    UnknownNameError
        There is no such sampler, parameter, model or data set.
    InvalidInputError
        A parameter is out of range, or the codes lack what the sampler needs.

    References
    ----------
    Ghosh et al. 2020, arXiv:1903.12436 (mixture); Brock, Donahue & Simonyan 2019,
    arXiv:1809.11096 (truncation).
    """
    chosen = sampler_from_dict(sampler, parameters)
    if isinstance(codes, Encodings) and codes.fingerprint and labels is None:
        data = load_dataset(codes.dataset_id)
        distribution = workspace.code_distribution(codes, data, chosen, progress=progress)
    else:
        classes = None if labels is None else _as_labels(labels)
        distribution = chosen.fit(CodeSet(codes=as_codes(codes), labels=classes), progress=progress)
    return distribution.sample(
        n, random_state=random_state, temperature=temperature, truncation=truncation
    )


def _as_labels(labels: Any) -> NDArray[np.int64]:
    """`labels` as integers ``(N,)``."""
    array = np.asarray(labels)
    if array.dtype.kind not in "iu" or array.ndim != 1:
        raise InvalidInputError(
            f"Labels must be integers (N,), -1 for unlabelled, not {array.dtype} of shape "
            f"{array.shape}; encode classes as numbers."
        )
    return array.astype(np.int64)


def fit_attribute_directions(codes: Any, y: Any) -> AttributeDirections:
    """Directions along which codes change with attributes.

    Parameters
    ----------
    codes
        `Encodings`, or an array ``(N, D)``.
    y
        The attributes: values ``(N,)``, called ``"y"``; a matrix ``(N, F)``, called ``"y0"``,
        ``"y1"``, …; or values ``(N,)`` by name, in a dictionary or a data frame.

    Raises
    ------
    InvalidInputError
        An attribute does not have one finite number per code.
    """
    return analysis.fit_attribute_directions(as_codes(codes), _named_factors(y))


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


def _named_factors(y: Any) -> Mapping[str, Any]:
    if isinstance(y, Mapping) or hasattr(y, "columns"):
        return {str(name): _finite(y[name], str(name), (1,)) for name in y}
    values = _finite(y, "y", (1, 2))
    if values.ndim == 1:
        return {"y": values}
    return {f"y{i}": column for i, column in enumerate(values.T)}


def _finite(values: Any, name: str, n_axes: tuple[int, ...]) -> Array:
    array = np.asarray(values)
    if array.dtype.kind not in "biuf" or array.ndim not in n_axes or not np.isfinite(array).all():
        raise InvalidInputError(
            f"Attribute {name!r} must be finite numbers, one for each code, not {array.dtype} of "
            f"shape {array.shape}; encode classes as numbers, and leave out missing ones."
        )
    return array.astype(np.float64)


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


def geodesic_path(a: Any, b: Any, codes: Any, *, n_neighbors: int = 10) -> LatentPath:
    """The shortest path along the data between two codes; see `interpolation.geodesic_path`.

    Parameters
    ----------
    a, b
        ``(D,)`` each.
    codes
        The data: `Encodings`, an array ``(N, D)``, whose neighbor graph is built once and
        remembered; or a `NeighborGraph`.
    n_neighbors
        Neighbors of each code in that graph.

    Raises
    ------
    InvalidInputError
        The endpoints are not two finite codes of the data's dimension.
    """
    if not isinstance(codes, NeighborGraph):
        data = as_codes(codes)
        key = content_key("graph", codes=data, n_neighbors=n_neighbors)
        graph = memoize("graph", key, lambda: build_neighbor_graph(data, n_neighbors))
        return interpolation.geodesic_path(a, b, graph)
    return interpolation.geodesic_path(a, b, codes)
