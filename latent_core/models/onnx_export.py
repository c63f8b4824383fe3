"""Decoders on their own: ``decoder.onnx``, made from a model's weights and checked against them.

The file holds the graph and points at the weights beside it, so that no number is kept twice; any
program with an ONNX runtime decodes with the two.  A browser is sent one file with both.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from latent_core import card_files
from latent_core.errors import InvalidCardError
from latent_core.models.card import ModelCard
from latent_core.models.model import TorchModel
from latent_core.types import Floats

if TYPE_CHECKING:
    import onnx

TOLERANCE = 1e-4
"""How far a pixel in [0, 1] may be off."""
INPUT, OUTPUT = "codes", "images"
EXTERNAL_DATA_THRESHOLD = 128
"""Bytes from which a tensor is read from the weights instead of being kept twice."""


def export_decoder(model: TorchModel) -> Path:
    """Write ``decoder.onnx`` beside the weights, its checksum on the card; gives its path.

    It maps ``codes`` (N, D) float32 to ``images`` (N, C, H, W) float32 in [0, 1].  Weights that
    half precision holds exactly are half precision there; they are widened once, when it is loaded.

    Raises
    ------
    BadCard
        The model has no decoder; or what was made does not decode as the model does, and
        nothing is written then.
    """
    if not model.card.decodes:
        raise InvalidCardError(
            f"{model.card.id!r} has no decoder to export; choose a model that decodes."
        )
    graph = _compact(_trace(model))
    _point_at(graph, model.card.weights)
    path = model.card.decoder
    temporary = path.with_suffix(".tmp")
    temporary.write_bytes(graph.SerializeToString())
    made = embed_external_data(temporary)
    codes = np.random.default_rng(0).normal(0, 2, (64, model.card.latent_dim)).astype(np.float32)
    difference = float(np.abs(run_decoder(made, codes) - model.decode(codes)).max())
    if difference > TOLERANCE:
        temporary.unlink()
        raise InvalidCardError(
            f"The exported decoder of {model.card.id!r} is off by {difference:.2g}, more than "
            f"{TOLERANCE:g}; its architecture cannot be exported as it is."
        )
    temporary.replace(path)
    about = {
        "file": path.name,
        "sha256": card_files.sha256_file(path),
        "weights_sha256": model.card.weights_sha256,
        "command": f"python -m latent_core export {model.card.id}",
    }
    card_files.update_card(model.card.folder, decoder=about)
    return path


def decoder_with_weights(card: ModelCard) -> bytes | None:
    """The decoder as one ONNX file, graph and weights; None where the card names none.

    Raises
    ------
    BadCard
        Graph or weights are missing or others than the card names.
    """
    if card.checked_decoder() is None:
        return None
    card.checked_weights()
    return embed_external_data(card.decoder)


def embed_external_data(path: Path) -> bytes:
    """The ONNX file at `path` with what it points at beside it."""
    import onnx

    model = onnx.load(path)
    onnx.checker.check_model(model)
    made: bytes = model.SerializeToString()
    return made


def run_decoder(onnx_bytes: bytes, codes: Floats) -> Floats:
    """The images ``(N, C, H, W)`` that an exported decoder makes of codes ``(N, D)``."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(onnx_bytes, options, ["CPUExecutionProvider"])
    images: Floats = session.run([OUTPUT], {INPUT: codes})[0]
    return images


def _trace(model: TorchModel) -> onnx.ModelProto:
    """The decoder as an ONNX graph for any number of codes."""
    import torch

    class Decoder(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.net = model.net

        def forward(self, codes: torch.Tensor) -> Any:
            return self.net.decode(codes)

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of torch about its own insides
        program = torch.onnx.export(
            Decoder().eval(),
            (torch.zeros(2, model.card.latent_dim),),
            input_names=[INPUT],
            output_names=[OUTPUT],
            dynamic_shapes={"codes": {0: torch.export.Dim("N")}},
            external_data=False,
            verbose=False,
        )
    assert program is not None
    traced: onnx.ModelProto = program.model_proto
    return traced


def _compact(model: onnx.ModelProto) -> onnx.ModelProto:
    """The same graph without remarks, its weights in half precision where that is exact."""
    from onnx import TensorProto, helper, numpy_helper

    graph = model.graph
    for part in (model, graph, *graph.node, *graph.input, *graph.output, *graph.initializer):
        del part.metadata_props[:]
        part.doc_string = ""
    del graph.value_info[:]
    casts = []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < 64 or not _fits_half(values):
            continue
        name, half = tensor.name, f"{tensor.name}.half"
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), half))
        casts.append(helper.make_node("Cast", [half], [name], to=TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    return model


def _point_at(model: onnx.ModelProto, weights: Path) -> None:
    """Let each of the graph's tensors whose bytes lie in `weights` be read from there."""
    from onnx import TensorProto, external_data_helper

    held = _offsets(weights)
    for tensor in model.graph.initializer:
        if (offset := held.get(tensor.raw_data)) is None:
            continue
        size = len(tensor.raw_data)
        external_data_helper.set_external_data(tensor, weights.name, offset, size)
        tensor.ClearField("raw_data")
        tensor.data_location = TensorProto.EXTERNAL


def _offsets(weights: Path) -> dict[bytes, int]:
    """Where each larger tensor's bytes begin in a safetensors file."""
    data = weights.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    header = json.loads(data[8:start])
    header.pop("__metadata__", None)
    places = [tuple(about["data_offsets"]) for about in header.values()]
    return {
        data[start + a : start + b]: start + a
        for a, b in places
        if b - a >= EXTERNAL_DATA_THRESHOLD
    }


def _fits_half(values: Floats) -> bool:
    with np.errstate(over="ignore"):
        return bool((values.astype(np.float16).astype(np.float32) == values).all())
