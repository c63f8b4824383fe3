"""What loaders give: the graphs of a model, and what its files say of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from latent_core.models.onnx.formats import PixelFormat
from latent_core.opening.models.hypotheses import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnNetwork:
    """A network of one of this library's architectures, which is kept as it is.

    Parameters
    ----------
    architecture
        As on a card.
    family
        One of `FAMILIES`.
    weights
        Its safetensors file.
    """

    architecture: Mapping[str, Any]
    family: str
    weights: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedGraphs:
    """The graphs of a model as its owner made them.

    Parameters
    ----------
    graphs
        The ONNX files of one piece, under ``"encoder"`` and ``"decoder"``, or one of them.
    notes
        What was found out while loading, in sentences.
    stated
        How pixels are taken and given, where the files or their kind say so; it is checked with
        images like every other reading.
    network
        The network that the graphs were exported from, where it is of this library.
    """

    graphs: Mapping[str, bytes]
    notes: tuple[str, ...] = field(default=())
    stated: tuple[PixelFormat, PixelFormat] | None = None
    network: OwnNetwork | None = None


class Loader(Protocol):
    """Reads one kind of model."""

    kind: str
    """What it reads, for people."""

    def reads(self, files: Mapping[str, bytes]) -> bool:
        """Whether the files are of its kind."""

    def load(self, files: Mapping[str, bytes], image_shapes: Sequence[Shape] = ()) -> LoadedGraphs:
        """The graphs; raises `InvalidInputError` with what is wrong with the files.

        Parameters
        ----------
        files
            Contents by name.
        image_shapes
            ``(C, H, W)`` of the images that the model will be tried on, where the files do not
            say which it takes.
        """
