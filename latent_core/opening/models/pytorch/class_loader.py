"""A state dict and the class that it belongs to, as ONNX graphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from latent_core.datasets.dataset import list_datasets, load_dataset
from latent_core.errors import InvalidInputError, LatentError
from latent_core.models.onnx.formats import PixelFormat
from latent_core.opening.models.pytorch.state_dicts import (
    ENDINGS,
    load_class,
    load_weights,
    read_state_dict,
)
from latent_core.opening.models.sources import Files
from latent_core.types import Floats


def graphs_of_class(
    files: Files,
    class_path: str,
    arguments: Mapping[str, Any],
    *,
    datasets: Sequence[str] | None = None,
    latent_dim: int | None = None,
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """The files ``encoder.onnx`` and ``decoder.onnx`` of a class with weights; what was noticed.

    The class is imported and made, which runs its code.

    Parameters
    ----------
    files
        One of them a state dict.
    class_path
        ``package.module:Class``, from the current folder or what is installed.
    arguments
        Of the class.
    datasets
        Ids of data sets of the model's image size; by default all are tried.
    latent_dim
        D, for a module that only decodes.

    Raises
    ------
    InvalidInputError
        The weights don't fit the class, or it takes the images of no data set.
    """
    names = [name for name in files if name.lower().endswith(ENDINGS)]
    if len(names) != 1:
        raise InvalidInputError(
            f"Give one file of weights ({', '.join(ENDINGS)}), not {len(names)}."
        )
    from latent_core.opening.models.pytorch.torch_modules import module_graphs, module_network

    module = load_class(class_path, arguments)
    tensors, notes = read_state_dict(names[0], files[names[0]])
    notes += load_weights(module, tensors)
    reason: LatentError | None = None
    for images in _examples(list_datasets() if datasets is None else datasets):
        try:
            network = module_network(module, (PixelFormat(), PixelFormat()), images, latent_dim)
        except InvalidInputError as error:
            reason = error
            continue
        graphs = module_graphs(network, images)
        return {f"{name}.onnx": content for name, content in graphs.items()}, notes
    raise reason or InvalidInputError("There is no data set with images; open yours first.")


def _examples(datasets: Sequence[str]) -> list[Floats]:
    """Two images of each size that the data sets have."""
    found: dict[tuple[int, ...], Floats] = {}
    for dataset_id in datasets:
        data = load_dataset(dataset_id)
        if data.precomputed is None and data.image_shape not in found:
            found[data.image_shape] = data.images(slice(2))
    return list(found.values())
