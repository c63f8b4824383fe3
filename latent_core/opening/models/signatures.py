"""What graphs take and give, as far as it says that a model cannot be shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from latent_core.errors import InvalidInputError
from latent_core.opening.datasets.composites import channel_axis
from latent_core.opening.models.graph_runner import Graph

_SHOWN = (None, 1, 3)
_WHOLE = ("tensor(int", "tensor(uint", "tensor(bool")
_MIN_INDEX = 8
"""A code of whole numbers, none negative, that reaches it is taken for indices."""


class IndicesError(InvalidInputError):
    """The code is indices of a codebook."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} whole numbers, as of a VQ model: indices of a codebook are no space, since "
            "near numbers are no near vectors, so export an encoder that gives the embeddings "
            "before quantization, and a decoder that takes those and quantizes them itself."
        )


def check_signatures(graphs: Mapping[str, Graph]) -> None:
    """Whether images have 1 or 3 channels, as far as is stated, and codes are real numbers.

    Raises
    ------
    InvalidInputError
        Neither axis that can hold the channels has 1 or 3 of them.
    IndicesError
        All outputs of the encoder, or the input of the decoder, are whole numbers.
    """
    if (encoder := graphs.get("encoder")) is not None:
        _check_channels("encoder takes", encoder.input.shape)
        if all(tensor.type.startswith(_WHOLE) for tensor in encoder.signature.outputs):
            name = encoder.signature.outputs[0].name[:40]
            raise IndicesError(f"The encoder's output {name!r} is")
    if (decoder := graphs.get("decoder")) is not None:
        _check_channels("decoder gives", decoder.signature.outputs[0].shape)
        if decoder.input.type.startswith(_WHOLE):
            raise IndicesError(f"The decoder's input {decoder.input.name[:40]!r} is")


def check_codes(codes: Any, what: str) -> None:
    """Whether codes ``(N, …)`` are no indices, of integers or of whole numbers as floats.

    Raises
    ------
    IndicesError
        They are.
    """
    values = np.asarray(codes)
    is_whole = values.dtype.kind in "biu"
    if values.dtype.kind == "f" and values.size and np.isfinite(values).all():
        is_whole = bool(values.min() >= 0 and values.max() >= _MIN_INDEX)
        is_whole &= bool((values == np.rint(values)).all())
    if is_whole:
        raise IndicesError(what)


def _check_channels(what: str, shape: tuple[int | None, ...]) -> None:
    if len(shape) != 4 or shape[1] in _SHOWN or shape[3] in _SHOWN:
        return
    n_channels = shape[channel_axis((0, shape[1], shape[2] or shape[3], shape[3])) or 1]
    raise InvalidInputError(
        f"The {what} images of {n_channels} channels, and models of 1 or 3 channels are opened: "
        "open its codes as embeddings instead, with np.savez('codes.npz', codes=codes, "
        "label=labels), or export it for a gray or color composite of its images."
    )
