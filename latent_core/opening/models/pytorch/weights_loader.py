"""`WeightsLoader`: weights of one of this library's architectures, without a card or a class."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from latent_core.aliases import state_dict_in_current_names
from latent_core.errors import InvalidInputError
from latent_core.io.limits import safe_display_name
from latent_core.models.onnx.formats import PixelFormat
from latent_core.opening.models.hypotheses import Shape
from latent_core.opening.models.loaded_graphs import LoadedGraphs, OwnNetwork
from latent_core.opening.models.pytorch.recognition import Recognized, recognize
from latent_core.opening.models.pytorch.state_dicts import (
    ENDINGS,
    check_names,
    read_state_dict,
    shapes_of,
    without_prefix,
)
from latent_core.opening.models.refusals import refused_kind

_FAMILIES = {"linear": "pca", "generator": "gan", "classifier": "encoder"}


class WeightsLoader:
    """One state dict, whose architecture and sizes are found from its names and shapes."""

    kind = "weights of an architecture of this app"

    def reads(self, files: Mapping[str, bytes]) -> bool:
        """Whether one of the files is a state dict, by its name and first bytes."""
        weights = _weights(files)
        return bool(weights) and not any(refused_kind(name, files[name]) for name in weights)

    def load(self, files: Mapping[str, bytes], image_shapes: Sequence[Shape] = ()) -> LoadedGraphs:
        """The network with these weights, and its graphs."""
        weights = _weights(files)
        if len(weights) > 1:
            shown = ", ".join(map(safe_display_name, weights[:4]))
            raise InvalidInputError(f"Which of {shown} has the weights? Give one of them.")
        name = weights[0]
        tensors, notes = read_state_dict(name, files[name])
        _check_numbers(name, tensors)
        found, tensors, more = _recognized(name, tensors)
        image_shape = _image_shape(found, image_shapes)
        network, graphs = _exported(found, image_shape, tensors)
        note = (
            f"The names and shapes are those of the architecture {found.name!r} for images of "
            f"{' × '.join(map(str, image_shape))} and {found.latent_dim} latent dimensions."
        )
        return LoadedGraphs(
            graphs=graphs,
            notes=(*notes, *more, note),
            stated=(PixelFormat(), PixelFormat()),
            network=network,
        )


def _weights(files: Mapping[str, bytes]) -> list[str]:
    return sorted(name for name in files if name.lower().endswith(ENDINGS))


def _check_numbers(name: str, tensors: Mapping[str, Any]) -> None:
    damaged = [key for key, tensor in tensors.items() if not tensor.isfinite().all()]
    if damaged:
        raise InvalidInputError(
            f"{safe_display_name(name)} has NaN or infinity in {damaged[0][:80]!r}; save the "
            "weights of an earlier epoch."
        )


def _recognized(
    name: str, tensors: Mapping[str, Any]
) -> tuple[Recognized, dict[str, Any], list[str]]:
    """The architecture, its tensors in float32 by its own names, and what was done to them."""
    current, notes = state_dict_in_current_names(tensors), list[str]()
    while (found := recognize(shapes_of(current))) is None:
        stripped = without_prefix(current)
        if stripped is None:
            shown = safe_display_name(name)
            raise InvalidInputError(
                f"{shown} holds weights and no graph, and is of no architecture of this app. Name "
                f"the class that they belong to: python -m latent_core open-model {shown} --class "
                "package.module:Class; or export encoder and decoder to ONNX."
            )
        current, more = state_dict_in_current_names(stripped[0]), stripped[1]
        notes += more
    floats = {n: t.float() if t.is_floating_point() else t for n, t in current.items()}
    return found, {n: t.contiguous() for n, t in floats.items()}, notes


def _image_shape(found: Recognized, image_shapes: Sequence[Shape]) -> Shape:
    """The first of the shapes that fits, else that of square images.

    Raises
    ------
    InvalidInputError
        The images are not square, and of none of these shapes.
    """
    for shape in image_shapes:
        if found.fits(shape):
            return shape
    if (square := found.square()) is not None:
        return square
    raise InvalidInputError(
        f"These weights of the architecture {found.name!r} are for images of {found.n_pixels:,} "
        "pixels that are not square, and no data set has such ones; open its images first."
    )


def _exported(
    found: Recognized, image_shape: Shape, tensors: Mapping[str, Any]
) -> tuple[OwnNetwork, dict[str, bytes]]:
    """The network and its graphs.

    Raises
    ------
    InvalidInputError
        Names or shapes are not those of the architecture.
    """
    import torch
    from safetensors.torch import save

    from latent_core.architectures import ARCHITECTURES, build
    from latent_core.opening.models.pytorch.torch_modules import export_method

    options = dict(found.options)
    with torch.device("meta"):
        expected = ARCHITECTURES[found.name](image_shape, found.latent_dim, **options)
    check_names(
        shapes_of(expected.state_dict()),
        shapes_of(tensors),
        f"architecture {found.name!r}, which they resemble",
        "file",
    )
    net: Any = build(found.name, image_shape, found.latent_dim, **options)
    net.load_state_dict(tensors)
    net.eval().requires_grad_(False)
    graphs = {}
    if found.name != "generator":
        graphs["encoder"] = export_method(net.encode, torch.zeros(2, *image_shape))
    if found.name != "classifier":
        graphs["decoder"] = export_method(net.decode, torch.zeros(2, found.latent_dim))
    family = _FAMILIES.get(found.name, "vae" if options.get("variational") else "ae")
    network = OwnNetwork(
        architecture={"name": found.name, **options}, family=family, weights=save(dict(tensors))
    )
    return network, graphs
