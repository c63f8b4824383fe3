"""Export of decoders to ``decoder.onnx``, checked against the model's own output.

The file holds the graph and references the tensors of ``weights.safetensors`` as external data,
so that weights are stored once.  A browser gets one file with both.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from latent_core import card_files
from latent_core.errors import InvalidCardError
from latent_core.files import write_file
from latent_core.installation import requires_extra
from latent_core.models.card import ModelCard
from latent_core.models.onnx_graph import (
    compact,
    embed_external_data,
    run_graph,
    trace,
    use_external_data,
)
from latent_core.models.torch_model import TorchModel
from latent_core.types import Floats
from latent_core.untrusted import reading

if TYPE_CHECKING:
    import onnx

TOLERANCE = 1e-4
"""Largest difference of a pixel in [0, 1] from the model's output."""
INPUT, OUTPUT = "codes", "images"


def export_decoder(model: TorchModel) -> Path:
    """Write ``decoder.onnx`` beside the weights, and its checksum to the card.

    The graph maps ``codes`` (N, D) float32 to ``images`` (N, C, H, W) float32 in [0, 1].  Weights
    that float16 represents exactly are stored as float16 and cast once, when the file is loaded.

    Returns
    -------
    Path
        The file.

    Raises
    ------
    InvalidCardError
        The model has no decoder; or the exported decoder's images differ from the model's by more
        than `TOLERANCE`, and then nothing is written.
    """
    if not model.card.decodes:
        raise InvalidCardError(
            f"{model.card.id!r} has no decoder to export; choose a model that decodes."
        )
    with requires_extra("onnx"):
        graph = compact(_trace(model))
    use_external_data(graph, model.card.weights)
    folder = card_files.own_folder(model.card.folder)
    path, content = model.card.decoder, graph.SerializeToString()
    exported = embed_external_data(content, model.card.weights)
    codes = np.random.default_rng(0).normal(0, 2, (64, model.card.latent_dim)).astype(np.float32)
    difference = float(np.abs(run_decoder(exported, codes) - model.decode(codes)).max())
    if difference > TOLERANCE:
        raise InvalidCardError(
            f"Images of the exported decoder of {model.card.id!r} differ by {difference:.2g}, more "
            f"than {TOLERANCE:g}; its architecture cannot be exported as it is."
        )
    write_file(path, content)
    entry = {
        "file": path.name,
        "sha256": card_files.sha256_file(path),
        "weights_sha256": model.card.weights_sha256,
        "command": f"python -m latent_core export-onnx {model.card.id}",
    }
    card_files.update_card(folder, decoder=entry)
    return path


def decoder_with_weights(card: ModelCard) -> bytes | None:
    """The bytes of an ONNX file with graph and weights; None without an exported decoder.

    Raises
    ------
    InvalidCardError
        Graph or weights are missing, or their checksums are not those on the card.
    """
    if (graph := card.checked_decoder()) is None:
        return None
    with reading(
        f"The decoder.onnx of {card.id!r} cannot be read",
        f"export it again with `python -m latent_core export-onnx {card.id}`",
    ):
        return embed_external_data(graph, card.checked_weights())


def run_decoder(onnx_bytes: bytes, codes: Floats) -> Floats:
    """Images ``(N, C, H, W)`` of codes ``(N, D)`` float32, decoded by ONNX Runtime on the CPU."""
    return run_graph(onnx_bytes, {INPUT: codes}, OUTPUT)


def _trace(model: TorchModel) -> onnx.ModelProto:
    """The decoder as an ONNX graph."""
    import torch

    class Decoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.net = model.net

        def forward(self, codes: torch.Tensor) -> Any:
            return self.net.decode(codes)

    return trace(Decoder().eval(), torch.zeros(2, model.card.latent_dim), (INPUT, OUTPUT))
