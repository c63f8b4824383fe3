"""Codes of images, their maps, and the geometry of the latent space."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, overload

import numpy as np

from latent_core import analysis, encoding, interpolation, workspace
from latent_core.analysis import AttributeDirections, Support
from latent_core.cache.keys import content_key
from latent_core.cache.memo import memoize
from latent_core.cache.store import Store
from latent_core.errors import InvalidInputError
from latent_core.interpolation import LatentPath, NeighborGraph, build_neighbor_graph
from latent_core.models.protocols import LatentModel
from latent_core.progress import ProgressCallback, null_progress
from latent_core.projection import (
    IterationCallback,
    Projection,
    ProjectionMethod,
    method_from_dict,
    null_callback,
)
from latent_core.projection import project as project_array
from latent_core.types import Array, Dataset, Encodings, Posterior, as_codes


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
