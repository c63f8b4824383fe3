"""Loaders: each turns the files of one kind of model into two ONNX graphs.

A new kind is a new loader, registered with `register_loader`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from latent_core.errors import InvalidInputError
from latent_core.io.limits import IMAGE_TYPES, safe_display_name, sniff_type
from latent_core.opening.ids import MANIFEST
from latent_core.opening.models.hypotheses import Shape
from latent_core.opening.models.loaded_graphs import LoadedGraphs, Loader
from latent_core.opening.models.onnx_files import read_onnx
from latent_core.opening.models.pytorch.diffusers_loader import DiffusersLoader
from latent_core.opening.models.pytorch.pythae_loader import PythaeLoader
from latent_core.opening.models.pytorch.weights_loader import WeightsLoader
from latent_core.opening.models.refusals import refuse, refused_kind


class OnnxLoader:
    """An encoder and a decoder, or one of them, as ONNX files."""

    kind = "ONNX encoder and decoder"

    def reads(self, files: Mapping[str, bytes]) -> bool:
        """Whether one of the files is an ONNX file, by its name."""
        return any(name.lower().endswith(".onnx") for name in files)

    def load(self, files: Mapping[str, bytes], image_shapes: Sequence[Shape] = ()) -> LoadedGraphs:
        """The one or two graphs, distinguished by their names."""
        names = sorted(name for name in files if name.lower().endswith(".onnx"))
        beside = {name: data for name, data in files.items() if name not in names}
        roles = _roles(names)
        graphs = {role: read_onnx(name, files[name], beside) for role, name in roles.items()}
        return LoadedGraphs(graphs=graphs)


def _roles(names: list[str]) -> dict[str, str]:
    """Which file is the encoder and which the decoder.

    Raises
    ------
    InvalidInputError
        The names don't say.
    """
    words = {"encoder": ("enc",), "decoder": ("dec", "gen")}
    found = {
        role: [name for name in names if any(word in name.lower() for word in parts)]
        for role, parts in words.items()
    }
    if len(names) == 2:  # the name of one says what the other is
        for role, other in (("encoder", "decoder"), ("decoder", "encoder")):
            if len(found[role]) == 1 and not found[other]:
                found[other] = [name for name in names if name not in found[role]]
    is_clear = all(len(matching) <= 1 for matching in found.values()) and any(found.values())
    if len(names) > 2 or not is_clear or found["encoder"] == found["decoder"]:
        shown = ", ".join(safe_display_name(name) for name in names[:4])
        raise InvalidInputError(
            f"Which of {shown} is the encoder, which the decoder? Name them encoder.onnx and "
            "decoder.onnx; one that does both must be exported as two."
        )
    return {role: matching[0] for role, matching in found.items() if matching}


_LOADERS: list[Loader] = [OnnxLoader(), DiffusersLoader(), PythaeLoader(), WeightsLoader()]


def register_loader(loader: Loader) -> None:
    """Add a loader; it is asked before those that are there."""
    _LOADERS.insert(0, loader)


def load_graphs(files: Mapping[str, bytes], image_shapes: Sequence[Shape] = ()) -> LoadedGraphs:
    """The graphs of a model, by the loader of its kind; see `Loader.load`.

    Raises
    ------
    RefusedModelError
        They can run code when they are opened.
    InvalidInputError
        They are of no known kind, or damaged.
    """
    if MANIFEST in files:
        raise InvalidInputError("This is a bundle of this app; import it as one.")
    for loader in _LOADERS:
        if loader.reads(files):
            return loader.load(files, image_shapes)
    for name, content in files.items():
        if (kind := refused_kind(name, content)) is not None:
            raise refuse(name, kind)
    shown = ", ".join(safe_display_name(name) for name in list(files)[:4])
    if all(sniff_type(content) in IMAGE_TYPES for content in files.values()):
        raise InvalidInputError(f"{shown}: images and no model; open them as images instead.")
    known = "; ".join(loader.kind for loader in _LOADERS)
    raise InvalidInputError(f"{shown}: no known kind of model; known: {known}.")
